"""Review at the workbench: a queue to read by, answers coded blind, and what the keys do to a machine's codings."""

from collections.abc import Mapping, Sequence

from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment
from coder.domain.review import accept, accept_all, correct
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.growing import GrowingBench
from coder.tui.segments import ADVICE
from coder.tui.verbs import Listed, Verbs
from coder.workflow.order import Order

BLIND = "audit sample: coded without suggestions"


class ReviewBench(GrowingBench):
    """A bench that can follow a queue, and that shows nothing a machine says of an answer that is coded blind."""

    reviewing = False

    def take_up(self, queue: Sequence[int], *, review: bool) -> None:
        """Have the list begin with these answers, by their ids; `review` says so in its title. Before `begin`."""
        self._rank = {number: place for place, number in enumerate(queue)}
        self.reviewing = review
        self.list_only(self.shown)

    def begin(self) -> None:
        """Stand at the first answer of the queue, else where the analyst stood last time."""
        first = self.shown[0].id if self.shown else None
        if first is not None and first in self._rank:
            self.go(first)
        else:
            super().begin()

    def put_in_order(self, order: Order, ids: Sequence[int], twins: Sequence[tuple[int, ...]] = ()) -> None:
        """Have the list in another order; the queue is left."""
        self.reviewing = False
        super().put_in_order(order, ids, twins)

    def blind(self) -> bool:
        """True where the answer being read is to be coded without anything a machine says of it."""
        return self.reading is not None and self.reading.answer.id in self.all.hidden

    def suggestions(self) -> tuple[Suggestion, ...] | None:
        """The suggestions shown for the active segment: none where it is coded blind."""
        return () if self.blind() else super().suggestions()

    def twins(self, answer: int) -> list[Answer]:
        """The near-duplicates that may be coded like an answer: each of an audit's sample is read by itself."""
        return [one for one in super().twins(answer) if one.id not in self.all.hidden]


class ReviewVerbs(Verbs):
    """Deciding about a machine's codings, by the keys that decide about one's own."""

    bench: ReviewBench

    def _suggestion(self, number: int, seen: Mapping[Listed, tuple[Suggestion, ...]]) -> str | None:
        if self.bench.blind():
            self.bench.view.say(BLIND)
            return None
        return super()._suggestion(number, seen)

    def code(self, code: int, suggestion: Suggestion | None = None) -> str | None:
        """Give a code. On a segment that a machine has coded the same code accepts, and another one corrects.

        Where a machine has given several codes, and this is none of them, it comes beside them: nobody can tell which
        one it stands for.
        """
        reading, book = self.reading, self.bench.all.codebook
        if not (reading.ready or reading.whole):
            return ADVICE
        analyst = self.bench.all.analyst
        here, around = self._by_machine()
        same = [one for one in (*here, *around) if book.stands_for(one.code) == code]
        # The rank stays unknown: with a machine's code on the screen, the suggestions were not what was asked.
        if same:
            self.bench.decide(
                f"accept {book.code_name(code)}",
                lambda work: accept(work, same[0], analyst),
                then=lambda now, work: now.after_code(work),
            )
        elif len(here) == 1:
            self.bench.decide(
                f"correct {book.code_name(here[0].code)} to {book.code_name(code)}",
                lambda work: correct(work, here[0], code, analyst, book),
                then=lambda now, work: now.after_code(work),
            )
        else:
            return super().code(code, suggestion)
        return None

    def accept(self) -> str | None:
        """Accept all that a machine has coded in the answer, be done with it, and read the next."""
        analyst, number = self.bench.all.analyst, self.reading.answer.id
        if not any(one.origin is Origin.AUTO for one in self.bench.ahead(number).codings):
            self.bench.view.say("no code of a machine to accept here")
            return None
        self.bench.decide("accept", lambda work: accept_all(work, analyst))
        return self.done()

    def _by_machine(self) -> tuple[list[Coding], list[Coding]]:
        """A machine's codings of the active segment, and those of the whole answer around it.

        An answer that is one segment is the same as its whole.
        """
        reading = self.reading
        found = at_home(self.bench.ahead(reading.answer.id), reading.segments)
        here = _auto(found.get(None if reading.whole else reading.active, ()))
        around = [] if reading.whole else _auto(found.get(None, ()))
        only = reading.segments == (Segment(0, len(reading.answer.text)),)
        return ([*here, *around], []) if only and not reading.whole else (here, around)


def _auto(codings: Sequence[Coding]) -> list[Coding]:
    return [one for one in codings if one.origin is Origin.AUTO]
