"""`coder examples`."""

import json
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.counting import Status
from coder.workflow.examples import Changed, Example, examples, shorten_example
from coder.workflow.project import open_project

_SIGNS = {
    "personal_number": "a personal number",
    "email": "an e-mail address",
    "phone": "a phone number",
    "name": "a name or place",
    "perhaps_name": "perhaps a name",
}


@click.command("examples")
@arguments.project
@arguments.question
@arguments.round_key
@click.option("--propose", "number", type=click.IntRange(0, 20), default=0, metavar="N", help="Propose N a code.")
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

    A proposal is counted, typical of its code and short, from different respondents, and holds no sign of who wrote
    it. Warnings tell of an example that is set aside or whose coding has changed, and of quotes that hold a name, a
    place, a personal number, an e-mail address or a phone number. No warning is no proof: read before you publish.
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
        click.echo(f"  {'★' if one.flagged else '?'} {one.respondent}: ”{one_line(one.text)}”")
        for warning in _warnings(one):
            click.echo(f"    warning: {warning}")
    for lost in found.changed:
        now = f"coded as {', '.join(map(one_line, lost.now))} now" if lost.now else "not coded now"
        click.echo(
            f"warning: the example of {lost.respondent} for {one_line(lost.name)} was taken off with its coding by "
            f"{one_line(lost.analyst)} ({lost.at[:10]}), {now}: ”{one_line(lost.text)}”"
        )
    if not found.examples and not found.changed:
        click.echo("no examples are flagged; --propose 2 proposes some", err=True)


def _warnings(one: Example) -> list[str]:
    found = [f"holds {_SIGNS[hit.sign.value]}: {one_line(hit.text)}" for hit in one.signs]
    if one.status is Status.SET_ASIDE:
        found.insert(0, "set aside by the counting rule, so the table leaves it out")
    if one.status is Status.PROVISIONAL:
        found.insert(0, "counted provisionally: its clash is not settled")
    return found


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
