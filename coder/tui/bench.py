"""What happens at the workbench: what each decision does, and what comes back from the desk.

The screen calls it with keys and is told what to draw. Decisions leave for the desk at once and come back in order;
meanwhile the next key already knows them (`ahead`), but only what has come back is shown as coded.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from coder.domain.coding import Segment, Work
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.progress import without_rank
from coder.tui.advice import Advice, Advising
from coder.tui.desk import Desk
from coder.tui.overview import Outcome, Overview, outcome, overview, reloaded
from coder.tui.reader import Reader, View
from coder.tui.reading import Reading
from coder.tui.signs import one_line
from coder.tui.widgets.answer_list import called
from coder.workflow.session import Session, Standing

Change = Callable[[Work], Work]


class Bench(Reader):
    """The state of the workbench."""

    def __init__(
        self, desk: Desk, adviser: Advising, start: Overview, view: View, tell: Callable[[Advice], object]
    ) -> None:
        super().__init__(adviser, start, view, tell)
        self.desk = desk
        self.counts = start.counts
        self.recent = start.recent
        self._pending: Counter[int] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    def decide(
        self,
        what: str,
        change: Change,
        *,
        answer: int | None = None,
        rank: int | None = None,
        then: Callable[[Reading, Work], Reading] = Reading.with_work,
        said: Callable[[], str] | None = None,
    ) -> bool:
        """Decide something about an answer, the one being read unless another is named. False where nothing changes.

        `then` says where to stand afterwards; `rank` is the place of a code given among the suggestions, see Session.
        `said` are the words that tell of it: they are asked for, and shown, once it is on disk.
        """
        assert self.reading is not None
        number = self.reading.answer.id if answer is None else answer
        before = self.ahead(number)
        try:
            after = change(before)
        except CoderError as error:
            self.view.fail(error)
            return False
        if after == before:
            return False
        self._ahead[number] = after
        self._pending[number] += 1
        if number == self.reading.answer.id:
            self.reading = then(self.reading.with_work(after), after)
            self._ask()
            self.view.show_reading()
        place = self.place()

        def job(session: Session) -> Outcome:
            return outcome(session, session.apply(number, what, change, place, rank=rank))

        self._start(self._commit(number, what, job, said))
        return True

    def undo(self) -> None:
        """Take back the latest decision, wherever it was, and read the answer concerned."""
        self.line.hold("undo")
        self._start(self._step(Session.undo, "undone"))

    def redo(self) -> None:
        """Make the decision again that was taken back last."""
        self.line.hold("undo")
        self._start(self._step(Session.redo, "done again"))

    async def reload(self, said: str = "", *, anew: bool = True) -> None:
        """Read the project anew, as after another window has written to it; the place is kept.

        Not `anew`, the session is asked for what it holds, as after a change of the codebook that it made itself.
        """
        before = self.all.codebook
        try:
            self.all = await self.desk.do(reloaded if anew else overview)
        except CoderError as error:
            self.view.fail(error)
            return
        if self.all.codebook != before:
            self.offering.forget()
        self.standings, self.counts, self.recent = dict(self.all.standings), self.all.counts, self.all.recent
        old, self.answers = self.answers, {answer.id: answer for answer in self.all.answers}
        if old.keys() == self.answers.keys():
            self.list_only(tuple(self.answers[answer.id] for answer in self.shown))
        else:
            self.list_only(self.all.answers)
        if self.answers != old:
            self.alike = None
        # Imported anew: clauses and suggestions point into a text that is no more.
        self.counsel.forget([one.id for one in old.values() if self.answers.get(one.id, one).text != one.text])
        reading = self.reading
        if reading is not None and self.answers.get(reading.answer.id) == reading.answer:
            self._follow()
        elif reading is not None and reading.answer.id in self.answers:
            self.go(reading.answer.id)
        elif self.shown:
            self.go(self.shown[0].id)
        self.view.show_counts(None)
        self.counsel.learn(await self.desk.do(Session.evidence), self.all.codebook)
        if said:
            self.view.say(said)

    async def poll(self) -> None:
        """See whether another window has written to the project."""
        if self.desk.waiting:
            return
        try:
            if await self.desk.do(Session.changed_elsewhere):
                await self.reload("another window has changed the project: shown as it is now")
        except CoderError as error:
            self.view.fail(error)

    async def keep_place(self) -> None:
        """Note where the analyst stands."""
        place = self.place()
        try:
            await self.desk.do(lambda session: session.stand_at(place))
        except CoderError as error:
            self.view.fail(error)

    async def finished(self) -> None:
        """Wait until every decision is on disk."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def deciding(self) -> int:
        """How many decisions are on their way to the disk."""
        return sum(self._pending.values())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.view.broken(error)

    async def _commit(
        self, answer: int, what: str, job: Callable[[Session], Outcome], said: Callable[[], str] | None
    ) -> None:
        try:
            came = await self.desk.do(job)
        except CoderError as error:
            self._settled(answer)
            await self._lost(answer, what, error)
            return
        self._settled(answer)
        self._take(came, said)

    async def _lost(self, answer: int, what: str, error: CoderError) -> None:
        """Tell of a decision that is not on disk, and show everything as it is there."""
        lost = f"not stored for {called(self.answers[answer])}: {one_line(what, 80)}"
        self.view.say(lost)
        self.view.fail(CoderError(f"{lost}\n{error.message}", error.hint))
        if isinstance(error, ProjectChangedError):
            await self.reload()
        elif self.reading is not None:
            self._follow()

    async def _step(self, step: Callable[[Session], Any], said: str) -> None:
        def job(session: Session) -> Outcome:
            moved = step(session)
            return outcome(session, None if moved.answer is None else session.standing(moved.answer), moved)

        try:
            came = await self.desk.do(job)
            moved = came.moved
            if moved is None or not moved.what:
                self.view.say(f"there is nothing to be {said}")
            else:
                changed = None if came.standing is None else self._changed(came.standing)
                if moved.several or moved.memo:
                    # Before anything is drawn: the answer may carry a code that the screen does not know yet.
                    await self.reload(anew=False)
                    self.view.saved()
                else:
                    self._take(came)
                if came.standing is not None:
                    self._return_to(came.standing, changed)
                elif not (moved.several or moved.memo):
                    await self.reload()
                self.view.say(f"{said}: {without_rank(moved.what)}")
        except CoderError as error:
            self.view.fail(error)
            if isinstance(error, ProjectChangedError):
                await self.reload()
        finally:
            self.line.release("undo")

    def _changed(self, now: Standing) -> Segment | None:
        """The segment of a coding that was given or taken away."""
        old, new = set(self.standings[now.answer.id].work.codings), set(now.work.codings)
        return min((coding.segment for coding in old ^ new if not coding.whole), default=None)

    def _return_to(self, standing: Standing, changed: Segment | None) -> None:
        if self.reading is None or self.reading.answer.id != standing.answer.id:
            self.go(standing.answer.id, 0)
        assert self.reading is not None
        segments = self.reading.segments
        if changed is not None and segments:
            number = max((n for n, one in enumerate(segments) if one.start <= changed.start), default=0)
            self.move(self.reading.at(number))

    def _settled(self, answer: int) -> None:
        self._pending[answer] -= 1
        if self._pending[answer] <= 0:
            del self._pending[answer]
            self._ahead.pop(answer, None)

    def _take(self, came: Outcome, said: Callable[[], str] | None = None) -> None:
        """Show what has come back from the desk, and say it in words where there are any."""
        self.counts, self.recent = came.counts, came.recent
        answer = None
        if came.standing is not None:
            answer = came.standing.answer.id
            self.standings[answer] = came.standing
        self.counsel.learn(came.evidence)
        if self.reading is not None and answer == self.reading.answer.id:
            self._follow()
        self.view.show_counts(answer)
        if said is not None:
            self.view.say(said())
        if not self.deciding:
            self.view.saved()
