"""`coder table`."""

import shutil
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.asked import asked
from coder.cli.progress import progress_bar, progress_bars
from coder.cli.wrote import wrote
from coder.domain.errors import UsageError
from coder.domain.tables import Unit
from coder.workflow.exports import note_export
from coder.workflow.output import Extras, examples_as_text, format_table, table_as_text, write_table
from coder.workflow.project import open_project
from coder.workflow.publication import examples, publication


@click.command("table")
@arguments.project
@click.option("--question", "-q", "questions", required=True, multiple=True, metavar="Q", help="Key of the question.")
@arguments.round_key
@click.option("--format", "name", type=click.Choice(["json", "csv", "md"]), help="Print in this format.")
@arguments.out
@click.option("--raw", is_flag=True, help="Write .csv plainly, for programs, and not as Excel in Swedish reads it.")
@click.option("--sort", type=click.Choice(["codebook", "count"]), default="codebook", help="The order of the rows.")
@click.option(
    "--count",
    "unit",
    type=click.Choice([one.value for one in Unit]),
    default=Unit.RESPONDENTS.value,
    help="Count respondents, or the units they cover.",
)
@click.option("--template", type=click.Path(path_type=Path), help="A .docx or .dotx file whose styles .docx takes on.")
@click.option(
    "--examples", "only_examples", is_flag=True, help="Themes, codes and chosen quotes instead; -q may be repeated."
)
@click.option("--without-respondents", "bare", is_flag=True, help="No respondents or answers in .xlsx and .html.")
def command(
    project: Path,
    questions: tuple[str, ...],
    round_key: str,
    name: str | None,
    out: Path | None,
    raw: bool,
    sort: str,
    unit: str,
    template: Path | None,
    only_examples: bool,
    bare: bool,
) -> None:
    """Print the table of a question in a round, or write it with --out: .docx, .xlsx, .html, .md, .csv, .json.

    An open question gives its themes and codes, a closed one its options. A respondent is counted at most once
    within a theme, and every percentage is of those who answered the question. A workbook (.xlsx) holds the
    respondents too, on a sheet that its numbers are formulas on; a page (.html) opens the answers behind every number.
    """
    if len(questions) > 1 and not only_examples:
        raise UsageError("a table is of one question", "Name one --question, or ask for --examples.")
    if only_examples and name in ("json", "csv"):
        raise UsageError(f"examples can't be printed as {name}", "Leave --format out, or say md.")
    if only_examples:
        with progress_bar("Reading") as reading, open_project(project) as held:
            table, note = examples(held, questions, round_key, reading)
            if out:
                write_table(table, out, Extras(note, template=template))
                note_export(held, out, "example table", note, asked())
        if out:
            wrote(out)
        if name or not out:
            click.echo(examples_as_text(table), nl=False)
        return
    with progress_bars("Reading", "Writing") as (reading, writing), open_project(project) as held:
        made = publication(
            held, questions[0], round_key, most_common_first=sort == "count", unit=Unit(unit), progress=reading
        )
        if out:
            whom = None if bare else made.membership
            write_table(made.table, out, Extras(made.note, whom, template, raw, writing))
            note_export(held, out, "table", made.note, asked())
    if out:
        held_inside = not bare and out.suffix.lower() in (".xlsx", ".html")
        wrote(out, ", which names the respondents" if held_inside else "")
    if name:
        click.echo(format_table(made.table, name), nl=False)
    elif not out:
        click.echo(table_as_text(made.table, shutil.get_terminal_size((100, 40)).columns), nl=False)
