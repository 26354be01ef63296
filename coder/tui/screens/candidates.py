"""Candidates for new codes: each with all of its texts in their answers, to be made a code of or dismissed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from coder.domain.coding import Segment
from coder.domain.how_many import how_many
from coder.tui import codebook_keys
from coder.tui.growing import GrowingBench
from coder.tui.keymap import bound
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.offer import OfferScreen, common_code_offers, theme_of_new_offers
from coder.tui.signs import one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.candidate_list import CandidateList, PassageList, Stood
from coder.tui.widgets.page import Page, marked
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import StatusLine, TextLine
from coder.tui.wrapping import wrapped
from coder.workflow import candidates
from coder.workflow.candidates import Passage, Waiting, dismiss, take
from coder.workflow.session import Session

_HINTS = " ? keys  Esc back  n make a code of it  Space leave out  x dismiss  Tab texts  u undo  Enter read the answer"
_NO_NAME = "type a name (no retired code's); Tab takes its words"
_NO_THEME = "no such theme: empty the line, take none yet; k gives it one later"


class CandidatesScreen(Screen[Passage]):
    """Shows the candidates that wait. Leaves with a text to go to, or with none."""

    ALLOW_SELECT = False
    AUTO_FOCUS = "#candidates"
    BINDINGS: ClassVar[list[BindingType]] = codebook_keys.CANDIDATES

    def __init__(self, bench: GrowingBench, keymap: dict[str, str]) -> None:
        super().__init__()
        self._bench = bench
        self._keymap = keymap
        self._turned: set[tuple[int, int, Segment]] = set()  # what is left out, or taken in again, by Space
        self._of: int | None = None  # the candidate whose texts are shown
        self._going: set[int] = set()  # those dealt with that are not on disk yet
        self._turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        yield CandidateList(id="candidates")
        yield TextLine(id="texts-title")
        yield PassageList(id="texts")
        yield TextLine(id="whose")
        yield Page(id="context")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self._bench.on_change = self._show
        self._show()
        self._say("")

    def on_unmount(self) -> None:
        if self._bench.on_change == self._show:
            self._bench.on_change = GrowingBench.on_change

    def on_resize(self) -> None:
        self._show_texts()

    def on_stood(self, _: Stood) -> None:
        self._show_texts()

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        if isinstance(message.rows, CandidateList):
            self.set_focus(self._texts)
        elif self._texts.here is not None:
            self.dismiss(self._texts.here)

    def action_leave_out(self) -> None:
        """Leave the text at the cursor out, or take it in again, and go on to the next."""
        one, here = self._list.here, self._texts.here
        self._say("")
        if self.focused is not self._texts:
            self.set_focus(self._texts)
        elif one is not None and here is not None:
            self._turned ^= {(one.id, here.answer.id, here.segment)}
            self._show_texts()
            self._texts.action_step(1)

    def action_make(self) -> None:
        """Make a code of the candidate: a name, then a theme or none yet."""
        one = self._list.here
        if one is None:
            return
        chosen = self._chosen(one)
        if not chosen:
            self._say("every text is left out: Space takes one in again, x dismisses the candidate")
            return
        self._ask_name(one, chosen)

    def action_dismiss_it(self) -> None:
        """Offer the candidate at the cursor no more."""
        one = self._list.here
        if one is not None:
            self._deal_with(one, lambda session: dismiss(session, one))

    def action_pane(self) -> None:
        """Go to the other list."""
        self._say("")
        self.set_focus(self._list if self.focused is self._texts else self._texts)

    def action_undo(self) -> None:
        """Take back the latest decision."""
        self._see_through(lambda: self._bench.go_back(Session.undo, "undone"), self._shown_anew)

    def action_redo(self) -> None:
        """Make it again."""
        self._see_through(lambda: self._bench.go_back(Session.redo, "done again"), self._shown_anew)

    def action_help(self) -> None:
        """Show every key of this screen."""
        actions = [*bound(self.BINDINGS, self._keymap), *bound(RowList.BINDINGS, self._keymap)]
        self.app.push_screen(HelpScreen("candidates", actions))

    def action_close(self) -> None:
        """Go back to the workbench; what is not dealt with waits."""
        self.dismiss(None)

    def _ask_name(self, one: Waiting, chosen: Sequence[Passage], typed: str = "") -> None:
        book = self._bench.all.codebook

        def named(name: int | str | None) -> None:
            if isinstance(name, str) and any(not theme.retired for theme in book.themes):
                self._ask_theme(one, chosen, name)
            elif name is not None:
                self._take(one, chosen, name, None)

        title, own = f"code of {how_many(len(chosen), 'segment')}", candidates.called(one)
        window = OfferScreen(title, common_code_offers(book), typed=typed, own=own, missing=_NO_NAME)
        self.app.push_screen(window.add_class("low"), named)

    def _ask_theme(self, one: Waiting, chosen: Sequence[Passage], name: str) -> None:
        """Ask for the theme of a new code; Esc goes back to its name."""

        def found(theme: int | str | None) -> None:
            if isinstance(theme, int):
                self._take(one, chosen, name, theme or None)
            else:
                self._ask_name(one, chosen, name)

        window = OfferScreen(f"theme of {name}", theme_of_new_offers(self._bench.all.codebook), missing=_NO_THEME)
        self.app.push_screen(window.add_class("low"), found)

    def _take(self, one: Waiting, chosen: Sequence[Passage], code: str | int, theme: int | None) -> None:
        self._deal_with(one, lambda session: take(session, one, chosen, code, theme))

    def _deal_with(self, one: Waiting, job: Callable[[Session], str]) -> None:
        """Do something that ends a candidate; meanwhile the next one stands at the cursor already."""
        before = self._bench.counts.clashes

        def done(what: str) -> None:
            self._going.discard(one.id)
            more = self._bench.counts.clashes - before
            clashes = f"; {how_many(more, 'new clash', 'new clashes')}: l in the workbench" if more > 0 else ""
            self._shown_anew(f"{what}{clashes}" if what else "")

        self._going.add(one.id)
        self._show()
        self._see_through(lambda: self._bench.carry_out(job), done)

    def _see_through(self, work: Callable[[], Awaitable[str]], then: Callable[[str], None]) -> None:
        """Do what was asked for in its turn and to its end, even where the screen is left meanwhile."""

        async def done() -> None:
            async with self._turn:
                then(await work())

        self._bench.see_through(done())

    def _shown_anew(self, said: str) -> None:
        if self.is_attached:
            self._show()
            self._say(said)

    def _is_out(self, one: Waiting, text: Passage) -> bool:
        """Whether a text is not to be coded with the others: at first what people have decided about since."""
        return text.open == ((one.id, text.answer.id, text.segment) in self._turned)

    def _chosen(self, one: Waiting) -> list[Passage]:
        return [each for each in one.passages if not self._is_out(one, each)]

    @property
    def _list(self) -> CandidateList:
        return self.query_one("#candidates", CandidateList)

    @property
    def _texts(self) -> PassageList:
        return self.query_one("#texts", PassageList)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)

    def _say(self, text: str) -> None:
        status = self.query_one("#status", StatusLine)
        status.say(one_line(text)) if text else status.show((_HINTS, "dim"))

    def _show(self) -> None:
        """Draw the candidates that wait now."""
        found = [one for one in self._bench.all.candidates if one.id not in self._going]
        self._line("title").show(
            (" Candidates for new codes ", "strong"),
            (f" {one_line(self._bench.all.text)}", ""),
            (f"{len(found)} wait ", "right"),
        )
        self._list.show(found)
        if not found:
            self.set_focus(self._list)
        self._show_texts()

    def _show_texts(self) -> None:
        """Draw the texts of the candidate at the cursor, and the one of them at the cursor in its answer."""
        one, texts = self._list.here, self._texts
        if one is None:
            texts.show((), (), self._bench.all.codebook)
            self._line("texts-title").show()
            self._line("whose").show()
            self.query_one(Page).show([])
            return
        chosen = self._chosen(one)
        if one.id != self._of:
            self._of, texts.cursor = one.id, 0
        texts.show(one.passages, chosen, self._bench.all.codebook)
        out = len(one.passages) - len(chosen)
        words = f" {how_many(len(one.passages), 'segment')}, {out} left out" if out else " all its segments"
        self._line("texts-title").show((words, "strong"))
        if texts.here is not None:
            self._show_context(texts.here)

    def _show_context(self, here: Passage) -> None:
        page, text, segment = self.query_one(Page), here.answer.text, here.segment
        attributes = " · ".join(one_line(value) for value in here.answer.respondent.attributes.values() if value)
        since = self._texts.since(here)
        self._line("whose").show(
            (f" {called(here.answer)}", "strong"), (f"   {attributes}", "dim"), (f"{one_line(since)} ", "right")
        )
        rows = list(wrapped(text, 0, len(text), max(20, page.size.width - 3)))
        lines: list[Pieces] = [[(" ", ""), *marked(text, start, end, [segment])] for start, end in rows]
        page.show(lines, next((number for number, (_, end) in enumerate(rows) if end > segment.start), 0))
