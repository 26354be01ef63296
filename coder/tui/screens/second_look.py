"""A second look, segment by segment: the answer, the code's definition then and now, and one key each."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from coder.domain.coding import Coding, Identity, Origin, Work, give, take_back
from coder.domain.errors import CoderError
from coder.tui import codebook_keys
from coder.tui.definitions import definition
from coder.tui.growing import GrowingBench
from coder.tui.screens.search import SearchScreen
from coder.tui.screens.serving import Serving
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.page import Page, marked
from coder.tui.widgets.painted import Pieces
from coder.tui.wrapping import wrapped
from coder.workflow.second_look import Look, Queue, keep

Key = tuple[int, Identity]
_HINTS = " k keep  / another code  x take off  Space not now  u undo  ? keys  Esc back"


class SecondLookScreen(Serving):
    """Serves segments for a second look."""

    BINDINGS: ClassVar[list[BindingType]] = codebook_keys.SECOND_LOOK
    SERVED = "second look"

    def __init__(
        self, bench: GrowingBench, queue: Queue, keymap: dict[str, str], codes: Sequence[int] | None = None
    ) -> None:
        super().__init__(bench, keymap)
        self._queue = queue
        self._codes = codes
        self._full = False
        self._kept: set[Key] = set()
        self._given: dict[Key, int] = {}  # the codes given in place
        self._turn = asyncio.Lock()

    def queued(self) -> int:
        return len(self._queue.looks)

    def answer_here(self) -> int | None:
        return None if self._look is None else self._look.answer.id

    @property
    def _look(self) -> Look | None:
        looks = self._queue.looks
        return looks[self._place] if self._place < len(looks) else None

    def action_keep(self) -> None:
        """Leave the coding as it is, and go on."""
        look = self._look
        if look is not None and self._open(look):
            self.run_worker(self._keep(look), group="second look")
            self.action_step(1)

    def action_take_off(self) -> None:
        """Take the code off the segment, and go on."""
        look, book = self._look, self._bench.all.codebook
        if look is not None and self._open(look):
            name = book.code_name(look.code)
            self._bench.decide(
                f"code {name} off", lambda work: take_back(work, look.coding, book), answer=look.answer.id
            )
            self.action_step(1)

    def action_another(self) -> None:
        """Give the segment another code in place of this one, and go on."""
        look, book = self._look, self._bench.all.codebook
        if look is None or not self._open(look):
            return

        def found(code: int | None) -> None:
            if code is None or code == look.code or not self._open(look):
                return
            other = Coding(code, look.coding.segment, self._bench.all.analyst, Origin.HAND, whole=look.coding.whole)

            def change(work: Work) -> Work:
                return give(take_back(work, look.coding, book), other)

            what = f"code {book.code_name(code)} for {book.code_name(look.code)}"
            if self._bench.decide(what, change, answer=look.answer.id):
                self._given[_key(look)] = code
            self.action_step(1)

        recent = tuple(one for one in self._bench.recent if one != look.code)
        self.app.push_screen(SearchScreen(book, recent, title="another code", missing="no code is found"), found)

    def action_step(self, by: int) -> None:
        """Go to another segment, leaving this as it is."""
        self._full = False
        super().action_step(by)

    def action_full(self) -> None:
        """Show the definitions in full, or only where they differ."""
        self._full = not self._full
        self.show()

    def action_undo(self) -> None:
        """Take back the latest decision, and go to its segment."""
        self.run_worker(self._back(), group="second look")

    async def _keep(self, look: Look) -> None:
        async with self._turn:
            try:
                await self._bench.desk.do(lambda session: keep(session, look))
            except CoderError as error:
                self._bench.view.fail(error)
                await self._bench.reload()
                return
            self._kept.add(_key(look))
            self._bench.view.saved()
            self.show()

    async def _back(self) -> None:
        async with self._turn:
            await self._bench.finished()
            looks, before = self._queue.looks, {_key(one) for one in self._queue.looks if self._open(one)}
            said = await self._bench.go_back()
            queue = await self._bench.desk.do(lambda session: Queue.of(session, self._codes))
            left = {_key(one) for one in queue.looks}
            self._kept -= left
            if left == {_key(one) for one in looks if self._open(one)}:
                again = (place for place, one in enumerate(looks) if _key(one) in left - before)
                self._place = next(again, self._place)
            else:  # a definition has gone back, or somebody else has been at work
                self._queue, self._place = queue, 0
            self._said = said
            self.show()

    def _open(self, look: Look) -> bool:
        """True while nobody has decided on it."""
        return _key(look) not in self._kept and look.coding.identity in self._identities(look)

    def _identities(self, look: Look) -> set[Identity]:
        known = look.answer.id in self._bench.standings
        return {one.identity for one in self._bench.ahead(look.answer.id).codings} if known else set()

    def show(self) -> None:
        looks, page = self._queue.looks, self.query_one(Page)
        left = sum(self._open(one) for one in looks)
        here = f"second look: {self._place + 1} of {len(looks)}" if self._look else "second look"
        self.head(here, f"{left} left", _HINTS)
        width = max(20, page.size.width - 4)
        if self._look is not None:
            lines, at = self._lines(self._look, width)
            page.show(lines, 0 if self._full else at)
        else:
            page.show([(), *(((f"  {words}", "dim"),) for words in self._end(left))])

    def _end(self, left: int) -> list[str]:
        words = [f"the end: {left} left for another time" if left else "the end: every segment has been looked at"]
        if self._queue.elsewhere:
            words.append(f"{self._queue.elsewhere} more in other rounds: open those with coder code --round")
        return [*words, "Esc goes back"]

    def _lines(self, look: Look, width: int) -> tuple[list[Pieces], int]:
        """What is shown of one, and the line where its segment begins."""
        book, text, segment = self._bench.all.codebook, look.answer.text, look.coding.segment
        theme = book.theme_of[look.code]
        style = "dim" if theme is None else theme_style(book.theme_places[theme])
        name = one_line(book.theme_name(look.code) or "no theme yet")
        lines: list[Pieces] = [(), [("  ", ""), (one_line(book.code_name(look.code)), "strong"), (f"   {name}", style)]]
        lines += definition("then", look.then, look.now, width, full=self._full)
        lines += definition("now", look.now, look.then, width, full=self._full)
        lines += [(), [(f"  {called(look.answer)}", "strong"), (self._verdict(look), "good")], ()]
        rows = list(wrapped(text, 0, len(text), width))
        at = len(lines) + next((n for n, (_, end) in enumerate(rows) if end > segment.start), 0)
        lines += [[("  ", ""), *marked(text, start, end, [segment])] for start, end in rows]
        return lines, at

    def _verdict(self, look: Look) -> str:
        if _key(look) in self._kept:
            return "   ✓ kept"
        if self._open(look):
            return ""
        other = self._given.get(_key(look))
        return "   ✗ taken off" if other is None else f"   → {one_line(self._bench.all.codebook.code_name(other))}"


def _key(look: Look) -> Key:
    return look.answer.id, look.coding.identity
