"""`coder autocode --input`: what outgrows one machine, coded from files into files."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from coder.cli import autocode_gate
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.workflow.cluster import FORMATS, RECORD, FilesReport, background_of, code_files
from coder.workflow.machine import Machine, Terms, machine
from coder.workflow.project import open_project

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--input",
        "sources",
        metavar="PATTERN",
        help="Code Parquet files ('folder/*.parquet', 's3://bucket/*.parquet'), not the project.",
    ),
    click.option("--out", "-o", metavar="FOLDER", help="Where the files' codings go: a folder, or s3://bucket/folder."),
    click.option(
        "--out-format",
        type=click.Choice(FORMATS),
        default=FORMATS[0],
        show_default=True,
        help="What the files' codings are written as; `coder codings import` reads both.",
    ),
    click.option(
        "--scheduler", metavar="ADDRESS", help="A Dask scheduler for the files; else processes on this machine."
    ),
    click.option("--workers", type=click.IntRange(1), help="How many processes on this machine; else one a processor."),
)


def options(command: _Command) -> _Command:
    """Give the command the options that say which files, and where to."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


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
    form: str,
    as_json: bool,
) -> None:
    """Code the files and print what was done."""
    if not sources or not out or not question:
        raise click.UsageError("Files are coded with --input, --out and --question, all three.")
    unread = background_of(sources, terms.seed)
    with open_project(project) as held, progress_bar(f"Learning {question}") as learning:
        made, at = machine(held, question, terms, unread, learning), held.clock()
    try:
        with progress_bar("Coding files") as progress:
            report = code_files(
                made,
                question=question,
                round_key=round_key,
                sources=sources,
                out=out,
                at=at,
                scheduler=scheduler,
                workers=workers,
                form=form,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo("What is coded so far is kept, in whole parts; the same command again goes on from there.", err=True)
        raise
    if as_json:
        click.echo(json.dumps(_summary(report, round_key, question, made), ensure_ascii=False))
        return
    click.echo(
        f"{question}: {how_many(report.parts, 'part')}, {report.kept} done before; "
        f"{how_many(report.answers, 'answer')}, {report.coded} coded with "
        f"{how_many(report.codings, 'code')}, {report.answers - report.coded} left for review"
    )
    click.echo(
        f"  model {report.model}, learnt from {how_many(made.model.trained_on, 'coding')}; "
        f"codings and {RECORD} in {one_line(out)}"
    )
    click.echo(
        f"  `coder codings import` takes them in with their run, by the {RECORD} beside them; a run on the project's "
        "own answers may make another model, as it reads other uncoded texts"
    )


def _summary(report: FilesReport, round_key: str, question: str, made: Machine) -> dict[str, object]:
    return {
        "round": round_key,
        "question": question,
        "run": report.run,
        "parts": report.parts,
        "kept": report.kept,
        "answers": report.answers,
        "coded": report.coded,
        "left_for_review": report.answers - report.coded,
        "untouched_hand_coded": 0,  # in a file nobody has coded
        "codings": report.codings,
        "model": asdict(made.model),
        **autocode_gate.told(made.gate, made.codebook),
    }
