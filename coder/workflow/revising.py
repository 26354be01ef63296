"""Revising the codebook: what an edit would do to every table, and doing it in one step that can be taken back."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coder.domain.codebook import Codebook
from coder.domain.coding import Work, recode
from coder.domain.editing import Edit
from coder.domain.errors import ProjectChangedError
from coder.domain.impact import Impact, impact
from coder.storage import codebooks, entry_numbers, journal, works
from coder.storage.database import Database
from coder.workflow.project import Project

# A further change to the work on one answer, told the id of the new entry.
Also = tuple[int, Callable[[Work, int], Work]]


@dataclass(frozen=True)
class Plan:
    """An edit worked out: the codebook before and after, the id of the entry it makes, and the work that it changes."""

    edit: Edit
    before: Codebook
    after: Codebook
    entry: int | None = None
    works: Mapping[int, tuple[Work, Work]] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The edit in words."""
        return self.edit.words(self.before)

    @property
    def recoded(self) -> dict[int, Work]:
        """The work that it changes, as it is afterwards."""
        return {answer: after for answer, (_, after) in self.works.items()}


def plan(db: Database, codebook: Codebook, edit: Edit, also: Also | None = None) -> Plan:
    """Work an edit out. Raises CoderError where it can't be made, and changes nothing."""
    number = entry_numbers.next_number(db) if edit.adds else None
    after = edit.apply(codebook) if number is None else edit.apply(codebook, number)
    changed: dict[int, tuple[Work, Work]] = {}
    deals = edit.dealt
    held = works.of_answers(db, deals.keys())
    for answer, dealt in deals.items():
        before = held[answer]
        if not dealt <= {coding.identity for coding in before.codings}:
            raise ProjectChangedError(
                "somebody else has taken back a coding that was to be dealt", "Nothing was written; look at them again."
            )
        assert number is not None
        changed[answer] = before, recode(before, dealt, number, codebook)
    if also is not None:
        answer, change = also
        before, so_far = changed.get(answer) or (works.of_answer(db, answer),) * 2
        assert number is not None
        changed[answer] = before, change(so_far, number)
    return Plan(edit, codebook, after, number, changed)


def carry_out(
    db: Database, planned: Plan, *, analyst: str, at: datetime, scope: str | None, answer: int | None = None
) -> None:
    """Make a planned edit, as one event. Call it inside the transaction that writes, where it was planned."""
    rows = codebooks.changes(db, planned.before, planned.after)
    if planned.entry is not None:
        entry_numbers.use_up(db, planned.entry)
    deals = planned.edit.dealt
    for number, (before, after) in planned.works.items():
        dealt = dict.fromkeys(deals.get(number, ()), planned.entry or 0)
        rows += works.changes(db, number, before, after, analyst, dealt=dealt)
    if rows:
        book = codebooks.number_of(db, planned.before.key)
        journal.record(db, rows, analyst=analyst, what=planned.what, at=at, scope=scope, answer=answer, codebook=book)


def step(
    db: Database, which: Callable[..., journal.Event | None], key: str, *, analyst: str, scope: str, at: datetime
) -> journal.Event | None:
    """Undo or redo, in the transaction that writes. Raises ProjectChangedError where later edits stand on it."""
    before = codebooks.load(db, key)
    event = which(db, analyst=analyst, scope=scope, at=at)
    if event is not None and event.codebook is not None:
        after = codebooks.load(db, key)
        assert before is not None
        assert after is not None
        broken = _unsound(before, after)
        if broken:
            raise ProjectChangedError(
                f"what was decided later stands on this: {min(broken)}",
                f"Nothing was written. Go back with `coder codebook restore`, or mend it by hand: {event.what}.",
            )
    return event


def preview(project: Project, question: str, edit: Edit) -> dict[tuple[str, str], Impact]:
    """What an edit would do to the table of each (round, question) that is coded with the codebook."""
    codebook = project.codebook(question)
    with project.file.reading() as db:
        return _impacts(db, plan(db, codebook, edit))


def revise(project: Project, question: str, edit: Edit, analyst: str) -> dict[tuple[str, str], Impact]:
    """Make an edit. It can be undone in the workbench on the latest round of the question, as one step.

    Returns what it did to the table of each (round, question) that is coded with the codebook.
    """
    codebook = project.codebook(question)
    with project.file.writing() as db:
        planned = plan(db, codebook, edit)
        result = _impacts(db, planned)
        there = [pair for pair in codebooks.coded_with(db, codebook.key) if pair[1] == question]
        scope = scope_of(*there[-1]) if there else None
        carry_out(db, planned, analyst=analyst, at=project.clock(), scope=scope)
    return result


def scope_of(round_key: str, question: str) -> str:
    """Where decisions on a round of a question can be undone."""
    return f"{round_key}/{question}"


def _impacts(db: Database, planned: Plan) -> dict[tuple[str, str], Impact]:
    result = {}
    for pair in codebooks.coded_with(db, planned.before.key):
        held = works.load(db, *pair)
        here = {answer: work for answer, work in planned.recoded.items() if answer in held}
        result[pair] = impact(planned.before, planned.after, held, here)
    return result


def _unsound(before: Codebook, after: Codebook) -> set[str]:
    """What could not have come about by editing: twice a name in one place, or a circle of merges."""
    circle = {code.name for code in after.codes if after.code_by_id[after.stands[code.id]].merged_into is not None}
    return circle | (_twice(after) - _twice(before))


def _twice(codebook: Codebook) -> set[str]:
    """Names that stand twice in one theme, and names that two themes have."""
    places = Counter((code.theme, code.name) for code in codebook.codes if code.merged_into is None)
    themes = Counter(theme.name for theme in codebook.themes)
    return {name for (_, name), count in places.items() if count > 1} | {
        name for name, count in themes.items() if count > 1
    }
