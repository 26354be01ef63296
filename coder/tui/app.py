"""The workbench as an app on the terminal."""

import asyncio
import os
import re
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from platformdirs import user_config_path
from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from coder.tui import codebook_keys, keys
from coder.tui.advice import Advising
from coder.tui.comparison_keys import COMPARISON
from coder.tui.desk import Desk
from coder.tui.keymap import Scopes, bound, read_keymap
from coder.tui.overview import overview, uncoded
from coder.tui.screens.card import CardScreen
from coder.tui.screens.memo import MemoScreen
from coder.tui.screens.note import NoteScreen
from coder.tui.screens.table import TableScreen
from coder.tui.screens.typed import TypedScreen
from coder.tui.screens.workbench import Workbench
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Session
from coder.workflow.suggesting import Adviser

SCOPES: Scopes = {
    "workbench": keys.WORKBENCH,
    "list": RowList.BINDINGS,
    "table": TableScreen.BINDINGS,
    "compare": COMPARISON,
    "note": NoteScreen.BINDINGS,
    "memo": MemoScreen.BINDINGS,
    "code card": CardScreen.BINDINGS,
    "codebook": codebook_keys.CODEBOOK,
    "clash": codebook_keys.CLASHES,
    "second look": codebook_keys.SECOND_LOOK,
    "candidates": codebook_keys.CANDIDATES,
}

_FONT = re.compile(r"@font-face\s*\{[^}]*\}")


def keys_file() -> Path:
    """Where a user's own keys stand."""
    return user_config_path("coder") / "keys.toml"


class WorkbenchApp(App[None]):
    """The workbench on one desk. `adviser` stands in for the real one; `keymap` gives actions other keys."""

    CSS_PATH = "app.tcss"
    TITLE = "coder"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT: ClassVar[bool] = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual

    def __init__(self, desk: Desk, *, adviser: Advising | None = None, keymap: dict[str, str] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._keys = keymap or {}
        start = desk.glance(overview)
        self._bench = Workbench(desk, adviser or desk.glance(_adviser), start, self._keys)
        self.set_keymap(self._keys)

    @property
    def workbench(self) -> Workbench:
        """The workbench's screen."""
        return self._bench

    def get_default_screen(self) -> Screen[None]:
        """The workbench is the first screen."""
        return self._bench

    async def on_event(self, event: events.Event) -> None:
        """Hand keys to a screen that takes them all, before they are queued for a widget."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._bench.keeps(event):
            return
        depth = len(self.screen_stack)
        if not (isinstance(self.screen, TypedScreen) and self.screen.typed(event)):
            await super().on_event(event)
        if len(self.screen_stack) < depth:
            await self._told()

    async def _told(self) -> None:
        """Wait until the screen below a window that is left knows what it left with: before the next key comes."""
        told = asyncio.Event()
        self.screen.call_next(told.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), 1)

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            loop.add_signal_handler(signal.SIGTERM, self._ended)
            loop.add_signal_handler(signal.SIGHUP, self._hung_up)
        except (NotImplementedError, AttributeError, RuntimeError, ValueError):
            pass  # no signals on this platform, or not the main thread

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the workbench, beside Textual's own."""
        yield from super().get_system_commands(screen)
        if screen is self._bench:
            for one in bound(keys.WORKBENCH, self._keys):
                yield SystemCommand(one.description, f"{one.tooltip}  ({' '.join(one.keys)})", self._doing(one.action))

    async def action_quit(self) -> None:
        """Leave as the workbench does: once all is on disk."""
        await self._bench.action_quit()

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, without the font from a public server that it would name."""
        return _FONT.sub("", super().export_screenshot(title=title, simplify=simplify))

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str | None:
        """Write the screen as SVG into the folder one works in: not every machine has a folder for downloads."""
        return super().deliver_screenshot(filename, path or str(Path.cwd()), time_format)

    def _doing(self, action: str):  # type: ignore[no-untyped-def]
        async def do() -> None:
            await self.run_action(action, self._bench)

        return do

    def _ended(self) -> None:
        async def leave() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bench.bench.finished(), 1)
            self.exit(return_code=128 + signal.SIGTERM)

        self._leaving = asyncio.get_running_loop().create_task(leave())

    def _hung_up(self) -> None:
        # The terminal is gone: nothing can be restored, and writing to it would fail.
        self._desk.close(patience=1)
        os._exit(128 + signal.SIGHUP)


def _adviser(session: Session) -> Adviser:
    return Adviser(session.codebook, session.evidence(), uncoded(session.standings().values()), quick=True)


def run(
    path: Path,
    *,
    round_key: str | None,
    question: str | None,
    analyst: str,
    keys_at: Path | None = None,
    order: Sequence[int] = (),
    worth: Sequence[int] = (),
) -> None:
    """Open the workbench on a project and stay until the analyst leaves.

    `order` are the ids of the answers of a review's queue, in its order, and `worth` of those that are worth reading.

    Raises CoderError, before the screen is taken over, where the project or the keys file is wrong.
    """
    keymap = read_keymap(keys_at or keys_file(), SCOPES)
    desk = Desk.open(path, round_key=round_key, question=question, analyst=analyst)
    try:
        app = WorkbenchApp(desk, keymap=keymap)
        if order:
            app.workbench.bench.take_up(order, worth)
        app.run()
    finally:
        desk.close()
