"""`coder codebook`: in and out of files, revised with a preview, and back to earlier versions."""

import json
from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.answers import one_line
from coder.domain.codebook import Codebook
from coder.domain.codebook_edits import Merge, Move, Rename, Restore, Retire
from coder.domain.editing import Edit
from coder.domain.errors import UsageError
from coder.domain.lineage import diff
from coder.domain.near_names import code_called, theme_called
from coder.workflow import revising, versions
from coder.workflow.intake import add_codebook
from coder.workflow.output import write_codebook
from coder.workflow.project import Project, open_project
from coder.workflow.second_look import second_look

_dry_run = click.option("--dry-run", is_flag=True, help="Only say what it would do to the tables.")


@click.group("codebook")
def command() -> None:
    """Take a codebook in, or write it to a file: .yaml, .csv, .xlsx, .qdc. Revise it, and go back.

    A CODE is named by its name, a former name, or "theme: name" where several have the name. Every change is one step
    that undo takes back in the workbench.
    """


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
@click.option("--out", "-o", type=click.Path(path_type=Path), required=True, help="The file: .yaml, .csv, .xlsx, .qdc.")
def write(project: Path, question: str, out: Path) -> None:
    """Write the codebook of a question to a file."""
    with open_project(project) as held:
        write_codebook(held, question, out)
    click.echo(f"wrote {out}", err=True)


@command.command("look-again")
@arguments.project
@arguments.question
@click.argument("code", required=False)
@arguments.as_json
def look_again(project: Path, question: str, code: str | None, as_json: bool) -> None:
    """List the segments left to look at again: coded with CODE, or any code, by another definition than the one now.

    In the workbench L goes through them. One that is kept, taken off or given another code there is left no more.
    """
    with open_project(project) as held:
        book = held.codebook(question)
        found = second_look(held, question, code_called(book, code).id if code else None)
    rows = [
        (
            *(one.round, one.answer.respondent.key, one.coding.segment.of(one.answer.text)),
            *(book.theme_name(one.code), book.code_name(one.code)),
        )
        for one in found
    ]
    if as_json:
        names = ("round", "respondent", "snippet", "theme", "code")
        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False))
        return
    for round_key, respondent, snippet, _, name in rows:
        click.echo("  ".join([round_key, respondent, *([] if code else [one_line(name)]), one_line(snippet)]))
    click.echo("1 segment to look at again" if len(rows) == 1 else f"{len(rows)} segments to look at again", err=True)


@command.command("log")
@arguments.project
@arguments.question
@arguments.as_json
def log(project: Path, question: str, as_json: bool) -> None:
    """List the versions of a codebook, oldest first: fingerprint, when, who, what."""
    with open_project(project) as held:
        found = versions.versions(held, question)
    if as_json:
        rows = [
            {"fingerprint": one.fingerprint, "event": one.event, "at": one.at, "analyst": one.analyst, "what": one.what}
            for one in found
        ]
        click.echo(json.dumps({"versions": rows}, ensure_ascii=False))
        return
    for one in found:
        click.echo("  ".join(part for part in (one.fingerprint, one.at[:19], one.analyst, one.what) if part))


@command.command("diff")
@arguments.project
@arguments.question
@click.argument("first", metavar="A")
@click.argument("second", metavar="B", default="now")
@arguments.as_json
def difference(project: Path, question: str, first: str, second: str, as_json: bool) -> None:
    """Say what happened to themes and codes between versions A and B: fingerprints from the log, `first` or `now`."""
    with open_project(project) as held:
        old, new = (versions.version(held, question, name) for name in (first, second))
    found = diff(old.codebook, new.codebook)
    if as_json:
        rows = [{"what": one.fate.value, "kind": one.kind, "id": one.id, "words": one.words} for one in found]
        click.echo(
            json.dumps({"from": old.fingerprint, "to": new.fingerprint, "differences": rows}, ensure_ascii=False)
        )
        return
    for one in found:
        click.echo(f"{one.fate.value} {one.kind}: {one.words}")
    if not found:
        click.echo("nothing differs")


@command.command("restore")
@arguments.project
@arguments.question
@click.argument("version")
@_dry_run
@arguments.analyst
def restore(project: Path, question: str, version: str, dry_run: bool, analyst: str) -> None:
    """Bring back the content of VERSION as a new change. Newer codes are retired, or merged back where split off."""
    with open_project(project) as held:
        _revise(held, question, versions.back_to(held, question, version), analyst, dry_run)


@command.command("merge")
@arguments.project
@arguments.question
@click.argument("codes", metavar="CODE... INTO", nargs=-1, required=True)
@_dry_run
@arguments.analyst
def merge(project: Path, question: str, codes: tuple[str, ...], dry_run: bool, analyst: str) -> None:
    """Merge one or more codes into the last one named."""
    if len(codes) < 2:
        raise UsageError("merging takes two codes or more", "Name those that go, and last the one that they go into.")
    with open_project(project) as held:
        *gone, into = _codes(held.codebook(question), codes)
        _revise(held, question, Merge(tuple(gone), into), analyst, dry_run)


@command.command("move")
@arguments.project
@arguments.question
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--theme", "-t", metavar="THEME", help="To the end of this theme; without it, out of all themes.")
@_dry_run
@arguments.analyst
def move(project: Path, question: str, codes: tuple[str, ...], theme: str | None, dry_run: bool, analyst: str) -> None:
    """Move codes to a theme, or out of all themes."""
    with open_project(project) as held:
        book = held.codebook(question)
        to = theme_called(book, theme).id if theme else None
        _revise(held, question, Move(tuple(_codes(book, codes)), to), analyst, dry_run)


@command.command("rename")
@arguments.project
@arguments.question
@click.argument("code")
@click.argument("name")
@_dry_run
@arguments.analyst
def rename(project: Path, question: str, code: str, name: str, dry_run: bool, analyst: str) -> None:
    """Give a code another NAME; the old one still finds it."""
    with open_project(project) as held:
        _revise(held, question, Rename(_codes(held.codebook(question), [code])[0], name), analyst, dry_run)


@command.command("retire")
@arguments.project
@arguments.question
@click.argument("code")
@click.option("--back", is_flag=True, help="Put the retired code in use again.")
@_dry_run
@arguments.analyst
def retire(project: Path, question: str, code: str, back: bool, dry_run: bool, analyst: str) -> None:
    """Let a code be given no more; what it was given to stays counted."""
    with open_project(project) as held:
        (number,) = _codes(held.codebook(question), [code])
        _revise(held, question, Restore(number) if back else Retire(number), analyst, dry_run)


def _codes(codebook: Codebook, names: tuple[str, ...] | list[str]) -> list[int]:
    return [code_called(codebook, name).id for name in names]


def _revise(project: Project, question: str, edit: Edit, analyst: str, dry_run: bool) -> None:
    """Make the edit or try it, and print what it does to each table."""
    book = project.codebook(question)
    words = edit.words(book)
    if not edit.adds and edit.apply(book) == book:
        click.echo(f"{words}: nothing to do, it is so already", err=True)
        return
    if dry_run:
        impacts = revising.preview(project, question, edit)
    else:
        impacts = revising.revise(project, question, edit, analyst)
    for (round_key, asked), found in impacts.items():
        click.echo(f"{round_key}/{asked}: {found.summary}")
    click.echo(f"{words}: not done, as asked" if dry_run else words, err=True)
