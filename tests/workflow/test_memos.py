"""Memos kept: what two windows write, what is taken away, and how each is one step back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Segment
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.memo import LONGEST, Kind, Memo, Subject
from coder.exporters import method_words
from coder.storage import history
from coder.workflow import memos
from coder.workflow.intake import import_answers
from coder.workflow.memos import Draft, keep
from coder.workflow.method import noted
from coder.workflow.project import Project, open_project
from coder.workflow.revising import scope_of
from coder.workflow.session import Session

SCOPE = scope_of("1", "q")
Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def answer(small: Project) -> Subject:
    return memos.subject_called(small, "q", round_key="1", respondent="0114")


@pytest.fixture
def elsewhere(small: Project) -> Iterator[Project]:
    """The same project in another window."""
    with open_project(small.path) as project:
        yield project


def texts(project: Project) -> list[str]:
    return [memo.text for memo in memos.memos(project)]


def held(project: Project, subject: Subject) -> Memo:
    return memos.memos(project, subject=subject)[-1]


def test_a_memo_is_written_written_anew_and_removed_each_one_step_back(small: Project, answer: Subject) -> None:
    session = Session(small, "1", "q", "eva")
    assert keep(small, [Draft(answer, "ett"), Draft(Subject(), "två")], "eva", SCOPE) == [
        "memo on an answer",
        "memo on the project",
    ]
    keep(small, [Draft(answer, "ett till", held(small, answer))], "eva", SCOPE)
    assert keep(small, [Draft(answer, " ", held(small, answer))], "eva", SCOPE) == ["memo on an answer removed"]
    assert texts(small) == ["två"]
    undone = [session.undo() for _ in range(4)]
    assert [(one.what, one.answer, one.memo) for one in undone] == [
        ("remove a memo", answer.id, True),
        ("rewrite a memo", answer.id, True),
        ("memo on the project", None, True),
        ("memo on an answer", answer.id, True),
    ]
    assert texts(small) == []
    assert [session.redo().what for _ in range(3)][-1] == "rewrite a memo"
    assert texts(small) == ["ett till", "två"]


def test_what_another_window_wrote_meanwhile_stands_above_what_is_written_now(
    small: Project, answer: Subject, elsewhere: Project
) -> None:
    memos.add(small, answer, "först", "eva")
    seen = held(small, answer)
    keep(elsewhere, [Draft(answer, "härifrån", seen)], "eva")
    (said,) = keep(small, [Draft(answer, "därifrån", seen)], "eva", SCOPE)
    assert "another window" in said
    assert texts(small) == ["härifrån\n\ndärifrån"]
    assert Session(small, "1", "q", "eva").undo().what == "rewrite a memo"
    assert texts(small) == ["härifrån"]


def test_two_windows_that_write_the_first_memo_make_one(small: Project, answer: Subject, elsewhere: Project) -> None:
    keep(elsewhere, [Draft(answer, "härifrån")], "eva")
    keep(small, [Draft(answer, "därifrån")], "eva")
    keep(small, [Draft(answer, "därifrån")], "eva")
    keep(small, [Draft(answer, "ola ser annat")], "ola")
    assert texts(small) == ["härifrån\n\ndärifrån", "ola ser annat"]


def test_a_memo_that_is_gone_by_now_is_written_anew_and_a_changed_one_is_not_removed(
    small: Project, answer: Subject, elsewhere: Project
) -> None:
    memos.add(small, answer, "först", "eva")
    seen = held(small, answer)
    memos.rewrite(elsewhere, seen.id, "annat", "eva")
    with pytest.raises(ProjectChangedError, match="changed this memo"):
        keep(small, [Draft(Subject(), "med det"), Draft(answer, "", seen)], "eva")
    assert texts(small) == ["annat"], "neither of the two was written"
    memos.remove(elsewhere, seen.id, "eva")
    assert keep(small, [Draft(answer, "", seen)], "eva") == []
    keep(small, [Draft(answer, "åter", seen)], "eva")
    assert texts(small) == ["åter"]


def test_two_texts_too_long_together_stand_beside_each_other(
    small: Project, answer: Subject, elsewhere: Project
) -> None:
    memos.add(small, answer, "först", "eva")
    seen = held(small, answer)
    keep(elsewhere, [Draft(answer, "å" * LONGEST, seen)], "eva")
    keep(small, [Draft(answer, "ä" * LONGEST, seen)], "eva")
    assert texts(small) == ["å" * LONGEST, "ä" * LONGEST]


def test_a_hundred_kilobytes_are_refused_and_nothing_is_written(small: Project, answer: Subject, rows_of: Rows) -> None:
    before = rows_of(small.path)
    with pytest.raises(CoderError, match="is the most"):
        keep(small, [Draft(Subject(), "kort"), Draft(answer, "x" * 100_000)], "eva")
    assert rows_of(small.path) == before


def test_a_memo_names_the_respondent_and_is_found_by_that_name(small: Project, answer: Subject) -> None:
    memos.add(small, Subject(Kind.SEGMENT, answer.id, Segment(4, 7)), "om två", "eva")
    (found,) = memos.memos(small, query="ALE om")
    assert (found.name, found.where, found.round, found.question) == ("Ale", "0114: två", "1", "q")


def test_a_memo_on_a_codebook_of_two_questions_is_one_of_both(small: Project) -> None:
    with small.file.writing() as db:
        db.conn.execute("insert into question (key, kind, codebook) select 'p', 'open', codebook from question limit 1")
    code = memos.subject_called(small, "q", code="tre")
    memos.add(small, code, "om tre", "eva")
    assert [len(memos.memos(small, question=key)) for key in ("p", "q", "ja")] == [1, 1, 0]
    assert len(memos.memos(small)) == 1


def test_a_memo_moves_no_count(small: Project, answer: Subject) -> None:
    def last() -> tuple[int, int]:
        with small.file.reading() as db:
            return history.last_coded(db, "1", "q"), history.last_that_counts(db, "1", "q")[0]

    before = last()
    memos.add(small, answer, "om svaret", "eva", SCOPE)
    Session(small, "1", "q", "eva").undo()
    assert last() == before


def test_another_text_of_an_answer_with_a_memo_is_refused(small: Project, small_files: Path, answer: Subject) -> None:
    memos.add(small, Subject(Kind.SEGMENT, answer.id, Segment(4, 7)), "om två", "eva")
    csv = small_files / "answers.csv"
    csv.write_text(csv.read_text(encoding="utf-8").replace("ett två tre,Ja\n0115", "ett,Ja\n0115"), encoding="utf-8")
    with pytest.raises(CoderError, match="0114"):
        import_answers(small, csv, small_files / "survey.toml")


def test_memos_reach_the_method_note_but_for_those_on_single_answers(small: Project, answer: Subject) -> None:
    for subject, text in (
        (Subject(), "om projektet"),
        (memos.subject_called(small, "q"), "om frågan"),
        (memos.subject_called(small, "q", theme="A"), "om temat"),
        (memos.subject_called(small, "q", code="A: ett"), "om koden"),
        (memos.subject_called(small, "q", code="lös"), "om en kod utan tema"),
        (memos.subject_called(small, "ja"), "om den slutna"),
        (answer, "hemligt"),
        (Subject(Kind.SEGMENT, answer.id, Segment(4, 7)), "hemligt"),
    ):
        memos.add(small, subject, text, "eva")
    _, note = noted(small, "q", "1")
    assert note.memos == ("om projektet", "q: om frågan", "A: om temat", "A: ett: om koden", "lös: om en kod utan tema")
    assert note.answer_memos == 2
    assert "Anteckningar om enskilda svar: 2." in "\n".join(method_words.lines(note))
    assert "hemligt" not in "\n".join(method_words.lines(note))
    assert noted(small, "ja", "1")[1].memos == ("om projektet", "ja: om den slutna")
