"""`coder autocode`."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments, autocode_files
from coder.cli.progress import progress_bars
from coder.domain.acceptance import FEWEST_EXAMPLES, CodeGate, Gate, Verdict
from coder.domain.answers import one_line
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.workflow.autocode import AutocodeReport, autocode
from coder.workflow.cluster import FORMATS
from coder.workflow.machine import Terms
from coder.workflow.project import open_project

_EXAMPLE = 90  # characters of an example that are shown


@click.command("autocode")
@arguments.project
@arguments.round_key
@click.option("--question", "-q", metavar="Q", help="Key of the question; else every open question of the round.")
@click.option(
    "--unit", type=click.Choice(["segment", "answer"]), default="segment", show_default=True, help="What is coded."
)
@click.option(
    "--precision",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Give a code only where evidence supports this precision; 0.9 where neither this nor --min-score is given.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), help="Give every code from this score on; promises nothing.")
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


def words(report: AutocodeReport) -> Iterator[str]:
    """What a run did to one question, for a reader."""
    would = "would be " if report.dry_run else ""
    yield (
        f"{report.question}: {how_many(report.answers, 'answer')}; {report.coded} {would}coded with "
        f"{how_many(report.codings, 'code')}, "
        f"{report.left} {would}left for review, {report.by_hand} coded by hand and untouched"
    )
    run = f"run {report.run}, " if report.run is not None else ""
    yield f"  {run}model {report.model.id}, learnt from {how_many(report.model.trained_on, 'coding')}"
    yield from (f"  {line}" for line in _gate_words(report))
    if report.clashes:
        times = how_many(report.clashes, "time")
        yield f"  {times} several codes of one theme in an answer: counted by score until you choose"
    if report.in_audit:
        yield f"  {report.in_audit} left unseen for the audit sample"
    if report.new:
        hold = how_many(report.new, "answer holds", "answers hold")
        yield f"  {hold} what the machine was sure of and yet is unlike all that was read: left"
    for one in report.candidates:
        telling = ", ".join(one_line(word) for word in one.words)
        yield f"  perhaps a new code, {how_many(one.answers, 'answer')}: {telling}"
        if one.respondents:
            whom = ", ".join(one_line(report.called.get(key) or key) for key in one.respondents)
            yield f"      of them, for g in the workbench: {whom}"
        for text in one.examples:
            line = one_line(text)
            yield f"      {line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1] + '…'}"
    if report.candidates and report.run is not None:
        yield "  N in the workbench shows them with all their segments, and makes codes of them"


def _gate_words(report: AutocodeReport) -> Iterator[str]:
    gate, book = report.gate, report.codebook
    if gate.promise is None:
        yield f"every suggestion of score {gate.least:g} and above was taken; nothing is promised of their precision"
        return
    yield f"precision {gate.promise:g} promised for answers like the {gate.answers} that analysts have finished"
    if gate.shut:
        yield f"nothing is coded: {why_shut(gate)}"
    for verdict, heading in _HEADINGS.items():
        of_verdict = [one for one in gate.codes if one.verdict is verdict]
        if of_verdict:
            yield f"{heading}: {how_many(len(of_verdict), 'code')}"
        for one in of_verdict:
            name = f"{book.theme_name(one.code)} · {book.code_name(one.code)}".removeprefix(" · ")
            yield f"    {one_line(name)}: {_evidence(one)}"


_HEADINGS = {
    Verdict.AUTOMATIC: "automatic",
    Verdict.WEAK: "weak, left to people",
    Verdict.INSUFFICIENT: f"fewer than {FEWEST_EXAMPLES} examples, left to people",
}


def _evidence(one: CodeGate) -> str:
    if one.threshold is None:
        tried = how_many(one.tried, "left-out answer")
        return f"{how_many(one.examples, 'example')}; suggested first for {tried}, rightly for {one.right}"
    together = "together with others " if one.pooled else ""
    return (
        f"from score {one.threshold:.3f}; {one.right} of {one.tried} right, {together}at least {one.at_least:.3f}; "
        f"{how_many(one.examples, 'example')}"
    )


def why_shut(gate: Gate) -> str:
    """Why the gate lets nothing through."""
    if not gate.answers:
        return "no answer has been finished by an analyst, so there is nothing to judge by"
    if all(one.verdict is Verdict.INSUFFICIENT for one in gate.codes):
        return f"no code has the {FEWEST_EXAMPLES} examples that it takes to judge it; code more answers by hand"
    known = [one for one in gate.codes if one.verdict is Verdict.WEAK]
    tried, right = sum(one.tried for one in known), sum(one.right for one in known)
    return (
        f"of {how_many(tried, 'code')} it would have given to left-out answers {how_many(right, 'was', 'were')} right, "
        "and no least score makes it sure enough; code more answers by hand, or ask for less"
    )


_NUMBERS = ("answers", "coded", "left_for_review", "untouched_hand_coded", "codings", "clashes", "new")


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
    gate, book = report.gate, report.codebook
    return {
        "question": report.question,
        "answers": report.answers,
        "coded": report.coded,
        "left_for_review": report.left,
        "untouched_hand_coded": report.by_hand,
        "codings": report.codings,
        "clashes": report.clashes,
        "new": report.new,
        "run": report.run,
        "model": asdict(report.model),
        "threshold": gate.pooled if gate.least is None else gate.least,
        "precision": gate.promise,
        "shut": why_shut(gate) if gate.shut else None,
        "verdicts": dict(Counter(one.verdict.value for one in gate.codes)),
        "codes": [
            {"theme": book.theme_name(one.code), "code": book.code_name(one.code), **_figures(one)}
            for one in gate.codes
        ],
        "candidates": [
            {"words": one.words, "examples": one.examples, "answers": one.answers, "respondents": one.respondents}
            for one in report.candidates
        ],
    }


def _figures(one: CodeGate) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "threshold": one.threshold,
        "examples": one.examples,
        "tried": one.tried,
        "right": one.right,
        "at_least": one.at_least,
        "pooled": one.pooled,
    }
