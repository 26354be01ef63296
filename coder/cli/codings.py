"""`coder codings import` and `coder codings export`."""

import sys
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.how_many import how_many
from coder.workflow.codings import import_codings
from coder.workflow.output import write_codings
from coder.workflow.project import open_project


@click.group("codings")
def command() -> None:
    """Take codings in, or write them out: CSV or Parquet, a row a coding."""


@command.command("import")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
def take_in(project: Path, file: Path) -> None:
    """Take the codings in FILE, .csv or .parquet, into the project, all or nothing."""
    with open_project(project) as held, progress_bar("Taking in") as progress:
        report = import_codings(held, file, progress)
    click.echo(
        f"{how_many(report.rows, 'row')}: {how_many(report.added, 'coding')} added, "
        f"{how_many(report.choices, 'choice')}, {report.nothing} marked as nothing to code, {report.held} held already",
        err=True,
    )


@command.command("export")
@arguments.project
@arguments.out
def write(project: Path, out: Path | None) -> None:
    """Write every coding of the project, to --out as .csv or .parquet, or to standard output as CSV."""
    with open_project(project) as held, progress_bar("Writing") as progress:
        number = write_codings(held, out, sys.stdout, progress)
    if out:
        click.echo(f"wrote {how_many(number, 'row')} to {out}", err=True)
