"""`coder demo`."""

from pathlib import Path

import click

from coder.cli import arguments, autocode_words
from coder.cli.code import has_terminal, open_workbench
from coder.cli.progress import progress_bar
from coder.workflow import demo
from coder.workflow.autocode import autocode
from coder.workflow.command_line import typed
from coder.workflow.output import table_as_text
from coder.workflow.report import table


@click.command("demo")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path), default=Path("coder-demo"))
def command(folder: Path) -> None:
    """Make the example project in DIR (else ./coder-demo) and open the workbench on it.

    Without a terminal it codes the new round by machine instead and prints the tables of both rounds.
    """
    path = folder / "demo.db"
    with progress_bar("Making the example project"):
        project = demo.demo_project(path)
    if has_terminal():
        project.close()
        open_workbench(path, round_key=demo.NEW, question=None, analyst=arguments.analyst_name())
        return
    with project:
        questions = [one.key for one in project.open_questions(demo.NEW)]
        for key in questions:
            with progress_bar(f"Coding {key}") as progress:
                report = autocode(project, key, demo.NEW, progress=progress)
            click.echo("\n".join(autocode_words.in_short(report)), err=True)
        for key in questions:
            for round_key in (demo.HAND_CODED, demo.NEW):
                click.echo(table_as_text(table(project, key, round_key), 100))
    click.echo(f"The project is {path}. On a terminal, `coder code {typed(path)}` opens the workbench on it.", err=True)
