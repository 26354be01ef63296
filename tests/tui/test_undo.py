"""Undo and redo, without end and over restarts; the place is kept."""

from typing import Any


async def test_undo_goes_to_the_answer_concerned_and_says_what_was_undone(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "space", "space")
        assert at.name == "Crona"
        await at.press("u")
        assert at.name == "Alby"
        assert at.segment == "Svar dröjer."
        assert at.codes() == []
        assert "undone: code Svar dröjer" in at.screen()
        await at.press("r")
        assert at.codes() == [("Svar dröjer", "Svar dröjer.")]
        assert "done again: code Svar dröjer" in at.screen()


async def test_undo_reaches_back_over_a_restart(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "enter", "0")
    async with open_app() as at:
        await at.press("u", "u", "u", "u")
        assert at.name == "Alby"
        assert at.codes() == []
        await at.press("u")
        assert "nothing to be undone" in at.screen()
    async with open_app() as at:
        await at.press("ctrl+y", "r")
        assert [name for name, _ in at.codes()] == ["Svar dröjer", "Närvaro saknas"]


async def test_keys_after_undo_wait_for_it(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "u", "2")
        assert at.codes() == [("Närvaro saknas", "Svar dröjer.")]


async def test_reopening_stands_at_the_same_answer_and_segment(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("space", "space", "down")
        name, segment = at.name, at.segment
        await at.press("q")
    async with open_app() as at:
        assert (at.name, at.segment) == (name, segment)


async def test_the_place_is_kept_with_every_decision_even_without_leaving_properly(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("space", "1", "p", "1")
        assert at.bench.place().segment == 1
    async with open_app() as at:
        assert at.segment == "Närvaro saknas."
