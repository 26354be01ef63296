"""`coder evaluate`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.workflow.evaluating import (
    evaluate,
    evaluation_as_json,
    evaluation_as_text,
    require_picture,
    write_evaluation_figure,
)
from coder.workflow.project import open_project


@click.command("evaluate")
@arguments.project
@arguments.question
@click.option(
    "--folds",
    default=5,
    show_default=True,
    type=click.IntRange(2),
    metavar="N",
    help="In how many parts the respondents are dealt; as many as there are leaves each out by itself.",
)
@arguments.as_json
@arguments.out
def command(project: Path, question: str, folds: int, as_json: bool, out: Path | None) -> None:
    """Say how good suggestions for a question are, and which definitions need work.

    Learns from the hand codings of some respondents and is tested on those of the others, beside scikit-learn's
    defaults on the same parts. With --out also a picture, .png, .svg or .pdf, with a text beside it that says what it
    shows: the learning curve, and how often scores hold what they promise.
    """
    if out is not None:
        require_picture(out)
    with progress_bar("Evaluating") as tell, open_project(project) as held:
        made = evaluate(held, question, folds=folds, progress=tell)
    if as_json:
        click.echo(evaluation_as_json(made), nl=False)
    else:
        click.echo(evaluation_as_text(made, shutil.get_terminal_size((100, 40)).columns), nl=False)
    if out is not None:
        beside = write_evaluation_figure(made, out)
        click.echo(f"wrote {out} and, in words, {beside}", err=True)
