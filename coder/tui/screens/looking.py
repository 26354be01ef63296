"""What the workbench has looked up beside the coding: similar segments, contradictions, orders, and the curves."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import cast

from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.segmenting import at_home
from coder.domain.suggestion import Similar
from coder.tui.advising import Advising
from coder.tui.desk import Desk
from coder.tui.errands import Apart
from coder.tui.overview import Overview
from coder.tui.reading import Reading
from coder.tui.screens.face import Face
from coder.tui.screens.progress import ProgressScreen, progress
from coder.tui.screens.similar import SimilarScreen
from coder.tui.widgets.answer_list import called
from coder.workflow.order import Order, near_duplicates, ordered, together
from coder.workflow.suggesting import Adviser

_LONGEST = 5_000  # characters of a segment that others are compared with
_SIMILAR = 20
_REVIEW = "the review's own"
_ORDERS = {Order.AS_THEY_CAME: "as listed, by name"}


def _in_order(adviser: Advising, order: Order, face: Face) -> tuple[list[int], list[tuple[int, ...]] | None]:
    """The answers' ids in an order, and the groups of near-duplicates where that is the order, else None."""
    bench = face.bench
    known, answers = cast(Adviser, adviser), bench.all.answers
    if order is Order.NEAR_DUPLICATES:
        groups = near_duplicates(known, answers)
        return together(answers, groups), groups
    works = {one.answer.id: one.work for one in list(bench.standings.values())}
    return ordered(known, answers, order, works), None


class Looking(Face):
    """A workbench that looks things up, always off the screen's own thread."""

    def __init__(self, desk: Desk, adviser: Advising, start: Overview, keymap: dict[str, str]) -> None:
        super().__init__(desk, adviser, start, keymap)
        self._told: set[tuple[int, Segment]] = set()
        self._apart = Apart()

    def given(self, reading: Reading, code: int) -> None:
        """Say once, quietly, where near-identical segments were given another code."""
        if (reading.answer.id, reading.segment) not in self._told and not self.bench.blind():
            self.run_worker(self._compare(reading, code), group="compare")

    async def _compare(self, reading: Reading, code: int) -> None:
        text, group = reading.segment.of(reading.answer.text)[:_LONGEST], reading.answer.respondent.key

        def errand(adviser: Advising) -> list[Similar]:
            return adviser.contradictions(text, code, but=group)

        try:
            found = await asyncio.wrap_future(self.bench.counsel.find(errand))
        except CoderError:
            return  # coding goes on; that suggestions fail is told where they are shown
        codebook = self.bench.all.codebook
        others = Counter(one.evidence.code for one in found if one.evidence.code in codebook.code_by_id)
        if others:
            self._told.add((reading.answer.id, reading.segment))
            other, number = others.most_common(1)[0]
            were = "segments were" if number > 1 else "segment was"
            self.say(f"{number} near-identical {were} coded {codebook.code_name(other)}")

    async def action_similar(self) -> None:
        """Show the segments most like this one that carry its code, else the first suggested."""
        bench, reading = self.bench, self.bench.reading
        if reading is None:
            return
        mine = at_home(bench.ahead(reading.answer.id), reading.segments)
        codes = [one.code for one in mine.get(None if reading.whole else reading.active, ())]
        codes = codes or [one.code for one in bench.suggestions() or ()]
        if not codes:
            self.say("no code to compare with yet")
            return
        code, text = codes[0], reading.segment.of(reading.answer.text)
        group = reading.answer.respondent.key

        def errand(adviser: Advising) -> list[Similar]:
            return adviser.similar(text[:_LONGEST], code, _SIMILAR, but=group)

        self.run_worker(self._show_similar(errand, text, code), group="similar", exclusive=True)

    async def _show_similar(self, errand: Callable[[Advising], list[Similar]], text: str, code: int) -> None:
        try:
            found = await asyncio.wrap_future(self.bench.counsel.find(errand))
        except CoderError as error:
            self.fail(error)
            return
        names = {one.respondent.key: called(one) for one in self.bench.all.answers}
        self.app.push_screen(SimilarScreen(text, self.bench.all.codebook.code_name(code), found, names))

    def action_order(self) -> None:
        """Choose in which order the answers are read; in a review its own comes first."""
        names = {one: _ORDERS.get(one, one.value) for one in Order}
        orders: list[Order | None] = [None, *names] if self.bench.queue else [*names]

        def chosen(place: int) -> None:
            order = orders[place]
            self.workers.cancel_group(self, "order")  # the order asked for last stands
            self._at_work = ""
            if order is None:
                self._relist(self.bench.back_to_queue, _REVIEW)
            elif order is Order.AS_THEY_CAME:
                self._put(order, [])
            else:
                self._at_work = "putting the answers in order…"
                self.say(self._at_work)
                self.run_worker(self._sort(order), group="order")

        now = None if self.bench.reviewing else self.bench.order
        words = {one: _REVIEW if one is None else names[one] for one in orders}
        self.pick("In which order?", [f"{words[one]}{', as now' if one is now else ''}" for one in orders], chosen)

    async def _sort(self, order: Order) -> None:
        try:
            adviser = await asyncio.wrap_future(self.bench.counsel.find(lambda adviser: adviser))
            # Apart: of many answers it takes long, and suggestions are waited for meanwhile.
            errand = partial(_in_order, adviser, order, self)
            ids, groups = await asyncio.wrap_future(self._apart.find(errand))
        except CoderError as error:
            self._at_work = ""
            self.say("")
            self.fail(error)
            return
        self._at_work = ""
        self._put(order, ids, groups)

    def _put(self, order: Order, ids: list[int], groups: list[tuple[int, ...]] | None = None) -> None:
        if groups is not None:
            self.bench.know_twins(groups)
        self._relist(lambda: self.bench.put_in_order(order, ids), _ORDERS.get(order, order.value))

    def _relist(self, put: Callable[[], None], called: str) -> None:
        def relisted() -> None:
            put()
            self._show_list()
            self._show_remaining()
            self.say(f"in order: {called}")

        self._in_turn(relisted)

    async def action_progress(self) -> None:
        """Show how coding goes."""
        await self.bench.finished() if not self._busy else None
        try:
            found = await self._desk.do(progress)
        except CoderError as error:
            self.fail(error)
            return
        self.app.push_screen(ProgressScreen(found))
