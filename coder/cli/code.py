"""`coder code`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.errors import UsageError


@click.command("code")
@arguments.project
@click.option("--question", "-q", metavar="Q", help="Key of the question; else the one worked on last, or the first.")
@click.option("--round", "-r", "round_key", metavar="R", help="Key of the round; else the latest.")
@click.option("--analyst", "-a", default=arguments.analyst_name, metavar="NAME", help="Who codes; else your user name.")
def command(project: Path, question: str | None, round_key: str | None, analyst: str) -> None:
    """Open the workbench on the project."""
    open_workbench(project, round_key=round_key, question=question, analyst=analyst)


def has_terminal() -> bool:
    """True where a screen can be drawn and keys be read; the screen is drawn on standard error."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def open_workbench(
    project: Path,
    *,
    round_key: str | None,
    question: str | None,
    analyst: str,
    queue: Sequence[int] = (),
    worth: Sequence[int] = (),
) -> None:
    """Open the workbench, on a review's queue if there is one; raises UsageError where there is no terminal for it.

    `worth` are those of the queue that are worth reading.
    """
    if not has_terminal():
        raise UsageError("the workbench needs a terminal", "Run it in one, or use the other commands: coder --help.")
    from coder.tui.app import run  # noqa: PLC0415 - Textual only for those who open it

    run(project, round_key=round_key, question=question, analyst=analyst, order=queue, worth=worth)
