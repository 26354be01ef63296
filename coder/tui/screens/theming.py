"""Theming: what the keys of the codebook screen do. Every change of counts is shown and agreed to before it is made."""

from collections.abc import Callable
from typing import Any

from coder.domain.codebook import Code, Theme
from coder.domain.codebook_edits import Merge, Move, Restore, Retire, Split
from coder.domain.coding import Identity
from coder.domain.editing import Edit
from coder.domain.near_names import alike
from coder.domain.theme_edits import AddTheme, RestoreTheme, RetireTheme
from coder.tui.growing import GrowingBench
from coder.tui.keymap import bound
from coder.tui.memoing import about_all, about_entry
from coder.tui.placing import placed
from coder.tui.screens.changing import Changes
from coder.tui.screens.codebook import CodebookFace
from coder.tui.screens.deal import DealScreen
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.look_again import look_again
from coder.tui.screens.memo import open_memo
from coder.tui.screens.offer import Offer, OfferScreen, theme_offers
from coder.tui.screens.search import SearchScreen
from coder.tui.signs import one_line
from coder.tui.widgets.row_list import RowList
from coder.workflow.session import Session


class CodebookScreen(CodebookFace):
    """The codebook screen."""

    def __init__(self, bench: GrowingBench, keymap: dict[str, str], at: int | None = None) -> None:
        super().__init__(bench, keymap, at)
        self._changes = Changes(self, self)

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
                self._changes.make(lambda _: Merge(rest, into) if rest else None, ask=True)

        several = codes if len(codes) > 1 else ()
        book = self.bench.all.codebook
        what = f"{len(codes)} codes" if several else one_line(book.code_name(codes[0]), 24)
        # Of several, one may take in the others; a single one can't take in itself.
        but = frozenset() if several else frozenset(codes)
        title = f"merge {what} into"
        self.app.push_screen(SearchScreen(book, several, title=title, but=but, missing="no code is found"), found)

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
        self._changes.make(lambda _: edit, ask=True)

    def action_order(self, by: int) -> None:
        """Move what stands at the cursor up or down in published order."""
        entry = self.here()
        if entry is not None and self._list != "near":
            self._changes.make(lambda book: placed(book, entry, by))

    def action_rename(self) -> None:
        """Rename what stands at the cursor."""
        entry = self.here()
        if entry is not None:
            self._changes.rename(entry)

    def action_define(self) -> None:
        """Write the definition of what stands at the cursor."""
        entry = self.here()
        if entry is not None:
            self._changes.define(entry)

    def action_example(self) -> None:
        """Add an example to the code at the cursor: one of its segments, or what is typed."""
        code = self.code_here()
        if code is not None:
            self._changes.example(code, list(dict.fromkeys(one.snippet for one in self.under(code))))

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
                    self._changes.make(lambda _: Split(code.id, name, found), ask=True)

            if name is not None:
                self.app.push_screen(DealScreen(code.name, name, given), dealt)

        self.app.push_screen(OfferScreen(f"split from {code.name}", offers), named)

    def action_memo(self) -> None:
        """Write a memo on what stands at the cursor, on the question or on the project."""
        entry = self.here()
        here = [] if entry is None else [entry]
        open_memo(self, lambda: ([*(about_entry(self.bench.all, one) for one in here), *about_all(self.bench.all)], 0))

    async def action_look_again(self) -> None:
        """Look again at what was coded with the code at the cursor, or the theme's codes, by another definition."""
        entry, book = self.here(), self.bench.all.codebook
        if isinstance(entry, Code):
            await look_again(self, self._keymap, [entry.id])
        elif entry is not None:
            await look_again(self, self._keymap, [code.id for code in book.codes_of(entry.id)])

    def went(self, answer: int | None) -> None:
        """Draw the screen anew after a second look, or leave for the answer that it leads to."""
        if answer is not None:
            self.dismiss(answer)
        else:
            self.bench.on_change = self.show
            self.show()

    def action_undo(self) -> None:
        """Take back the latest change."""
        self._changes.in_turn(self._back(Session.undo, "undone"))

    def action_redo(self) -> None:
        """Make it again."""
        self._changes.in_turn(self._back(Session.redo, "done again"))

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
                self._changes.make(lambda _: AddTheme(theme, codes), ask=True)
            elif theme is not None:
                self._changes.make(lambda _: Move(codes, theme or None), ask=True)

        offers = theme_offers(self.bench.all.codebook, new=new, out=not new)
        missing = "type the name of the new theme" if new else "no such theme: g gathers in a new one"
        self.app.push_screen(OfferScreen(title, offers, missing=missing), found)

    def changed(self, what: str) -> None:
        """Show the codebook as it is after a change; nothing stays selected."""
        self.selected = frozenset()
        self.show()
        self.say(what)

    async def _back(self, step: Callable[[Session], Any], said: str) -> None:
        self.say(await self.bench.go_back(step, said))
