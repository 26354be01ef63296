"""Importing answers: again, with more respondents, with other texts, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, give
from coder.domain.errors import CoderError
from coder.domain.tables import OptionTable
from coder.workflow.intake import IntakeReport, add_codebook, import_answers, new_project
from coder.workflow.project import Project, create
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.again import coded, import_again, texts

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
ONE = Coding(1, Segment(0, 3), "eva")


def test_an_import_says_what_it_read(small_files: Path) -> None:
    with new_project(small_files / "new.db", [small_files / "codebook.yaml"]) as project:
        report = import_again(project, small_files)
    assert (report.round, report.respondents, report.new, report.unchanged, report.frame) == ("1", 6, 6, 0, 10)
    assert (report.answered, report.blank) == ({"q": 5, "ja": 5}, {"q": 1, "ja": 1})
    assert (report.changed.first, report.notes) == ([], [])


def test_the_same_file_again_changes_nothing(small: Project, small_files: Path, rows_of: Rows) -> None:
    coded(small, lambda work: give(work, ONE))
    before = rows_of(small.path)
    report = import_again(small, small_files)
    assert rows_of(small.path) == before
    assert (report.new, report.unchanged, report.changed.first) == (0, 6, [])


def test_the_coded_corpus_imported_again_changes_nothing(coded: Project, root: Path, rows_of: Rows) -> None:
    before = rows_of(coded.path)
    folder = root / "corpora" / "af-2023"
    report = import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    assert rows_of(coded.path) == before
    assert (report.new, report.unchanged) == (0, 227)


def test_new_respondents_are_added_and_the_coded_stay(small: Project, small_files: Path) -> None:
    coded(small, lambda work: give(work, ONE))
    report = import_again(small, small_files, "0115,", "0200,Ny,land,ny text,Ja\n0115,")
    assert (report.new, report.unchanged) == (1, 6)
    assert texts(small)["0200"] == "ny text"
    found = table(small, "q", "1")
    assert found.base == 6
    assert coded(small).tally.codes[1] == 1


def test_respondents_who_are_not_in_the_file_stay_and_are_told_of(small: Project, small_files: Path) -> None:
    report = import_again(small, small_files, "0118,Bo,stad,inget alls,\n", "")
    assert "0118" in texts(small)
    assert report.notes == ["1 respondent of the round is not in this file; it stays as it is"]


def test_another_text_of_an_untouched_answer_is_taken(small: Project, small_files: Path) -> None:
    coded(small, lambda work: give(work, ONE))
    report = import_again(small, small_files, "inget alls", "något ändå")
    assert texts(small)["0118"] == "något ändå"
    assert report.changed.first == ["0118"]


def test_a_blank_answer_may_get_its_text_and_enters_the_base(small: Project, small_files: Path) -> None:
    assert table(small, "q", "1").base == 5
    import_again(small, small_files, ",  ,", ",sen text,")
    assert table(small, "q", "1").base == 6


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        pytest.param("roller,Nej", "roller,Ja", (5, 4), id="another_option"),
        pytest.param("roller,Nej", "roller,", (4, 3), id="taken_out"),
        pytest.param("inget alls,", "inget alls,Ja", (6, 4), id="added"),
    ],
)
def test_a_closed_answer_follows_the_file(
    small: Project, small_files: Path, old: str, new: str, counts: tuple[int, int]
) -> None:
    report = import_again(small, small_files, old, new)
    found = table(small, "ja", "1")
    assert isinstance(found, OptionTable)
    assert (found.base, found.options[0].count.count) == counts
    assert report.changed.count == 1


def test_names_and_attributes_follow_the_file(small: Project, small_files: Path) -> None:
    report = import_again(small, small_files, "0114,Ale,stad", "0114,Ale stad,land")
    respondent = Session(small, "1", "q", "eva").answers[0].respondent
    assert (respondent.name, dict(respondent.attributes)) == ("Ale stad", {"grupp": "land"})
    assert report.changed.first == ["0114"]


def test_the_corpus_import_points_out_who_was_not_meant_to_answer(intake_report: IntakeReport) -> None:
    (note,) = intake_report.notes
    assert note.startswith("question webbsida_betyg: 1 answered it although the routing does not lead there")


def test_more_respondents_than_the_frame_are_pointed_out(small: Project, small_files: Path) -> None:
    survey = small_files / "survey.toml"
    survey.write_text(survey.read_text(encoding="utf-8").replace("frame = 10", "frame = 5"), encoding="utf-8")
    assert import_again(small, small_files).notes == ["6 respondents, more than the frame of 5"]


@pytest.mark.parametrize(
    ("replaced", "wrong"),
    [
        pytest.param({'codebook = "t"': 'codebook = "u"'}, "which the project does not hold", id="unknown_codebook"),
        pytest.param(
            {'key = "q"': 'key = "x"', 'key = "ja"': 'key = "q"'}, "was open t in an earlier", id="another_kind"
        ),
    ],
)
def test_a_survey_that_does_not_fit_the_project_is_refused(
    small: Project, small_files: Path, rows_of: Rows, replaced: dict[str, str], wrong: str
) -> None:
    survey = small_files / "survey.toml"
    text = survey.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(old, new)
    survey.write_text(text, encoding="utf-8")
    before = rows_of(small.path)
    with pytest.raises(CoderError, match=wrong):
        import_again(small, small_files)
    assert rows_of(small.path) == before


def test_a_codebook_of_a_taken_key_is_refused(small: Project, small_files: Path, rows_of: Rows) -> None:
    before = rows_of(small.path)
    with pytest.raises(CoderError, match="'t' already"):
        add_codebook(small, small_files / "codebook.yaml")
    assert rows_of(small.path) == before


def test_two_codebooks_of_one_key_make_no_project(small_files: Path) -> None:
    with pytest.raises(CoderError, match="'t'"):
        new_project(small_files / "new.db", [small_files / "codebook.yaml"] * 2)
    assert not (small_files / "new.db").exists()


def test_an_existing_project_is_refused_and_left(small_files: Path) -> None:
    before = (small_files / "small.db").read_bytes()
    with pytest.raises(CoderError, match="exists already"):
        create(small_files / "small.db", [])
    assert (small_files / "small.db").read_bytes() == before
