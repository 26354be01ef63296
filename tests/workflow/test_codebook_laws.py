"""What holds after any sequence of coding, choosing, merging, splitting, moving, retiring, undoing and redoing."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.codebook_edits import AddCode, AddExample, Define, Merge, Move, Rename, Restore, Retire, Split
from coder.domain.coding import Coding, Segment, Work, choose, give, mark_nothing, take_back
from coder.domain.counting import decide, tally
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.theme_edits import AddTheme, DefineTheme, MoveTheme, RenameTheme, RestoreTheme, RetireTheme, Return
from coder.storage import works
from coder.workflow import second_look
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
TRACES = {"event", "undo", "place", "sqlite_sequence"}
SEGMENTS = (Segment(0, 3), Segment(4, 7), Segment(0, 7))
numbers = st.integers(0, 30)
decisions = st.tuples(
    st.sampled_from(["give", "give", "give", "take", "choose", "choose", "unchoose", "nothing"]), numbers, numbers
)
OFTEN = ("merge", "split", "move") * 2
SELDOM = ("add", "anew", "retire", "restore", "rename", "define", "example")
THEMES = ("theme", "retheme", "order", "shut", "open", "back")
edits = st.tuples(st.sampled_from([*OFTEN, *SELDOM, *THEMES]), numbers, numbers)
ways = st.tuples(st.sampled_from(["undo", "undo", "redo", "reopen", "keep"]), numbers, numbers)
steps = st.one_of(decisions, edits, edits, ways)


def picked(things: Any, number: int) -> Any:
    """One of the things; the same one for the same number."""
    listed = list(things)
    return listed[number % len(listed)]


def edit_of(session: Session, what: str, one: int, other: int, kept: list[Any]) -> Edit:
    """The edit that a step stands for in the codebook as it is; some can't be made."""
    book = session.codebook
    first, second = picked(book.codes, one).id, picked(book.codes, other).id
    themes = [*(theme.id for theme in book.themes), None]
    theme, place = picked(themes, other), one % 3
    given = [
        (answer, coding.identity)
        for answer, work in sorted(session._works.items())
        for coding in work.codings
        if book.stands_for(coding.code) == first
    ]
    made: dict[str, Callable[[], Edit]] = {
        "add": lambda: AddCode(f"ny {other % 4}", picked(themes, one)),
        "merge": lambda: Merge((first,), second),
        "split": lambda: Split(first, f"del {other % 4}", frozenset(given[other % 2 :: 2])),
        "move": lambda: Move((first,), theme, place),
        "retire": lambda: Retire(first),
        "restore": lambda: Restore(first),
        "rename": lambda: Rename(first, f"namn {other % 4}"),
        "define": lambda: Define(first, f"vad {other % 2}"),
        "example": lambda: AddExample(first, f"så {other % 2}"),
        "theme": lambda: AddTheme(f"tema {other % 3}", (first, second)[: one % 3]),
        "retheme": lambda: RenameTheme(picked(themes[:-1], one), f"tema {other % 3}"),
        "order": lambda: MoveTheme(picked(themes[:-1], one), other % 3),
        "shut": lambda: RetireTheme(picked(themes[:-1], one)),
        "open": lambda: RestoreTheme(picked(themes[:-1], one)),
        "back": lambda: Return(picked(kept, one), "tidigare"),
    }
    return made[what]() if what != "define" or other % 3 else DefineTheme(picked(themes[:-1], one), "vad")


def decided(session: Session, what: str, answer: int, number: int) -> Work:
    """The work on an answer after a decision; one that can't be made leaves it as it is."""
    work, book = session.work(answer), session.codebook
    if what == "give":
        return give(work, Coding(picked(book.codes, number).id, picked(SEGMENTS, number), "eva"))
    if what == "nothing":
        return work if work.codings else mark_nothing(work, "eva")
    if not work.codings:
        return work
    coding = picked(work.codings, number)
    theme = book.theme_of[coding.code]
    if what == "take":
        return take_back(work, coding, book)
    if theme is None:
        return work
    return choose(work, theme, book.stands_for(coding.code) if what == "choose" else None, book)


