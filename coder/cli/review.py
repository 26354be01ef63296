"""`coder review`."""

import json
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.code import has_terminal, open_workbench
from coder.cli.progress import progress_bar
from coder.domain.errors import UsageError
from coder.domain.how_many import how_many
from coder.tui.early_keys import drop, unseen
from coder.workflow.audit import draw_audit, state
from coder.workflow.candidates import waiting
from coder.workflow.project import Project, open_project
from coder.workflow.review import Queue, queue
from coder.workflow.suggesting import adviser


@click.command("review")
@arguments.project
@arguments.question
@arguments.round_key
@click.option("--audit", "size", type=click.IntRange(min=1), metavar="N", help="Read a blind random sample of N first.")
@click.option("--list", "listed", is_flag=True, help="Print who is to be read, in order, one a line; open nothing.")
@arguments.analyst
@arguments.as_json
def command(
    project: Path, question: str, round_key: str, size: int | None, listed: bool, analyst: str, as_json: bool
) -> None:
    """Open the workbench at what autocode left or is least sure of, and say how much of it is worth reading.

    First what was left, then what was coded with least certainty, each by what it can change in the table; answers
    that say the same come together. An audit's sample comes before all else, without anything a machine says of it.
    """
    if not (listed or as_json or has_terminal()):
        raise UsageError("the workbench needs a terminal", "Run it in one, or ask for --list or --json.")
    if not (listed or as_json):
        click.get_current_context().with_resource(unseen())
    with progress_bar("Looking for what is most worth reading"), open_project(project) as held:
        if size is not None:
            _draw_once(held, question, round_key, size, analyst)
        found = queue(held, question, round_key, adviser(held, question, round_key))
        new = len(waiting(held, question, round_key))
    if listed or as_json:
        _print(found, new, question, round_key, as_json)
        return
    click.echo(_summary(found, new), err=True)
    if found.order or new:
        drop()  # nobody had seen yet what it would do
        open_workbench(
            project, round_key=round_key, question=question, analyst=analyst, queue=found.order, worth=found.worth
        )


def _draw_once(held: Project, question: str, round_key: str, size: int, analyst: str) -> None:
    """Draw the sample, unless one is being read already: asked again with the same number, reading goes on."""
    standing = state(held, question, round_key)
    if standing is not None and standing.read < standing.audit.drawn:
        if standing.audit.drawn != size:
            raise UsageError(
                f"a sample of {how_many(standing.audit.drawn, 'answer')} is being read already",
                f"Go on with --audit {standing.audit.drawn}, or give it up with `coder audit --withdraw`.",
            )
        return
    if standing is not None and standing.complete and standing.left:
        raise UsageError(
            f"a sample of {how_many(standing.audit.drawn, 'answer')} is coded and measures the round",
            f"Leave --audit out; `coder audit --size {size} --yes` draws another one in its place.",
        )
    draw_audit(held, question, round_key, analyst=analyst, size=size)


def _print(found: Queue, new: int, question: str, round_key: str, as_json: bool) -> None:
    keys = found.respondents
    if not as_json:
        click.echo(_summary(found, new), err=True)
        for answer in found.order:
            click.echo(keys[answer])
        return
    document = {
        "question": question,
        "round": round_key,
        "audit": [keys[answer] for answer in found.sample],
        "order": [keys[answer] for answer in found.others],
        "left_for_review": found.left,
        "enough": found.enough,
        "contested": list(found.contested),
        "candidates": new,
    }
    click.echo(json.dumps(document, ensure_ascii=False))


def _summary(found: Queue, new: int) -> str:
    waits = f"; {how_many(new, 'candidate')} for new codes {'waits' if new == 1 else 'wait'} at N" if new else ""
    if not found.order:
        none = "people have settled every answer" if found.respondents else "nobody has answered the question"
        return f"nothing is left to read: {none}{waits}"
    machine = how_many(len(found.others) - found.left, "was", "were")
    words = f"{how_many(found.left, 'answer was', 'answers were')} left, {machine} coded by machine or begun"
    if found.sample:
        blind = how_many(len(found.sample), "answer of the audit is", "answers of the audit are")
        words = f"{blind} to be read blind; {words}"
    if not found.enough:
        return f"{words}; the order of the most common themes is sure, as far as the scores hold{waits}"
    enough = f"reading {found.enough} makes the order of the most common themes sure, as far as the scores hold"
    return f"{words}; {enough}{waits}"
