"""Quotes of examples, shortened at the workbench."""

from coder.domain.coding import Coding, Segment
from coder.domain.quoting import shorten
from coder.tui.screens.face import Face
from coder.tui.screens.quote import QuoteScreen


class Quoting(Face):
    """A workbench in which an example's quote is shortened."""

    def action_quote(self) -> None:
        """Take words out of the quote of the active segment's example."""
        self._in_turn(lambda: self.verbs.quote(self._shorten))

    def _shorten(self, coding: Coding) -> None:
        reading = self.bench.reading
        if reading is None or not coding.example:
            self.say("f flags it as an example first: then its quote can be shortened")
            return
        answer = reading.answer

        def shortened(kept: tuple[Segment, ...] | None) -> None:
            if kept is not None and kept != coding.kept:
                self.bench.decide("shorten an example", lambda work: shorten(work, coding, kept), answer=answer.id)

        self.app.push_screen(QuoteScreen(coding.segment.of(answer.text), coding.kept), shortened)
