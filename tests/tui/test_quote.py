"""The quote of an example shortened by keys: words go, an ellipsis comes, and nothing else can be written."""

from typing import Any

from coder.tui.screens.quote import QuoteScreen
from tests.tui.driver import Driver


def kept(at: Driver) -> list[str]:
    text = at.standing.answer.text
    (coding,) = at.standing.work.codings
    return [one.of(coding.segment.of(text)) for one in coding.kept]


async def test_words_are_taken_out_and_put_back(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1", "f", "F")
        assert isinstance(at.app.screen, QuoteScreen)
        assert "”Svar dröjer. Närvaro saknas. Lång ledtid.”" in at.screen()
        await at.press("right", "right", "right", "space", "space", "space")
        assert "”Svar dröjer. … Lång ledtid.”" in at.screen()
        await at.press("home", "space", "home", "space", "end", "x")
        assert "”Svar dröjer. … Lång ledtid …”" in at.screen()
        await at.press("enter")
        assert kept(at) == ["Svar dröjer.", "Lång ledtid"]
        await at.press("F")
        assert "”Svar dröjer. … Lång ledtid …”" in at.screen()
        await at.press("a", "enter")
        assert kept(at) == []
        await at.press("u")
        assert kept(at) == ["Svar dröjer.", "Lång ledtid"]


async def test_all_before_or_from_the_cursor_on_goes_at_once(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1", "f", "F", "right", "right", "right", "b", "end", "left", "left", "e")
        assert "”… Närvaro saknas. …”" in at.screen()
        await at.press("down", "up", "enter")
        assert kept(at) == ["Närvaro saknas."]


async def test_nothing_can_be_written_and_escape_keeps_the_quote(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1", "f", "F", *"cdå", "1", "tab", "space", "escape")
        assert at.app.screen is at.app.workbench
        assert kept(at) == []


async def test_a_quote_keeps_at_least_one_word(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("a", "1", "f", "F", *(["space"] * 9), "enter")
        assert "the quote has no words left" in at.screen()
        await at.press("a", "enter")
        assert kept(at) == []


async def test_only_an_example_has_a_quote(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("F")
        assert "carries no code" in at.screen()
        await at.press("a", "1", "F")
        assert "f flags it as an example first" in at.screen()
        assert at.app.screen is at.app.workbench
