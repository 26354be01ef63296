"""The inductive keys of the workbench: a new code, candidates for new codes, the codebook, the clashes."""

from coder.domain.codebook import Code
from coder.domain.codebook_edits import AddExample
from coder.domain.errors import CoderError
from coder.domain.near_names import in_vivo
from coder.tui.memoing import about_entry
from coder.tui.screens.candidates import CandidatesScreen
from coder.tui.screens.card import CardScreen
from coder.tui.screens.changing import Changes
from coder.tui.screens.clash import ClashScreen
from coder.tui.screens.look_again import look_again
from coder.tui.screens.memo import open_memo
from coder.tui.screens.offer import OfferScreen, new_code_offers
from coder.tui.screens.opening import Opening
from coder.tui.screens.search import WhichCodeScreen
from coder.tui.screens.theming import CodebookScreen
from coder.tui.segments import ADVICE
from coder.tui.signs import one_line
from coder.tui.widgets.codebook_list import CodebookList
from coder.workflow.candidates import Passage
from coder.workflow.clashes import queue_of


class Inductive(Opening):
    """What grows a codebook from the workbench."""

    _changes: Changes | None = None

    def action_new_code(self) -> None:
        """Type a new code for the active segment."""
        self._open_in_turn(self._offer_new_code)

    def _offer_new_code(self) -> str | None:
        bench, reading = self.bench, self.verbs.reading
        if not (reading.ready or reading.whole):
            return ADVICE
        snippet = reading.segment.of(reading.answer.text)
        offers = new_code_offers(bench.all.codebook, snippet)

        def named(taken: int | str | None) -> None:
            if isinstance(taken, str):
                self._in_turn(lambda: bench.new_code(taken))
            elif taken is not None and bench.all.codebook.is_retired(taken):
                self._in_turn(lambda: bench.restore(taken))
                self._in_turn(lambda: self.verbs.code(taken))
            elif taken is not None:
                self._in_turn(lambda: self.verbs.code(taken))

        window = OfferScreen("new code", offers, own=in_vivo(snippet))
        self.app.push_screen(window.add_class("low"), named)
        return None

    def action_code_card(self) -> None:
        """Rename or define the code at hand, or give it an example, over the answer."""
        self._open_in_turn(self._open_card)

    def _open_card(self) -> str | None:
        bench, verbs = self.bench, self.verbs
        mine, suggested = self._at_cursor() or verbs.codes_here() or verbs.codes_around(), bench.suggestions()
        if suggested is None and not mine:
            return ADVICE
        book, snippet = bench.all.codebook, one_line(verbs.reading.segment.of(verbs.reading.answer.text))
        codes = mine or self._given_last_or_suggested()

        def opened(number: int | None) -> None:
            if number is not None:
                code = book.code_by_id[number]
                self.app.push_screen(CardScreen(bench.all, code), lambda what: self._change(what, code, snippet))

        if len(mine) == 1:
            opened(mine[0])
        elif book.active:
            title = "Which code?" if mine else "No code here: which one?"
            first = tuple(code for code in codes if not book.is_retired(code))
            self.app.push_screen(WhichCodeScreen(book, first, title=title).add_class("low"), opened)
        else:
            self.say("no code here yet: n makes one, k opens the codebook")
        return None

    def _given_last_or_suggested(self) -> list[int]:
        """The code given last, as one has just gone on from its segment, and those suggested for the active one."""
        book, suggested = self.bench.all.codebook, [one.code for one in self.bench.suggestions() or ()]
        last = [book.stands_for(code) for code in self.bench.recent if code in book.code_by_id][:1]
        return list(dict.fromkeys([*last, *suggested]))[:9]

    def _at_cursor(self) -> list[int]:
        """The code at the cursor of the codebook's list, where that is in use."""
        rows = self.focused
        code = rows.code_at(rows.cursor) if isinstance(rows, CodebookList) and rows.count() else None
        return [] if code is None else [code]

    def _change(self, what: str | None, code: Code, snippet: str) -> None:
        changes = self._changes = self._changes or Changes(self, self, low=True)
        if what == "rename":
            changes.rename(code)
        elif what == "define":
            changes.define(code)
        elif what == "example" and snippet in code.examples:
            self.say("the segment is an example already")
        elif what == "example":
            changes.make(lambda _: AddExample(code.id, snippet))
        elif what == "memo":
            open_memo(self, lambda: ([about_entry(self.bench.all, code)], 0), low=True)

    def changed(self, what: str) -> None:
        """Say what has been done to the codebook."""
        self.say(what)

    async def action_codebook(self) -> None:
        """Work on the codebook, at the active segment's code."""
        if not self._busy:
            await self.bench.finished()
        codes = self.verbs.codes_here() if self.bench.reading is not None else []
        self.app.push_screen(CodebookScreen(self.bench, self._keymap, codes[0] if codes else None), self.went)

    async def action_clashes(self) -> None:
        """Resolve the clashes."""
        if not self._busy:
            await self.bench.finished()
        try:
            queue = await self._desk.do(queue_of)
        except CoderError as error:
            self.fail(error)
            return
        if not queue:
            self.say("there are no clashes")
            return
        self.app.push_screen(ClashScreen(self.bench, queue, self._keymap), self.went)

    async def action_candidates(self) -> None:
        """Read the candidates for new codes, and make codes of them."""
        if not self._busy:
            await self.bench.finished()
        try:
            await self.bench.look_for_candidates()
        except CoderError as error:
            self.fail(error)
            return

        def left(text: Passage | None) -> None:
            if text is not None:
                self._in_turn(lambda: self.bench.go(text.answer.id, 0))
                self._in_turn(lambda: self.verbs.point(text.segment.start))

        self.app.push_screen(CandidatesScreen(self.bench, self._keymap), left)

    async def action_look_again(self) -> None:
        """Look again at what was coded by another definition than the one in force."""
        if not self._busy:
            await self.bench.finished()
        await look_again(self, self._keymap)

    def went(self, answer: int | None) -> None:
        """Read the answer that another screen leads to."""
        if answer is not None:
            self._in_turn(lambda: self.bench.go(answer))
