"""Undo where several analysts work: it never touches what another one has changed later, and it never gets stuck."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.codebook_edits import AddCode, Define, Merge, Move, Rename
from coder.domain.coding import Coding, Segment, Work, flag, give, take_back
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, StepRefusedError
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
ONE = Coding(1, Segment(0, 3), "eva")


def _two(project: Project) -> tuple[Session, Session]:
    return Session(project, "1", "q", "eva"), Session(project, "1", "q", "ola")


def _refused(session: Session) -> str:
    with pytest.raises(StepRefusedError) as caught:
        session.undo()
    session.reload()
    return caught.value.message


def test_undo_again_goes_on_to_the_step_before_the_one_it_was_refused(small: Project) -> None:
    eva, ola = _two(small)
    eva.apply(2, "done", lambda work: Work(done=True))
    eva.apply(1, "code ett", lambda work: give(work, ONE), rank=2)
    ola.reload()
    ola.apply(1, "example", lambda work: flag(work, ONE))
    assert _refused(eva) == "'code ett' can't be undone: somebody else has changed this answer meanwhile"
    assert eva.undo().what == "done"
    assert eva.undo().what == ""
    assert [coding.example for coding in eva.work(1).codings] == [True]
    assert eva.redo().what == "done"


def test_a_step_that_was_refused_goes_back_once_the_other_analyst_has_taken_theirs_back(small: Project) -> None:
    eva, ola = _two(small)
    eva.apply(2, "done", lambda work: Work(done=True))
    eva.apply(1, "code ett", lambda work: give(work, ONE))
    ola.reload()
    ola.apply(1, "example", lambda work: flag(work, ONE))
    _refused(eva)
    ola.undo()
    eva.reload()
    assert eva.undo().what == "code ett"
    assert eva.undo().what == "done"


def test_a_row_that_another_analyst_has_changed_and_changed_back_is_theirs(small: Project) -> None:
    eva, ola = _two(small)
    eva.edit(Define(1, "min"))
    for text in ("din", "min"):
        ola.reload()
        ola.edit(Define(1, text))
    assert _refused(eva).startswith("'define ett' can't be undone: somebody else has changed the codebook")
    ola.undo()
    ola.undo()
    eva.reload()
    assert eva.undo().what == "define ett"


def test_several_refused_steps_are_named_one_by_one(small: Project) -> None:
    eva, ola = _two(small)
    eva.edit(Rename(3, "äldst"))
    for number in (1, 2):
        eva.edit(Define(number, "min"))
    ola.reload()
    for number in (1, 2):
        ola.edit(Define(number, "min egen"))
    eva.reload()
    assert [_refused(eva)[:12] for _ in range(2)] == ["'define två'", "'define ett'"]
    assert eva.undo().what.endswith("to äldst")
    assert [eva.codebook.code_by_id[number].definition for number in (1, 2)] == ["min egen"] * 2


STEPS: dict[str, Callable[[int], Edit]] = {
    "move": lambda n: Move((1 + n % 6,), 1 + n // 6 % 2),
    "merge": lambda n: Merge((1 + n % 6,), 1 + n // 6 % 6),
    "define": lambda n: Define(1 + n % 3, f"till {n}"),
    "new": lambda n: AddCode(f"ny {n}", 1),
}
steps = st.tuples(st.booleans(), st.sampled_from([*STEPS, "give", "take", "flag", "undo", "redo"]), st.integers(0, 11))


def _taken(session: Session, what: str, number: int) -> None:
    if what in ("undo", "redo"):
        (session.undo if what == "undo" else session.redo)()
    elif what in STEPS:
        session.edit(STEPS[what](number))
    else:
        answer, coding = 1 + number % 2, Coding(1 + number % 3, Segment(0, 3), "eva")
        change = {"give": give, "take": take_back, "flag": flag}[what]
        session.apply(answer, what, lambda work: change(work, coding))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(steps, min_size=4, max_size=16))
def test_undo_and_redo_change_no_row_that_a_later_decision_of_another_analyst_stands_on(
    small_files: Path, rows_of: Rows, sequence: list[tuple[bool, str, int]]
) -> None:
    with tempfile.TemporaryDirectory(dir=small_files) as folder:
        path = Path(shutil.copyfile(small_files / "small.db", Path(folder) / "p.db"))
        stand: dict[
            int, tuple[str, set[Any]]
        ] = {}  # the decisions that stand: who made them, and the rows they changed
        with open_project(path) as project:
            sessions = _two(project)

            def step(session: Session, what: str, number: int) -> bool:
                """Take a step; False where there was nothing to do."""
                session.reload()
                before, newest = _state(rows_of(path))
                try:
                    _taken(session, what, number)
                except CoderError:
                    assert _state(rows_of(path)) == (before, newest)
                    return True
                after, event = _state(rows_of(path))
                rows = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
                if event == newest:
                    assert not rows
                elif what in ("undo", "redo"):
                    later = (one for number, one in stand.items() if number > event[1] and one[0] != session.analyst)
                    assert rows.isdisjoint(key for _, theirs in later for key in theirs)
                    if stand.pop(event[1], None) is None:
                        stand[event[1]] = session.analyst, rows
                else:
                    stand[event[0]] = session.analyst, rows
                return event != newest

            for first, what, number in sequence:
                step(sessions[first], what, number)
            for session in sessions:
                tries = 0
                while step(session, "undo", 0):
                    tries += 1
                assert tries <= 2 * len(sequence)


def _state(rows: dict[str, list[tuple[Any, ...]]]) -> tuple[dict[tuple[str, Any], tuple[Any, ...]], tuple[int, int]]:
    """The rows that decisions change, by table and key; the newest event, and the one it turns round, 0 for none."""
    keys = {"coding": 1, "choice": 2, "work": 1, "theme": 1, "code": 1}
    newest = max(rows["event"], default=(0,) * 8)
    by_key = {(table, row[:width]): row for table, width in keys.items() for row in rows[table]}
    return by_key, (newest[0], newest[5] or 0)
