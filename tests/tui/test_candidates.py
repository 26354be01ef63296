"""Candidates for new codes at the workbench: read in their answers, made codes of, dismissed, and taken back."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work, give
from coder.tui.screens.candidates import CandidatesScreen
from coder.tui.widgets.candidate_list import CandidateList, PassageList
from coder.workflow.audit import draw_audit
from coder.workflow.project import open_project
from tests.tui.conftest import session_at
from tests.tui.driver import Driver
from tests.workflow.machine import found_alike, machine_codes

Q = ("hinder", "2023")
ABY, ALBY, BERGA, ODBY, CRONA = range(1, 6)
ABSENT, SLOW = 2, 3
WAITING = {
    ("sist", "[b]x"): [(ABY, Segment(0, 17)), (ALBY, Segment(13, 28)), (CRONA, Segment(0, 7))],
    ("vänta",): [(BERGA, Segment(0, 34)), (ODBY, Segment(0, 5))],
}


@pytest.fixture
def found(project: Path) -> Path:
    """Two candidates: one of three answers, one of two."""
    with open_project(project) as held:
        found_alike(held, *Q, WAITING)
    return project


def _given(at: Driver, name: str) -> list[tuple[int, str]]:
    """The answers and snippets that a code was given to."""
    book = at.bench.all.codebook
    return [
        (number, coding.segment.of(one.answer.text))
        for number, one in at.bench.standings.items()
        for coding in one.work.codings
        if book.code_name(coding.code) == name
    ]


async def test_a_candidate_becomes_a_code_of_the_ticked_segments_in_one_step(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        assert "N 2 new" in at.screen()
        await at.press("N")
        assert isinstance(at.app.screen, CandidatesScreen)
        shown = at.screen()
        assert "2 wait" in shown
        assert "sist, [b]x" in shown
        assert "3 segments of 3 answers" in shown
        assert "Det är lång ledtid." in shown  # the answer around the segment
        await at.press("space", "down", "space")
        assert "3 segments, 1 left out" in at.screen()
        await at.press("n", *"Telefonkö", "enter")
        assert "theme of Telefonkö" in at.screen()
        await at.press("enter")
        assert "new code Telefonkö: 2 segments" in at.screen()
        assert "1 wait" in at.screen()
        assert _given(at, "Telefonkö") == [(ABY, "Sist i alfabetet."), (CRONA, "[/] [b]")]
        await at.press("u")
        assert "undone: new code Telefonkö: 2 segments" in at.screen()
        assert "2 wait" in at.screen()
        assert _given(at, "Telefonkö") == []
        await at.press("ctrl+y")
        assert "1 wait" in at.screen()
        await at.press("escape")
        assert "N 1 new" in at.screen()


async def test_it_can_be_given_a_code_that_is_there_or_a_new_one_in_a_theme(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        await at.press("N", "n", *"närvaro saknas", "enter")
        assert "code Närvaro saknas: 3 segments" in at.screen()
        assert [number for number, _ in _given(at, "Närvaro saknas")] == [ABY, ALBY, CRONA]
        await at.press("n", *"Väntan", "down", "enter", *"ineff", "enter")
        assert "new code Väntan to the theme Ineffektiv: 2 segments" in at.screen()
        assert "no candidates for new codes wait" in at.screen()
        assert "`coder autocode` looks for what is alike" in at.screen()
        await at.press("n", "x", "space", "tab", "enter")  # nothing there to be done anything to
        await at.press("escape", "u", "u")
        assert "undone: code Närvaro saknas: 3 segments" in at.screen()
        assert not any(one.work.codings for one in at.bench.standings.values())
        assert "N 2 new" in at.screen()


async def test_without_the_theme_typed_it_is_said_what_to_do_and_esc_goes_back_to_the_name_as_typed(
    open_app: Any, found: Path
) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("N", "n", *"Telefonkö", "enter")
        assert "Ineffektiv  2 codes" in at.screen()
        await at.press(*"zz")
        assert "no such theme: empty the line, take none yet; k gives it one later" in at.screen()
        await at.press("enter")
        assert "theme of Telefonkö" in at.screen()
        await at.press("escape")
        assert "code of 3 segments  Telefonkö" in at.screen()
        await at.press(*"er", "enter", "enter")
        assert "new code Telefonköer: 3 segments" in at.screen()
        await at.press("escape", "k")
        assert "Without a theme: 2" in at.screen()
        await at.press("down", "m", *"ineff", "enter", "y")
        assert "Without a theme: 1" in at.screen()
        home = at.bench.all.codebook.find("Ineffektiv", "Telefonköer")
        assert home is not None
        await at.press("escape", "N", "n", *"Kö", "enter", "escape", "escape")
        assert isinstance(at.app.screen, CandidatesScreen)
        assert "1 wait" in at.screen()


async def test_the_clashes_that_a_new_code_makes_are_told(open_app: Any, found: Path) -> None:
    session = session_at(found, "anna")
    session.apply(ALBY, "code", lambda work: give(work, Coding(SLOW, Segment(29, 41), "anna")))
    session.project.close()
    async with open_app() as at:
        await at.press("N", "tab", "down", "space", "n", *"Kö", "enter", *"ineff", "enter")
        assert "new code Kö to the theme Ineffektiv: 2 segments  " in at.screen()
        await at.press("u")
        await at.press("down", "space", "n", *"Kö", "enter", *"ineff", "enter")
        assert "new code Kö to the theme Ineffektiv: 3 segments; 1 new clash: l in the workbench" in at.screen()


async def test_what_people_have_coded_since_is_shown_and_left_out(open_app: Any, found: Path) -> None:
    session = session_at(found, "anna")
    session.apply(ALBY, "code", lambda work: give(work, Coding(ABSENT, Segment(13, 28), "anna")))
    session.apply(ODBY, "nothing", lambda _: Work(nothing_by="anna"))
    session.project.close()
    async with open_app() as at:
        await at.press("N")
        shown = at.screen()
        assert "2 segments of 2 answers" in shown
        assert "3 segments, 1 left out" in shown
        assert "coded Närvaro saknas" in shown
        await at.press("n", *"Kö", "enter", "enter")
        assert [number for number, _ in _given(at, "Kö")] == [ABY, CRONA]
        assert "nothing to code" in at.screen()
        await at.press("n", *"Väntetid", "enter", "enter")
        assert [number for number, _ in _given(at, "Väntetid")] == [BERGA]


async def test_a_dismissed_candidate_is_gone_until_that_is_undone(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        await at.press("N", "x")
        assert "dismiss the candidate sist, [b]x" in at.screen()
        assert "1 wait" in at.screen()
        await at.press("escape")
        assert "N 1 new" in at.screen()
        await at.press("u")
        assert "undone: dismiss the candidate sist, [b]x" in at.screen()
        assert "N 2 new" in at.screen()
        await at.press("N", "x", "x")
        assert "no candidates for new codes wait" in at.screen()
        assert not at.app._notifications


async def test_enter_goes_to_the_segments_and_then_to_the_answer_at_the_segment(open_app: Any, found: Path) -> None:
    async with open_app(size=(80, 24)) as at:
        assert "N 2 new" in at.screen()
        await at.press("N", "enter")
        assert isinstance(at.app.screen.focused, PassageList)
        await at.press("down", "enter")
        assert at.app.screen is at.app.workbench
        assert (at.name, at.segment) == ("Alby", "Närvaro saknas.")


async def test_without_a_ticked_segment_nothing_is_made(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        await at.press("N", "down", "space", "space", "space", "n")
        assert "every text is left out" in at.screen()
        assert isinstance(at.app.screen, CandidatesScreen)
        await at.press("tab")
        assert isinstance(at.app.screen.focused, CandidateList)
        await at.press("question_mark")
        assert "offer the candidate no more" in at.screen()
        await at.press("escape", "escape")
        assert at.app.screen is at.app.workbench


async def test_an_answer_that_is_coded_blind_has_no_part_in_it_until_someone_is_done(
    open_app: Any, found: Path
) -> None:
    with open_project(found) as held:
        machine_codes(held, *Q, {ABY: {1: 0.9}})
        draw_audit(held, *Q, analyst="anna", size=5, seed="a")
    async with open_app() as at:
        assert " new" not in at.screen().split("Codebook: respondents")[1].splitlines()[0]
        await at.press("N")
        assert "no candidates for new codes wait" in at.screen()
    session = session_at(found, "anna")
    for answer in (ABY, ALBY):
        session.apply(answer, "done", lambda work: Work(done=True))
    session.project.close()
    async with open_app() as at:
        await at.press("N")
        assert "2 segments of 2 answers" in at.screen()


async def test_what_another_window_has_dealt_with_is_not_overwritten(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        await at.press("N")
        other = session_at(found)
        other.apply(ABY, "code", lambda work: give(work, Coding(3, Segment(0, 17), "bo", Origin.HAND)))
        await at.press("n", *"Kö", "enter", "enter")
        assert any("has dealt with this candidate" in one.message for one in at.app._notifications)
        assert _given(at, "Kö") == []
        assert "coded Lång ledtid" in at.screen()
        assert "3 segments, 1 left out" in at.screen()
        other.project.close()


async def test_what_was_asked_for_is_done_to_its_end_though_the_screen_is_left(open_app: Any, found: Path) -> None:
    async with open_app() as at:
        await at.press("N", "n", *"Kö", "enter", "enter", "escape")
        assert at.app.screen is at.app.workbench
        await at.until("N 1 new")
        assert [number for number, _ in _given(at, "Kö")] == [ABY, ALBY, CRONA]
        await at.press("N", "u", "escape")
        await at.until("N 2 new")
        assert _given(at, "Kö") == []
