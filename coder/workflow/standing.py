"""One round of one question as it stands in memory: every answer settled by the counting rule, and the live counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from coder.domain.answers import Answer, Question
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import Decision, State, Tally, decide, state, tally
from coder.domain.impact import Impact, foresee, reordered, touched, touches
from coder.domain.suggestion import Evidence
from coder.domain.tables import ThemeTable
from coder.storage import runs, surveys, works
from coder.storage.database import Database
from coder.workflow import audit, report
from coder.workflow.one_pass import Passed
from coder.workflow.project import Project
from coder.workflow.provenance import stopped
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
    """What undo or redo did: to which answer, and the decision's name; None where there was nothing to do.

    `several` says that it changed several answers, or the codebook and with it any number of them; `memo`, that it was
    about a memo.
    """

    answer: int | None
    what: str
    several: bool = False
    memo: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit of the codebook did, in words and to the counts; `entry` is the id of the entry that it made."""

    what: str
    impact: Impact
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The live counts: respondents by theme and by code, answers by state, and the clashes among them."""

    themes: Mapping[int, int]
    codes: Mapping[int, int]
    states: Mapping[State, int]
    clashes: int

    @property
    def base(self) -> int:
        """How many answers there are; blank ones stand outside."""
        return sum(self.states.values())

    @property
    def remaining(self) -> int:
        """How many answers are not done."""
        return self.base - self.states.get(State.DONE, 0)


@dataclass
class Standings:
    """What the project holds of one round of a question, read once and kept true decision by decision."""

    project: Project
    round: str
    question: str
    asked: Question = field(init=False)
    codebook: Codebook = field(init=False)
    answers: list[Answer] = field(init=False)
    tally: Tally = field(init=False)

    def reload(self) -> None:
        """Read all again, as when another window has written to the project."""
        self._version = self.project.file.version()
        with self.project.file.reading() as db:
            self.asked = self.project.question(self.question, self.round)
            self.codebook = self.project.codebook(self.question)
            self._run = self._latest_run(db)
            self.answers = self._read_answers(db)
            self._works = works.load(db, self.round, self.question)
            self._elsewhere = evidence_in(db, self.question, but=self.round)
            self._number = [one.key for one in surveys.rounds(db)].index(self.round)
            self.project.file.catch_up()
        self._by_id = {answer.id: answer for answer in self.answers}
        self._decisions = {number: decide(work, self.codebook) for number, work in self._works.items()}
        self.tally = tally(self._decisions.values())
        self._states = {answer.id: self.standing(answer.id).state for answer in self.answers}
        self._progress = Counter(self._states.values())

    def changed_elsewhere(self) -> bool:
        """True where another window or program has decided something, or taken in other answers, since all was read.

        Where others stand, and what they have exported, changes nothing here.
        """
        file = self.project.file
        version = file.version()
        if version == self._version:
            return False
        if file.decided_elsewhere() or self.project.question(self.question, self.round) != self.asked:
            return True
        with file.reading() as db:
            # A run that codes nothing may have found candidates.
            if self._latest_run(db) != self._run or self._read_answers(db) != self.answers:
                return True
        self._version = version
        return False

    def _latest_run(self, db: Database) -> int | None:
        run = runs.latest(db, self.round, self.question)
        return None if run is None else run.id

    def _read_answers(self, db: Database) -> list[Answer]:
        return [one for one in surveys.answers(db, self.round, self.question) if not one.blank]

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

    def standings(self) -> dict[int, Standing]:
        """Every answer as it stands, by its id."""
        return {answer.id: self.standing(answer.id) for answer in self.answers}

    def counts(self) -> Counts:
        """The counts as they stand."""
        progress = {one: count for one, count in self._progress.items() if count}
        return Counts(dict(self.tally.themes), dict(self.tally.codes), progress, self.tally.clashes)

    def table(self) -> ThemeTable:
        """The theme table as it stands, with intervals where an audit gives them."""
        every = (Passed(one, self.work(one.id), self.decision(one.id)) for one in self.answers)
        with self.project.file.reading() as db:
            latest = audit.latest_in(
                db, self.codebook, self._by_id, self._works, question=self.question, round_key=self.round
            )
            ahead, _ = stopped(self.project, self.question, self.round)
        return report.audited(report.count(self.codebook, every, asked=self.asked, round_key=self.round), latest, ahead)

    def behind(self, *, theme: int | None = None, code: int | None = None) -> list[Standing]:
        """The answers behind a count: those counted under the theme, or under the code."""
        return [
            self.standing(answer.id)
            for answer in self.answers
            if any(
                settled.code == code if code is not None else settled.theme == theme
                for settled in self.decision(answer.id)
            )
        ]

    def uncoded(self) -> list[Standing]:
        """The answers with neither a coding nor the mark *nothing to code*."""
        return [one for one in self.standings().values() if one.work.uncoded]

    def nothing_to_code(self) -> list[Standing]:
        """The answers marked as having nothing to code."""
        return [one for one in self.standings().values() if one.work.nothing]

    def clashes(self) -> list[Standing]:
        """The answers with a clash."""
        return [one for one in self.standings().values() if any(settled.clash for settled in one.decision)]

    def evidence(self) -> list[Evidence]:
        """What suggestions may learn from: the codings by analysts in this round, and those of other rounds."""
        here = [
            item
            for answer in self.answers
            if answer.id in self._works
            for item in evidence_of(answer, self.work(answer.id), self._number)
        ]
        return self._elsewhere + here

    def _foresee(self, after: Codebook, recoded: Mapping[int, Work]) -> tuple[Impact, dict[int, Decision]]:
        here = {answer: work for answer, work in recoded.items() if answer in self._by_id}
        return foresee(self.codebook, after, self._works, here, decided=self._decisions, total=self.tally)

    def _take(
        self,
        changed: Mapping[int, Work],
        codebook: Codebook | None = None,
        decided: Mapping[int, Decision] = MappingProxyType({}),
    ) -> None:
        """Go over to changed work, and to another codebook where there is one: what they touch is settled anew.

        `decided` holds what the rule makes of answers where that is known already.
        """
        self._works.update(changed)
        before, after = self.codebook, codebook or self.codebook
        self.codebook = after
        if after == before:
            self._settle(changed, decided)
            return
        entries, anew = touched(before, after), reordered(before, after)
        here = [one for one, work in self._works.items() if anew or one in changed or touches(entries, work)]
        self._settle(here, decided)

    def _settle(self, answers: Iterable[int], decided: Mapping[int, Decision]) -> None:
        for answer in answers:
            self.tally.add(self.decision(answer), times=-1)
            self._decisions[answer] = decided.get(answer) or decide(self._works[answer], self.codebook)
            self.tally.add(self._decisions[answer])
            if answer in self._states:
                self._progress[self._states[answer]] -= 1
                self._states[answer] = self.standing(answer).state
                self._progress[self._states[answer]] += 1
