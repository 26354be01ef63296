"""Windows that open when it is their turn, and the keys that were meant for them already."""

import asyncio
from collections.abc import Callable

from textual.events import Key

from coder.tui.screens.face import Face


class Opening(Face):
    """A workbench whose keys wait for the window that an earlier key is about to open.

    A decision takes a while on a slow disk. What is typed after `n` meanwhile is a name, and no row of commands.
    """

    _early: list[Key] | None = None  # keys for a window that is to come; None where none is
    _to_open = False  # its step waits for its turn
    _handing = False  # keys are being handed on
    _handed: Key | None = None  # the latest of them

    def keeps(self, event: Key) -> bool:
        """True where the key waits for a window. Esc forgets the window; after other keys it is one for the window too.

        A second Esc forgets window and keys.
        """
        if self._early is None or event is self._handed or event.key in {"ctrl+q", "ctrl+c"}:
            return False
        last = self._early[-1].key if self._early else "escape"
        if event.key == last == "escape" and self._to_open:
            self._early, self._to_open = None, False
            return False
        self._early.append(event)
        return True

    def _open_in_turn(self, step: Callable[[], str | None]) -> None:
        """Do a step that opens a window, when it is its turn; where it opens none, later keys are meant for nothing."""

        def opened() -> str | None:
            missing = step()
            if missing is None:
                self._to_open = False
                if self.app.screen is self:
                    self._early = None
                elif not self._handing:
                    self.run_worker(self._hand_on(), group="keys")
            return missing

        if self.bench.reading is not None:
            self._early, self._to_open = self._early or [], True
            self._in_turn(opened)

    async def _hand_on(self) -> None:
        """Give the keys to what has opened, those that come meanwhile behind them."""
        self._handing = True
        while self._early and not self._to_open:
            self._handed = self._early.pop(0)
            self.app.post_message(self._handed)
            taken = asyncio.Event()
            self.app.call_later(taken.set)
            await taken.wait()
        self._handing, self._handed = False, None
        if not self._to_open:
            self._early = None
