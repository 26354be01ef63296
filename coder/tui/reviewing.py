"""Review at the workbench: a queue to read by, answers coded blind, and what the keys do to a machine's codings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment, Work, mark_nothing
from coder.domain.counting import State
from coder.domain.how_many import how_many
from coder.domain.review import accept, correct, reject, reject_all, settle
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.growing import GrowingBench
from coder.tui.overview import Outcome
from coder.tui.reading import Reading
from coder.tui.segments import ADVICE
from coder.tui.verbs import Listed, Verbs
from coder.tui.widgets.answer_list import called
from coder.workflow.order import Order

BLIND = "audit sample: coded without suggestions"
READ = "the audit's sample is read: t shows the counts with their intervals"
SURE = "the order of the most common themes is sure, as far as the scores hold"
HINTS = " ◇ by machine:  Enter accept all, next  i accept this  1-9 / another code  x reject  0 reject all  Space skip"


class ReviewBench(GrowingBench):
    """A bench that can follow a queue, and that shows nothing a machine says of an answer that is coded blind."""

    reviewing = False
    queue: tuple[int, ...] = ()  # the answers' ids in the review's own order; none outside a review
    _worth: frozenset[int] = frozenset()

    def take_up(self, queue: Sequence[int], worth: Sequence[int] = ()) -> None:
        """Have the list begin with a review's queue, of which `worth` are worth reading; all by their ids.

        Before `begin`.
        """
        self.queue = tuple(queue)
        self._rank = {number: place for place, number in enumerate(queue)}
        self._worth = frozenset(worth)
        self.reviewing = True
        self.list_only(self.shown)

    def begin(self) -> None:
        """Stand at the first answer of the queue, else where the analyst stood last time."""
        first = self.shown[0].id if self.shown else None
        if first is None or first not in self._rank:
            super().begin()
            return
        self.go(first)
        unread, worth = self._unread(self.all.hidden), self._unread(self._worth)
        if unread:
            self.view.say(f"audit sample first: {how_many(unread, 'answer')}, without anything a machine says of them")
        elif worth:
            self.view.say(f"{how_many(worth, 'answer')} more to read until {SURE}")

    def review_in_words(self) -> str:
        """How much is left of the sample, then of what is worth reading, then of all; nothing outside a review."""
        if not self.reviewing:
            return ""
        unread = self._unread(self.all.hidden)
        if unread:
            return f"audit · {unread} blind"
        worth = self._unread(self._worth)
        return f"review · {worth} more" if worth else f"review · {self.counts.remaining} left"

    def _unread(self, answers: Collection[int]) -> int:
        return sum(number in self.answers and not self._finished(number) for number in answers)

    def put_in_order(self, order: Order, ids: Sequence[int], twins: Sequence[tuple[int, ...]] = ()) -> None:
        """Have the list in another order; the queue is left until `back_to_queue`.

        Where an order goes by suggestions, answers that are coded blind come last, as listed: their place would tell.
        """
        self.reviewing = False
        apart = self.all.hidden if order in (Order.LEAST_SURE, Order.BY_THEME) else frozenset()
        listed = [one.id for one in self.all.answers if one.id in apart]
        super().put_in_order(order, [*(one for one in ids if one not in apart), *listed], twins)

    def back_to_queue(self) -> None:
        """Have the list in the review's own order again."""
        self.reviewing = True
        super().put_in_order(Order.AS_THEY_CAME, self.queue)

    def blind(self) -> bool:
        """True where the answer being read is to be coded without anything a machine says of it."""
        return self.reading is not None and self.reading.answer.id in self.all.hidden

    def machines(self) -> bool:
        """True where a machine's codings stand in the answer being read, for an analyst to decide about."""
        return self.reading is not None and bool(_auto(self.ahead(self.reading.answer.id).codings))

    def first_place(self, reading: Reading, work: Work) -> Reading:
        """Where in an answer to begin: at what a machine has coded first, else at the first uncoded segment."""
        found = at_home(work, reading.segments)
        coded = [number for number in range(len(reading.segments)) if _auto(found.get(number, ()))]
        return reading.at(coded[0]) if coded and not work.done else super().first_place(reading, work)

    def suggestions(self) -> tuple[Suggestion, ...] | None:
        """The suggestions shown for the active segment: none where it is coded blind."""
        return () if self.blind() else super().suggestions()

    def twins(self, answer: int) -> list[Answer]:
        """The near-duplicates that may be coded like an answer: each of an audit's sample is read by itself."""
        return [one for one in super().twins(answer) if one.id not in self.all.hidden]

    def _take(self, came: Outcome) -> None:
        """Show what has come back from the desk; say so where the last answer of an audit's sample is done by it."""
        number = None if came.standing is None else came.standing.answer.id
        open_before = number in self.all.hidden and self.standings[number].state is not State.DONE
        super()._take(came)
        if open_before and not self._unread(self.all.hidden):
            self.view.say(READ)


