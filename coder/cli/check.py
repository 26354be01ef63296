"""`coder check`."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from coder.cli import arguments
from coder.domain.answers import one_line
from coder.domain.errors import UsageError
from coder.workflow.checking import check
from coder.workflow.project import open_project
from coder.workflow.publishing import Limits, gate


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
    type=click.FloatRange(0, 100),
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
    that a later decision has overtaken.
    """
    if not publish and (round_key or question or disclosure_limit or max_auto is not None or allowed):
        raise UsageError("--round, --question, --disclosure-limit, --max-auto and --allow go with --publish", "Add it.")
    with open_project(project) as held:
        if publish:
            limits = Limits(disclosure_limit, max_auto, allowed)
            findings = gate(held, limits, round_key=round_key, question=question)
        else:
            findings = check(held)
    if as_json:
        click.echo(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    for finding in findings if not as_json else ():
        where = "/".join(part for part in (finding.round, finding.question) if part)
        click.echo(one_line(f"{finding.kind}: {where + ': ' if where else ''}{finding.count} {finding.words}"))
    if not findings and not as_json:
        click.echo("nothing found")
    return 3 if findings else 0
