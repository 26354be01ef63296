"""`coder codebook import` and `coder codebook export`."""

from pathlib import Path

import click

from coder.cli import arguments
from coder.workflow.intake import add_codebook
from coder.workflow.output import write_codebook
from coder.workflow.project import open_project


@click.group("codebook")
def command() -> None:
    """Take a codebook in, or write it to a file: .yaml, .csv, .xlsx."""


@command.command("import")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
def take_in(project: Path, file: Path) -> None:
    """Take the codebook in FILE into the project."""
    with open_project(project) as held:
        book = add_codebook(held, file)
    click.echo(f"took in {book.key}: {len(book.themes)} themes, {len(book.codes)} codes", err=True)


@command.command("export")
@arguments.project
@arguments.question
@click.option("--out", "-o", type=click.Path(path_type=Path), required=True, help="The file: .yaml, .csv, .xlsx.")
def write(project: Path, question: str, out: Path) -> None:
    """Write the codebook of a question to a file."""
    with open_project(project) as held:
        write_codebook(held, question, out)
    click.echo(f"wrote {out}", err=True)
