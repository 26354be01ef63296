"""What holds for a session after any sequence of decisions, undos, redos and openings, on a real project."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.coding import Coding, Origin, Segment, Work, choose, flag, give, mark_nothing, take_back
from coder.domain.counting import Tally, decide, state, tally
from coder.storage import works
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
# What undoing leaves behind: the journal itself, what can be redone, where the analyst stood, and used-up numbers.
TRACES = {"event", "undo", "place", "sqlite_sequence"}
ANSWERS = (1, 2)

codings = st.builds(
    Coding,
    code=st.integers(1, 6),
    segment=st.sampled_from([Segment(0, 3), Segment(4, 7), Segment(0, 7)]),
    analyst=st.just("eva"),
    origin=st.sampled_from(Origin),
    score=st.sampled_from([None, 0.1, 0.5]),
    whole=st.booleans(),
)
decisions = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(ANSWERS), codings),
    st.tuples(st.sampled_from(["take", "flag", "choose", "unchoose"]), st.sampled_from(ANSWERS), st.integers(0, 3)),
    st.tuples(st.sampled_from(["nothing", "cut", "done"]), st.sampled_from(ANSWERS), st.none()),
)
steps = st.one_of(decisions, st.tuples(st.sampled_from(["undo", "redo", "reopen"]), st.none(), st.none()))
on_a_project = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def changed(work: Work, what: str, how: Any, session: Session) -> Work:
    """The work after one decision; one that can't be made leaves it as it is."""
    plain: dict[str, Callable[[], Work]] = {
        "give": lambda: give(work, how),
        "nothing": lambda: work if work.codings else mark_nothing(work, "eva"),
        "cut": lambda: Work(work.codings, work.choices, (Segment(0, 3),), work.nothing_by, work.done),
        "done": lambda: Work(work.codings, work.choices, work.cuts, work.nothing_by, True),
    }
    if what in plain:
        return plain[what]()
    if how >= len(work.codings):
        return work
    coding = work.codings[how]
    theme = session.codebook.theme_of[coding.code]
    if what in ("choose", "unchoose"):
        return work if theme is None else choose(work, theme, coding.code if what == "choose" else None)
    return take_back(work, coding) if what == "take" else flag(work, coding)


def walk(project: Project, sequence: list[tuple[str, int | None, Any]]) -> Session:
    """A session after the sequence, its counts having been looked over at every step."""
    session = Session(project, "1", "q", "eva")
    for what, answer, how in sequence:
        if what == "undo":
            session.undo()
        elif what == "redo":
            session.redo()
        elif what == "reopen":
            session = Session(project, "1", "q", "eva")
        else:
            assert answer is not None
            wanted = changed(session.work(answer), what, how, session)
            standing = session.apply(answer, what, lambda _, after=wanted: after)  # type: ignore[misc]
            assert works.same(standing.work, wanted)
        assert_counts(session)
    return session


def assert_counts(session: Session) -> None:
    """The live counts are those of a fresh reading of the project, and keep the counting rule."""
    with session.project.file.reading() as db:
        held = works.load(db, "1", "q")
    fresh = tally(decide(work, session.codebook) for work in held.values())
    assert said(session.tally) == said(fresh)
    for theme in session.codebook.themes:
        codes = session.codebook.codes_of(theme.id)
        assert session.tally.themes[theme.id] == sum(session.tally.codes[code.id] for code in codes)
        assert len(session.behind(theme=theme.id)) == session.tally.themes[theme.id] <= len(ANSWERS)
        assert all(len(session.behind(code=code.id)) == session.tally.codes[code.id] for code in codes)
    counts, found = session.counts(), session.table()
    fresh_states = Counter(
        state(session.work(one.id), decide(session.work(one.id), session.codebook)) for one in session.answers
    )
    assert counts.states == fresh_states
    assert (counts.base, counts.clashes) == (found.base, found.clashes)
    assert (len(session.uncoded()), len(session.nothing_to_code())) == (found.uncoded, found.nothing_to_code)


def said(total: Tally) -> tuple[Any, ...]:
    return +total.themes, +total.codes, +total.origins, total.clashes


@on_a_project
@given(sequence=st.lists(steps, min_size=1, max_size=15))
def test_live_counts_are_those_of_the_database_and_undoing_all_restores_every_row(
    small_files: Path, rows_of: Rows, sequence: list[tuple[str, int | None, Any]]
) -> None:
    with tempfile.TemporaryDirectory(dir=small_files) as folder:
        path = Path(folder) / "p.db"
        shutil.copyfile(small_files / "small.db", path)
        before = rows_of(path)
        with open_project(path) as project:
            session = walk(project, sequence)
            reached = rows_of(path)
            taken_back = 0
            while session.undo().what:
                taken_back += 1
            assert_counts(session)
            assert content(rows_of(path)) == content(before)
            for _ in range(taken_back):
                assert session.redo().what
            assert_counts(session)
            assert content(rows_of(path)) == content(reached)


def content(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: held for name, held in rows.items() if name not in TRACES}


@on_a_project
@given(sequence=st.lists(decisions, min_size=1, max_size=12))
def test_every_decision_is_one_event_and_none_is_without(
    small_files: Path, rows_of: Rows, sequence: list[tuple[str, int | None, Any]]
) -> None:
    with tempfile.TemporaryDirectory(dir=small_files) as folder:
        path = Path(folder) / "p.db"
        shutil.copyfile(small_files / "small.db", path)
        with open_project(path) as project:
            session = Session(project, "1", "q", "eva")
            for what, answer, how in sequence:
                assert answer is not None
                before, events = content(rows_of(path)), len(rows_of(path)["event"])
                wanted = changed(session.work(answer), what, how, session)
                session.apply(answer, what, lambda _, after=wanted: after)  # type: ignore[misc]
                assert len(rows_of(path)["event"]) - events == (content(rows_of(path)) != before)
