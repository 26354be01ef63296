"""`coder autocode`."""

import json
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.errors import CoderError
from coder.workflow.autocode import AutocodeReport, autocode
from coder.workflow.project import open_project


@click.command("autocode")
@arguments.project
@arguments.round_key
@click.option("--question", "-q", metavar="Q", help="Key of the question; else every open question of the round.")
@click.option(
    "--unit", type=click.Choice(["segment", "answer"]), default="segment", show_default=True, help="What is coded."
)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Least score.")
@arguments.as_json
def command(project: Path, round_key: str, question: str | None, unit: str, min_score: float, as_json: bool) -> None:
    """Code every answer no analyst has touched, where the best suggestion's score is high enough.

    What an analyst has touched is left as it is; a second run replaces only what a run has coded.
    """
    with open_project(project) as held:
        held.round(round_key)
        questions = [question] if question else [one.key for one in held.open_questions(round_key)]
        if not questions:
            raise CoderError(f"round {round_key} has no open question", "Only answers in free text can be coded.")
        reports = []
        for key in questions:
            with progress_bar(f"coding {key}") as progress:
                reports.append(
                    autocode(
                        held,
                        key,
                        round_key,
                        min_score=min_score,
                        whole_answers=unit == "answer",
                        progress=progress,
                    )
                )
    if as_json:
        click.echo(json.dumps(summary(reports), ensure_ascii=False))
        return
    for report in reports:
        click.echo(
            f"{report.question}: {report.answers} answers; {report.coded} coded with {report.codings} codes, "
            f"{report.left} left for review, {report.by_hand} coded by hand and untouched "
            f"(learnt from {report.model.trained_on} codings; score {report.threshold:g} and above)"
        )


def summary(reports: list[AutocodeReport]) -> dict[str, Any]:
    """What a run did, in sum, and question by question."""
    parts = [
        {
            "question": report.question,
            "answers": report.answers,
            "coded": report.coded,
            "left_for_review": report.left,
            "untouched_hand_coded": report.by_hand,
            "codings": report.codings,
            "model": {
                "id": report.model.id,
                "trained_on": report.model.trained_on,
                "codebook": report.model.codebook,
            },
        }
        for report in reports
    ]
    numbers = ("answers", "coded", "left_for_review", "untouched_hand_coded", "codings")
    return {
        "round": reports[0].round,
        **{name: sum(part[name] for part in parts) for name in numbers},
        "model": {
            "id": "+".join(report.model.id for report in reports),
            "trained_on": sum(report.model.trained_on for report in reports),
            "codebook": ", ".join(report.model.codebook for report in reports),
        },
        "threshold": reports[0].threshold,
        "questions": parts,
    }
