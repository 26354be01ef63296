"""Where the analyst stands: which answer, which segment, what comes next, and what is suggested there."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Protocol, cast

from coder.domain.answers import Answer
from coder.domain.coding import Work
from coder.domain.counting import State
from coder.domain.errors import CoderError
from coder.domain.place import Place
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Suggestion
from coder.tui.advice import Advice, Advising, Counsel
from coder.tui.line import Line
from coder.tui.offering import Offering
from coder.tui.overview import Overview, uncoded
from coder.tui.reading import Reading
from coder.workflow.order import Order, near_duplicates
from coder.workflow.session import Standing
from coder.workflow.suggesting import Adviser

TWINS = "near-duplicates"  # what a step waits for that needs to know which answers say the same


class View(Protocol):
    """What a bench tells its screen."""

    def show_reading(self) -> None:
        """Draw the answer being read, and the suggestions."""

    def show_counts(self, answer: int | None) -> None:
        """Draw the counts, and an answer's sign in the list; all signs where None."""

    def say(self, text: str) -> None:
        """Say something quietly."""

    def fail(self, error: CoderError) -> None:
        """Say what went wrong and what to do."""

    def broken(self, error: BaseException) -> None:
        """End, with an error that nobody foresaw."""

    def saved(self) -> None:
        """Say that all that was decided is on disk."""


