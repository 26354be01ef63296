"""What an audit is drawn from, what is refused, and what giving it up leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Origin
from coder.domain.errors import CoderError
from coder.workflow.audit import draw_audit, state, withdraw
from coder.workflow.project import Project
from coder.workflow.review import hidden
from coder.workflow.session import Session
from tests.workflow.machine import by_hand, half_by_machine

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
Q = ("q", "1")


@pytest.fixture
def run(small: Project) -> Project:
    return half_by_machine(small)


def test_an_audit_given_up_gives_its_codings_back_as_they_were(run: Project, rows_of: Rows) -> None:
    before = rows_of(run.path)
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    assert rows_of(run.path)["coding"] != before["coding"]
    assert withdraw(run, *Q, analyst="eva").withdrawn
    after = rows_of(run.path)
    assert all(after[name] == before[name] for name in ("coding", "choice"))
    assert state(run, *Q) is None
    assert hidden(run, *Q) == frozenset()
    with pytest.raises(CoderError, match="no audit"):
        withdraw(run, *Q, analyst="eva")


def test_what_was_coded_before_an_audit_was_given_up_stays(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    session = Session(run, "1", "q", "eva")
    by_hand(session, session.answers[1].id, 2)
    withdraw(run, *Q, analyst="eva")
    session.reload()
    assert [one.origin for one in session.work(session.answers[1].id).codings] == [Origin.HAND]
    assert [one.origin for one in session.work(session.answers[2].id).codings] == [Origin.AUTO]


@pytest.mark.parametrize(
    ("size", "half_width", "wrong"),
    [(5, None, "can't be drawn from 4"), (0, None, "can't be drawn"), (None, None, "no answers")],
)
def test_a_size_that_cannot_be_is_refused_and_changes_nothing(
    run: Project, rows_of: Rows, size: int | None, half_width: float | None, wrong: str
) -> None:
    before = rows_of(run.path)
    with pytest.raises(CoderError, match=wrong):
        draw_audit(run, *Q, analyst="eva", size=size, half_width=half_width)
    assert rows_of(run.path) == before


def test_a_round_that_no_machine_has_been_through_has_nothing_to_audit(small: Project) -> None:
    with pytest.raises(CoderError, match="coded by machine"):
        draw_audit(small, *Q, analyst="eva", size=1)


def test_a_half_width_draws_as_many_as_it_takes(run: Project) -> None:
    assert draw_audit(run, *Q, analyst="eva", half_width=0.4).drawn == 3
