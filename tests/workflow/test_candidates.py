"""Candidates for new codes: kept with their run, made codes of in one step, dismissed, and what becomes of old ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.codebook_edits import Retire
from coder.domain.coding import Coding, Origin, Segment, Work, give, mark_nothing
from coder.domain.errors import CoderError, ProjectChangedError
from coder.workflow.audit import draw_audit
from coder.workflow.autocode import autocode
from coder.workflow.candidates import Waiting, dismiss, take, waiting
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session
from tests.workflow.machine import found_alike, machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
# What undoing leaves behind: the journal itself, what can be redone, where the analyst stood, and used-up numbers.
TRACES = {"event", "undo", "place", "sqlite_sequence"}
# The answers: "ett två tre", "ett två roller", "lös sak och tre", (blank), "inget alls", "ett två tre roller".
ALE, ASELE, ZORN, _, BO, DAL = range(1, 7)
FOUND = {
    ("ett", "två"): [(ALE, Segment(0, 3)), (ALE, Segment(4, 7)), (ASELE, Segment(0, 7)), (DAL, Segment(8, 18))],
    ("sak",): [(ZORN, Segment(4, 7)), (BO, Segment(0, 10))],
}


@pytest.fixture
def found(small: Project) -> Project:
    """The small survey, of which a machine has coded some, with two candidates."""
    machine_codes(small, "q", "1", {DAL: {1: 0.9}}, at={1: Segment(0, 3)})
    found_alike(small, "q", "1", FOUND)
    return small


def told(project: Project) -> dict[tuple[str, ...], list[tuple[int, str, bool]]]:
    """The candidates that wait, with the answer, the words and the state of each text."""
    return {
        one.words: [(each.answer.id, each.snippet, each.open) for each in one.passages]
        for one in waiting(project, "q", "1")
    }


def first(project: Project) -> Waiting:
    return waiting(project, "q", "1")[0]


def test_an_open_window_notices_a_run_that_codes_nothing_and_finds_candidates(small: Project) -> None:
    window = Session(small, "1", "q", "eva")
    with open_project(small.path) as other:
        found_alike(other, "q", "1", FOUND)
    assert window.changed_elsewhere()
    window.reload()
    assert not window.changed_elsewhere()


def test_they_wait_in_the_order_of_the_run_with_their_texts(found: Project) -> None:
    one, other = waiting(found, "q", "1")
    assert (one.words, one.respondents, len(one.open)) == (("ett", "två"), 3, 4)
    assert [(each.answer.respondent.name, each.snippet) for each in other.passages] == [
        ("Zorn", "sak"),
        ("Bo", "inget alls"),
    ]
    with open_project(found.path) as again:
        assert waiting(again, "q", "1") == (one, other)
    assert waiting(found, "q", "2") == ()


def test_a_candidate_becomes_a_code_by_hand_that_the_rule_counts_once_a_theme(found: Project, rows_of: Rows) -> None:
    session = Session(found, "1", "q", "eva")
    session.apply(ALE, "code", lambda work: give(work, Coding(4, Segment(8, 11), "eva")))
    before = {name: rows for name, rows in rows_of(found.path).items() if name not in TRACES}
    one = first(found)
    what = take(session, one, one.passages[:3], "Räkneord", theme=2)
    assert what == "new code Räkneord to the theme B: 3 segments"
    new = next(code for code in session.codebook.codes if code.name == "Räkneord")
    given = {
        number: [(one.segment, one.analyst, one.origin) for one in session.work(number).codings if one.code == new.id]
        for number in (ALE, ASELE, DAL)
    }
    assert given == {
        ALE: [(Segment(0, 3), "eva", Origin.HAND), (Segment(4, 7), "eva", Origin.HAND)],
        ASELE: [(Segment(0, 7), "eva", Origin.HAND)],
        DAL: [],
    }
    # Code 4 is of that theme too: a clash, counted once; two segments of one code are counted once as well.
    assert [(one.theme, one.clash) for one in session.decision(ALE)] == [(2, True)]
    assert session.tally.themes[2] == 2
    assert [one.words for one in waiting(found, "q", "1")] == [("sak",)]
    moved = session.undo()
    assert (moved.what, moved.several) == (what, True)
    assert {name: rows for name, rows in rows_of(found.path).items() if name not in TRACES} == before
    assert first(found) == one
    assert session.redo().what == what
    assert [one.words for one in waiting(found, "q", "1")] == [("sak",)]


def test_a_candidate_may_be_of_a_code_that_is_there(found: Project) -> None:
    session = Session(found, "1", "q", "eva")
    one = first(found)
    assert take(session, one, one.open, 2) == "code två: 4 segments"
    assert session.tally.codes[2] == 3
    assert session.codebook == Session(found, "1", "q", "eva").codebook
    assert session.undo().several
    assert session.tally.codes[2] == 0
    session.edit(Retire(2))
    with pytest.raises(CoderError, match="merged or retired"):
        take(session, one, one.open, 2)
    assert first(found) == one


@pytest.mark.parametrize(
    ("name", "theme", "words"),
    [("", None, "without a name"), ("lös", None, "already"), ("ett", 1, "already"), ("ny", 99, "no theme number 99")],
)
def test_what_cannot_be_made_changes_nothing(
    found: Project, rows_of: Rows, name: str, theme: int | None, words: str
) -> None:
    before, one = rows_of(found.path), first(found)
    with pytest.raises(CoderError, match=words):
        take(Session(found, "1", "q", "eva"), one, one.open, name, theme)
    with pytest.raises(CoderError, match="no text is left"):
        take(Session(found, "1", "q", "eva"), one, (), "ny")
    assert rows_of(found.path) == before


def test_what_people_decide_is_shown_and_a_candidate_of_which_nothing_is_left_falls_away(found: Project) -> None:
    session = Session(found, "1", "q", "eva")
    session.apply(ZORN, "code", lambda work: give(work, Coding(6, Segment(0, 15), "eva")))
    assert told(found)["sak",] == [(ZORN, "sak", False), (BO, "inget alls", True)]
    (code,) = waiting(found, "q", "1")[1].passages[0].codes
    assert code == 6
    session.apply(BO, "nothing", lambda work: mark_nothing(work, "eva"))
    assert ("sak",) not in told(found)
    session.undo()
    assert told(found)["sak",] == [(ZORN, "sak", False), (BO, "inget alls", True)]


def test_being_done_without_a_code_leaves_a_text_open(found: Project) -> None:
    Session(found, "1", "q", "eva").apply(BO, "done", lambda _: Work(done=True))
    assert (BO, "inget alls", True) in told(found)["sak",]


def test_an_answer_that_was_imported_anew_falls_away(found: Project, small_files: Path) -> None:
    answers = small_files / "answers.csv"
    answers.write_text(answers.read_text(encoding="utf-8").replace("inget alls", "något annat"), encoding="utf-8")
    import_answers(found, answers, small_files / "survey.toml")
    assert told(found)["sak",] == [(ZORN, "sak", True)]


def test_a_code_of_several_answers_is_not_given_again_where_one_of_them_has_another_text(
    found: Project, small_files: Path
) -> None:
    session, one = Session(found, "1", "q", "eva"), waiting(found, "q", "1")[1]
    take(session, one, one.open, "ny")
    session.undo()
    answers = small_files / "answers.csv"
    answers.write_text(answers.read_text(encoding="utf-8").replace("inget alls", "ok"), encoding="utf-8")
    import_answers(found, answers, small_files / "survey.toml")
    assert session.redo().what == ""
    assert not session.standing(BO).work.codings


def test_an_answer_of_an_open_audit_has_no_part_in_them(found: Project) -> None:
    one = first(found)
    draw_audit(found, "q", "1", analyst="eva", size=5, seed="a")
    assert told(found) == {}
    with pytest.raises(ProjectChangedError):
        take(Session(found, "1", "q", "eva"), one, one.open, "ny")
    session = Session(found, "1", "q", "eva")
    session.apply(ALE, "done", lambda _: Work(done=True))
    assert told(found) == {("ett", "två"): [(ALE, "ett", True), (ALE, "två", True)]}


def test_what_was_dismissed_stays_so_when_the_same_run_finds_less(found: Project) -> None:
    session = Session(found, "1", "q", "eva")
    dismiss(session, first(found))
    found_alike(found, "q", "1", {("ett",): [(ALE, Segment(0, 3)), (ASELE, Segment(0, 7))]})
    assert told(found) == {}
    session.undo()
    assert list(told(found)) == [("ett", "två"), ("ett",)]


def test_the_next_run_takes_their_place_and_the_same_run_changes_nothing(found: Project, rows_of: Rows) -> None:
    session = Session(found, "1", "q", "eva")
    dismiss(session, first(found))
    before = rows_of(found.path)["candidate"]
    found_alike(found, "q", "1", FOUND)
    assert rows_of(found.path)["candidate"] == before
    part, more = [(ALE, Segment(0, 3)), (DAL, Segment(8, 18))], [(ALE, Segment(0, 3)), (BO, Segment(0, 5))]
    found_alike(found, "q", "1", {("ett",): part, ("inget",): more}, seed=1)
    assert list(told(found)) == [("inget",)]  # all of the other one had been dismissed
    session.undo()
    assert list(told(found)) == [("ett",), ("inget",)]
    found_alike(found, "q", "1", {}, seed=2)
    assert told(found) == {}


def test_undo_after_a_later_run_takes_the_code_back_and_leaves_the_newer_candidates(found: Project) -> None:
    session = Session(found, "1", "q", "eva")
    one = first(found)
    take(session, one, one.open, "ny")
    found_alike(found, "q", "1", {("sak",): FOUND["sak",]}, seed=1)
    session.undo()
    assert [code.name for code in session.codebook.codes if code.name == "ny"] == []
    assert list(told(found)) == [("sak",)]


def test_candidates_of_whole_answers_are_coded_as_whole_answers(small: Project) -> None:
    found_alike(small, "q", "1", {("inget",): [(BO, Segment(0, 10))]}, unit="answer")
    session = Session(small, "1", "q", "eva")
    take(session, first(small), first(small).open, "ny")
    assert [(one.segment, one.whole) for one in session.work(BO).codings] == [(Segment(0, 10), True)]


def test_two_windows_cannot_deal_with_one_candidate_twice(found: Project) -> None:
    one = first(found)
    with open_project(found.path) as other:
        dismiss(Session(other, "1", "q", "bo"), one)
    session = Session(found, "1", "q", "eva")
    with pytest.raises(ProjectChangedError, match="dealt with"):
        take(session, one, one.open, "ny")
    with pytest.raises(ProjectChangedError, match="dealt with"):
        dismiss(session, one)


def test_what_a_run_over_the_corpus_finds_alike_is_kept_with_every_text_and_becomes_a_code(
    coded: Project, root: Path
) -> None:
    folder = root / "corpora" / "af-2024"
    import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    report = autocode(coded, "bra", "2024")
    kept = waiting(coded, "bra", "2024")
    assert [(one.words, one.respondents) for one in kept] == [(one.words, one.answers) for one in report.candidates]
    for one, candidate in zip(kept, report.candidates, strict=True):
        assert set(candidate.examples) <= {each.snippet for each in one.passages}
        assert set(candidate.respondents) <= {each.answer.respondent.key for each in one.passages}
    session = Session(coded, "2024", "bra", "eva")
    take(session, kept[0], kept[0].open, "Ny kod")
    assert {row.name: row.count.count for row in session.table().unthemed}["Ny kod"] == kept[0].respondents
