"""Progress as the journal tells it."""

from dataclasses import replace

from coder.domain.coding import Coding, Segment, give, take_back
from coder.domain.progress import Known
from coder.workflow.progress import first_right, saturation
from coder.workflow.project import Project
from coder.workflow.session import Session, begin
from tests.workflow.rounds import code_round


def started(project: Project) -> Session:
    return begin(project, round_key="1", question="q", analyst="eva")


def code(session: Session, place: int, name: str, rank: int | None = None) -> Coding:
    entry = next(one for one in session.codebook.codes if one.name == name)
    answer = session.answers[place]
    coding = Coding(entry.id, Segment(0, 3), "eva")
    session.apply(answer.id, f"code {name}", lambda work: give(work, coding), rank=rank)
    return coding


def test_the_curve_is_of_the_decisions_that_stand_and_had_suggestions(small: Project) -> None:
    session = started(small)
    code(session, 0, "ett", rank=1)
    code(session, 1, "tre", rank=0)
    code(session, 2, "ett", rank=1)
    session.undo()
    code(session, 3, "lös")
    code(session, 4, "ett", rank=2)
    session.undo()
    session.redo()
    assert [(one.right, one.of) for one in first_right(small, "q")] == [(1, 1), (1, 2), (1, 3)]
    assert first_right(small, "q", "1", "eva") == first_right(small, "q")
    assert first_right(small, "q", analyst="bo") == first_right(small, "q", "9") == ()


def test_what_is_undone_is_named_with_its_rank(small: Project) -> None:
    session = started(small)
    code(session, 0, "ett", rank=2)
    assert session.undo().what == "suggestion 2: code ett"


def test_codes_are_known_in_the_order_of_coding(small: Project) -> None:
    session = started(small)
    code(session, 3, "tre")
    code(session, 0, "ett")
    code(session, 0, "tre")
    code(session, 1, "ett")
    code(session, 2, "två")
    session.undo()
    found = saturation(small, "q")
    assert found.points == (Known(1, 1), Known(2, 2), Known(3, 2))
    assert found.imported == 0
    assert saturation(small, "q", "1") == found
    assert saturation(small, "q", "2").points == ()


def test_a_code_taken_off_and_given_back_keeps_its_place(small: Project) -> None:
    session = started(small)
    first = code(session, 0, "ett")
    code(session, 1, "tre")
    session.apply(session.answers[0].id, "code ett off", lambda work: take_back(work, first))
    assert saturation(small, "q").points == (Known(1, 1),)
    session.undo()
    assert saturation(small, "q").points == (Known(1, 1), Known(2, 2))


def test_an_import_is_told_apart(small: Project) -> None:
    code_round(small, "1")
    found = saturation(small, "q")
    assert found.points[-1] == Known(4, 3)
    assert found.imported == 4


def test_a_mark_is_no_decision_about_a_code(small: Project) -> None:
    session = started(small)
    session.apply(session.answers[0].id, "done", lambda work: replace(work, done=True))
    assert first_right(small, "q") == ()
