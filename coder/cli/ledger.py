"""`coder ledger`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.asked import asked
from coder.cli.progress import progress_bars
from coder.cli.wrote import wrote
from coder.domain.accounted import Accounted
from coder.workflow.exports import last_decision, note_ledgers
from coder.workflow.ledger import accounts, round_ledgers
from coder.workflow.method import made_now
from coder.workflow.printing import format_ledgers, ledger_as_text, write_ledgers
from coder.workflow.project import open_project


@click.command("ledger")
@arguments.project
@click.option("--round", "-r", "round_key", metavar="R", help="Key of the round; else every round.")
@click.option("--format", "name", type=click.Choice(["json", "csv", "md"]), help="Print in this format.")
@arguments.as_json
@arguments.out
@click.option("--raw", is_flag=True, help="Write .csv plainly, for programs, and not as Excel in Swedish reads it.")
@click.option("--without-respondents", "bare", is_flag=True, help="No respondents or answers in .html.")
def command(
    project: Path, round_key: str | None, name: str | None, as_json: bool, out: Path | None, raw: bool, bare: bool
) -> None:
    """Account for every base: how many were asked, answered, left a question blank or never got it, and were coded.

    It is printed, or written with --out: .docx, .xlsx, .html, .md, .csv, .json. Every share names what it is of; the
    answers to a question are the base of its table, its figure and its comparison. A page holds the respondents behind
    every number, with all that they answered.
    """
    whole = out is not None and out.suffix.lower() == ".html" and not bare
    behind: list[Accounted] = []
    with progress_bars("Counting", "Writing") as (progress, writing), open_project(project) as held:
        decision = last_decision(held)
        keys = [round_key] if round_key else [one.key for one in held.rounds()]
        if whole:
            ledgers, behind = accounts(held, keys, progress)
        else:
            ledgers = round_ledgers(held, keys, progress)
        if out:
            write_ledgers(ledgers, out, made_now(held), raw, behind=behind, progress=writing)
            note_ledgers(held, out, ledgers, decision, asked())
    if out:
        wrote(out, ", which names the respondents" if behind else "")
    if as_json or name:
        click.echo(format_ledgers(ledgers, "json" if as_json else name or ""), nl=False)
    elif not out:
        width = shutil.get_terminal_size((100, 40)).columns
        click.echo("\n".join(ledger_as_text(one, width) for one in ledgers), nl=False)
