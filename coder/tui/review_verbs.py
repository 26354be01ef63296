"""What the keys do to a machine's codings."""

from collections.abc import Mapping
from dataclasses import replace

from coder.domain.coding import Coding, Origin, Segment, Work, mark_nothing
from coder.domain.counting import decide
from coder.domain.review import accept, accept_each, by_machine, correct, reject, reject_all, settle
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.offering import Listed
from coder.tui.reading import Reading
from coder.tui.reviewing import BLIND, CLASHING, ReviewBench
from coder.tui.segments import ADVICE
from coder.tui.verbs import Verbs
from coder.tui.widgets.answer_list import called


class ReviewVerbs(Verbs):
    """Deciding about a machine's codings, by the keys that decide about one's own."""

    bench: ReviewBench

    def done(self) -> str | None:
        """Accept what a machine has coded in the answer and still stands, be done with it, and read the next."""
        analyst, number, book = self.bench.all.analyst, self.reading.answer.id, self.bench.all.codebook
        codings = by_machine(self.bench.ahead(number).codings)
        if not codings:
            super().done()
            if number in self.bench.all.hidden and any(one.clash for one in decide(self.bench.ahead(number), book)):
                self.bench.view.say(f"▲ {called(self.bench.answers[number])} is not settled, {CLASHING}")
            return None
        names = ", ".join(dict.fromkeys(book.code_name(one.code) for one in codings))
        said = f"accepted for {called(self.bench.answers[number])}: {names}"
        self.bench.decide(f"accept {names}", lambda work: settle(work, analyst), said=lambda: said)
        self.bench.next_remaining()
        return None

    def nothing(self) -> str | None:
        """Mark the answer as having nothing to code; where only a machine has coded it, that is rejected."""
        analyst, work = self.bench.all.analyst, self.bench.ahead(self.reading.answer.id)
        if not work.codings or len(by_machine(work.codings)) < len(work.codings):
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
        here, around = self._machines()
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
        here, around = self._machines()
        codings = here or around
        if not codings:
            self.bench.view.say("no code of a machine to accept here")
            return None

        names = ", ".join(dict.fromkeys(book.code_name(one.code) for one in codings))
        self.bench.decide(f"accept {names}", lambda work: accept_each(work, codings, analyst), then=_onwards)
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

    def _machines(self) -> tuple[list[Coding], list[Coding]]:
        """A machine's codings of the active segment, and those of the whole answer around it.

        An answer that is one segment is the same as its whole.
        """
        reading = self.reading
        found = at_home(self.bench.ahead(reading.answer.id), reading.segments)
        here = by_machine(found.get(None if reading.whole else reading.active, ()))
        around = [] if reading.whole else by_machine(found.get(None, ()))
        only = reading.segments == (Segment(0, len(reading.answer.text)),)
        return ([*here, *around], []) if only and not reading.whole else (here, around)


def _onwards(reading: Reading, work: Work) -> Reading:
    """The next segment that a machine has coded, else the next that is not coded."""
    found = at_home(work, reading.segments)
    coming = range(reading.active + 1, len(reading.segments))
    coded = [number for number in coming if by_machine(found.get(number, ()))]
    return reading.at(coded[0]) if coded and not reading.whole else reading.after_code(work)