def take_step(session: Session, step: tuple[str, int, int], kept: list[Any]) -> Session:
    """One step, the preview of an edit compared with what it then did. Refused steps change nothing."""
    what, one, other = step
    answer = 1 + one % 2
    if what in ("undo", "redo"):
        (session.undo if what == "undo" else session.redo)()
    elif what == "reopen":
        return Session(session.project, "1", "q", "eva")
    elif what == "keep":
        for look in second_look.second_look(session.project, "q")[:1]:
            second_look.keep(session, look)
            assert look not in second_look.second_look(session.project, "q")
    elif what in ("give", "take", "choose", "unchoose", "nothing"):
        wanted = decided(session, what, answer, other)
        session.apply(answer, what, lambda _: wanted)
    elif what == "anew":
        segment = picked(SEGMENTS, other)
        session.code_anew(
            answer, f"egen {other % 3}", lambda work, code: give(work, Coding(code, segment, "eva")), anyway=True
        )
    else:
        edit = edit_of(session, what, one, other, kept)
        before = counted(session)
        foreseen = session.preview(edit)
        assert counted(session) == before
        assert session.edit(edit).impact == foreseen
        after = counted(session)
        for kind in (0, 1):
            shifts = {shift.id: (shift.before, shift.after) for shift in (foreseen.themes, foreseen.codes)[kind]}
            numbers = before[kind].keys() | after[kind].keys()
            moved = {n: (before[kind].get(n, 0), after[kind].get(n, 0)) for n in numbers}
            assert shifts == {n: pair for n, pair in moved.items() if pair[0] != pair[1]}
        assert set(foreseen.made) == after[2] - before[2]
        assert set(foreseen.dissolved) == before[2] - after[2]
        assert set(foreseen.changed) == {n for n in after[3] | before[3] if after[3].get(n) != before[3].get(n)}
    return session


def counted(session: Session) -> tuple[Any, ...]:
    """Counts by theme and by code, the clashes, and what every coded answer is counted under."""
    decisions = {one.id: session.decision(one.id) for one in session.answers if session.decision(one.id)}
    clashes = {(answer, one.theme) for answer, decision in decisions.items() for one in decision if one.clash}
    under = {answer: frozenset((one.theme, one.code) for one in decision) for answer, decision in decisions.items()}
    return dict(+session.tally.themes), dict(+session.tally.codes), clashes, under


def assert_laws(session: Session) -> None:
    """The session is what a fresh reading gives, and keeps the counting rule."""
    with session.project.file.reading() as db:
        held = works.load(db, "1", "q")
    book = session.project.codebook("q")
    assert session.codebook == book
    assert all(works.same(session.work(answer), work) for answer, work in held.items())
    assert {answer: session.decision(answer) for answer in held} == {n: decide(w, book) for n, w in held.items()}
    fresh = tally(decide(work, book) for work in held.values())
    now = session.tally
    assert (+now.themes, +now.codes, +now.origins, now.clashes) == (
        +fresh.themes,
        +fresh.codes,
        +fresh.origins,
        fresh.clashes,
    )
    for theme in book.themes:
        assert now.themes[theme.id] == sum(now.codes[code.id] for code in book.codes_of(theme.id)) <= 2
    assert sum(now.codes.values()) == sum(now.codes[code.id] for code in book.in_order())
    table = session.table()
    shown = sum(row.count.count for theme in table.themes for row in theme.codes)
    assert shown + sum(row.count.count for row in table.unthemed) == now.codes.total()
    assert table.clashes == now.clashes


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(steps, min_size=4, max_size=18))
def test_counts_hold_previews_come_true_and_undoing_all_restores_every_row(
    small_files: Path, rows_of: Rows, sequence: list[tuple[str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory(dir=small_files) as folder:
        path = Path(folder) / "p.db"
        shutil.copyfile(small_files / "small.db", path)
        first = content(rows_of, path)
        with open_project(path) as project:
            session = Session(project, "1", "q", "eva")
            kept = [session.codebook]
            for step in sequence:
                held = content(rows_of, path)
                try:
                    session = take_step(session, step, kept)
                except CoderError:
                    assert content(rows_of, path) == held
                assert_laws(session)
                kept.append(session.codebook)
            reached, taken_back = content(rows_of, path), 0
            while session.undo().what:
                taken_back += 1
            assert_laws(session)
            assert content(rows_of, path) == first
            for _ in range(taken_back):
                session.redo()
            assert_laws(session)
            if sequence[-1][0] not in ("undo", "redo"):
                assert content(rows_of, path) == reached


def content(rows_of: Rows, path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that the project holds but the traces of how it came about."""
    return {name: rows for name, rows in rows_of(path).items() if name not in TRACES}


def test_two_analysts_in_two_windows_never_leave_a_codebook_that_contradicts_itself(small: Project) -> None:
    eva, ola = Session(small, "1", "q", "eva"), Session(small, "1", "q", "ola")
    eva.edit(Merge((1,), 2))
    ola.reload()
    ola.edit(Move((2,), 2))
    with pytest.raises(ProjectChangedError, match="meanwhile"):
        eva.undo()
    eva.reload()
    assert_laws(eva)
