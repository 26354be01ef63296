"""Coding one round of one question: the answers, their work and the live counts, one decision at a time.

The session is the workbench without its screen. It keeps in memory what the project holds, settles every answer with
the counting rule, and changes both only after a decision is on disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import Decision, State, Tally, decide, state, tally
from coder.domain.place import Place
from coder.domain.suggestion import Evidence
from coder.domain.tables import ThemeTable
from coder.storage import journal, places, surveys, works
from coder.workflow import report
from coder.workflow.project import Project
from coder.workflow.suggesting import evidence_in, evidence_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One answer as it stands: what has been decided about it, and what the rule makes of that."""

    answer: Answer
    work: Work
    decision: Decision
    state: State


@dataclass(frozen=True, slots=True)
class Moved:
    """What undo or redo did: to which answer, and the decision's name; None where there was nothing to do."""

    answer: int | None
    what: str


@dataclass
class Session:
    """An analyst at work on one round of one question. It belongs to the thread that opened the project."""

    project: Project
    round: str
    question: str
    analyst: str
    codebook: Codebook = field(init=False)
    answers: list[Answer] = field(init=False)
    tally: Tally = field(init=False)
    place: Place = field(init=False)
    recent: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.project.question(self.question, self.round)
        self.codebook = self.project.codebook(self.question)
        self._scope = f"{self.round}/{self.question}"
        self.reload()
        with self.project.file.reading() as db:
            place = places.load(db, self.analyst)
        here = place is not None and (place.round, place.question) == (self.round, self.question)
        self.place = place if place is not None and here else Place(self.round, self.question)

    def reload(self) -> None:
        """Read all again, as when another window has written to the project."""
        with self.project.file.reading() as db:
            self._version = self.project.file.version()
            self.answers = [one for one in surveys.answers(db, self.round, self.question) if not one.blank]
            self._works = works.load(db, self.round, self.question)
            self._elsewhere = evidence_in(db, self.question, but=self.round)
        self._by_id = {answer.id: answer for answer in self.answers}
        self._decisions = {number: decide(work, self.codebook) for number, work in self._works.items()}
        self.tally = tally(self._decisions.values())

    def changed_elsewhere(self) -> bool:
        """True where another window or program has written to the project since it was last read."""
        return self.project.file.version() != self._version

    def work(self, answer: int) -> Work:
        """All that has been decided about an answer."""
        return self._works.get(answer, Work())

    def decision(self, answer: int) -> Decision:
        """What the counting rule makes of an answer."""
        return self._decisions.get(answer, ())

    def standing(self, answer: int) -> Standing:
        """An answer as it stands."""
        work, decision = self.work(answer), self.decision(answer)
        return Standing(self._by_id[answer], work, decision, state(work, decision))

    def apply(self, answer: int, what: str, change: Callable[[Work], Work], place: Place | None = None) -> Standing:
        """Decide something about an answer: `change` leads from its work as it is to what it shall be.

        On disk when the call returns, with its event in the journal. Raises CoderError where the domain refuses,
        ProjectChangedError where another window was there first, ProjectBusyError where the file is held.
        """
        before = self.work(answer)
        after = change(before)
        if after == before:
            return self.standing(answer)
        with self.project.file.writing() as db:
            rows = works.changes(db, answer, before, after, self.analyst)
            journal.record(
                db,
                rows,
                analyst=self.analyst,
                what=what,
                at=self.project.clock(),
                scope=self._scope,
                answer=answer,
            )
            if place is not None:
                places.save(db, self.analyst, place)
            now = works.of_answer(db, answer)
        self._take(answer, now)
        given = [coding.code for coding in after.codings if coding not in before.codings]
        self.recent = [*given, *(code for code in self.recent if code not in given)][:9]
        return self.standing(answer)

    def undo(self) -> Moved:
        """Take back this analyst's latest decision on this round and question, however long ago."""
        return self._step(journal.undo)

    def redo(self) -> Moved:
        """Make the decision again that was undone last."""
        return self._step(journal.redo)

    def _step(self, step: Callable[..., journal.Event | None]) -> Moved:
        with self.project.file.writing() as db:
            event = step(db, analyst=self.analyst, scope=self._scope, at=self.project.clock())
            now = None if event is None or event.answer is None else works.of_answer(db, event.answer)
        if event is None:
            return Moved(None, "")
        if event.answer in self._by_id and now is not None:
            self._take(event.answer, now)
        return Moved(event.answer if event.answer in self._by_id else None, event.what)

    def stand_at(self, place: Place) -> None:
        """Note where the analyst reads, for the next time."""
        if place == self.place:
            return
        with self.project.file.writing() as db:
            places.save(db, self.analyst, place)
        self.place = place

    def table(self) -> ThemeTable:
        """The theme table as it stands."""
        return report.count(self.codebook, self.answers, self._works, question=self.question, round_key=self.round)

    def behind(self, *, theme: int | None = None, code: int | None = None) -> list[Standing]:
        """The answers behind a count: those counted under the theme, or under the code."""
        return [
            self.standing(answer.id)
            for answer in self.answers
            if any(
                settled.counted.code == code if code is not None else settled.theme == theme
                for settled in self.decision(answer.id)
            )
        ]

    def evidence(self) -> list[Evidence]:
        """What suggestions may learn from: the codings by analysts in this round, and those of other rounds."""
        here = [
            item
            for answer in self.answers
            if answer.id in self._works
            for item in evidence_of(answer, self.work(answer.id))
        ]
        return self._elsewhere + here

    def _take(self, answer: int, work: Work) -> None:
        self.tally.add(self.decision(answer), times=-1)
        self._works[answer] = work
        self._decisions[answer] = decide(work, self.codebook)
        self.tally.add(self._decisions[answer])
