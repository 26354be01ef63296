"""Presses keys in the workbench and waits, by what it hears of the messages and not by the clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character
from textual.message import Message
from textual.pilot import Pilot

from coder.domain.coding import Origin
from coder.domain.counting import State
from coder.tui.app import WorkbenchApp
from coder.tui.widgets.text_line import StatusLine
from coder.workflow.session import Standing


class Driver:
    """Presses keys and waits until nothing moves any more."""

    pilot: Pilot[None]

    def __init__(self, app: WorkbenchApp) -> None:
        self.app = app
        self.bench = app.workbench.bench
        self._handled = 0  # messages, but for the callbacks: the pilot itself waits by those

    @asynccontextmanager
    async def running(self, size: tuple[int, int]) -> AsyncIterator["Driver"]:
        """Run the app on a screen of so many columns and rows."""

        def hear(message: Message) -> None:
            self._handled += not isinstance(message, events.Callback)

        async with self.app.run_test(size=size, message_hook=hear) as self.pilot:
            await self.settle()
            yield self

    async def press(self, *keys: str) -> None:
        """Press keys, each once all that the one before it led to is done."""
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            character = key if len(key) == 1 else key_to_character(REPLACED_KEYS.get(key, key))
            self.app.post_message(events.Key(name, character))
            await self.settle()

    async def settle(self) -> None:
        """Wait until every decision is on disk, the adviser knows no news, and all of it is painted."""
        rounds = 0
        for _ in range(5000):
            before = self._handled
            if rounds:
                await self._others()
            if not await self._quiet():
                rounds = 0
            elif not self._idle():
                rounds = 0
                await asyncio.sleep(0.005)
            else:
                rounds = rounds + 1 if self._handled == before else 0
                if rounds == 2:  # what was called later in the first may have led to a message
                    return
        raise AssertionError("the workbench did not come to rest")

    def _idle(self) -> bool:
        bench = self.bench
        if bench.deciding or bench.line.waiting or bench.desk.waiting:
            return False
        return bench.reading is None or bench.suggestions() is not None

    async def _quiet(self) -> bool:
        """Let every widget handle what it was sent, and paint it; True where there was nothing."""
        before = self._handled
        await self.pilot.pause(0)
        await self.app.animator.wait_until_complete()
        return self._handled == before

    async def _others(self) -> None:
        """Give what runs beside the screen the time to tell what it has found, unless it is held up."""
        if self.bench.reading is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.wrap_future(self.bench.counsel.find(lambda _: None)), 0.1)
        if len(self.app.workers):  # one may wait for a thread, or for a window to be closed: nothing tells which
            await self.pilot.pause()

    async def until(self, words: str) -> None:
        """Wait until these words are on the screen, as what is looked up comes a moment later."""
        for _ in range(1000):
            if await self._quiet():
                if words in self.screen():
                    return
                await asyncio.sleep(0.01)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.screen()}")

    @property
    def name(self) -> str:
        assert self.bench.reading is not None
        return self.bench.reading.answer.respondent.name

    @property
    def standing(self) -> Standing:
        return self.bench.standing

    @property
    def segment(self) -> str:
        assert self.bench.reading is not None
        return self.bench.reading.segment.of(self.bench.reading.answer.text)

    def codes(self) -> list[tuple[str, str]]:
        """The codes of the answer being read, as they stand on disk, each with its snippet."""
        answer, book = self.standing.answer, self.bench.all.codebook
        return [(book.code_name(one.code), one.segment.of(answer.text)) for one in self.standing.work.codings]

    def came(self) -> list[tuple[int, str, Origin]]:
        """The codes of the answer being read, each with who gave it, and how."""
        return [(one.code, one.analyst, one.origin) for one in self.standing.work.codings]

    def counted(self) -> list[str]:
        return [self.bench.all.codebook.code_name(one.code) for one in self.standing.decision]

    def state(self) -> State:
        return self.standing.state

    def said(self) -> str:
        """What the line at the bottom says, in one line however many rows it takes; the time saved is left out."""
        rows = self.app.screen.query_one("#status", StatusLine)._lines
        return " ".join(text.strip() for row in rows for text, style in row if not style.startswith("right"))

    def screen(self) -> str:
        """All that is painted, as text."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row) for row in rows)