class ReviewVerbs(Verbs):
    """Deciding about a machine's codings, by the keys that decide about one's own."""

    bench: ReviewBench

    def done(self) -> str | None:
        """Accept what a machine has coded in the answer and still stands, be done with it, and read the next."""
        analyst, number, book = self.bench.all.analyst, self.reading.answer.id, self.bench.all.codebook
        codings = _auto(self.bench.ahead(number).codings)
        if not codings:
            return super().done()
        names = ", ".join(dict.fromkeys(book.code_name(one.code) for one in codings))
        self.bench.decide(f"accept {names}", lambda work: settle(work, analyst))
        self.bench.next_remaining()
        self.bench.view.say(f"accepted for {called(self.bench.answers[number])}: {names}")
        return None

    def nothing(self) -> str | None:
        """Mark the answer as having nothing to code; where only a machine has coded it, that is rejected."""
        analyst, work = self.bench.all.analyst, self.bench.ahead(self.reading.answer.id)
        if not work.codings or len(_auto(work.codings)) < len(work.codings):
            return super().nothing()
        book = self.bench.all.codebook
        self.bench.decide("reject all, nothing to code", lambda one: mark_nothing(reject_all(one, book), analyst))
        self.bench.next_remaining()
        return None

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
                then=_onwards,
            )
        elif len(here) == 1:
            self.bench.decide(
                f"correct {book.code_name(here[0].code)} to {book.code_name(code)}",
                lambda work: correct(work, here[0], code, analyst, book),
                then=_onwards,
            )
        else:
            return super().code(code, suggestion)
        return None

    def accept(self) -> str | None:
        """Accept what a machine has coded in the active segment, and go on to the next that it has coded."""
        if not (self.reading.ready or self.reading.whole):
            return ADVICE
        analyst, book = self.bench.all.analyst, self.bench.all.codebook
        here, around = self._by_machine()
        codings = here or around
        if not codings:
            self.bench.view.say("no code of a machine to accept here")
            return None

        def accepted(work: Work) -> Work:
            for one in codings:
                work = accept(work, one, analyst)
            return work

        names = ", ".join(dict.fromkeys(book.code_name(one.code) for one in codings))
        self.bench.decide(f"accept {names}", accepted, then=_onwards)
        return None

    def take_off(self, coding: Coding) -> None:
        """Take a code off. Rejecting a machine's is a person's decision: from then on the segments are theirs."""
        if coding.origin is not Origin.AUTO:
            super().take_off(coding)
            return
        book, segments = self.bench.all.codebook, self.reading.segments or None

        def rejected(work: Work) -> Work:
            after = reject(work, coding, book)
            return after if after.by_hand else replace(after, cuts=segments)

        self.bench.decide(f"reject {book.code_name(coding.code)}", rejected)

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


def _onwards(reading: Reading, work: Work) -> Reading:
    """The next segment that a machine has coded, else the next that is not coded."""
    found = at_home(work, reading.segments)
    coming = range(reading.active + 1, len(reading.segments))
    coded = [number for number in coming if _auto(found.get(number, ()))]
    return reading.at(coded[0]) if coded and not reading.whole else reading.after_code(work)


def _auto(codings: Sequence[Coding]) -> list[Coding]:
    return [one for one in codings if one.origin is Origin.AUTO]
