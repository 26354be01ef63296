"""`coder figure`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.asked import asked
from coder.cli.progress import progress_bar
from coder.workflow.exports import note_export
from coder.workflow.output import figure_as_text, write_figure
from coder.workflow.project import open_project
from coder.workflow.publication import figure


@click.command("figure")
@arguments.project
@click.option("--question", "-q", "questions", required=True, multiple=True, metavar="Q", help="Key of the question.")
@click.option("--round", "-r", "rounds", required=True, multiple=True, metavar="R", help="Key of the round.")
@arguments.out
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the N most common.")
@click.option("--title", default="", help="The title in the picture; else the question.")
@click.option("--source", default="", help="The source in the picture; else the survey and round.")
def command(
    project: Path,
    questions: tuple[str, ...],
    rounds: tuple[str, ...],
    out: Path | None,
    top: int | None,
    title: str,
    source: str,
) -> None:
    """Draw a question's shares as bars, in the terminal or with --out: .png, .svg, .pdf.

    Themes come with the most common first, options as they were offered. Name several closed questions to see them
    side by side, or several rounds to see the change. Beside it are written a text that says what it shows, and one
    that says how its numbers came about.
    """
    with progress_bar("Reading") as progress, open_project(project) as held:
        made, note = figure(held, questions, rounds, top=top, title=title, source=source, progress=progress)
        if out:
            beside = write_figure(made, out, note)
            note_export(held, out, "figure", note, asked())
    if out is None:
        click.echo(figure_as_text(made, shutil.get_terminal_size((100, 40)).columns), nl=False)
        return
    click.echo(f"wrote {out} and, in words, {' and '.join(map(str, beside))}", err=True)
