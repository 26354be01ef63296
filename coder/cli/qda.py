"""`coder qdpx export` and `coder qdpx import`."""

from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar, progress_bars
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.workflow.interchange import InterchangeReport, export_qdpx, import_qdpx
from coder.workflow.project import open_project


@click.group("qdpx")
def command() -> None:
    """Exchange whole projects with NVivo, MAXQDA, ATLAS.ti, QualCoder and others: REFI-QDA, .qdpx."""


@command.command("export", short_help="Write a project that other programs read.")
@arguments.project
@click.option("--out", "-o", type=click.Path(path_type=Path), required=True, help="The file to write: .qdpx.")
@click.option("--question", "-q", "questions", multiple=True, metavar="Q", help="Only this question; may be repeated.")
@click.option("--round", "-r", "rounds", multiple=True, metavar="R", help="Only this round; may be repeated.")
@click.option("--with-set-aside", is_flag=True, help="Also the codings that are not counted.")
def write(project: Path, out: Path, questions: tuple[str, ...], rounds: tuple[str, ...], with_set_aside: bool) -> None:
    """Write open answers, codebooks and counted codings to a file that other programs read."""
    with progress_bar("Writing") as tell, open_project(project) as held:
        report = export_qdpx(
            held, out, questions=questions, rounds=rounds, with_set_aside=with_set_aside, progress=tell
        )
    click.echo(f"wrote {out}: {_numbers(report)}", err=True)
    _tell_left(report, "not written")
    if report.clashes:
        clashes = how_many(report.clashes, "open clash is", "open clashes are")
        words = "written as if what counts for now had been chosen; --with-set-aside writes all that clashes"
        click.echo(f"warning: {clashes} {words}", err=True)
    if report.refused:
        less = "Other programs may; -q and -r write less at a time."
        click.echo(f"warning: `coder qdpx import` will not read it: {report.refused}. {less}", err=True)


@command.command("import", short_help="Make a new project of the one in FILE.qdpx.")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
def take_in(project: Path, file: Path) -> None:
    """Make a new project of the one in FILE.qdpx, all or nothing. An existing PROJECT is never touched.

    A hundred thousand coded answers take about a minute and half a gigabyte of memory.
    """
    with progress_bars(f"Reading {one_line(file.name)}, MB", "Placing codings", "Taking in") as parts:
        report = import_qdpx(project, file, *parts)
    click.echo(f"made {project}: {_numbers(report)}", err=True)
    click.echo(f"rounds: {', '.join(report.rounds)}; questions: {', '.join(report.questions)}", err=True)
    _tell_left(report, "not carried over")


def _numbers(report: InterchangeReport) -> str:
    return (
        f"{how_many(report.answers, 'answer')} of {how_many(report.respondents, 'respondent')}, "
        f"{how_many(report.codes, 'code')}, "
        f"{how_many(report.codings, 'coding')}, {report.nothing} marked as nothing to code"
    )


def _tell_left(report: InterchangeReport, what: str) -> None:
    for line in report.left:
        click.echo(f"{what}: {line}", err=True)
