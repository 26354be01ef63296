"""`coder check`."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.errors import UsageError
from coder.workflow.checking import Finding, check, frame_notes
from coder.workflow.project import open_project
from coder.workflow.publishing import Gate, Limits, gate

_NAMED = 5


@click.command("check")
@arguments.project
@click.option("--publish", is_flag=True, help="Check all that a published number must stand up to.")
@click.option("--round", "-r", "round_key", metavar="R", help="With --publish: only this round.")
@click.option("--question", "-q", metavar="Q", help="With --publish: only this question.")
@click.option(
    "--disclosure-limit",
    type=click.IntRange(2),
    metavar="N",
    help="With --publish: counts from 1 to below N may give somebody away.",
)
@click.option(
    "--max-auto",
    type=arguments.Number(0, 100),
    metavar="PERCENT",
    help="With --publish: the largest share of counted codings that no person has looked at.",
)
@click.option("--allow", "allowed", multiple=True, metavar="WORD", help="With --publish: a word that names nobody.")
@arguments.as_json
def command(
    project: Path,
    publish: bool,
    round_key: str | None,
    question: str | None,
    disclosure_limit: int | None,
    max_auto: float | None,
    allowed: tuple[str, ...],
    as_json: bool,
) -> int:
    """Look for damage, clashes, uncoded answers and contradicting data. Exit code 3 where something is found.

    With --publish it is the gate before publication: clashes, uncoded answers, codes without a definition or an
    example, quotes that may identify somebody, counts below the limit, too much coded by machine alone, and files
    that a later decision has overtaken. What a reader is to be told of, such as answers that break the routing, a
    machine's codings that no audit measures, a run of autocode that has stopped, or counts outside their own interval,
    is listed as a note and fails nothing. With it or without, so is where the answers and the frame contradict each
    other.
    """
    if not publish and (round_key or question or disclosure_limit or max_auto is not None or allowed):
        raise UsageError("--round, --question, --disclosure-limit, --max-auto and --allow go with --publish", "Add it.")
    with progress_bar("Checking") as progress, open_project(project) as held:
        if publish:
            limits = Limits(disclosure_limit, max_auto, allowed)
            found = gate(held, limits, round_key=round_key, question=question, progress=progress)
        else:
            found = Gate(tuple(check(held, progress)), tuple(frame_notes(held, [one.key for one in held.rounds()])))
    if as_json:
        document = {name: [asdict(one) for one in getattr(found, name)] for name in ("findings", "notes")}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        _print(found.findings)
        if not found.findings:
            click.echo("nothing found")
        _print(found.notes, "note: ")
    return 3 if found.findings else 0


def _print(findings: Sequence[Finding], before: str = "") -> None:
    for one in findings:
        place = "/".join(part for part in (one.round, one.question) if part)
        click.echo(one_line(f"{before}{one.kind}: {place + ': ' if place else ''}{one.count or 'no'} {one.words}"))
        if one.where:
            left = len(one.where) - _NAMED
            more = f" and {left} more (--json lists them)" if left > 0 else ""
            click.echo(f"    where: {one_line('; '.join(one.where[:_NAMED]))}{more}")
        if one.todo:
            click.echo(f"    do: {one_line(one.todo)}")
