"""`coder init`."""

from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.errors import UsageError
from coder.workflow.intake import new_project


@click.command("init")
@arguments.project
@click.option(
    "--codebook",
    "books",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A codebook (.yaml, .csv, .xlsx, .qdc), at least one; may be repeated.",
)
def command(project: Path, books: tuple[Path, ...]) -> None:
    """Make a new project with one or more codebooks. An existing file is never touched.

    To begin without codes, give an empty codebook: a .yaml file of the four lines `codebook: KEY`, `language: sv`,
    `question: TEXT` and `themes: []`. Codes and themes are then made in the workbench.
    """
    if not books:
        raise UsageError(
            "a project needs a codebook: give one with --codebook FILE",
            "An empty one will do, a .yaml file of the lines codebook: KEY, language: sv, question: TEXT, themes: []",
        )
    new_project(project, list(books)).close()
    click.echo(f"made {project}", err=True)
