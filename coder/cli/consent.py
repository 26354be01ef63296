"""A change of a codebook on the command line: what it would do, yes or no, and done."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.codebook import Codebook
from coder.domain.editing import Edit
from coder.domain.errors import UsageError
from coder.workflow import revising
from coder.workflow.project import Project

_dry_run = click.option("--dry-run", is_flag=True, help="Only say what it would do to the tables.")
_yes = click.option("--yes", "-y", is_flag=True, help="Don't ask. Nobody is asked either where no terminal is.")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `dry_run`, `yes` and `analyst`, which every command that changes a codebook has."""
    return _dry_run(_yes(arguments.analyst(command)))


def agreed(words: str, yes: bool) -> bool:
    """True where what these words say may be done: it was agreed to with --yes, or is now, at a terminal.

    Raises UsageError where nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(words, "Say --yes if it is meant.")
    return click.confirm(f"{words}. Do it?", err=True)


def revise(
    project: Project,
    question: str,
    edit: Edit,
    *,
    analyst: str,
    dry_run: bool,
    yes: bool,
    seen: Codebook | None = None,
    told: Iterable[str] = (),
) -> None:
    """Print what the edit does to each table, below what is `told` of it, and make it once that is agreed to.

    The codebook is the question's as it stands, or the one that was `seen`.
    """
    book = seen or project.codebook(question)
    words = edit.words(book)
    if edit.apply(book) == book:
        click.echo(f"{words}: nothing to do, it is so already", err=True)
        return
    with progress_bar("Counting what it changes"):
        impacts = revising.preview(project, question, edit, seen=book)
    for line in told:
        click.echo(line)
    for (round_key, asked), found in impacts.items():
        click.echo(f"{round_key}/{asked}: {found.summary}")
    if dry_run:
        click.echo(f"{words}: not done, as asked", err=True)
        return
    if not yes and sys.stdin.isatty() and not click.confirm(f"{words}: do it?", err=True):
        click.echo("left as it was", err=True)
        return
    with progress_bar("Writing"):
        revising.revise(project, question, edit, analyst, seen=book)
    click.echo(words, err=True)
