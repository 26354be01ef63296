"""The list of answers, filtered by how far they have come and by words."""

from typing import Any


async def test_the_list_is_filtered_by_state(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("0", "v", "v")
        assert "untouched: 4" in at.screen()
        await at.press("v")
        assert at.name == "Alby"
        assert "done: 1" in at.screen()
        await at.press("escape")
        assert "4 of 5 remain" in at.screen()


async def test_the_list_is_filtered_by_words(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("g", *"ledtid", "tab")
        assert [one.respondent.name for one in at.bench.shown] == ["Alby", "Åby"]
        await at.press("space")
        assert at.name == "Åby"
        await at.press("escape")
        assert len(at.bench.shown) == 5


async def test_a_narrow_screen_says_what_the_hidden_list_is_filtered_by_as_long_as_it_is(open_app: Any) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("0", "v")
        assert "the list shows not done answers: 4" in at.screen()
        await at.press("space")
        assert "the list shows" not in at.screen()
        assert "list · not done: 4" in at.screen()
        await at.press("v", "v", "v")
        assert "the list shows all answers: 5" in at.screen()
        await at.press("g", *"ledtid", "tab")
        assert "the list shows all answers with “ledtid”: 2" in at.screen()
        await at.press("space")
        assert "list · “ledtid”: 2" in at.screen()
        await at.press("escape")
        assert "4 of 5 remain" in at.screen()
        assert "list ·" not in at.screen()
