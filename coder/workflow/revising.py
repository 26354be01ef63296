"""Revising the codebook: what an edit would do to every table, and doing it in one step that can be taken back."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coder.domain.codebook import Codebook
from coder.domain.coding import Work, recode
from coder.domain.editing import Edit
from coder.domain.errors import ProjectChangedError
from coder.domain.impact import Impact, impact
from coder.storage import codebooks, entry_numbers, journal, undoing, works
from coder.storage.database import Database
from coder.workflow.project import Project

# Further changes to the work on answers, told the id of the new entry.
Also = Mapping[int, Callable[[Work, int], Work]]


@dataclass(frozen=True)
class Plan:
    """An edit worked out: the codebook before and after, and the id of the first entry it makes.

    `recoded` is the work that it changes, as it is afterwards, by answer.
    """

    edit: Edit
    before: Codebook
    after: Codebook
    entry: int | None = None
    recoded: Mapping[int, Work] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The edit in words."""
        return self.edit.words(self.before)

    @property
    def made(self) -> frozenset[int]:
        """The ids of all entries that it makes."""
        now, then = ({*book.theme_by_id, *book.code_by_id} for book in (self.after, self.before))
        return frozenset(now - then)


def plan(db: Database, codebook: Codebook, edit: Edit, also: Also | None = None) -> Plan:
    """Work an edit out. Raises CoderError where it can't be made, and changes nothing."""
    number = entry_numbers.next_number(db) if edit.adds else None
    after = edit.apply(codebook) if number is None else edit.apply(codebook, number)
    recoded: dict[int, Work] = {}
    deals = edit.dealt
    held = works.of_answers(db, deals.keys())
    for answer, dealt in deals.items():
        if not dealt <= {coding.identity for coding in held[answer].codings}:
            raise ProjectChangedError(
                "somebody else has taken back a coding that was to be dealt", "Nothing was written; look at them again."
            )
        assert number is not None
        recoded[answer] = recode(held[answer], dealt, number, codebook)
    if also:
        assert number is not None
        held = {**works.of_answers(db, also.keys()), **recoded}
        recoded |= {answer: change(held[answer], number) for answer, change in also.items()}
    return Plan(edit, codebook, after, number, recoded)


def carry_out(
    db: Database,
    planned: Plan,
    *,
    analyst: str,
    at: datetime,
    scope: str | None,
    answer: int | None = None,
    what: str = "",
    beside: Sequence[journal.Change] = (),
) -> None:
    """Make a planned edit, as one event with what is to change `beside` it, named by `what` where that is given.

    Call it inside the transaction that writes, where it was planned.
    """
    rows = codebooks.changes(db, planned.before, planned.after)
    if planned.made:
        entry_numbers.use_up(db, max(planned.made))
    dealt = {number: dict.fromkeys(some, planned.entry or 0) for number, some in planned.edit.dealt.items()}
    rows += [*works.replacements(db, planned.recoded, analyst, dealt=dealt), *beside]
    if rows:
        book, what = codebooks.number_of(db, planned.before.key), what or planned.what
        journal.record(db, rows, analyst=analyst, what=what, at=at, scope=scope, answer=answer, codebook=book)


def step(
    db: Database,
    which: Callable[..., journal.Event | None],
    key: str,
    *,
    analyst: str,
    scope: str,
    at: datetime,
    but: Collection[int] = (),
) -> journal.Event | None:
    """Undo or redo, in the transaction that writes, passing over `but`. Raises StepRefusedError.

    That is where somebody has changed what the step had made, or has built upon it.
    """
    before = codebooks.load(db, key)
    event = which(db, analyst=analyst, scope=scope, at=at, but=but)
    if event is not None and event.codebook is not None:
        after = codebooks.load(db, key)
        assert before is not None
        assert after is not None
        broken = _unsound(before, after)
        if broken:
            why = f"what was decided later stands on it: {min(broken)}"
            raise undoing.refused(event, why, undone=which is undoing.undo)
    return event


def preview(
    project: Project, question: str, edit: Edit, but: tuple[str, str] | None = None, *, seen: Codebook | None = None
) -> dict[tuple[str, str], Impact]:
    """What an edit would do to the table of each (round, question), none of `but`, that is coded with the codebook.

    That is the question's, or the one that was `seen`.
    """
    codebook = seen or project.codebook(question)
    with project.file.reading() as db:
        return _impacts(db, plan(db, codebook, edit), but)


def revise(
    project: Project, question: str, edit: Edit, analyst: str, *, seen: Codebook | None = None
) -> dict[tuple[str, str], Impact]:
    """Make an edit. It can be undone in the workbench on the latest round of the question, as one step.

    Returns what it did to the table of each (round, question) that is coded with the codebook. Raises
    ProjectChangedError where the codebook is no longer as it was `seen`.
    """
    codebook = seen or project.codebook(question)
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


def _impacts(db: Database, planned: Plan, but: tuple[str, str] | None = None) -> dict[tuple[str, str], Impact]:
    result = {}
    for pair in codebooks.coded_with(db, planned.before.key):
        if pair == but:
            continue
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
