"""A second look at segments whose code was defined anew: one key each, remembered, undone, and taken up again."""

import sqlite3
from pathlib import Path
from typing import Any

from coder.domain.codebook_edits import Define
from coder.domain.coding import Coding, Segment, give
from coder.tui.screens.second_look import SecondLookScreen
from coder.tui.screens.theming import CodebookScreen
from coder.workflow.second_look import second_look
from tests.tui.conftest import session_at


def _coded(path: Path, definition: str = "Det tar [/] tid.") -> None:
    """Three answers, Alby, Berga and Crona, are given Svar dröjer, and the code is defined afterwards."""
    session = session_at(path, "anna")
    code = session.codebook.active[0].id
    for answer in (2, 3, 5):
        coding = Coding(code, Segment(0, 10), "anna")
        session.apply(answer, "code Svar dröjer", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    if definition:
        session.edit(Define(code, definition))
    session.project.close()


def _left(path: Path) -> list[str]:
    session = session_at(path, "anna")
    found = [look.answer.respondent.name for look in second_look(session.project, "hinder")]
    session.project.close()
    return found


async def test_a_new_definition_says_what_is_to_be_looked_at_and_the_walk_goes_through_it(
    open_app: Any, project: Path
) -> None:
    _coded(project, "")
    async with open_app() as at:
        await at.press("k", "tab", "home", "down", "d", *"Det tar [/] tid.", "escape")
        await at.until("L looks again at 3 segments")
        await at.press("L")
        assert isinstance(at.app.screen, SecondLookScreen)
        shown = at.screen()
        assert "second look: 1 of 3" in shown
        assert "3 left" in shown
        assert "then no definition" in shown
        assert "now  Det tar [/] tid." in shown
        assert "Alby" in shown
        await at.press("k")
        await at.until("second look: 2 of 3")
        await at.press("x", "space")
        await at.until("the end: 1 left for another time")
        await at.press("up", "up")
        assert "✗ taken off" in at.screen()
        await at.press("up")
        assert "✓ kept" in at.screen()
        await at.press("escape")
        assert isinstance(at.app.screen, CodebookScreen)
        assert at.bench.counts.codes[at.bench.all.codebook.active[0].id] == 2
    assert _left(project) == ["Crona"]
    async with open_app() as at:
        await at.press("L")
        assert "second look: 1 of 1" in at.screen()
        await at.press("slash", *"lång", "enter")
        await at.until("the end: every segment has been looked at")
        await at.press("up")
        assert "→ Lång ledtid" in at.screen()
        await at.press("escape", "L")
        assert "nothing to look at again" in at.screen()


async def test_undo_goes_back_to_the_segment_and_serves_it_again(open_app: Any, project: Path) -> None:
    _coded(project)
    async with open_app() as at:
        await at.press("L", "k")
        await at.until("✓ kept") if "1 of 3" in at.screen() else await at.until("2 left")
        await at.press("x", "u")
        await at.until("undone: code Svar dröjer off")
        assert "second look: 2 of 3" in at.screen()
        assert "2 left" in at.screen()
        await at.press("u")
        await at.until("undone: keep Svar dröjer")
        assert "second look: 1 of 3" in at.screen()
        assert "3 left" in at.screen()
        await at.press("u")
        await at.until("undone: define Svar dröjer")
        assert "every segment has been looked at" in at.screen()
    assert _left(project) == []


async def test_enter_leaves_for_the_answer_with_the_rest_to_be_looked_at_later(open_app: Any, project: Path) -> None:
    _coded(project)
    async with open_app() as at:
        await at.press("L", "space", "enter")
        assert at.app.screen is at.app.workbench
        assert at.name == "Berga"
    assert len(_left(project)) == 3


async def test_what_another_window_does_meanwhile_is_shown_and_never_overwritten(open_app: Any, project: Path) -> None:
    _coded(project)
    async with open_app() as at:
        await at.press("L")
        other = session_at(project)
        answer = next(one for one in other.answers if one.respondent.name == "Alby")
        other.apply(answer.id, "off", lambda work: type(work)())
        code = at.bench.all.codebook.active[0].id
        other.edit(Define(code, "Något annat."))
        await at.press("k")
        await at.until("2 left")
        assert any("taken the code off" in one.message for one in at.app._notifications)
        await at.press("k", "k")
        await at.until("the end: every")
        other.project.close()
    assert _left(project) == []


async def test_long_definitions_are_cut_to_where_they_differ_and_shown_in_full_on_demand(
    open_app: Any, project: Path
) -> None:
    first = " ".join(f"Ord{number}." for number in range(60))
    session = session_at(project, "anna")
    code = session.codebook.active[0].id
    session.edit(Define(code, first))
    session.project.close()
    async with open_app(size=(80, 24)) as at:
        await at.press("1", "k", "tab", "down", "d", *" Nytt.", "escape", "L")
        shown = at.screen()
        assert "Ord59. Nytt." in shown
        assert "Svar dröjer. Närvaro saknas." in shown
        assert "Ord0." not in shown
        await at.press("d")
        assert "then Ord0. Ord1." in at.screen()
        await at.press("d")
        assert "Ord0." not in at.screen()


async def test_the_segment_is_in_sight_in_a_long_answer(open_app: Any, project: Path) -> None:
    connection = sqlite3.connect(project)
    text = "\n".join(f"Rad {number}." for number in range(80))
    connection.execute("update answer set text = ?, raw = ? where id = 2", (text, text))
    connection.commit()
    connection.close()
    session = session_at(project, "anna")
    code, start = session.codebook.active[0].id, text.index("Rad 60.")
    coding = Coding(code, Segment(start, start + 7), "anna")
    session.apply(2, "code", lambda work: give(work, coding))
    session.edit(Define(code, "Ny."))
    session.project.close()
    async with open_app(size=(80, 24)) as at:
        await at.press("L")
        await at.until("Rad 60.")
        assert "Rad 0." not in at.screen()


async def test_every_line_of_it_fits_eighty_columns(open_app: Any, project: Path) -> None:
    _coded(project)
    async with open_app(size=(80, 24)) as at:
        await at.press("L")
        assert "Esc back" in at.screen()
        await at.press("question_mark")
        assert "the code still fits: keep it" in at.screen()
        await at.press("escape", "escape")
        assert at.app.screen is at.app.workbench
