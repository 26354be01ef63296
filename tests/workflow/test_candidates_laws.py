"""What holds for candidates for new codes after any sequence of decisions: the rule, and that all can be undone."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.coding import Coding, Segment, give
from coder.domain.counting import decide
from coder.domain.errors import CoderError
from coder.workflow.candidates import dismiss, take, waiting
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session
from tests.workflow.machine import found_alike, machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
# What undoing leaves behind: the journal itself, what can be redone, where the analyst stood, and used-up numbers.
TRACES = {"event", "undo", "place", "sqlite_sequence"}
ALE, ASELE, ZORN, _, BO, DAL = range(1, 7)


@pytest.fixture
def found(small: Project) -> Project:
    """The small survey, of which a machine has coded some, with two candidates."""
    machine_codes(small, "q", "1", {DAL: {1: 0.9}}, at={1: Segment(0, 3)})
    one = [(ALE, Segment(0, 3)), (ALE, Segment(4, 7)), (ASELE, Segment(0, 7)), (DAL, Segment(8, 18))]
    found_alike(small, "q", "1", {("ett", "två"): one, ("sak",): [(ZORN, Segment(4, 7)), (BO, Segment(0, 10))]})
    return small


steps = st.lists(
    st.one_of(
        st.tuples(st.just("dismiss"), st.integers(0, 1), st.none(), st.none()),
        st.tuples(
            st.just("take"),
            st.integers(0, 1),
            st.sets(st.integers(0, 3), min_size=1),
            st.sampled_from([("ny", None), ("ny", 1), ("annan", 2), (2, None), (6, None)]),
        ),
        st.tuples(st.just("code"), st.sampled_from([ALE, ZORN, DAL]), st.none(), st.sampled_from([1, 4, 6])),
    ),
    max_size=5,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sequence=steps)
def test_undoing_everything_leaves_every_row_as_it_was(
    found: Project, rows_of: Rows, sequence: list[tuple[str, int, Any, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copyfile(found.path, Path(folder) / "p.db"))
        with open_project(path) as project:
            project.clock = found.clock
            session = Session(project, "1", "q", "eva")
            before = {name: rows for name, rows in rows_of(path).items() if name not in TRACES}
            for what, which, places, how in sequence:
                there = waiting(project, "q", "1")
                if what == "code":
                    coding = Coding(how, Segment(0, 3), "eva")
                    session.apply(which, "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
                elif which < len(there) and what == "dismiss":
                    dismiss(session, there[which])
                elif which < len(there):
                    chosen = [one for place, one in enumerate(there[which].passages) if place in places]
                    try:
                        take(session, there[which], chosen, *how)
                    except CoderError as error:
                        assert not chosen or "already" in error.message  # noqa: PT017
                for number, decision in session._decisions.items():
                    assert decision == decide(session.work(number), session.codebook)
                    themes = [one.theme for one in decision if one.theme is not None]
                    assert len(themes) == len(set(themes))
            while session.undo().what:
                pass
            assert {name: rows for name, rows in rows_of(path).items() if name not in TRACES} == before
