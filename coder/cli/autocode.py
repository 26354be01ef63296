"""`coder autocode`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments, autocode_files, autocode_gate
from coder.cli.autocode_words import words
from coder.cli.progress import progress_bars
from coder.domain.errors import CoderError
from coder.workflow.autocode import autocode
from coder.workflow.autocode_report import AutocodeReport
from coder.workflow.cluster import FORMATS
from coder.workflow.machine import Terms
from coder.workflow.project import open_project


@click.command("autocode")
@arguments.project
@arguments.round_key
@click.option("--question", "-q", metavar="Q", help="Key of the question; else every open question of the round.")
@click.option(
    "--unit",
    type=click.Choice(["segment", "answer"]),
    default="segment",
    show_default=True,
    help="Code the segments of an answer, or answers as a whole.",
)
@click.option(
    "--precision",
    type=arguments.Number(0, 1, min_open=True, max_open=True),
    help="Give a code only where evidence supports this precision; 0.9 where neither this nor --min-score is given.",
)
@click.option("--min-score", type=arguments.Number(0, 1), help="Give every code from this score on; promises nothing.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same codings.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and write nothing.")
@autocode_files.options
@arguments.as_json
def command(
    project: Path,
    round_key: str,
    question: str | None,
    unit: str,
    precision: float | None,
    min_score: float | None,
    seed: int,
    dry_run: bool,
    sources: str | None,
    out: str | None,
    out_format: str,
    scheduler: str | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Code every answer no analyst has touched, where the machine is sure enough, and leave the rest for review.

    What an analyst has touched is left as it is; a second run replaces only what a run has coded. How sure is enough is
    found by cross-validation on the answers that analysts have finished. With --input it codes files of the columns
    respondent and text into codings files, by several processes or on a cluster; that, and s3://, needs
    coder-workbench[cluster]. A large file is coded in parts, each with codings of its own; stopped half-way, the same
    command goes on where it was.
    """
    if precision is not None and min_score is not None:
        raise click.UsageError("--precision and --min-score exclude each other: give one of them.")
    promise = None if min_score is not None else precision or 0.9
    terms = Terms(promise, min_score, whole=unit == "answer", seed=seed)
    if sources or out or scheduler or workers or out_format != FORMATS[0]:
        if dry_run:
            raise click.UsageError(
                "--dry-run is for the project's own answers: files are not touched, give a new --out."
            )
        autocode_files.run(
            project,
            round_key,
            question,
            terms,
            sources=sources,
            out=out,
            scheduler=scheduler,
            workers=workers,
            form=out_format,
            as_json=as_json,
        )
        return
    reports: list[AutocodeReport] = []
    with open_project(project) as held:
        held.round(round_key)
        questions = [question] if question else [one.key for one in held.open_questions(round_key)]
        if not questions:
            raise CoderError(f"round {round_key} has no open question", "Only answers in free text can be coded.")
        for key in questions:
            try:
                with progress_bars(f"Learning {key}", f"Coding {key}") as (learning, progress):
                    reports.append(
                        autocode(held, key, round_key, terms, dry_run=dry_run, learning=learning, progress=progress)
                    )
            except KeyboardInterrupt:
                if not dry_run:
                    click.echo("What is coded so far is kept, in whole answers; run it again to go on.", err=True)
                raise
    if as_json:
        click.echo(json.dumps(summary(reports), ensure_ascii=False))
        return
    for report in reports:
        for line in words(report):
            click.echo(line)


_NUMBERS = (
    "answers",
    "coded",
    "left_for_review",
    "untouched_hand_coded",
    "codings",
    "clashes",
    "stood",
    "withdrawn",
    "added",
    "new",
)


def summary(reports: list[AutocodeReport]) -> dict[str, Any]:
    """What a run did, in sum, and question by question."""
    parts = [_part(report) for report in reports]
    thresholds = {part["threshold"] for part in parts}
    return {
        "round": reports[0].round,
        **{name: sum(part[name] for part in parts) for name in _NUMBERS},
        "model": {
            "id": "+".join(report.model.id for report in reports),
            "trained_on": sum(report.model.trained_on for report in reports),
            "codebook": ", ".join(report.model.codebook for report in reports),
        },
        "threshold": thresholds.pop() if len(thresholds) == 1 else None,
        "precision": reports[0].terms.promise,
        "dry_run": reports[0].dry_run,
        "questions": parts,
    }


def _part(report: AutocodeReport) -> dict[str, Any]:
    return {
        "question": report.question,
        "answers": report.answers,
        "coded": report.coded,
        "left_for_review": report.left,
        "in_audit": report.in_audit,
        "untouched_hand_coded": report.by_hand,
        "codings": report.codings,
        "clashes": report.clashes,
        "stood": report.stood,
        "withdrawn": report.withdrawn,
        "added": report.added,
        "new": report.new,
        "run": report.run,
        "model": asdict(report.model),
        **autocode_gate.told(report.gate, report.codebook),
        "candidates": [
            {"words": one.words, "examples": one.examples, "answers": one.answers, "respondents": one.respondents}
            for one in report.candidates
        ],
    }
