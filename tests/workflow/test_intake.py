"""Importing answers: again, with more respondents, with other texts, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, Work, choose, give, mark_nothing, take_back
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.review import reject_all
from coder.domain.tables import OptionTable
from coder.storage import history, journal_past, surveys, works
from coder.workflow.intake import IntakeReport, add_codebook, import_answers, new_project
from coder.workflow.project import Project, create, open_project
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.machine import machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
ONE = Coding(1, Segment(0, 3), "eva")


def import_again(project: Project, folder: Path, old: str = "", new: str = "") -> IntakeReport:
    """Import the small survey's answers with one piece of the file replaced."""
    file = folder / "answers.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return import_answers(project, file, folder / "survey.toml")


def texts(project: Project) -> dict[str, str]:
    with project.file.reading() as db:
        return {answer.respondent.key: answer.text for answer in surveys.answers(db, "1", "q")}


def coded(project: Project, *changes: Callable[[Work], Work], respondent: str = "0114") -> Session:
    """A session in which the changes have been decided about a respondent's answer."""
    session = Session(project, "1", "q", "eva")
    (answer,) = [one.id for one in session.answers if one.respondent.key == respondent]
    for change in changes:
        session.apply(answer, "decide", change)
    return session


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
