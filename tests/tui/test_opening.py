"""Keys that come before the window they are meant for."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.events import Key

from tests.tui.driver import Driver


def _type(at: Driver, *keys: str) -> None:
    """Have keys come as fast as a terminal can send them."""
    for key in keys:
        at.app.post_message(Key(key, key if len(key) == 1 else None))


def _names(at: Driver) -> list[str]:
    return [name for name, _ in at.codes()]


async def _while_held(at: Driver, lock: Callable[[], Any], *keys: str) -> None:
    """Type while another program holds the project, then have it let go."""
    at.bench.desk._pause = 0.02
    holder = lock()
    _type(at, *keys)
    await asyncio.sleep(0.1)
    holder.close()
    await at.settle()


async def test_what_is_typed_after_n_is_a_name_however_slow_the_disk_is(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        first, second = ["n", *"Kö ute", "enter"], ["n", *"dubbelt", "enter"]
        await _while_held(at, lock, *first, "full_stop", *second, "K", "r", "!", "enter", *"Kemxu", "escape")
        await at.until("✎ xu")
        assert _names(at) == ["Kö ute", "Kö ute", "dubbelt!"]
        found = at.bench.all.codebook.find("", "dubbelt!")
        assert found is not None
        assert found.examples == ("Lång ledtid.",)
        await at.press(*"u" * 6)
        assert _names(at) == []


async def test_escape_forgets_a_window_that_is_not_there_yet(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        await _while_held(at, lock, "n", *"ett", "enter", "n", "escape")
        assert at.app.screen is at.app.workbench
        await at.press("full_stop")
        assert _names(at) == ["ett", "ett"], "keys do what they do again"


async def test_a_second_escape_forgets_what_was_typed_for_it(open_app: Any, lock: Any) -> None:
    async with open_app() as at:
        await _while_held(at, lock, "n", *"ett", "enter", "n", *"xu", "escape", "escape")
        assert at.app.screen is at.app.workbench
        assert _names(at) == ["ett"]


async def test_where_no_window_opens_the_keys_meant_for_it_do_nothing(open_app: Any) -> None:
    async with open_app() as at:
        at.bench.line.hold("a test")
        at.app.workbench._open_in_turn(lambda: None)
        _type(at, "0", "n", "x")
        await at.pilot.pause()
        at.bench.line.release("a test")
        await at.settle()
        assert at.app.screen is at.app.workbench
        assert not at.standing.work.nothing
        await at.press("0")
        assert at.name == "Berga", "keys do what they do again"
