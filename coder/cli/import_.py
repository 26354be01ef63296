"""`coder import`."""

from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project


@click.command("import")
@arguments.project
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--survey", type=click.Path(path_type=Path), required=True, metavar="SURVEY.toml", help="The survey file."
)
def command(project: Path, file: Path, survey: Path) -> None:
    """Take in the answers in FILE (.csv, .xlsx, .sav), as SURVEY.toml describes them.

    The same file again changes nothing; new respondents are added; a changed text of a coded answer is refused. All of
    it or nothing: what stops it half-way leaves the project as it was. A million answers take half a minute.
    """
    try:
        with progress_bar(f"Importing {one_line(file.name)}") as progress, open_project(project) as held:
            report = import_answers(held, file, survey, progress)
    except KeyboardInterrupt:
        click.echo("Nothing was imported; the project is as it was.", err=True)
        raise
    of_frame = f" of a frame of {report.frame}" if report.frame else ""
    click.echo(
        f"round {report.round}: {how_many(report.respondents, 'respondent')}{of_frame}; {report.new} new, "
        f"{report.changed.count} changed, {report.unchanged} unchanged",
        err=True,
    )
    for question, number in report.answered.items():
        past = f", {report.not_asked[question]} not asked" if question in report.not_asked else ""
        click.echo(f"  {question}: {number} answered, {report.blank[question]} blank{past}", err=True)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
