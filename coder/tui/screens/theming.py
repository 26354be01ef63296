"""Theming: what the keys of the codebook screen do. Every change of counts is shown and agreed to before it is made."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import AddExample, Define, Merge, Move, Rename, Restore, Retire, Split
from coder.domain.coding import Identity
from coder.domain.editing import Edit
from coder.domain.errors import CoderError
from coder.domain.impact import Impact
from coder.domain.near_names import alike
from coder.domain.theme_edits import AddTheme, DefineTheme, RenameTheme, RestoreTheme, RetireTheme
from coder.tui.growing import GrowingBench
from coder.tui.keymap import bound
from coder.tui.notes import memo_of, write_memo
from coder.tui.placing import placed
from coder.tui.screens.codebook import CodebookFace
from coder.tui.screens.consent import ConsentScreen
from coder.tui.screens.deal import DealScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.note import NoteScreen
from coder.tui.screens.offer import Offer, OfferScreen, theme_offers
from coder.tui.screens.search import SearchScreen
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Session


class CodebookScreen(CodebookFace):
    """The codebook screen."""

    def __init__(self, bench: GrowingBench, keymap: dict[str, str], at: int | None = None) -> None:
        super().__init__(bench, keymap, at)
        self._turn = asyncio.Lock()

    def action_select(self) -> None:
        """Select the code at the cursor, or no longer, and go on to the next."""
        code = self.code_here()
        if code is not None:
            self.selected ^= {code.id}
            self.show()
            self._entries(self._list).action_step(1)

    def action_gather(self) -> None:
        """Gather the selected codes in a theme."""
        self._to_theme("gather in the theme", new=True)

    def action_move(self) -> None:
        """Move the selected codes to a theme that is there, or out of all."""
        self._to_theme("move to the theme", new=False)

    def action_merge(self) -> None:
        """Merge the selected codes into one that is picked."""
        codes = self.chosen()
        if not codes:
            self.say("no code stands at the cursor, and none is selected")
            return

        def found(into: int | None) -> None:
            if into is not None:
                rest = tuple(code for code in codes if code != into)
                self._change(lambda _: Merge(rest, into) if rest else None, ask=True)

        several = codes if len(codes) > 1 else ()
        book = self.bench.all.codebook
        self.app.push_screen(SearchScreen(book, several, title="merge into", missing="no code is found"), found)

    def action_retire(self) -> None:
        """Retire what stands at the cursor, or restore it."""
        entry = self.here()
        if isinstance(entry, Theme):
            theme = entry.id
            edit: Edit = RestoreTheme(theme) if entry.retired else RetireTheme(theme)
        elif isinstance(entry, Code):
            edit = Restore(entry.id) if entry.retired else Retire(entry.id)
        else:
            return
        self._change(lambda _: edit, ask=True)

    def action_order(self, by: int) -> None:
        """Move what stands at the cursor up or down in published order."""
        entry = self.here()
        if entry is not None and self._list != "near":
            self._change(lambda book: placed(book, entry, by))

    def action_rename(self) -> None:
        """Rename what stands at the cursor."""
        entry = self.here()
        if entry is None:
            return

        def offers(typed: str) -> list[Offer[str]]:
            near = [one.name for one in alike(self.bench.all.codebook, typed) if one.id != entry.id]
            remark = f"nearly {', '.join(near)}: M merges" if near and isinstance(entry, Code) else ""
            return [Offer(f"call it {typed}", remark, typed)] if typed else []

        def named(name: str | None) -> None:
            if name is not None:
                code = isinstance(entry, Code)
                self._change(lambda _: Rename(entry.id, name) if code else RenameTheme(entry.id, name))

        self.app.push_screen(OfferScreen("new name", offers, typed=entry.name), named)

    def action_define(self) -> None:
        """Write the definition of what stands at the cursor."""
        entry = self.here()
        if entry is None:
            return

        def written(text: str | None) -> None:
            if text is not None and text.strip() != entry.definition:
                code = isinstance(entry, Code)
                self._change(lambda _: Define(entry.id, text) if code else DefineTheme(entry.id, text))

        self.app.push_screen(NoteScreen(entry.name, entry.definition, "definition of"), written)

    def action_example(self) -> None:
        """Add an example to the code at the cursor: one of its segments, or what is typed."""
        code = self.code_here()
        if code is None:
            return
        snippets = list(dict.fromkeys(one.snippet for one in self.under(code)))

        def offers(typed: str) -> list[Offer[str]]:
            found = [Offer(one, "a segment", one) for one in snippets if typed.casefold() in one.casefold()]
            return [*found, *([Offer(typed, "as it is typed", typed)] if typed and typed not in snippets else [])]

        def picked(text: str | None) -> None:
            if text is not None:
                self._change(lambda _: AddExample(code.id, text))

        self.app.push_screen(OfferScreen(f"an example of {code.name}", offers), picked)

    def action_split(self) -> None:
        """Split the code at the cursor: a name for the new one, then each segment by one key."""
        code = self.code_here()
        given = self.under(code)
        if code is None or not given:
            self.say("there are no segments here to be dealt out")
            return

        def offers(typed: str) -> list[Offer[str]]:
            near = ", ".join(one.name for one in alike(self.bench.all.codebook, typed))
            return [Offer(f"new code {typed}", f"nearly {near}" if near else "", typed)] if typed else []

        def named(name: str | None) -> None:
            def dealt(found: frozenset[tuple[int, Identity]] | None) -> None:
                if found is not None and name is not None:
                    self._change(lambda _: Split(code.id, name, found), ask=True)

            if name is not None:
                self.app.push_screen(DealScreen(code.name, name, given), dealt)

        self.app.push_screen(OfferScreen(f"split from {code.name}", offers), named)

    async def action_memo(self) -> None:
        """Write a memo on what stands at the cursor."""
        entry = self.here()
        if entry is None:
            return
        try:
            held = await self.bench.desk.do(lambda session: memo_of(session, entry))
        except CoderError as error:
            self.bench.view.fail(error)
            return

        async def write(text: str) -> None:
            await self.bench.desk.do(lambda session: write_memo(session, entry, text))
            self.say(f"memo on {entry.name}")

        def written(text: str | None) -> None:
            if text is not None and text.strip() != (held.text if held else ""):
                self._in_turn(write(text))

        self.app.push_screen(NoteScreen(entry.name, held.text if held else "", "your memo on"), written)

    def action_undo(self) -> None:
        """Take back the latest change."""
        self._in_turn(self._back(Session.undo, "undone"))

    def action_redo(self) -> None:
        """Make it again."""
        self._in_turn(self._back(Session.redo, "done again"))

    def action_help(self) -> None:
        """Show every key of this screen."""
        actions = [*bound(self.BINDINGS, self._keymap), *bound(RowList.BINDINGS, self._keymap)]
        self.app.push_screen(HelpScreen("codebook", actions))

    def action_close(self) -> None:
        """Forget what is selected; go back to the workbench."""
        if self.selected:
            self.selected = frozenset()
            self.show()
        else:
            self.dismiss(None)

    def _to_theme(self, title: str, *, new: bool) -> None:
        codes = self.chosen()
        if not codes:
            self.say("no code stands at the cursor, and none is selected")
            return

        def found(theme: int | str | None) -> None:
            if isinstance(theme, str):
                self._change(lambda _: AddTheme(theme, codes), ask=True)
            elif theme is not None:
                self._change(lambda _: Move(codes, theme or None), ask=True)

        offers = theme_offers(self.bench.all.codebook, new=new, out=not new)
        self.app.push_screen(OfferScreen(title, offers), found)

    def _change(self, edit: Callable[[Codebook], Edit | None], *, ask: bool = False) -> None:
        """Make an edit, when it is its turn; one that `ask`s, or changes a count, once it is agreed to."""
        self._in_turn(self._changed(edit, ask=ask))

    async def _changed(self, edit: Callable[[Codebook], Edit | None], *, ask: bool) -> None:
        planned = edit(self.bench.all.codebook)
        if planned is None:
            return
        if not ask:
            ask = await self.bench.preview(planned) != Impact()
        if ask and not await self.app.push_screen_wait(ConsentScreen(self.bench, planned)):
            self.say("left as it was")
            return
        what = await self.bench.change(planned)
        if what:
            self.selected = frozenset()
            self.show()
            self.say(what)

    async def _back(self, step: Callable[[Session], Any], said: str) -> None:
        what = await self.bench.go_back(step)
        self.say(f"{said}: {what}" if what else f"there is nothing to be {said}")

    def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        async def wait() -> None:
            async with self._turn:
                try:
                    await work
                except CoderError as error:
                    self.bench.view.fail(error)

        self.run_worker(wait(), group="changes")
