"""`coder codings import` and `coder codings export`."""

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.how_many import how_many
from coder.workflow.codings import import_codings
from coder.workflow.long_run import unwatched
from coder.workflow.output import write_codings
from coder.workflow.project import open_project


@click.group("codings")
def command() -> None:
    """Take codings in, or write them out: CSV or Parquet, a row a coding."""


@command.command("import", short_help="Take in the codings in FILE, .csv or .parquet.")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
def take_in(project: Path, file: Path) -> None:
    """Take the codings in FILE, .csv or .parquet, into the project, all or nothing.

    The columns are those that `coder codings export` writes; round, question, respondent, theme, code and analyst must
    be among them. Codings that are there already stay as they are. What `coder autocode --input` has written comes in
    with its run where run.json lies beside it.
    """
    with progress_bar("Taking in") as progress, open_project(project) as held:
        report = import_codings(held, file, progress)
    click.echo(
        f"{how_many(report.rows, 'row')}: {how_many(report.added, 'coding')} added, "
        f"{how_many(report.choices, 'choice')}, {report.nothing} marked as nothing to code, {report.held} held already",
        err=True,
    )
    for line in report.notes:
        click.echo(f"  {line}", err=True)


@command.command("export", short_help="Write codings to a .csv or .parquet file.")
@arguments.project
@click.option("--question", "-q", metavar="Q", help="Key of the question; else every open question.")
@click.option("--round", "-r", "round_key", metavar="R", help="Key of the round; else every round.")
@arguments.out
def write(project: Path, question: str | None, round_key: str | None, out: Path | None) -> None:
    """Write every coding of the project, or of one question or round, to --out as .csv or .parquet.

    Without --out they go to standard output as CSV.
    """
    # Rows that run over the terminal show by themselves how far it has come.
    printed = out is None and sys.stdout.isatty()
    with nullcontext(unwatched) if printed else progress_bar("Writing") as progress, open_project(project) as held:
        number = write_codings(held, out, sys.stdout, progress, round_key=round_key, question=question)
    if out:
        click.echo(f"wrote {how_many(number, 'row')} to {out}", err=True)
