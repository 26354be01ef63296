"""The list of suggestions on the screen: when it changes under one's eyes, and what a digit means then."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.tui.driver import Driver


@asynccontextmanager
async def _without_scores(open_app: Any) -> AsyncIterator[Driver]:
    """A workbench at an answer whose suggestions came before anything was calibrated."""
    async with open_app() as at:
        adviser = at.bench.counsel._adviser
        adviser.fitted, adviser.stale = False, True
        at.bench.go(next(number for number, one in at.bench.answers.items() if one.respondent.name == "Åby"))
        await at.press("down")
        assert "no scores yet" in at.screen()
        yield at


async def test_a_list_without_scores_becomes_the_one_with_them_as_soon_as_they_come(open_app: Any) -> None:
    async with _without_scores(open_app) as at:
        (first, *_) = at.bench.suggestions() or ()
        await at.until("50 %")
        assert "no scores yet" not in at.screen()
        assert (at.bench.suggestions() or ())[0].code != first.code
        at.bench.offering._glance = 0.0
        await at.press("1")
        assert at.codes() == [("Lång ledtid", "Det är lång ledtid.")]


async def test_a_digit_pressed_as_the_list_changes_codes_nothing_and_says_so(open_app: Any) -> None:
    async with _without_scores(open_app) as at:
        pressed = at.app.workbench.verbs.suggestion(1)
        at.bench.offering._glance = 60.0
        await at.until("50 %")
        pressed()
        await at.settle()
        assert "the suggestions have just changed: look again" in at.screen()
        await at.press("1")
        assert "the suggestions have just changed: look again" in at.screen()
        assert at.codes() == []


async def test_a_digit_that_means_the_same_code_before_and_after_gives_it(open_app: Any) -> None:
    async with _without_scores(open_app) as at:
        at.bench.go(next(number for number, one in at.bench.answers.items() if one.respondent.name == "Ödby"))
        at.bench.offering._glance = 60.0
        await at.until("50 %")
        await at.press("1")
        assert at.codes() == [("Svar dröjer", "Inget")]
