"""Segments are served again when their code comes to mean something else, each until somebody has decided on it."""

from pathlib import Path

import pytest

from coder.domain.codebook_edits import AddCode, Define, Merge, Retire, Split
from coder.domain.coding import Coding, Origin, Segment, Work, flag, give, take_back
from coder.domain.errors import ProjectChangedError
from coder.storage import history
from coder.workflow.project import Project, open_project
from coder.workflow.second_look import keep, second_look
from coder.workflow.session import Session


def _gave(session: Session, *answers: int, code: int = 1, origin: Origin = Origin.HAND) -> None:
    for answer in answers:
        coding = Coding(code, Segment(0, 3), session.analyst, origin)
        session.apply(answer, "give", lambda work: give(work, coding))  # noqa: B023 - called at once


def _left(session: Session, code: int | None = 1) -> list[int]:
    return [look.answer.id for look in second_look(session.project, "q", code)]


@pytest.fixture
def session(small: Project) -> Session:
    """Answers 1 and 2 coded before code 1 was defined anew, and answer 3 after it."""
    session = Session(small, "1", "q", "eva")
    _gave(session, 1, 2)
    session.edit(Define(1, "Vad ett är"))
    _gave(session, 3)
    return session


def test_what_was_coded_before_a_definition_changed_is_left_with_both_definitions(session: Session) -> None:
    looks = second_look(session.project, "q", 1)
    assert [(look.round, look.answer.id, look.coding.code) for look in looks] == [("1", 1, 1), ("1", 2, 1)]
    assert (looks[0].then, looks[0].now) == (looks[1].then, "Vad ett är")
    assert looks[0].then != "Vad ett är"
    session.edit(Define(1, "vad ett är."))
    assert _left(session) == [1, 2]


def test_one_that_is_kept_taken_off_or_given_anew_is_left_no_more(session: Session) -> None:
    keep(session, second_look(session.project, "q", 1)[0])
    assert _left(session) == [2]
    session.apply(2, "take", lambda _: Work())
    assert _left(session) == []
    _gave(session, 2)
    assert _left(session) == []


def test_keeping_changes_no_row_and_is_undone_and_redone_as_any_decision(session: Session) -> None:
    before = session.work(1)
    keep(session, second_look(session.project, "q", 1)[0])
    moved = session.undo()
    assert (moved.answer, moved.what) == (1, "keep ett")
    assert _left(session) == [1, 2]
    assert session.redo().what == "keep ett"
    assert _left(session) == [2]
    session.reload()
    assert session.work(1) == before


def test_keeping_moves_no_count_and_is_no_coding_by_the_definition_in_force(session: Session) -> None:
    def latest() -> tuple[int, int]:
        with session.project.file.reading() as db:
            return history.last_coded(db, "1", "q"), history.last_that_counts(db, "1", "q")[0]

    before = latest()
    keep(session, second_look(session.project, "q", 1)[0])
    session.undo()
    assert latest() == before
    _gave(session, 5)
    assert min(latest()) > max(before)


def test_taking_one_off_and_undoing_that_leaves_it_to_be_looked_at(session: Session) -> None:
    session.apply(1, "take", lambda work: take_back(work, work.codings[0]))
    assert _left(session) == [2]
    session.undo()
    assert _left(session) == [1, 2]


def test_a_definition_that_is_taken_back_leaves_nothing_but_what_was_coded_by_it(session: Session) -> None:
    first = second_look(session.project, "q", 1)[0].then
    session.edit(Define(1, first))
    assert _left(session) == [3]


def test_a_further_definition_leaves_all_again_that_are_kept_too(session: Session) -> None:
    keep(session, second_look(session.project, "q", 1)[0])
    session.edit(Define(1, "Något helt annat"))
    looks = second_look(session.project, "q", 1)
    assert [(look.answer.id, look.then == "Vad ett är") for look in looks] == [(1, True), (3, True), (2, False)]


def test_a_flag_is_no_second_look_and_a_machine_s_coding_needs_none(session: Session) -> None:
    session.apply(1, "example", lambda work: flag(work, work.codings[0]))
    assert _left(session) == [1, 2]
    _gave(session, 5, code=2, origin=Origin.AUTO)
    session.edit(Define(2, "Vad två är"))
    assert _left(session, 2) == []


def test_merging_and_splitting_alone_leave_nothing_and_the_definition_of_what_they_made_does(session: Session) -> None:
    _gave(session, 5, code=2)
    session.edit(Merge((2,), 1))
    assert _left(session) == [1, 2]
    held = [(1, session.work(1).codings[0].identity)]
    new = session.edit(Split(1, "del", frozenset(held))).entry
    assert (_left(session), _left(session, new)) == ([2], [])
    assert new is not None
    session.edit(Define(new, "Vad delen är"))
    session.edit(Define(1, "Ett utan delen"))
    assert (_left(session), _left(session, new)) == ([5, 3, 2], [1])


def test_all_codes_come_one_after_the_other_in_published_order(session: Session) -> None:
    _gave(session, 5, code=3)
    session.edit(Define(3, "Vad tre är"))
    assert [(look.code, look.answer.id) for look in second_look(session.project, "q")] == [(1, 1), (1, 2), (3, 5)]
    session.edit(Retire(1))
    assert _left(session, None) == [1, 2, 5]
    assert session.edit(AddCode("ny")).entry is not None
    assert _left(session, None) == [1, 2, 5]


def test_what_a_colleague_has_taken_off_meanwhile_is_not_kept(session: Session) -> None:
    look = second_look(session.project, "q", 1)[0]
    Session(session.project, "1", "q", "ola").apply(1, "take", lambda _: Work())
    with pytest.raises(ProjectChangedError, match="taken the code off"):
        keep(session, look)


def test_what_is_looked_at_is_remembered_by_the_project(small_files: Path) -> None:
    with open_project(small_files / "small.db") as project:
        session = Session(project, "1", "q", "eva")
        _gave(session, 1, 2)
        session.edit(Define(1, "Vad ett är"))
        keep(session, second_look(project, "q", 1)[0])
    with open_project(small_files / "small.db") as project:
        assert [look.answer.id for look in second_look(project, "q", 1)] == [2]
