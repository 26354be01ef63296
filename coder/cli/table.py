"""`coder table`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.workflow.output import format_table, table_as_text, write_table
from coder.workflow.project import open_project
from coder.workflow.report import table


@click.command("table")
@arguments.project
@arguments.question
@arguments.round_key
@click.option("--format", "name", type=click.Choice(["json", "csv", "md"]), help="Print in this format.")
@arguments.out
@click.option("--raw", is_flag=True, help="Write .csv plainly, for programs, and not as Excel in Swedish reads it.")
def command(project: Path, question: str, round_key: str, name: str | None, out: Path | None, raw: bool) -> None:
    """Print the table of a question in a round, or write it with --out: .xlsx, .csv, .md, .json.

    An open question gives its themes and codes, a closed one its options. A respondent is counted at most once
    within a theme, and every percentage is of those who answered the question.
    """
    with open_project(project) as held:
        made = table(held, question, round_key)
    if out:
        write_table(made, out, raw)
        click.echo(f"wrote {out}", err=True)
    if name:
        click.echo(format_table(made, name), nl=False)
    elif not out:
        click.echo(table_as_text(made, shutil.get_terminal_size((100, 40)).columns), nl=False)
