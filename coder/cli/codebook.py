"""`coder codebook`: in and out of files, revised with a preview, and back to earlier versions."""

import json
from pathlib import Path

import click

from coder.cli import arguments, codebook_edits, consent
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.domain.lineage import diff
from coder.domain.near_names import code_called
from coder.domain.revision import amended
from coder.workflow import versions
from coder.workflow.intake import Revision, add_codebook, read_revision
from coder.workflow.output import write_codebook
from coder.workflow.project import Project, open_project
from coder.workflow.second_look import second_look

_LISTED = 20


@click.group("codebook")
def command() -> None:
    """Take a codebook in, or write it to a file: .yaml, .csv, .xlsx, .qdc. Revise it, and go back.

    A CODE is named by its name, a former name, or "theme: name" where several have the name. On a terminal every
    change says what it does to the tables and asks before it is made; --yes, or no terminal, makes it at once. It is
    one step that undo takes back in the workbench.
    """


@command.command("import", short_help="Take in the codebook in FILE, or revise one by it.")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--question", "-q", metavar="Q", help="Revise the codebook of this question, whatever FILE calls it.")
@consent.options
def take_in(project: Path, file: Path, question: str | None, analyst: str, dry_run: bool, yes: bool) -> None:
    """Take the codebook in FILE into the project, or revise the one that has its key by it.

    Revising makes names, definitions, examples, former names (aliases), themes and order what FILE says, and adds what
    is new. A code is found by its name in its theme, by an old name given under aliases, or by its name in another
    theme. What FILE leaves out stays as it is: columns and keys, codes, themes and former names. All of it is one step.
    In a sheet several aliases stand one a line in their cell, or are parted by semicolons.
    """
    with open_project(project) as held:
        found = read_revision(held, file, question)
        if found is not None:
            _take_revision(held, found, analyst, dry_run, yes)
        elif dry_run:
            click.echo(f"{one_line(file.name)} holds a codebook that is new to the project: not taken in", err=True)
        else:
            book = add_codebook(held, file)
            click.echo(
                f"took in {book.key}: {how_many(len(book.themes), 'theme')}, {how_many(len(book.codes), 'code')}",
                err=True,
            )


def _take_revision(project: Project, found: Revision, analyst: str, dry_run: bool, yes: bool) -> None:
    book, edit = found.codebook, found.edit
    left = edit.left_out(book)
    for name in left[:_LISTED]:
        click.echo(f"not in the file, left as it is: {name}", err=True)
    if len(left) > _LISTED:
        click.echo(f"not in the file, left as they are: {len(left) - _LISTED} more", err=True)
    if left:
        click.echo(
            "  A code goes out of use by `coder codebook retire`; a renamed one has its old name as alias.", err=True
        )
    if edit.file.codebook.question not in ("", book.question):
        click.echo("the wording of the question stays as the project has it", err=True)
    after = edit.apply(book)
    told = [f"{one.fate.value} {one.kind}: {one.words}" for one in diff(book, after)]
    told += [f"amended {line}" for line in amended(book, after)]
    consent.revise(project, found.question, edit, analyst=analyst, dry_run=dry_run, yes=yes, seen=book, told=told)


@command.command("export")
@arguments.project
@arguments.question
@click.option("--out", "-o", type=click.Path(path_type=Path), required=True, help="The file: .yaml, .csv, .xlsx, .qdc.")
def write(project: Path, question: str, out: Path) -> None:
    """Write the codebook of a question to a file."""
    with open_project(project) as held:
        write_codebook(held, question, out)
    click.echo(f"wrote {out}", err=True)


@command.command("look-again", short_help="List segments coded by a definition of before.")
@arguments.project
@arguments.question
@click.argument("code", required=False)
@arguments.as_json
def look_again(project: Path, question: str, code: str | None, as_json: bool) -> None:
    """List the segments left to look at again: coded with CODE, or any code, by another definition than the one now.

    In the workbench L goes through them. One that is kept, taken off or given another code there is left no more.
    """
    with progress_bar("Reading"), open_project(project) as held:
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
    click.echo(f"{how_many(len(rows), 'segment')} to look at again", err=True)


@command.command("log", short_help="List the versions of a codebook, oldest first.")
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


@command.command("diff", short_help="Say what differs between two versions.")
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


@command.command("restore", short_help="Go back to VERSION, as a new change.")
@arguments.project
@arguments.question
@click.argument("version")
@consent.options
def restore(project: Path, question: str, version: str, analyst: str, dry_run: bool, yes: bool) -> None:
    """Bring back the content of VERSION as a new change. Newer codes are retired, or merged back where split off."""
    with open_project(project) as held:
        edit = versions.back_to(held, question, version)
        consent.revise(held, question, edit, analyst=analyst, dry_run=dry_run, yes=yes)


for one in codebook_edits.COMMANDS:
    command.add_command(one)
