"""`coder codings import` and `coder codings export`."""

import sys
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.workflow.codings import import_codings
from coder.workflow.output import write_codings
from coder.workflow.project import open_project


@click.group("codings")
def command() -> None:
    """Take codings in, or write them out: CSV, a row a coding."""


@command.command("import")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
def take_in(project: Path, file: Path) -> None:
    """Take the codings in FILE.csv into the project, all or nothing."""
    with open_project(project) as held, progress_bar("Taking in") as progress:
        report = import_codings(held, file, progress)
    click.echo(
        f"{report.rows} rows: {report.added} codings added, {report.choices} choices, "
        f"{report.nothing} marked as nothing to code, {report.held} held already",
        err=True,
    )


@command.command("export")
@arguments.project
@arguments.out
def write(project: Path, out: Path | None) -> None:
    """Write every coding of the project as CSV, to --out or standard output."""
    with open_project(project) as held, progress_bar("Writing") as progress:
        number = write_codings(held, out, sys.stdout, progress)
    if out:
        click.echo(f"wrote {number} rows to {out}", err=True)
