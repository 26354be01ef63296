"""What a finished audit says of the machine as a whole, and when no audit can be drawn."""

from dataclasses import replace

import pytest

from coder.domain.agreement import Agreement
from coder.domain.errors import CoderError
from coder.domain.tables import ThemeTable
from coder.storage import runs
from coder.storage.runs import Run
from coder.workflow.audit import draw_audit, state, withdraw
from coder.workflow.project import Project
from coder.workflow.publication import publication
from coder.workflow.session import Session
from tests.workflow.machine import by_hand, half_by_machine

Q = ("q", "1")
RUN = Run("1", "q", "m", "t", "f", 9, "answer", 7, {"precision": 0.8, "min_score": None}, {}, "nu", ahead=0)


@pytest.fixture
def run(small: Project) -> Project:
    return half_by_machine(small)


def of_runs(project: Project, *made: Run) -> None:
    """Have the machine's codings come from these runs, in turn."""
    with project.file.writing() as db:
        numbers = [runs.begin(db, one) for one in made]
        for number, one in zip(numbers, made, strict=True):
            runs.went_on(db, number, one.ahead or 0)
        codings = [row[0] for row in db.conn.execute("select id from coding where origin = 'auto' order by id")]
        for place, coding in enumerate(codings):
            db.conn.execute("update coding set run = ? where id = ?", (numbers[place % len(numbers)], coding))


@pytest.mark.parametrize(
    ("made", "promise"),
    [
        ((), None),
        ((RUN,), 0.8),
        ((RUN, replace(RUN, seed=8)), 0.8),
        ((RUN, replace(RUN, thresholds={"precision": 0.9})), None),
        ((replace(RUN, thresholds={"min_score": 0.3}),), None),
    ],
    ids=["unknown_run", "one_run", "two_of_one_promise", "two_promises", "no_promise"],
)
def test_a_finished_audit_sets_how_often_the_machine_was_right_beside_what_its_run_promised(
    run: Project, made: tuple[Run, ...], promise: float | None
) -> None:
    if made:
        of_runs(run, *made)
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    session = Session(run, "1", "q", "eva")
    ids = [answer.id for answer in session.answers]
    for number, codes in zip(ids[1:], [(1,), (4,), (), (1, 4)], strict=True):
        found = state(run, *Q)
        assert found is not None
        assert found.agreement is None
        by_hand(session, number, *codes)
    found = state(run, *Q)
    assert found is not None
    # The machine gave 1 and 4, then 2, then 4, then nothing.
    assert found.agreement == Agreement(4, 1, 3, promise)


def test_the_method_note_tells_it(run: Project) -> None:
    of_runs(run, RUN)
    draw_audit(run, *Q, analyst="eva", size=3, seed="a")
    session = Session(run, "1", "q", "eva")
    found = state(run, *Q)
    assert found is not None
    for number in found.sample:
        by_hand(session, number, 1)
    found, made = state(run, *Q), publication(run, *Q)
    assert found is not None
    assert isinstance(made.table, ThemeTable)
    assert made.note.sampled is not None
    assert made.note.sampled.agreement == found.agreement is not None


@pytest.mark.parametrize(
    ("thresholds", "words"),
    [({"precision": 0.8, "min_score": None}, "--precision 0.8"), ({"min_score": 0.25}, "--min-score 0.25")],
)
def test_nothing_is_drawn_while_a_run_has_answers_before_it_and_the_refusal_says_how_to_complete_it(
    run: Project, thresholds: dict[str, float], words: str
) -> None:
    of_runs(run, replace(RUN, thresholds=thresholds, ahead=2))
    with pytest.raises(CoderError, match="2 answers still ahead of it") as refused:
        draw_audit(run, *Q, analyst="eva", size=1)
    assert f"coder autocode {run.typed} -q q -r 1 {words} --unit answer --seed 7" in refused.value.hint
    assert state(run, *Q) is None


def test_a_run_that_left_nothing_to_measure_is_told_from_one_that_never_was(small: Project) -> None:
    with pytest.raises(CoderError) as refused:
        draw_audit(small, *Q, analyst="eva", size=1)
    assert "If it has run, it was sure of no code" in refused.value.hint
    with small.file.writing() as db:
        runs.begin(db, RUN)
    with pytest.raises(CoderError) as refused:
        draw_audit(small, *Q, analyst="eva", size=1)
    assert "has run (run 1)" in refused.value.hint


def test_an_audit_that_took_the_place_of_another_gives_it_back_when_withdrawn(run: Project) -> None:
    first = draw_audit(run, *Q, analyst="eva", size=1, seed="a")
    session = Session(run, "1", "q", "eva")
    found = state(run, *Q)
    assert found is not None
    by_hand(session, *found.sample, 1)
    before = state(run, *Q)
    draw_audit(run, *Q, analyst="eva", size=1, seed="b")
    withdraw(run, *Q, analyst="eva")
    after = state(run, *Q)
    assert after == before
    assert after is not None
    assert after.complete
    assert after.audit.id == first.id
