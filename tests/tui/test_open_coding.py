"""New codes while coding, by keys."""

from typing import Any

from tests.tui.driver import Driver


def _loose(at: Driver) -> list[str]:
    return [code.name for code in at.bench.all.codebook.codes_of(None)]


async def test_a_new_code_is_typed_given_and_undone_in_one_step(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("n", *"Kö", "enter")
        assert at.codes() == [("Kö", "Svar dröjer.")]
        assert at.segment == "Närvaro saknas."
        assert "Kö" in _loose(at)
        assert "without a theme yet" in at.screen()
        await at.press("full_stop")
        assert [name for name, _ in at.codes()] == ["Kö", "Kö"]
        await at.press("u", "u")
        assert (at.codes(), _loose(at)) == ([], ["Övrigt"])
        await at.press("full_stop", "r")
        assert at.codes() == [("Kö", "Svar dröjer.")]
        assert "✓ Kö · no theme yet" in at.screen()


async def test_nothing_typed_takes_the_words_of_the_segment(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("end", "n", "tab", *" nu", "enter")
        assert at.codes() == [("Lång ledtid nu", "Lång ledtid.")]
        await at.press("space", "n")
        assert "the segment's words" in at.screen()
        await at.press("enter")
        assert at.codes() == [("Åtgärder fattas för dem som väntar", "Åtgärder fattas för dem som väntar.")]


async def test_a_misspelt_name_is_offered_the_code_that_is_there(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("n", *"narvaro sakns")
        assert "there already · Otillgänglig" in at.screen()
        await at.press("enter")
        assert at.codes() == [("Närvaro saknas", "Svar dröjer.")]
        assert _loose(at) == ["Övrigt"]
        await at.press("n", *"narvaro sakns", "down", "enter")
        assert _loose(at) == ["Övrigt", "narvaro sakns"]


async def test_a_search_without_a_hit_says_how_a_code_is_made(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("slash", *"xyz")
        assert "n makes a new one" in at.screen()
