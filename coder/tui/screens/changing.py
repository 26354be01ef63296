"""Changes to the codebook, one after the other, from whichever screen they are asked for."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from textual.screen import Screen

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import AddExample, Define, Rename
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.impact import Impact
from coder.domain.memo import beside
from coder.domain.near_names import alike
from coder.domain.theme_edits import DefineTheme, RenameTheme
from coder.tui.screens.consent import ConsentScreen
from coder.tui.screens.look_again import remark
from coder.tui.screens.memo import Place
from coder.tui.screens.note import NoteScreen
from coder.tui.screens.offer import Offer, OfferScreen

Planned = Callable[[Codebook], Edit | None]


class Changing(Place, Protocol):
    """A screen that changes are asked for on."""

    def changed(self, what: str) -> None:
        """Take note that a change has been made, and of its words."""


class Changes:
    """Makes the changes that are asked for on one screen; each is planned when it is its turn.

    One that changes a count is shown with its impact and made once it is agreed to. `low` windows leave the upper half
    of the screen in sight.
    """

    def __init__(self, screen: Screen[Any], place: Changing, *, low: bool = False) -> None:
        self._screen = screen
        self._place = place
        self._low = low
        self._turn = asyncio.Lock()
        self._asked = 0

    def rename(self, entry: Theme | Code) -> None:
        """Ask for another name."""
        book = self._place.bench.all.codebook
        merges = "k, then M, merges" if self._low else "M merges"

        def offers(typed: str) -> list[Offer[str]]:
            near = [one.name for one in alike(book, typed) if one.id != entry.id]
            remark = f"nearly {', '.join(near)}: {merges}" if near and isinstance(entry, Code) else ""
            return [Offer(f"call it {typed}", remark, typed)] if typed else []

        def named(name: str | None) -> None:
            def edit(book: Codebook) -> Edit:
                if _now(book, entry).name != entry.name:
                    raise ProjectChangedError(
                        f"another window has renamed {entry.name!r} meanwhile",
                        f"It is {_now(book, entry).name!r} now, and stays so until you decide again.",
                    )
                return Rename(entry.id, name or "") if isinstance(entry, Code) else RenameTheme(entry.id, name or "")

            if name not in {None, entry.name}:
                self.make(edit)

        self._show(OfferScreen("new name", offers, typed=entry.name), named)

    def define(self, entry: Theme | Code, draft: str = "") -> None:
        """Have the definition written; a `draft` is in the field at first."""

        def written(text: str | None) -> None:
            if text is not None and text.strip() != entry.definition:
                self.in_turn(self._define(entry, text))

        self._show(NoteScreen(entry.name, draft or entry.definition, "definition of"), written)

    async def _define(self, seen: Theme | Code, text: str) -> None:
        """Write a definition. Where another window has written one meanwhile both are in the field again."""
        bench = self._place.bench
        edit: Edit = Define(seen.id, text) if isinstance(seen, Code) else DefineTheme(seen.id, text)
        try:
            same = _now(bench.all.codebook, seen).definition == seen.definition
            if same and await self._make(lambda _: edit, ask=False):
                return
        except CoderError as error:
            bench.view.fail(error)
        now = _now(bench.all.codebook, seen)
        if now.definition == seen.definition:
            self.define(now, text)
            return
        self.define(now, beside(now.definition, text))
        self._place.say("another window has defined it meanwhile: both texts are in the field")

    def example(self, code: Code, snippets: Sequence[str]) -> None:
        """Have one of these segments picked, or another text typed, as an example of a code."""

        def offers(typed: str) -> list[Offer[str]]:
            found = [Offer(one, "a segment", one) for one in snippets if typed.casefold() in one.casefold()]
            return [*found, *([Offer(typed, "as it is typed", typed)] if typed and typed not in snippets else [])]

        def picked(text: str | None) -> None:
            if text is not None:
                self.make(lambda _: AddExample(code.id, text))

        self._show(OfferScreen(f"an example of {code.name}", offers, missing="type the example"), picked)

    def make(self, edit: Planned, *, ask: bool = False) -> None:
        """Make an edit, when it is its turn; one that `ask`s, or changes a count, once it is agreed to."""
        self.in_turn(self._make(edit, ask=ask))

    def in_turn(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something once what was asked for before is done."""
        bench = self._place.bench
        self._asked += 1
        waits = f"change {self._asked}"  # the keys that come meanwhile are for what will stand then

        async def wait() -> None:
            try:
                async with self._turn:
                    await work
            except CoderError as error:
                bench.view.fail(error)
            finally:
                bench.line.release(waits)

        bench.line.hold(waits)
        self._screen.run_worker(wait(), group="changes")

    async def _make(self, edit: Planned, *, ask: bool) -> bool:
        """True unless it could not be made, which is said."""
        bench = self._place.bench
        planned = edit(bench.all.codebook)
        if planned is None:
            return True
        if not ask:
            ask = await bench.preview(planned) != Impact()
        if ask and not await self._screen.app.push_screen_wait(self._lowered(ConsentScreen(bench, planned))):
            self._place.say("left as it was")
            return True
        what = await bench.change(planned)
        if what and isinstance(planned, Define):
            left = await remark(bench, planned.code)
            what = f"{what}; {left}" if left else what
        if what:
            self._place.changed(what)
        return bool(what)

    def _show(self, screen: Screen[Any], then: Callable[[Any], None]) -> None:
        self._screen.app.push_screen(self._lowered(screen), then)

    def _lowered(self, screen: Screen[Any]) -> Screen[Any]:
        return screen.add_class("low") if self._low else screen


def _now(book: Codebook, entry: Theme | Code) -> Theme | Code:
    """An entry as it stands now. Raises ProjectChangedError where it is no more."""
    now = (book.code_by_id if isinstance(entry, Code) else book.theme_by_id).get(entry.id)
    if now is None:
        raise ProjectChangedError(f"{entry.name!r} is no more", "Another window has taken it back: look again.")
    return now
