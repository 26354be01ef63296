"""`coder diff`."""

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.answers import one_line
from coder.domain.export_diff import Move, Moved
from coder.workflow.export_diff import difference

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
@arguments.as_json
def command(before: Path, after: Path, as_json: bool) -> None:
    """Say which decisions moved a count from one export of codings to another.

    Both are files of `coder codings export`. For every theme and code whose respondents are not the same: the count
    before and after, who entered and who left, and why.
    """
    moved = difference(before, after)
    if as_json:
        click.echo(json.dumps({"moved": [asdict(one) for one in moved]}, ensure_ascii=False))
        return
    for one in moved:
        name = f"{one.theme} / {one.code}" if one.code and one.theme else one.code or one.theme
        click.echo(one_line(f"{one.round}/{one.question}: {name}: {one.before} -> {one.after}"))
        _list(one)
    if not moved:
        click.echo("every count is the same, and of the same respondents")


def _list(moved: Moved) -> None:
    def kind(move: Move) -> tuple[bool, str]:
        return move.entered, move.why.value

    for (entered, why), group in groupby(sorted(moved.moves, key=kind), key=kind):
        moves = list(group)
        shown = [
            move.respondent + (f" (now {', '.join(move.instead)})" if move.instead and not entered else "")
            for move in moves[:_NAMED]
        ]
        more = f" and {len(moves) - _NAMED} more" if len(moves) > _NAMED else ""
        words = f"no longer {_WORDS[why]}" if entered and why == "nothing_to_code" else _WORDS[why]
        click.echo(f"  {'+' if entered else '-'}{len(moves)} {words}: {one_line(', '.join(shown))}{more}")
