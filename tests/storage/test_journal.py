"""The journal: who, when, what, the rows before and after, and what is undone from it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work, choose, flag, give, mark_nothing, take_back
from coder.domain.errors import CoderError, ProjectChangedError
from coder.storage import journal, undoing, works
from coder.workflow.project import Project

NOON = datetime(2023, 2, 1, 12, tzinfo=UTC)
ONE = Coding(1, Segment(0, 3), "eva")
TWO = Coding(2, Segment(4, 7), "eva", Origin.ACCEPTED, 0.625)
STEPS: dict[str, Callable[[Work], Work]] = {
    "give": lambda work: give(work, ONE),
    "give a suggestion": lambda work: give(work, TWO),
    "choose": lambda work: choose(work, 1, 1),
    "choose again": lambda work: choose(work, 1, 2),
    "flag": lambda work: flag(work, ONE),
    "take back": lambda work: take_back(work, ONE),
    "cut": lambda work: Work(work.codings, work.choices, (Segment(0, 7), Segment(8, 11)), done=True),
    "take back the other": lambda work: take_back(work, TWO),
    "nothing": lambda work: mark_nothing(work, "eva"),
}


def decide(project: Project, what: str, analyst: str = "eva", answer: int = 1, scope: str | None = "1/q") -> int:
    """One of the steps as a decision on an answer; returns its event."""
    with project.file.writing() as db:
        before = works.of_answer(db, answer)
        rows = works.changes(db, answer, before, STEPS[what](before), analyst)
        return journal.record(db, rows, analyst=analyst, what=what, at=NOON, scope=scope, answer=answer)


def step(project: Project, which: Callable[..., journal.Event | None], analyst: str = "eva") -> str | None:
    with project.file.writing() as db:
        event = which(db, analyst=analyst, scope="1/q", at=NOON)
    return None if event is None else event.what


def held(project: Project) -> Work:
    with project.file.reading() as db:
        return works.of_answer(db, 1)


def test_a_decision_and_its_event_are_written_together(small: Project) -> None:
    decide(small, "give")
    with small.file.reading() as db:
        (row,) = db.conn.execute("select at, analyst, what, answer, reverses, changes from event").fetchall()
    assert row[:5] == ("2023-02-01T12:00:00.000+00:00", "eva", "give", 1, None)
    ((table, before, after),) = [change for change in json.loads(row[5]) if change[0] == "coding"]
    assert (table, before) == ("coding", None)
    assert (after["id"], after["code"], after["start"], after["end"], after["analyst"]) == (1, 1, 0, 3, "eva")


def test_a_decision_whose_event_cannot_be_written_is_not_made(small: Project) -> None:
    small.file.db.conn.execute(
        "create trigger full_journal before insert on event begin select raise(abort, 'no room'); end"
    )
    with pytest.raises(CoderError, match="no room"):
        decide(small, "give")
    assert held(small) == Work()


def test_work_reads_back_as_it_was_written(small: Project) -> None:
    expected = Work()
    for what, change in STEPS.items():
        decide(small, what)
        expected = change(expected)
        assert held(small) == expected


def test_undoing_goes_back_through_every_state_and_redoing_forward(
    small: Project, rows_of: Callable[[Path], dict[str, list[tuple[Any, ...]]]]
) -> None:
    def content() -> dict[str, list[tuple[Any, ...]]]:
        return {name: rows_of(small.path)[name] for name in ("coding", "choice", "work", "answer")}

    states = [content()]
    for what in STEPS:
        decide(small, what)
        states.append(content())
    for what, before in zip(reversed(STEPS), reversed(states[:-1]), strict=True):
        assert step(small, undoing.undo) == what
        assert content() == before
    assert step(small, undoing.undo) is None
    for what, after in zip(STEPS, states[1:], strict=True):
        assert step(small, undoing.redo) == what
        assert content() == after
    assert step(small, undoing.redo) is None


def test_the_changes_of_a_decision_are_undone_last_first(small: Project) -> None:
    decide(small, "give")
    with small.file.writing() as db:
        (row,) = works.changes(db, 1, Work((ONE,)), Work(), "eva")
        assert row.before is not None
        again = {column: value for column, value in row.before.items() if column != "id"}
        journal.record(
            db,
            [row, journal.Change("coding", None, again)],
            analyst="eva",
            what="replace",
            at=NOON,
            scope="1/q",
            answer=1,
        )
    assert step(small, undoing.undo) == "replace"
    assert step(small, undoing.redo) == "replace"
    assert held(small).codings == (ONE,)


def test_the_journal_only_grows(small: Project) -> None:
    first = decide(small, "give")
    step(small, undoing.undo)
    step(small, undoing.redo)
    with small.file.reading() as db:
        rows = db.conn.execute("select what, reverses from event order by id").fetchall()
    assert rows == [("give", None), ("undo give", first), ("redo give", first)]


def test_a_new_decision_ends_what_could_be_redone(small: Project) -> None:
    decide(small, "give")
    step(small, undoing.undo)
    decide(small, "give a suggestion")
    assert step(small, undoing.redo) is None
    assert step(small, undoing.undo) == "give a suggestion"
    assert step(small, undoing.undo) is None


def test_analysts_undo_their_own_decisions(small: Project) -> None:
    decide(small, "give")
    decide(small, "give a suggestion", analyst="ola")
    assert step(small, undoing.undo) == "give"
    assert held(small).codings == (TWO,)
    assert step(small, undoing.undo) is None
    assert step(small, undoing.undo, "ola") == "give a suggestion"


def test_a_decision_without_a_scope_is_journalled_and_not_undone(small: Project) -> None:
    decide(small, "give", scope=None)
    assert step(small, undoing.undo) is None
    assert held(small).codings == (ONE,)


def test_a_decision_on_what_has_changed_meanwhile_is_refused(small: Project) -> None:
    decide(small, "give")
    with pytest.raises(ProjectChangedError, match="meanwhile"), small.file.writing() as db:
        works.changes(db, 1, Work(), give(Work(), TWO), "ola")


def test_undoing_what_somebody_has_changed_meanwhile_is_refused_and_changes_nothing(small: Project) -> None:
    decide(small, "give")
    decide(small, "flag", analyst="ola")
    with pytest.raises(ProjectChangedError, match="meanwhile"):
        step(small, undoing.undo)
    assert [coding.example for coding in held(small).codings] == [True]


def test_two_changes_of_a_row_from_one_state_cannot_both_be_made(small: Project) -> None:
    decide(small, "give")
    with small.file.writing() as db:
        stale = works.changes(db, 1, held_in(db), flag(held_in(db), ONE), "eva")
    decide(small, "take back")
    with pytest.raises(ProjectChangedError), small.file.writing() as db:
        journal.record(db, stale, analyst="eva", what="flag", at=NOON, scope="1/q", answer=1)


def held_in(db: Any) -> Work:
    return works.of_answer(db, 1)


def test_a_note_that_an_old_decision_wrote_is_not_written_again(small: Project) -> None:
    """It is a memo now; in its old place nobody would see it."""
    row = {"answer": 1, "cuts": None, "nothing_by": "", "done": 0}
    old = [["work", {**row, "note": "ring Bo"}, {**row, "note": "", "done": 1}]]
    with small.file.writing() as db:
        db.conn.execute("insert into work (answer, done) values (1, 1)")
        db.conn.execute(
            "insert into event (at, analyst, what, answer, changes) values ('2023-01-01', 'eva', 'note', 1, ?)",
            (json.dumps(old),),
        )
        db.conn.execute("insert into undo (event, analyst, scope) values (last_insert_rowid(), 'eva', '1/q')")
    assert step(small, undoing.undo) == "note"
    with small.file.reading() as db:
        assert db.conn.execute("select done, note from work").fetchall() == [(0, "")]
