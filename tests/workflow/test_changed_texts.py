"""Answers whose text is another one when their file is imported again, after people or machines have worked on them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, Work, choose, give, mark_nothing, take_back
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.review import reject_all
from coder.storage import history, journal_past, works
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session
from tests.workflow.again import coded, import_again, texts
from tests.workflow.machine import machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
ONE = Coding(1, Segment(0, 3), "eva")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda work: give(work, ONE), id="a_coding"),
        pytest.param(lambda work: mark_nothing(work, "eva"), id="nothing_to_code"),
        pytest.param(lambda work: choose(give(give(work, ONE), Coding(2, Segment(4, 7), "eva")), 1, 2), id="a_choice"),
    ],
)
def test_another_text_of_a_worked_on_answer_is_refused_by_name_and_changes_nothing(
    small: Project, small_files: Path, rows_of: Rows, change: Callable[[Work], Work]
) -> None:
    coded(small, change)
    before = rows_of(small.path)
    with pytest.raises(CoderError, match=r"1 answer that is coded: 0114 \(q\)") as caught:
        import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Nej\n0115")
    assert "Nothing was imported" in caught.value.hint
    assert rows_of(small.path) == before


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(Work(cuts=(Segment(0, 3), Segment(4, 11))), id="drawn_segments"),
        pytest.param(Work(cuts=(Segment(0, 11),), done=True), id="done_without_a_code"),
    ],
)
def test_an_answer_with_no_coding_left_gets_its_other_text_and_is_begun_anew(
    small: Project, small_files: Path, left: Work
) -> None:
    session = coded(small, lambda work: give(work, ONE))
    session.apply(1, "take off", lambda _: left)
    with small.file.reading() as db:
        last, _ = history.last_event(db)
    report = import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    assert texts(small)["0114"] == "ett"
    session = Session(small, "1", "q", "eva")
    assert session.work(1) == Work()
    assert session.undo().what == ""
    assert any("1 answer with another text had segments drawn and no code" in note for note in report.notes)
    # What the journal leads back to is what stood there.
    with journal_past.copied(small.file) as copy:
        for event in journal_past.newest_first(copy, last):
            journal_past.take_back(copy, event)
        assert works.of_answer(copy, 1) == left


def test_where_only_a_machines_codings_stand_in_the_way_the_hint_says_how_they_go(
    small: Project, small_files: Path
) -> None:
    machine_codes(small, "q", "1", {1: {1: 0.9}, 2: {2: 0.8}})
    with pytest.raises(CoderError, match="1 answer that is coded") as caught:
        import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    assert "These only a machine has coded: x in the workbench takes its codes off one" in caught.value.hint
    assert "`coder autocode -r 1 --min-score 1` off all in the round; then import again" in caught.value.hint
    session = Session(small, "1", "q", "eva")
    session.apply(1, "reject", lambda work: replace(reject_all(work), cuts=(Segment(0, 11),)))
    import_again(small, small_files)  # the file with the other text
    assert texts(small)["0114"] == "ett"


def test_a_person_who_chose_among_a_machines_codes_stands_in_the_way_as_a_person(
    small: Project, small_files: Path
) -> None:
    machine_codes(small, "q", "1", {1: {1: 0.9, 2: 0.8}})
    coded(small, lambda work: choose(work, 1, 2))
    with pytest.raises(CoderError, match="1 answer that is coded") as caught:
        import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    assert "machine" not in caught.value.hint


def test_a_blanked_text_of_a_coded_answer_is_refused(small: Project, small_files: Path) -> None:
    coded(small, lambda work: give(work, ONE))
    with pytest.raises(CoderError, match="0114"):
        import_again(small, small_files, "ett två tre,Ja\n0115", ",Ja\n0115")


def test_every_changed_coded_answer_is_counted_and_ten_are_named(coded: Project, root: Path, tmp_path: Path) -> None:
    folder = root / "corpora" / "af-2023"
    text = (folder / "answers.csv").read_text(encoding="utf-8")
    (tmp_path / "answers.csv").write_text(text.replace(".", "!"), encoding="utf-8")
    with pytest.raises(CoderError, match=r"the text of \d{3} answers that are coded: .* and \d{2,3} more"):
        import_answers(coded, tmp_path / "answers.csv", folder / "survey.toml")


def test_what_was_undone_on_an_answer_cannot_be_redone_on_another_text(small: Project, small_files: Path) -> None:
    session = coded(small, lambda work: give(work, Coding(3, Segment(8, 11), "eva")))
    session.undo()
    import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    session = Session(small, "1", "q", "eva")
    assert session.redo().what == ""
    assert session.tally.codes.total() == 0


def test_a_coding_taken_back_does_not_return_to_another_text(small: Project, small_files: Path) -> None:
    coding = Coding(3, Segment(8, 11), "eva")
    coded(small, lambda work: give(work, coding), lambda work: take_back(work, coding), lambda work: Work())
    import_again(small, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    assert Session(small, "1", "q", "eva").undo().what == ""


def test_an_open_window_does_not_code_a_text_that_was_imported_anew(small: Project, small_files: Path) -> None:
    session = Session(small, "1", "q", "eva")
    answer = session.answers[0].id
    with open_project(small.path) as other:
        import_again(other, small_files, "ett två tre,Ja\n0115", "ett,Ja\n0115")
    with pytest.raises(ProjectChangedError, match="imported anew"):
        session.apply(answer, "give", lambda work: give(work, Coding(3, Segment(8, 11), "eva")))
    session.reload()
    assert session.answers[0].text == "ett"
    assert session.apply(answer, "give", lambda work: give(work, ONE)).decision[0].counted == ONE
