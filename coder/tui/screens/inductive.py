"""The inductive keys of the workbench: a new code, the codebook, the clashes."""

from coder.domain.errors import CoderError
from coder.domain.segmenting import at_home
from coder.tui.screens.clash import ClashScreen
from coder.tui.screens.face import Face
from coder.tui.screens.offer import OfferScreen, new_code_offers
from coder.tui.screens.theming import CodebookScreen
from coder.workflow.clashes import queue_of


class Inductive(Face):
    """What grows a codebook from the workbench."""

    def action_new_code(self) -> None:
        """Type a new code for the active segment."""
        self._in_turn(self._offer_new_code)

    def _offer_new_code(self) -> None:
        bench = self.bench
        reading = bench.reading
        assert reading is not None
        snippet = reading.segment.of(reading.answer.text)
        offers = new_code_offers(bench.all.codebook, snippet)

        def named(taken: int | str | None) -> None:
            if isinstance(taken, str):
                self._in_turn(lambda: bench.new_code(taken))
            elif taken is not None:
                self._in_turn(lambda: self.verbs.code(taken))

        own = offers("")[-1].value
        self.app.push_screen(OfferScreen("new code", offers, own=own if isinstance(own, str) else ""), named)

    async def action_codebook(self) -> None:
        """Work on the codebook, at the active segment's code."""
        if not self._busy:
            await self.bench.finished()
        reading, here = self.bench.reading, None
        if reading is not None:
            held = at_home(self.bench.ahead(reading.answer.id), reading.segments)
            codes = held.get(None if reading.whole else reading.active, ())
            here = self.bench.all.codebook.stands_for(codes[0].code) if codes else None
        self.app.push_screen(CodebookScreen(self.bench, self._keymap, here), self._went)

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
        self.app.push_screen(ClashScreen(self.bench, queue, self._keymap), self._went)

    def _went(self, answer: int | None) -> None:
        if answer is not None:
            self._in_turn(lambda: self.bench.go(answer))
