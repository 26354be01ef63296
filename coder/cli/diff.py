"""`coder diff`."""

import json
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.export_diff import Decided, Move, Moved
from coder.domain.how_many import how_many
from coder.workflow.export_diff import Difference, difference
from coder.workflow.journal_diff import decisions_between
from coder.workflow.project import open_project

_NAMED = 10
_WORDS = {
    "coded": "coded now",
    "uncoded": "not coded any more",
    "recoded": "recoded",
    "choice_changed": "another choice within the theme",
    "codebook_changed": "code moved or renamed in the codebook",
    "nothing_to_code": "marked as nothing to code",
    "question_not_exported": "the other export has nothing of this round and question",
}


@click.command("diff")
@click.argument("before", metavar="EXPORT1", type=click.Path(path_type=Path))
@click.argument("after", metavar="EXPORT2", type=click.Path(path_type=Path))
@click.option("--project", type=click.Path(path_type=Path), help="What both were written from: tells who decided what.")
@arguments.as_json
def command(before: Path, after: Path, project: Path | None, as_json: bool) -> None:
    """Say which decisions moved a count from one export to another.

    For every theme and code whose respondents are not the same: the count before and after, who entered and who left,
    and why. EXPORT1 is the earlier one. Two files of `coder codings export`, or two tables as .xlsx, .json or .csv,
    say themselves what differs. With --project the exports may be of any kind that has a method note, and every move
    has the decision that made it: who decided what, and when.
    """
    with progress_bar("Comparing"):
        if project is None:
            found = difference(before, after)
        else:
            with open_project(project) as held:
                found = decisions_between(held, before, after)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    for note in found.notes:
        click.echo(one_line(note), err=True)
    _print(found)


def _print(found: Difference) -> None:
    for base in found.bases:
        place = f"{base.round}/{base.question}" if base.round else base.question
        click.echo(one_line(f"{place}: base: {base.before} -> {base.after} (answers were taken in; nobody decided it)"))
    for one in found.moved:
        name = f"{one.theme} / {one.code}" if one.code and one.theme else one.code or one.theme
        place = f"{one.round}/{one.question}" if one.round else one.question
        click.echo(one_line(f"{place}: {name}: {one.before} -> {one.after}"))
        _list(one)
    if not found.moved:
        click.echo("every count is the same" + (", and of the same respondents" if found.named else ""))


def _list(moved: Moved) -> None:
    def kind(move: Move) -> tuple[bool, str]:
        return move.entered, move.why.value

    for (entered, why), group in groupby(sorted(moved.moves, key=kind), key=kind):
        moves = list(group)
        shown = [
            move.respondent + (f" (now {', '.join(move.instead)})" if move.instead and not entered else "")
            for move in moves[:_NAMED]
        ]
        words = _WORDS.get(why, "entered" if entered else "left")
        if entered and why == "nothing_to_code":
            words = f"no longer {words}"
        click.echo(f"  {'+' if entered else '-'}{len(moves)} {words}: {one_line(', '.join(shown))}{_more(len(moves))}")
        _tell_decisions(moves)


def _tell_decisions(moves: list[Move]) -> None:
    """Under a group of moves the decisions behind them, oldest first, each with whom it moved."""
    by_decision: dict[Decided, list[str]] = {}
    for move in moves:
        if move.decision is not None:
            by_decision.setdefault(move.decision, []).append(move.respondent)
    decisions = sorted(by_decision, key=lambda one: one.number)
    for one in decisions[:_NAMED]:
        who = by_decision[one]
        whom = "" if len(decisions) == 1 else f" ({', '.join(who[:_NAMED])}{_more(len(who))})"
        when = f"{datetime.fromisoformat(one.at).astimezone():%Y-%m-%d %H:%M}"
        click.echo(f"     {one_line(f'decision {one.number}, {when}, {one.analyst}: {one.what}{whom}')}")
    if len(decisions) > _NAMED:
        click.echo(f"     and {how_many(len(decisions) - _NAMED, 'more decision')}; --json lists all")


def _more(number: int) -> str:
    return f" and {number - _NAMED} more" if number > _NAMED else ""
