"""What the journal is asked for: the decision that each coding stands by, and how the project was before a decision."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, Work, choose, give, take_back
from coder.domain.errors import CoderError
from coder.storage import history, journal, journal_past, undoing, works
from coder.workflow.project import Project

NOON = datetime(2023, 2, 1, 12, tzinfo=UTC)
ONE, TWO = Coding(1, Segment(0, 3), "eva"), Coding(2, Segment(4, 7), "eva")
COUNTED = ("coding", "choice", "work", "theme", "code")


def decide(project: Project, change: Callable[[Work], Work], answer: int = 1) -> int:
    with project.file.writing() as db:
        before = works.of_answer(db, answer)
        rows = works.changes(db, answer, before, change(before), "eva")
        return journal.record(db, rows, analyst="eva", what="x", at=NOON, scope="1/q", answer=answer)


def keep(project: Project, coding: Coding) -> int:
    """A second look that leaves the coding as it is."""
    with project.file.writing() as db:
        row = works.row_of(db, 1, coding.identity)
        changes = [journal.Change("coding", row, row)]
        return journal.record(db, changes, analyst="eva", what="keep", at=NOON, scope="1/q", answer=1)


def decided(project: Project, *codes: int, since: int = 0) -> dict[int, int]:
    with project.file.reading() as db:
        return history.decided_on(db, codes, since)


def test_a_coding_stands_by_the_last_decision_that_gave_or_kept_it(small: Project) -> None:
    first = decide(small, lambda work: give(work, ONE))
    second = decide(small, lambda work: give(work, TWO))
    decide(small, lambda work: choose(work, 1, 2))
    assert decided(small, 1, 2) == {1: first, 2: second}
    kept = keep(small, ONE)
    assert decided(small, 1, 2) == {1: kept, 2: second}
    for which, expected in ((undoing.undo, first), (undoing.redo, kept)):
        with small.file.writing() as db:
            which(db, analyst="eva", scope="1/q", at=NOON)
        assert decided(small, 1) == {1: expected}


def test_only_the_codes_and_the_time_asked_for_are_looked_at(small: Project) -> None:
    first = decide(small, lambda work: give(work, ONE))
    second = decide(small, lambda work: give(work, TWO))
    assert decided(small, 1, 2, since=first) == {2: second}
    assert decided(small, 1, since=first) == decided(small, 3, 12) == decided(small) == {}


def test_taking_the_journal_back_in_a_copy_goes_through_every_state(
    small: Project, rows_of: Callable[[Path], dict[str, list[tuple[Any, ...]]]]
) -> None:
    def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
        return {name: rows_of(path)[name] for name in COUNTED}

    def copied(name: str) -> dict[str, list[tuple[Any, ...]]]:
        path = small.path.with_name(name)
        copy.conn.execute("vacuum into ?", (str(path),))
        return content(path)

    changes: list[Callable[[Work], Work]] = [
        lambda work: give(work, ONE),
        lambda work: give(work, TWO),
        lambda work: choose(work, 1, 2),
        lambda work: take_back(work, ONE),
    ]
    states = [content(small.path)]
    for change in changes:
        decide(small, change)
        states.append(content(small.path))
    with journal_past.copied(small.file) as copy:
        with journal_past.tried(copy):
            for number, event in enumerate(journal_past.newest_first(copy, 0)):
                journal_past.take_back(copy, event)
                if number == 1:
                    assert [one.id for one in journal_past.newest_first(copy, 1, 2)] == [2]
        assert copied("tried.db") == states[-1]
        for event, state in zip(journal_past.newest_first(copy, 0), states[-2::-1], strict=True):
            journal_past.take_back(copy, event)
            assert copied(f"{event.id}.db") == state
    assert content(small.path) == states[-1]


def test_an_event_that_does_not_fit_what_is_there_is_not_taken_back(small: Project) -> None:
    decide(small, lambda work: give(work, ONE))
    with journal_past.copied(small.file) as copy:
        (event,) = journal_past.newest_first(copy, 0)
        copy.conn.execute("delete from coding")
        with pytest.raises(CoderError, match="can't be taken back"):
            journal_past.take_back(copy, event)


def test_a_note_that_has_become_a_memo_is_no_hindrance(small: Project) -> None:
    """A decision from before notes were memos names a note that is no longer there."""
    number = decide(small, lambda work: give(work, ONE))
    with small.file.writing() as db:
        db.conn.execute("insert or replace into work (answer, done) values (1, 1)")
        row = {"answer": 1, "cuts": None, "nothing_by": "", "done": 1, "note": "en notering"}
        changes = json.dumps([["work", None, row]])
        db.conn.execute("update event set changes = ? where id = ?", (changes, number))
    with journal_past.copied(small.file) as copy:
        (event,) = journal_past.newest_first(copy, 0)
        journal_past.take_back(copy, event)
        assert copy.conn.execute("select count(*) from work").fetchone() == (0,)
