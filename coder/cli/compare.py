"""`coder compare`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.asked import asked
from coder.cli.progress import progress_bar
from coder.cli.wrote import wrote
from coder.domain.comparison import Comparison
from coder.domain.errors import UsageError
from coder.domain.estimates import Design
from coder.workflow.comparing import noted
from coder.workflow.exports import note_export
from coder.workflow.printing import comparison_as_text, format_comparison, write_comparison
from coder.workflow.project import open_project


@click.command("compare")
@arguments.project
@arguments.question
@click.option(
    "--round", "-r", "rounds", required=True, multiple=True, metavar="R", help="Two of them, the first one first."
)
@click.option("--format", "name", type=click.Choice(["json", "csv", "md"]), help="Print in this format.")
@arguments.out
@click.option("--raw", is_flag=True, help="Write .csv plainly, for programs, and not as Excel in Swedish reads it.")
@click.option(
    "--interval/--no-interval",
    default=None,
    help="Give intervals and tests, or leave them out; else they are given unless everybody was asked.",
)
@click.option(
    "--design",
    type=click.Choice([one.value for one in Design]),
    help="The same respondents twice, or different ones; else by how many answered both times.",
)
@click.option("--respondents", is_flag=True, help="List the keys of those who entered and left.")
@click.option("--without-respondents", "bare", is_flag=True, help="No respondents or answers in .html.")
def command(
    project: Path,
    question: str,
    rounds: tuple[str, ...],
    name: str | None,
    out: Path | None,
    raw: bool,
    interval: bool | None,
    design: str | None,
    respondents: bool,
    bare: bool,
) -> None:
    """Set two rounds of a question side by side, or write it with --out: .docx, .xlsx, .html, .md, .csv, .json.

    The test is the exact McNemar where the same respondents answered twice, else Fisher's exact; p values are adjusted
    for the number of rows. Where a machine has coded in part there is no test; once an audit has measured it, counts
    and changes bear limits that reckon with its errors, and before that a warning stands first. What makes the rounds
    hard to compare is marked: a changed codebook, wording or options.

    A page holds the answers behind every number, a respondent's from both rounds together.
    """
    if len(rounds) != 2:
        raise UsageError(f"a comparison needs two rounds, not {len(rounds)}", "Give --round twice.")
    behind = out is not None and out.suffix.lower() == ".html" and not bare
    with open_project(project) as held:
        with progress_bar("Comparing") as progress:
            made, note = noted(
                held,
                question,
                (rounds[0], rounds[1]),
                design=Design(design) if design else None,
                interval=interval,
                whole=behind,
                progress=progress,
            )
        if out:
            with progress_bar("Writing") as progress:
                write_comparison(
                    made, out, note=note, raw=raw, respondents=respondents, behind=behind, progress=progress
                )
            note_export(held, out, "comparison", note, asked())
            wrote(out, ", which names the respondents" if behind else "")
    if name:
        click.echo(format_comparison(made, name, respondents), nl=False)
    elif not out:
        click.echo(comparison_as_text(made, shutil.get_terminal_size((100, 40)).columns), nl=False)
        if respondents:
            _list(made)


def _list(made: Comparison) -> None:
    click.echo(f"bara {made.before.round.key}: {', '.join(made.left) or '–'}")
    click.echo(f"bara {made.after.round.key}: {', '.join(made.entered) or '–'}")
