"""`coder init`."""

from pathlib import Path

import click

from coder.cli import arguments
from coder.workflow.intake import new_project


@click.command("init")
@arguments.project
@click.option(
    "--codebook",
    "books",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="A codebook (.yaml, .csv, .xlsx, .qdc); may be repeated.",
)
def command(project: Path, books: tuple[Path, ...]) -> None:
    """Make a new project with one or more codebooks. An existing file is never touched."""
    new_project(project, list(books)).close()
    click.echo(f"made {project}", err=True)
