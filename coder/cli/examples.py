"""`coder examples`."""

import json
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.counting import Status
from coder.domain.how_many import how_many
from coder.workflow.examples import Changed, Example, examples, shorten_example
from coder.workflow.project import open_project

# Characters of a quote, and warnings about it, that a terminal shows.
_SHOWN, _WARNED = 300, 10
_SIGNS = {
    "personal_number": "a personal number",
    "email": "an e-mail address",
    "web": "an address or account on the web",
    "address": "an address",
    "phone": "a phone number",
    "name": "a name or place",
    "perhaps_personal_number": "what looks like a personal number",
    "perhaps_name": "perhaps a name",
}


@click.command("examples")
@arguments.project
@arguments.question
@arguments.round_key
@click.option(
    "--propose",
    "number",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="Propose up to N quotes for each code.",
)
@click.option("--allow", "allowed", multiple=True, metavar="WORD", help="A word that names nobody; may be repeated.")
@click.option(
    "--shorten",
    "shortening",
    nargs=2,
    metavar="RESPONDENT TEXT",
    help="Shorten a flagged example: TEXT is its quote with … or [...] for words left out.",
)
@arguments.analyst
@arguments.as_json
def command(
    project: Path,
    question: str,
    round_key: str,
    number: int,
    allowed: tuple[str, ...],
    shortening: tuple[str, str] | None,
    analyst: str,
    as_json: bool,
) -> None:
    """List the examples flagged for publication, what speaks against them, and proposals.

    A proposal is counted, typical of its code, no longer than 300 characters, from different respondents, and holds no
    sign of who wrote it. Warnings tell of an example that is set aside or whose coding has changed, and of quotes that
    hold a name, a place, an address, a personal number, an e-mail or web address or a phone number. No warning is no
    proof: read before you publish.
    With --shorten a quote loses words and nothing else, and stays so in every later table; its full text as TEXT brings
    all of it back.
    """
    with progress_bar("Reading") as progress, open_project(project) as held:
        if shortening:
            shorten_example(held, question, round_key, *shortening, analyst=analyst)
        found = examples(held, question, round_key, number=number, allowed=allowed, progress=progress)
    if as_json:
        document = {
            "question": question,
            "round": round_key,
            "examples": [_example(one) for one in found.examples],
            "changed": [_changed(one) for one in found.changed],
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    last = None
    for one in found.examples:
        if last != one.code:
            click.echo(f"{one_line(one.theme) or '–'}: {one_line(one.name)}")
            last = one.code
        click.echo(f"  {'★' if one.flagged else '?'} {one.respondent}: ”{_cut(one.text)}”")
        warnings = _warnings(one)
        for warning in warnings[:_WARNED]:
            click.echo(f"    warning: {warning}")
        if len(warnings) > _WARNED:
            click.echo(f"    warning: {len(warnings) - _WARNED} more, --json lists them")
    for lost in found.changed:
        now = f"coded as {', '.join(map(one_line, lost.now))} now" if lost.now else "not coded now"
        click.echo(
            f"warning: the example of {lost.respondent} for {one_line(lost.name)} was taken off with its coding by "
            f"{one_line(lost.analyst)} ({lost.at[:10]}), {now}: ”{_cut(lost.text)}”"
        )
    if not found.examples and not found.changed:
        propose = "none can be proposed: what is counted is long, a word or two, or tells of somebody"
        click.echo(f"no examples are flagged; {propose if number else '--propose 2 proposes some'}", err=True)


def _cut(text: str) -> str:
    """A quote as the terminal shows it."""
    line = one_line(text)
    left = len(line) - _SHOWN
    return line if left <= 0 else f"{line[:_SHOWN]} [{how_many(left, 'more character')}, --json has all]"


def _warnings(one: Example) -> list[str]:
    found = [f"holds {_SIGNS[hit.sign.value]}: {one_line(hit.text)}" for hit in one.signs]
    if one.status is Status.SET_ASIDE:
        found.insert(0, "set aside by the counting rule, so the table leaves it out")
    if one.status is Status.PROVISIONAL:
        found.insert(0, "counted provisionally: its clash is not settled")
    return list(dict.fromkeys(found))


def _example(one: Example) -> dict[str, Any]:
    return {
        "theme": one.theme,
        "code": one.name,
        "respondent": one.respondent,
        "text": one.text,
        "flagged": one.flagged,
        "status": one.status.value,
        "signs": [{"sign": hit.sign.value, "start": hit.start, "end": hit.end, "text": hit.text} for hit in one.signs],
        "warnings": _warnings(one),
    }


def _changed(one: Changed) -> dict[str, Any]:
    return {
        "theme": one.theme,
        "code": one.name,
        "respondent": one.respondent,
        "text": one.text,
        "analyst": one.analyst,
        "at": one.at,
        "now": list(one.now),
    }
