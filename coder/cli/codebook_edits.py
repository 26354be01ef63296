"""`coder codebook merge`, `move` and the like: one change of one codebook each."""

from collections.abc import Sequence
from pathlib import Path

import click

from coder.cli import arguments, consent
from coder.domain.codebook import Codebook
from coder.domain.codebook_edits import AddCode, Define, Merge, Move, Rename, Restore, Retire
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, UsageError
from coder.domain.near_names import alike, code_called, theme_called
from coder.domain.theme_edits import AddTheme
from coder.workflow.project import open_project


@click.command("merge")
@arguments.project
@arguments.question
@click.argument("codes", metavar="CODE... INTO", nargs=-1, required=True)
@consent.options
def merge(project: Path, question: str, codes: tuple[str, ...], analyst: str, dry_run: bool, yes: bool) -> None:
    """Merge one or more codes into the last one named."""
    if len(codes) < 2:
        raise UsageError("merging takes two codes or more", "Name those that go, and last the one that they go into.")
    with open_project(project) as held:
        *gone, into = _codes(held.codebook(question), codes)
        consent.revise(held, question, Merge(tuple(gone), into), analyst=analyst, dry_run=dry_run, yes=yes)


@click.command("move", short_help="Move codes to another or a new theme, or out of all.")
@arguments.project
@arguments.question
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--theme", "-t", metavar="THEME", help="To the end of this theme, which must be there.")
@click.option("--new", "-n", metavar="THEME", help="To a new theme of this name, the last one.")
@consent.options
def move(
    project: Path,
    question: str,
    codes: tuple[str, ...],
    theme: str | None,
    new: str | None,
    analyst: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Move codes to a theme that is there or, with --new, to one that this makes; with neither, out of all themes."""
    if theme is not None and new is not None:
        raise UsageError("codes go to one theme", "Give --theme for one that is there, or --new for a new one.")
    with open_project(project) as held:
        book = held.codebook(question)
        numbers = tuple(_codes(book, codes))
        if new is not None:
            edit: Edit = AddTheme(new, numbers)
        else:
            edit = Move(numbers, None if theme is None else theme_called(book, theme).id)
        consent.revise(held, question, edit, analyst=analyst, dry_run=dry_run, yes=yes, seen=book)


@click.command("add")
@arguments.project
@arguments.question
@click.argument("name")
@click.option("--theme", "-t", metavar="THEME", help="At the end of this theme, which must be there.")
@click.option("--definition", "-d", default="", metavar="TEXT", help="What belongs under it.")
@click.option("--anyway", is_flag=True, help="Though another code is called nearly so.")
@consent.options
def add(
    project: Path,
    question: str,
    name: str,
    theme: str | None,
    definition: str,
    anyway: bool,
    analyst: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Make a new code NAME, in a theme or without one."""
    with open_project(project) as held:
        book = held.codebook(question)
        near = [] if anyway else alike(book, name)
        if near:
            raise CoderError(
                f"there is a code {book.called(near[0].id)!r} already",
                "Use that one, or give --anyway to make another.",
            )
        edit = AddCode(name, None if theme is None else theme_called(book, theme).id, definition)
        consent.revise(held, question, edit, analyst=analyst, dry_run=dry_run, yes=yes, seen=book)


@click.command("define")
@arguments.project
@arguments.question
@click.argument("code")
@click.argument("text")
@consent.options
def define(project: Path, question: str, code: str, text: str, analyst: str, dry_run: bool, yes: bool) -> None:
    """Define a code by TEXT. Segments coded by another definition can then be looked at again."""
    with open_project(project) as held:
        (number,) = _codes(held.codebook(question), [code])
        consent.revise(held, question, Define(number, text), analyst=analyst, dry_run=dry_run, yes=yes)


@click.command("rename")
@arguments.project
@arguments.question
@click.argument("code")
@click.argument("name")
@consent.options
def rename(project: Path, question: str, code: str, name: str, analyst: str, dry_run: bool, yes: bool) -> None:
    """Give a code another NAME; the old one still finds it."""
    with open_project(project) as held:
        (number,) = _codes(held.codebook(question), [code])
        consent.revise(held, question, Rename(number, name), analyst=analyst, dry_run=dry_run, yes=yes)


@click.command("retire", short_help="Take a code out of use; its codings stay counted.")
@arguments.project
@arguments.question
@click.argument("code")
@click.option("--back", is_flag=True, help="Put the retired code in use again.")
@consent.options
def retire(project: Path, question: str, code: str, back: bool, analyst: str, dry_run: bool, yes: bool) -> None:
    """Let a code be given no more; what it was given to stays counted."""
    with open_project(project) as held:
        (number,) = _codes(held.codebook(question), [code])
        edit = Restore(number) if back else Retire(number)
        consent.revise(held, question, edit, analyst=analyst, dry_run=dry_run, yes=yes)


COMMANDS = (add, define, rename, merge, move, retire)


def _codes(codebook: Codebook, names: Sequence[str]) -> list[int]:
    return [code_called(codebook, name).id for name in names]
