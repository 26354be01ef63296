"""Revising a codebook in a project: one step each, versions, clashes, second looks, memos, other windows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.codebook_edits import AddCode, Merge, Move, Retire
from coder.domain.coding import Coding, Segment, choose, give
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.lineage import Fate, diff
from coder.domain.memo import Kind, Subject
from coder.domain.tables import ThemeTable
from coder.domain.theme_edits import AddTheme
from coder.workflow import memos, revising, versions
from coder.workflow.clashes import queue_of
from coder.workflow.project import Project, open_project
from coder.workflow.report import table
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


def gave(session: Session, answer: int, code: int, start: int = 0, end: int = 3) -> None:
    session.apply(answer, "give", lambda work: give(work, Coding(code, Segment(start, end), session.analyst)))


def code_of(project: Project, question: str, theme: str, name: str) -> int:
    found = project.codebook(question).find(theme, name)
    assert found is not None
    return found.id


def test_a_merge_of_two_codes_with_forty_segments_is_one_step_back(coded: Project, rows_of: Rows) -> None:
    session = Session(coded, "2023", "mindre_bra", "eva")
    gone = tuple(code_of(coded, "mindre_bra", "Otillgänglig", name) for name in ("Bristande närvaro", "Kontaktvägar"))
    into = code_of(coded, "mindre_bra", "Otillgänglig", "Svåra att nå/Svar dröjer")
    segments = [one for work in session._works.values() for one in work.codings if one.code in gone]
    assert len(segments) >= 40
    before, table_before = rows_of(coded.path), session.table()
    done = session.edit(Merge(gone, into))
    assert done.what == "merge Bristande närvaro, Kontaktvägar into Svåra att nå/Svar dröjer"
    assert len(rows_of(coded.path)["event"]) == len(before["event"]) + 1
    assert rows_of(coded.path)["coding"] == before["coding"]
    counts = {row.id: row.count.count for theme in session.table().themes for row in theme.codes}
    assert counts.keys().isdisjoint(gone)
    assert {shift.id: shift.after for shift in done.impact.codes} == {into: counts[into], gone[0]: 0, gone[1]: 0}
    moved = session.undo()
    assert (moved.answer, moved.what, moved.several) == (None, done.what, True)
    assert rows_of(coded.path)["code"] == before["code"]
    assert session.table() == table_before


def test_an_edit_is_there_for_the_next_window_and_the_one_before_is_told(small_files: Path) -> None:
    with open_project(small_files / "small.db") as one, open_project(small_files / "small.db") as other:
        here, there = Session(one, "1", "q", "eva"), Session(other, "1", "q", "ola")
        here.edit(AddCode("ny", 1))
        assert there.changed_elsewhere()
        with pytest.raises(ProjectChangedError, match="the codebook t meanwhile"):
            there.edit(Retire(1))
        there.reload()
        assert there.codebook == here.codebook
        there.edit(Retire(1))
        with pytest.raises(CoderError, match="'ett' was merged or retired"):
            gave(here, 1, 1)


def test_the_number_of_an_undone_entry_is_never_given_again(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    first = session.edit(AddCode("ny", 1)).entry
    session.undo()
    second = session.edit(AddTheme("annan")).entry
    assert None not in (first, second)
    assert first != second


def test_undoing_a_code_that_a_colleague_has_given_is_refused(small: Project) -> None:
    eva, ola = Session(small, "1", "q", "eva"), Session(small, "1", "q", "ola")
    entry = eva.edit(AddCode("ny", 1)).entry
    assert entry is not None
    ola.reload()
    gave(ola, 1, entry)
    with pytest.raises(ProjectChangedError, match="can't be undone: what was decided later"):
        eva.undo()
    eva.reload()
    assert eva.codebook.code_by_id[entry].name == "ny"


def test_undoing_what_would_give_two_codes_one_name_is_refused(small: Project) -> None:
    eva, ola = Session(small, "1", "q", "eva"), Session(small, "1", "q", "ola")
    eva.edit(Move((1,), 2))
    ola.reload()
    ola.edit(AddCode("ett", 1))
    with pytest.raises(ProjectChangedError, match="stands on it: ett"):
        eva.undo()


def test_clashes_queue_up_with_their_rivals_the_former_choice_first(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    for code, start, end in ((1, 0, 3), (2, 4, 7), (4, 4, 11)):
        gave(session, 1, code, start, end)
    session.apply(1, "choose", lambda work: choose(work, 1, 1))
    assert queue_of(Session(small, "1", "q", "ola")) == []
    session.edit(Move((1,), 2))
    (clash,) = queue_of(Session(small, "1", "q", "ola"))
    assert (clash.answer.respondent.key, clash.theme) == ("0114", 2)
    assert [(rival.code, rival.former) for rival in clash.rivals] == [(1, True), (4, False)]
    session.edit(Move((1,), 1))
    assert queue_of(Session(small, "1", "q", "ola")) == []


def test_retired_codes_keep_their_row_while_they_count_somebody(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    gave(session, 1, 1)
    for code in (1, 2):
        session.edit(Retire(code))
    (rows, _) = (theme.codes for theme in session.table().themes)
    assert [(row.name, row.count.count, row.retired) for row in rows] == [
        ("ett", 1, True),
        ("Otydliga roller", 0, False),
    ]


def test_versions_are_found_by_fingerprint_and_brought_back(coded: Project) -> None:
    session = Session(coded, "2023", "bra", "eva")
    first = session.table()
    codes = [code.id for code in session.codebook.codes_of(session.codebook.themes[0].id)]
    session.edit(Merge((codes[0],), codes[1]))
    session.edit(AddCode("Ny"))
    found = versions.versions(coded, "bra")
    assert [one.what for one in found] == ["taken in", session_words(found, 1), "new code Ny"]
    assert len({one.fingerprint for one in found}) == 3
    fates = [one.fate for one in diff(found[0].codebook, versions.version(coded, "bra", "now").codebook)]
    assert fates == [Fate.MERGED, Fate.ADDED]
    back = versions.back_to(coded, "bra", found[0].fingerprint[:8])
    foreseen = revising.preview(coded, "bra", back)
    assert revising.revise(coded, "bra", back, "eva") == foreseen
    again = table(coded, "bra", "2023")
    assert isinstance(again, ThemeTable)
    assert (again.themes, again.clashes) == (first.themes, first.clashes)
    assert len(versions.versions(coded, "bra")) == 4
    session.reload()
    assert session.undo().what == f"back to version {found[0].fingerprint}"
    assert versions.version(coded, "bra", "now").fingerprint == found[2].fingerprint


def session_words(found: list[versions.Version], number: int) -> str:
    assert found[number].what.startswith("merge ")
    assert found[number].analyst == "eva"
    return found[number].what


@pytest.mark.parametrize("name", ["", "xyz", "0" * 12])
def test_a_version_that_is_none_is_refused(small: Project, name: str) -> None:
    with pytest.raises(CoderError, match="no version"):
        versions.version(small, "q", name)


def test_memos_are_kept_found_and_taken_back(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    scope = revising.scope_of("1", "q")
    subjects = [
        Subject(),
        memos.subject_called(small, "q"),
        memos.subject_called(small, "q", theme="A"),
        memos.subject_called(small, "q", code="två"),
        memos.subject_called(small, "q", round_key="1", respondent="0114"),
        memos.subject_called(small, "q", round_key="1", respondent="0114", segment=Segment(4, 7)),
    ]
    for subject in subjects:
        memos.add(small, subject, f"om {subject.kind}\r\nÅter", "eva", scope)
    found = memos.memos(small)
    assert [memo.subject for memo in found] == subjects
    assert [memo.subject.kind for memo in found] == list(Kind)
    assert [memo.where for memo in found] == ["", "", "A", "A: två", "0114", "0114: två"]
    assert {memo.text for memo in memos.memos(small, query="OM ÅTER segment")} == {"om segment\nÅter"}
    assert len(memos.memos(small, question="q")) == 5
    assert len(memos.memos(small, subject=subjects[3])) == 1
    memos.rewrite(small, found[3].id, "annat", "ola", scope)
    memos.remove(small, found[0].id, "eva")
    assert [(memo.text, memo.analyst) for memo in memos.memos(small)][2] == ("annat", "ola")
    assert len(memos.memos(small)) == 5
    assert session.undo().what == "memo on a segment"
    assert len(memos.memos(small)) == 4
    with pytest.raises(CoderError, match="without words"):
        memos.add(small, Subject(), " ", "eva")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"question": "", "theme": "A"}, "belongs to a question"),
        ({"question": "x"}, "question 'x'"),
        ({"question": "q", "round_key": "1", "respondent": "x"}, "no answer by respondent 'x'"),
        ({"question": "q", "round_key": "1", "respondent": "0114", "segment": Segment(0, 999)}, "lies outside"),
    ],
)
def test_a_memo_on_what_is_not_there_is_refused(small: Project, names: dict[str, Any], words: str) -> None:
    with pytest.raises(CoderError, match=words):
        memos.subject_called(small, **names)
