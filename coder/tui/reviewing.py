"""Review at the workbench: a queue to read by, and answers coded without anything a machine says of them."""

from collections.abc import Callable, Collection, Sequence

from coder.domain.answers import Answer
from coder.domain.audit import is_read, is_settled
from coder.domain.coding import Work
from coder.domain.how_many import how_many
from coder.domain.review import by_machine
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.ending import EndingBench
from coder.tui.overview import Outcome
from coder.tui.reading import Reading
from coder.workflow.order import Order

BLIND = "audit sample: coded without suggestions"
READ = "the sample is read: t shows what it measures"
TOO_LATE = "sample read; {} came too late for it: code {} too, then t has intervals"
CLASHING = "two codes of one theme: the audit waits until c there, or l, chooses which is counted"
_HINTS = " ? keys  1-9 code  / search  n new  Enter done  0 nothing  Space skip  u undo  t table  k codebook"
_OF_BLIND = " audit, blind:  / search  . last code  n new  Enter done  0 nothing  Space skip  u undo  ? keys"
_OF_SAME_WORDS = " D done, with {} more worded and coded the same  Enter this one alone  u undo  ? keys"
_OF_MACHINE = " ◇ by machine:  Enter accept all, next  i accept this  x reject  1-9 / correct  0 reject all  Space skip"


class ReviewBench(EndingBench):
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
        unread, worth = self.waiting, self._unread(self._worth)
        if unread:
            self.view.say(f"audit sample first: {how_many(unread, 'answer')}, without anything a machine says of them")
        elif worth:
            self.view.say(f"{how_many(worth, 'answer')} more to read until the order of the top themes is sure")

    def review_in_words(self) -> str:
        """How much is left of the sample, then of what is worth reading, then of all; nothing outside a review."""
        unread = self.waiting if self.queue else 0
        if unread:
            return f"audit · {unread} blind"
        if not self.reviewing:
            return ""
        worth = self._unread(self._worth)
        return f"review · {worth} more" if worth else f"review · {self.counts.remaining} left"

    @property
    def waiting(self) -> int:
        """How many of an audit's sample are yet to be coded; till then counts would tell what a machine said."""
        return sum(map(self._waits, self.all.hidden))

    def _waits(self, answer: int) -> bool:
        """True where an answer that is to be coded blind does not measure the machine yet."""
        standing = self.standings.get(answer)
        return standing is not None and not is_settled(standing.work, standing.decision)

    def _unread(self, answers: Collection[int]) -> int:
        return sum(number in self.answers and not self._finished(number) for number in answers)

    def put_in_order(self, order: Order, ids: Sequence[int]) -> None:
        """Have the list in another order; the queue is left until `back_to_queue`, save that a sample stays first.

        Where an order goes by suggestions, answers that are coded blind outside a review come last, as listed: their
        place would tell.
        """
        self.reviewing = False
        sample = [one for one in self.queue if one in self.all.hidden]
        apart = self.all.hidden if sample or order in (Order.LEAST_SURE, Order.BY_THEME) else frozenset()
        listed = [one.id for one in self.all.answers if one.id in apart and one.id not in sample]
        super().put_in_order(order, [*sample, *(one for one in ids if one not in apart), *listed])

    def back_to_queue(self) -> None:
        """Have the list in the review's own order again."""
        self.reviewing = True
        super().put_in_order(Order.AS_THEY_CAME, self.queue)

    def blind(self) -> bool:
        """True where the answer being read is coded without anything a machine says of it: until it is settled."""
        here = None if self.reading is None else self.reading.answer.id
        return here in self.all.hidden and self._waits(here)

    def machines(self) -> bool:
        """True where a machine's codings stand in the answer being read, for an analyst to decide about."""
        return self.reading is not None and bool(by_machine(self.ahead(self.reading.answer.id).codings))

    def hints(self) -> tuple[str, str]:
        """The keys that matter at the answer being read, and the style they are shown in."""
        if self.blind():
            return _OF_BLIND, ""
        if self.machines():
            return _OF_MACHINE, ""
        same = len(self.same_words())
        return (_OF_SAME_WORDS.format(same), "") if same else (_HINTS, "dim")

    def first_place(self, reading: Reading, work: Work) -> Reading:
        """Where in an answer to begin: at what a machine has coded first, else at the first uncoded segment."""
        found = at_home(work, reading.segments)
        coded = [number for number in range(len(reading.segments)) if by_machine(found.get(number, ()))]
        return reading.at(coded[0]) if coded and not work.done else super().first_place(reading, work)

    def suggestions(self) -> tuple[Suggestion, ...] | None:
        """The suggestions shown for the active segment: none where it is coded blind."""
        return () if self.blind() else super().suggestions()

    def apart(self) -> Collection[int]:
        """Each of an audit's sample is ended by itself."""
        return self.all.hidden

    def twins(self, answer: int) -> list[Answer]:
        """The near-duplicates that may be coded like an answer: each of an audit's sample is read by itself."""
        return [one for one in super().twins(answer) if one.id not in self.all.hidden]

    def _take(self, came: Outcome, said: Callable[[], str] | None = None) -> None:
        """Show what has come back from the desk; say so where the last answer of an audit's sample is done by it."""
        number = None if came.standing is None else came.standing.answer.id
        open_before = number in self.all.hidden and self._waits(number)
        super()._take(came, said)
        if open_before and not self.waiting:
            self.view.say(f"{self._read_in_words()}{self._next_in_words()}")

    def _read_in_words(self) -> str:
        """That the sample is read, and what else is to be coded before it measures anything."""
        held = (one for number, one in self.standings.items() if number in self.all.late)
        late = sum(not one.answer.blank and not is_read(one.work) for one in held)
        return TOO_LATE.format(how_many(late, "answer"), "them" if late > 1 else "it") if late else READ

    def _next_in_words(self) -> str:
        """What a review goes on with after its sample."""
        if self.queue and not self.reviewing:
            return "; y 1 goes on with the review"
        worth = self._unread(self._worth)
        return f"; next, {how_many(worth, 'answer')} until the top themes are sure" if worth else ""