class Reader:
    """The reading half of the workbench. The decisions on their way to the disk are known here as `_ahead`."""

    def __init__(self, adviser: Advising, start: Overview, view: View, tell: Callable[[Advice], object]) -> None:
        self.counsel = Counsel(adviser, tell, lambda: uncoded(list(self.standings.values())))
        self.line = Line()
        self.view = view
        self.all = start
        self.standings = dict(start.standings)
        self.answers = {answer.id: answer for answer in start.answers}
        self.shown: tuple[Answer, ...] = ()
        self._places: dict[int, int] = {}
        self.order = Order.AS_THEY_CAME
        self._rank: dict[int, int] = {}
        self.alike: dict[int, tuple[int, ...]] | None = None  # an answer's near-duplicates, once they are known
        self.list_only(start.answers)
        self.reading: Reading | None = None
        self.troubles: set[str] = set()
        self._ahead: dict[int, Work] = {}
        self._seek = False
        self.offering = Offering(self.counsel, self._waited)

    def begin(self) -> None:
        """Stand where the analyst stood last time, else at the first answer that is not done."""
        place = self.all.place
        if place.answer in self.answers:
            self.go(place.answer, place.segment)
        elif self.shown:
            self.go(self.shown[0].id)
            if self.standing.state is State.DONE:
                self.next_remaining()

    @property
    def standing(self) -> Standing:
        """The answer being read, as it stands on disk."""
        assert self.reading is not None
        return self.standings[self.reading.answer.id]

    def ahead(self, answer: int) -> Work:
        """The work on an answer with the decisions that are still on their way to the disk."""
        return self._ahead.get(answer, self.standings[answer].work)

    def place(self) -> Place:
        """Where the analyst stands."""
        reading = self.reading
        return Place(
            self.all.round,
            self.all.question,
            None if reading is None else reading.answer.id,
            0 if reading is None else reading.active,
        )

    def list_only(self, answers: tuple[Answer, ...]) -> None:
        """Have the list hold these answers, in the order chosen; going on and back goes by it."""
        self.shown = tuple(sorted(answers, key=lambda one: self._rank.get(one.id, len(self._rank))))
        self._places = {answer.id: place for place, answer in enumerate(self.shown)}

    def put_in_order(self, order: Order, ids: Sequence[int]) -> None:
        """Have the list in this order, as listed where there are no ids.

        Reads the first answer in that order that is not done, unless the one being read is begun.
        """
        self.order = order
        self._rank = {number: place for place, number in enumerate(ids)}
        listed = [one for one in self.all.answers if one.id in self._places]
        self.list_only(tuple(self.answers[one.id] for one in listed))
        if self.reading is None or not ids or self.ahead(self.reading.answer.id).codings:
            return
        for answer in self.shown:
            if not self._finished(answer.id):
                self.go(answer.id)
                return

    def twins(self, answer: int) -> list[Answer]:
        """The near-duplicates of an answer that no analyst has touched; none until they are known."""
        return [
            self.answers[one]
            for one in (self.alike or {}).get(answer, ())
            if one != answer and one in self.answers and not self.standings[one].work.by_hand and one not in self._ahead
        ]

    def look_for_twins(self) -> None:
        """Find out which answers say the same, as the adviser comes to it; steps that wait for it go on then."""
        answers = self.all.answers
        found = self.counsel.find(lambda adviser: near_duplicates(cast(Adviser, adviser), answers))
        asyncio.wrap_future(found).add_done_callback(partial(self._found_twins, answers))

    def _found_twins(self, answers: Sequence[Answer], found: "asyncio.Future[list[tuple[int, ...]]]") -> None:
        error = found.exception()
        if isinstance(error, CoderError):
            self.line.clear()
            self.view.fail(error)
        elif answers is self.all.answers:  # else they have been read anew meanwhile, and the step looks again
            self.know_twins(found.result())
        self.line.release(TWINS)

    def know_twins(self, groups: Sequence[tuple[int, ...]]) -> None:
        """Take note of the groups of answers that say the same."""
        self.alike = {number: group for group in groups for number in group}

    def go(self, answer: int, segment: int | None = None) -> None:
        """Read another answer, at its first uncoded segment unless one is named."""
        self._seek = segment is None
        self.reading = Reading(self.answers[answer], self.counsel.clauses(answer), active=segment or 0)
        self._follow()

    def move(self, reading: Reading) -> None:
        """Stand elsewhere in the answer."""
        self.reading = reading
        self._ask()
        self.view.show_reading()

    def heard(self, advice: Advice) -> None:
        """Take news from the adviser's thread; what concerns another answer by now is in the cache for later."""
        if advice.error and advice.error not in self.troubles:
            self.troubles.add(advice.error)
            self.view.fail(CoderError(f"no suggestions: {advice.error}", "Coding goes on; / finds every code."))
        if self.reading is None or advice.answer != self.reading.answer.id:
            return
        if advice.segment is None and self.reading.offered is None:
            self.reading = replace(self.reading, offered=self.counsel.clauses(advice.answer))
            self._follow()
        elif advice.segment == self.reading.segment:
            self.view.show_reading()
        self.line.release("advice")

    def suggestions(self) -> tuple[Suggestion, ...] | None:
        """The suggestions shown for the active segment, None while there are none yet; see Offering."""
        reading = self.reading
        if reading is None or not (reading.ready or reading.whole):
            return None
        usable = {code.id for code in self.all.codebook.active}
        return self.offering.of((reading.answer.id, reading.segment), usable)

    def _waited(self) -> None:
        self.view.show_reading()
        self.line.release("advice")

    def next_remaining(self) -> None:
        """Read the next answer that is not done, round the end of the list to its beginning."""
        for answer in self._remaining():
            self.go(answer.id)
            return
        self.view.say("every answer in the list is done")

    def step(self, by: int) -> None:
        """Read the next or previous answer of the list."""
        place = self._here() + by
        if 0 <= place < len(self.shown):
            self.go(self.shown[place].id)
        else:
            self.view.say("this is the last answer of the list" if by > 0 else "this is the first answer of the list")

    def _here(self) -> int:
        return self._places.get(self.reading.answer.id, -1) if self.reading else -1

    def _remaining(self) -> Iterator[Answer]:
        here = self._here()
        for answer in chain(islice(self.shown, here + 1, None), islice(self.shown, max(0, here))):
            if not self._finished(answer.id):
                yield answer

    def _finished(self, answer: int) -> bool:
        if answer in self._ahead:
            return self._ahead[answer].done or self._ahead[answer].nothing
        return self.standings[answer].state is State.DONE

    def _follow(self) -> None:
        """Fit the reading to the answer's work as it is ahead."""
        assert self.reading is not None
        work = self.ahead(self.reading.answer.id)
        self.reading = self.reading.with_work(work)
        if self._seek and self.reading.ready:
            self._seek = False
            self.reading = self.first_place(self.reading, work)
        self._ask()
        self.view.show_reading()

    def first_place(self, reading: Reading, work: Work) -> Reading:
        """Where in an answer to begin: at its first uncoded segment."""
        return reading.after_code(work) if not work.done and 0 in at_home(work, reading.segments) else reading

    def _ask(self) -> None:
        """Ask the adviser for what is on the screen, then for what will be."""
        reading = self.reading
        assert reading is not None
        wanted = [reading.segment] if reading.ready or reading.whole else []
        wanted += [one for one in reading.segments[reading.active :][:8] if one not in wanted]
        here = self._here()
        coming = [*islice(self._remaining(), 2), *self.shown[here + 1 : here + 2]]
        self.counsel.read(reading.answer, tuple(wanted), coming)
