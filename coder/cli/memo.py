"""`coder memo add`, `coder memo list` and `coder memo search`."""

import json
from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.coding import Segment
from coder.domain.errors import UsageError
from coder.domain.memo import Memo
from coder.workflow import memos
from coder.workflow.project import open_project

_question = click.option("--question", "-q", default="", metavar="Q", help="Key of the question; none: the project.")


@click.group("memo")
def command() -> None:
    """Write memos on the project, a question, theme, code, answer or segment, and find them again."""


def _segment(_context: click.Context, _option: click.Parameter, value: str | None) -> Segment | None:
    if value is None:
        return None
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise UsageError(
            f"{value!r} is no segment", "Give two offsets, as in 10-24: characters from 0, the end excluded."
        )
    return Segment(int(start), int(end))


@command.command("add")
@arguments.project
@click.argument("text")
@_question
@click.option("--theme", "-t", default="", metavar="THEME", help="On this theme of the question's codebook.")
@click.option("--code", "-c", default="", metavar="CODE", help='On this code: its name, or "theme: name".')
@click.option("--round", "-r", "round_key", default="", metavar="R", help="With --respondent: on their answer there.")
@click.option("--respondent", default="", metavar="ID", help="With --round: on their answer.")
@click.option("--segment", callback=_segment, metavar="START-END", help="On these characters of the answer.")
@arguments.analyst
def add(
    project: Path,
    text: str,
    question: str,
    theme: str,
    code: str,
    round_key: str,
    respondent: str,
    segment: Segment | None,
    analyst: str,
) -> None:
    """Write the memo TEXT."""
    with open_project(project) as held:
        subject = memos.subject_called(
            held, question, theme=theme, code=code, round_key=round_key, respondent=respondent, segment=segment
        )
        made = memos.add(held, subject, text, analyst)
    click.echo(f"memo {made.id} on {_where(made)}", err=True)


@command.command("edit")
@arguments.project
@click.argument("number", type=int)
@click.argument("text")
@arguments.analyst
def edit(project: Path, number: int, text: str, analyst: str) -> None:
    """Write memo NUMBER anew; `list` gives the numbers. Its author is then whoever wrote it last."""
    with open_project(project) as held:
        memos.rewrite(held, number, text, analyst)


@command.command("remove")
@arguments.project
@click.argument("number", type=int)
@arguments.analyst
def remove(project: Path, number: int, analyst: str) -> None:
    """Remove memo NUMBER; the project's journal keeps what it said."""
    with open_project(project) as held:
        memos.remove(held, number, analyst)


@command.command("list", short_help="List the memos, oldest first.")
@arguments.project
@_question
@arguments.as_json
def show(project: Path, question: str, as_json: bool) -> None:
    """List the memos, oldest first: all, or those of a question, its themes, codes and answers."""
    with open_project(project) as held:
        _print(memos.memos(held, question=question), as_json)


@command.command("search")
@arguments.project
@click.argument("words", nargs=-1, required=True)
@_question
@arguments.as_json
def search(project: Path, words: tuple[str, ...], question: str, as_json: bool) -> None:
    """List the memos that hold all WORDS, in any case."""
    with open_project(project) as held:
        _print(memos.memos(held, question=question, query=" ".join(words)), as_json)


def _print(found: list[Memo], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"memos": [_row(memo) for memo in found]}, ensure_ascii=False))
        return
    for memo in found:
        click.echo(f"{memo.id}  {memo.at[:10]}  {memo.analyst}  {_where(memo)}")
        for line in memo.text.splitlines():
            click.echo(f"    {line}")


def _row(memo: Memo) -> dict[str, object]:
    segment = memo.subject.segment
    return {
        "id": memo.id,
        "kind": memo.subject.kind.value,
        "question": memo.question,
        "round": memo.round,
        "where": memo.where,
        "name": memo.name,
        "segment": None if segment is None else [segment.start, segment.end],
        "analyst": memo.analyst,
        "at": memo.at,
        "text": memo.text,
    }


def _where(memo: Memo) -> str:
    place = "/".join(part for part in (memo.round, memo.question) if part)
    return " ".join(part for part in (memo.subject.kind.value, place, memo.where) if part)
