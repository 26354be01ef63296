"""A table as it is published: in the order asked for, with its method note and the respondents behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coder.domain.answers import Kind
from coder.domain.errors import CoderError
from coder.domain.figures import Figure, change, option_bars, stacked, theme_bars
from coder.domain.method import MethodNote
from coder.domain.tables import ExampleTable, Membership, OptionTable, ThemeTable, Unit, by_count
from coder.domain.units import in_units
from coder.storage import surveys
from coder.workflow import behind, method, report
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.one_pass import parts_of
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
    progress: Progress = unwatched,
) -> Publication:
    """The table of a question in a round, in the codebook's order unless the most common shall come first.

    With units for `unit` its counts are of what the respondents cover; the membership still is the respondents'.
    """
    held, given = None, method.Given()
    with project.file.reading():
        if project.question(question, round_key).kind is Kind.OPEN:
            held = behind.read(project, question, round_key, progress)
            given.add(held.decisions)
        table = report.table(project, question, round_key) if held is None else held.table()
        note, members = method.note_on(project, table, given), _members(project, table, held)
        if unit is Unit.UNITS:
            _require_units(project, round_key)
            table = in_units(table, members)
            note = replace(note, base=table.base, unit=unit, sampled=None)
        if most_common_first:
            table = by_count(table)
            # A code is known by its number, wherever its row stands; an option by its place.
            members = _members(project, table, held) if held is None else members
    members.require_same(table)
    return Publication(table, note, members)


def _require_units(project: Project, round_key: str) -> None:
    with project.file.reading() as db:
        several = any(one.covers > 1 for one in surveys.held_respondents(db, round_key).values())
    if not several:
        raise CoderError(
            f"every respondent of round {round_key} stands for itself alone: there are no units to count",
            "Name the column that says how many units each covers as `covers` under [respondent] in the survey file, "
            "and import the answers again; or count respondents.",
        )


def _members(project: Project, table: ThemeTable | OptionTable, held: behind.Held | None) -> Membership:
    """Whom the table's numbers are made of; what they chose is known by its place among the options as they stand."""
    if isinstance(table, OptionTable):
        return behind.of_options(project, table)
    assert held is not None
    return held.membership()


def examples(
    project: Project, questions: Sequence[str], round_key: str, progress: Progress = unwatched
) -> tuple[ExampleTable, MethodNote]:
    """The examples chosen for publication in a round, of each of the open questions, and the note on them all."""
    tables, note = _noted(project, [(round_key, question) for question in questions], progress)
    for table in tables:
        if not isinstance(table, ThemeTable):
            raise CoderError(f"{table.question} is a closed question and has no examples", "Name open questions.")
    return ExampleTable(tuple(table for table in tables if isinstance(table, ThemeTable))), note


def figure(
    project: Project,
    questions: Sequence[str],
    rounds: Sequence[str],
    *,
    top: int | None = None,
    title: str = "",
    source: str = "",
    progress: Progress = unwatched,
) -> tuple[Figure, MethodNote]:
    """The figure that the questions and rounds ask for, and the note on all that it shows.

    One question in one round gives bars; over several rounds their change; several closed questions in one round give
    their shares, stacked. `top` keeps the most common; `title` and `source` replace the words there would be.
    """
    if len(questions) > 1 and len(rounds) > 1:
        raise CoderError(
            "a figure shows several questions or several rounds, not both", "Name one question, or one round."
        )
    tables, note = _noted(project, [(one, question) for question in questions for one in rounds], progress)
    made = _figure(project, tables, top, stack=len(questions) > 1)
    return replace(made, title=title or made.title, source=source), note


def _noted(
    project: Project, places: Sequence[tuple[str, str]], progress: Progress
) -> tuple[list[ThemeTable | OptionTable], MethodNote]:
    """The table at each of these (round, question) pairs and one note on all, of one moment and with one progress."""
    with project.file.reading():
        parts = parts_of(project, places, progress)
        found = [method.noted(project, question, key, parts.part()) for key, question in places]
    return [table for table, _ in found], method.together([note for _, note in found])


def _figure(project: Project, tables: list[ThemeTable | OptionTable], top: int | None, *, stack: bool) -> Figure:
    if stack:
        closed = [table for table in tables if isinstance(table, OptionTable)]
        if len(closed) < len(tables):
            raise CoderError("only closed questions can be stacked", "Draw an open question in a figure of its own.")
        return stacked(closed)
    if len(tables) > 1:
        order = [one.key for one in project.rounds()]
        return change(sorted(tables, key=lambda table: order.index(table.round)), top)
    (table,) = tables
    return theme_bars(table, top) if isinstance(table, ThemeTable) else option_bars(table, top)
