"""`coder autocode --input`: what outgrows one machine, coded from files into files."""

import json
from pathlib import Path

import click

from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.workflow.cluster import RECORD, FilesReport, code_files, require_files
from coder.workflow.machine import Terms, machine
from coder.workflow.project import open_project


def run(
    project: Path,
    round_key: str,
    question: str | None,
    terms: Terms,
    *,
    sources: str | None,
    out: str | None,
    scheduler: str | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Code the files and print what was done."""
    if not sources or not out or not question:
        raise click.UsageError("Files are coded with --input, --out and --question, all three.")
    require_files(sources)
    with open_project(project) as held, progress_bar(f"learning {question}") as learning:
        made = machine(held, question, terms, learning)
    try:
        with progress_bar("coding files") as progress:
            report = code_files(
                made,
                question=question,
                round_key=round_key,
                sources=sources,
                out=out,
                scheduler=scheduler,
                workers=workers,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo("What is coded so far is kept, in whole parts; the same command again goes on from there.", err=True)
        raise
    if as_json:
        click.echo(json.dumps(_summary(report, round_key, question, made.model.trained_on), ensure_ascii=False))
        return
    click.echo(
        f"{question}: {report.parts} parts, {report.kept} of them done before; {report.answers} answers, "
        f"{report.coded} coded with {report.codings} codes, {report.answers - report.coded} left for review"
    )
    click.echo(
        f"  model {report.model}, learnt from {made.model.trained_on} codings; codings and {RECORD} in {one_line(out)}"
    )


def _summary(report: FilesReport, round_key: str, question: str, trained_on: int) -> dict[str, object]:
    return {
        "round": round_key,
        "question": question,
        "run": report.run,
        "parts": report.parts,
        "kept": report.kept,
        "answers": report.answers,
        "coded": report.coded,
        "left_for_review": report.answers - report.coded,
        "codings": report.codings,
        "model": {"id": report.model, "trained_on": trained_on},
    }
