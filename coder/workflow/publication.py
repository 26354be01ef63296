"""A table as it is published: in the order asked for, with its method note and the respondents behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.domain.answers import Kind
from coder.domain.errors import CoderError
from coder.domain.figures import Figure, change, option_bars, stacked, theme_bars
from coder.domain.tables import ExampleTable, Membership, MethodNote, OptionTable, ThemeTable, Unit, by_count
from coder.domain.units import in_units
from coder.workflow import behind, method, report
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Publication:
    """A table, the note on how it came about, and whom its numbers are made of; all of one moment."""

    table: ThemeTable | OptionTable
    note: MethodNote
    membership: Membership


def publication(
    project: Project,
    question: str,
    round_key: str,
    *,
    most_common_first: bool = False,
    unit: Unit = Unit.RESPONDENTS,
) -> Publication:
    """The table of a question in a round, in the codebook's order unless the most common shall come first.

    With units for `unit` its counts are of what the respondents cover; the membership still is the respondents'.
    """
    if project.question(question, round_key).kind is Kind.CLOSED:
        table = report.table(project, question, round_key)
        note = method.note_on(project, table)
        table = by_count(table) if most_common_first else table
        assert isinstance(table, OptionTable)
        members = behind.of_options(project, table)
    else:
        held = behind.read(project, question, round_key)
        table = held.table()
        note, members = method.note_on(project, table, held), held.membership()
        table = by_count(table) if most_common_first else table
    members.require_same(table)
    if unit is Unit.UNITS:
        table = in_units(table, members)
        table = by_count(table) if most_common_first else table
        note = replace(note, base=table.base, unit=unit)
    return Publication(table, note, members)


def examples(project: Project, questions: Sequence[str], round_key: str) -> ExampleTable:
    """The examples chosen for publication in a round, of each of the open questions."""
    tables = [report.table(project, question, round_key) for question in questions]
    for table in tables:
        if not isinstance(table, ThemeTable):
            raise CoderError(f"{table.question} is a closed question and has no examples", "Name open questions.")
    return ExampleTable(tuple(table for table in tables if isinstance(table, ThemeTable)))


def figure(
    project: Project,
    questions: Sequence[str],
    rounds: Sequence[str],
    *,
    top: int | None = None,
    title: str = "",
    source: str = "",
) -> Figure:
    """The figure that the questions and rounds ask for.

    One question in one round gives bars; over several rounds their change; several closed questions in one round give
    their shares, stacked. `top` keeps the most common; `title` and `source` replace the words there would be.
    """
    if len(questions) > 1 and len(rounds) > 1:
        raise CoderError(
            "a figure shows several questions or several rounds, not both", "Name one question, or one round."
        )
    made = _figure(project, questions, rounds, top)
    return replace(made, title=title or made.title, source=source)


def _figure(project: Project, questions: Sequence[str], rounds: Sequence[str], top: int | None) -> Figure:
    tables = [report.table(project, question, one) for question in questions for one in rounds]
    if len(questions) > 1:
        closed = [table for table in tables if isinstance(table, OptionTable)]
        if len(closed) < len(tables):
            raise CoderError("only closed questions can be stacked", "Draw an open question in a figure of its own.")
        return stacked(closed)
    if len(rounds) > 1:
        order = [one.key for one in project.rounds()]
        return change(sorted(tables, key=lambda table: order.index(table.round)), top)
    (table,) = tables
    return theme_bars(table, top) if isinstance(table, ThemeTable) else option_bars(table, top)
