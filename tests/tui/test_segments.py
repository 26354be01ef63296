"""Segments: split, joined, drawn, or the whole answer."""

from typing import Any

from coder.domain.coding import Segment
from coder.tui.widgets.answer_view import AnswerView


async def test_split_at_the_caret_and_code_both_parts(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("right", "s")
        assert at.segment == "Svar"
        await at.press("1", "2")
        assert [snippet for _, snippet in at.codes()] == ["Svar", "dröjer."]


async def test_split_needs_a_caret_inside(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("s")
        assert at.standing.work.cuts is None
        assert "move the caret" in at.screen()


async def test_the_caret_moves_by_characters_too(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("shift+right", "shift+right", "shift+left")
        assert at.bench.reading.caret == 1
        await at.press("left")
        assert at.bench.reading.caret == 0


async def test_join_with_the_next(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("j")
        assert at.segment == "Svar dröjer. Närvaro saknas."
        await at.press("1")
        assert at.codes() == [("Svar dröjer", "Svar dröjer. Närvaro saknas.")]


async def test_the_whole_answer(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1")
        coding = at.standing.work.codings[0]
        assert coding.whole
        assert coding.segment == Segment(0, len(at.standing.answer.text))
        assert "the whole answer" in at.screen()
        await at.press("a")
        assert at.segment == "Svar dröjer."


async def test_a_drag_makes_a_segment_of_whole_words(open_app: Any) -> None:
    async with open_app() as at:
        view = at.app.workbench.query_one(AnswerView)
        await at.pilot.mouse_down(view, offset=(4, 1))
        await at.pilot.hover(view, offset=(5, 1))
        await at.pilot.mouse_up(view, offset=(5, 1))
        await at.settle()
        assert at.segment == "Närvaro"
        await at.press("1")
        assert at.codes()[0][1] == "Närvaro"


async def test_a_click_makes_the_segment_active(open_app: Any) -> None:
    async with open_app() as at:
        await at.pilot.click(at.app.workbench.query_one(AnswerView), offset=(4, 2))
        await at.settle()
        assert at.segment == "Lång ledtid."


async def test_cuts_survive_reopening(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("j")
    async with open_app() as at:
        assert at.segment == "Svar dröjer. Närvaro saknas."
