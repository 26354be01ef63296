"""Being done with answers in the very same words as one step, and nothing else."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work, give
from coder.domain.counting import State
from coder.domain.errors import ProjectChangedError
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
SAME = "ett två tre"
ROWS = [*((f"02{place:02}", SAME) for place in range(8)), ("0300", f"{SAME}."), ("0301", "ett två roller")]


@pytest.fixture
def session(small: Project, small_files: Path) -> Session:
    """Eva's on ten more answers: eight in the words of Ale's, one with a full stop after them, one in others."""
    head, *_ = (small_files / "answers.csv").read_text(encoding="utf-8").splitlines()
    rows = "\n".join([head, *(f"{key},N{key},stad,{text}," for key, text in ROWS), ""])
    (small_files / "more.csv").write_text(rows, encoding="utf-8")
    import_answers(small, small_files / "more.csv", small_files / "survey.toml")
    return Session(small, "1", "q", "eva")


def coded(session: Session, code: int = 1, *keys: str, analyst: str = "eva", origin: Origin = Origin.HAND) -> None:
    """Give these answers, or all, one code on their first word."""
    for answer in session.answers:
        if answer.respondent.key in keys or not keys:
            one = Coding(code, Segment(0, 3), analyst, origin)
            session.apply(answer.id, "code", lambda work, one=one: give(work, one))  # type: ignore[misc]


def ended(session: Session) -> set[str]:
    return {one.answer.respondent.key for one in session.standings().values() if one.state is State.DONE}


def number(session: Session, key: str) -> int:
    return next(answer.id for answer in session.answers if answer.respondent.key == key)


def test_all_in_the_very_same_words_are_ended_as_one_step_that_undo_takes_back(session: Session, rows_of: Rows) -> None:
    coded(session)
    before = rows_of(session.project.path)
    counts = session.counts()
    assert session.end_same(number(session, "0114")) == 9
    same = {"0114", *(key for key, text in ROWS if text == SAME)}
    assert ended(session) == same
    assert (session.counts().themes, session.counts().codes) == (counts.themes, counts.codes)
    with open_project(session.project.path) as other:
        assert ended(Session(other, "1", "q", "bo")) == same
    moved = session.undo()
    assert (moved.what, moved.several) == ("end 9 answers worded the same", True)
    assert ended(session) == set()
    after = rows_of(session.project.path)
    assert [after[table] for table in ("coding", "choice")] == [before[table] for table in ("coding", "choice")]
    session.redo()
    assert ended(session) == same


def test_who_is_coded_otherwise_by_another_hand_done_or_apart_is_left(session: Session, rows_of: Rows) -> None:
    coded(session, 1, "0114", "0200", "0201", "0204", "0205", "0300", "0301")
    coded(session, 4, "0201")  # a second code
    coded(session, 4, "0202")  # another code
    coded(session, 1, "0203", analyst="ola")
    coded(session, 1, "0206", analyst="auto", origin=Origin.AUTO)
    session.apply(number(session, "0205"), "done", lambda work: Work(work.codings, done=True))
    assert session.end_same(number(session, "0114"), {number(session, "0204")}) == 2
    assert ended(session) == {"0114", "0200", "0205"}
    before = rows_of(session.project.path)
    for key in ("0114", "0202", "0207", "0301"):  # done with all, alone in its codes, without a code, in other words
        assert session.end_same(number(session, key), {number(session, "0204")}) == 0
    assert rows_of(session.project.path) == before


def test_where_another_window_has_changed_one_of_them_none_is_ended(session: Session, rows_of: Rows) -> None:
    coded(session)
    with open_project(session.project.path) as other:
        there = Session(other, "1", "q", "ola")
        there.apply(number(there, "0203"), "code", lambda work: give(work, Coding(4, Segment(4, 7), "ola")))
    before = rows_of(session.project.path)
    with pytest.raises(ProjectChangedError):
        session.end_same(number(session, "0114"))
    assert (rows_of(session.project.path), ended(session)) == (before, set())


def test_where_one_of_them_reads_otherwise_by_now_none_is_ended(session: Session, rows_of: Rows) -> None:
    coded(session)
    with sqlite3.connect(session.project.path) as connection:
        connection.execute("update answer set text = 'ett annat' where id = ?", (number(session, "0205"),))
    connection.close()
    before = rows_of(session.project.path)
    with pytest.raises(ProjectChangedError, match="imported anew"):
        session.end_same(number(session, "0114"))
    assert rows_of(session.project.path) == before
