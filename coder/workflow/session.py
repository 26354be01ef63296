"""Coding one round of one question: the answers, their work and the live counts, one decision at a time.

The session is the workbench without its screen. It keeps in memory what the project holds, settles every answer with
the counting rule, and changes both only after a decision is on disk.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from coder.domain.codebook_edits import AddCode
from coder.domain.coding import Work
from coder.domain.editing import Edit
from coder.domain.errors import CoderError, ProjectChangedError, StepRefusedError
from coder.domain.how_many import how_many
from coder.domain.impact import Impact
from coder.domain.near_names import alike
from coder.domain.place import Place
from coder.domain.progress import with_rank
from coder.domain.same_words import coded_the_same
from coder.storage import codebooks, journal, places, surveys, undoing, works
from coder.storage.database import Database
from coder.workflow import revising
from coder.workflow.project import Project
from coder.workflow.standing import Counts, Edited, Moved, Standing, Standings

__all__ = ["Counts", "Edited", "Moved", "Session", "Standing", "begin"]


@dataclass
class Session(Standings):
    """An analyst at work on one round of one question. It belongs to the thread that opened the project."""

    analyst: str
    place: Place = field(init=False)
    recent: list[int] = field(init=False, default_factory=list)
    _refused: set[int] = field(init=False, default_factory=set)  # steps that were told not to go back

    def __post_init__(self) -> None:
        self._scope = revising.scope_of(self.round, self.question)
        self.reload()
        with self.project.file.reading() as db:
            place = places.load(db, self.analyst)
        here = place is not None and (place.round, place.question) == (self.round, self.question)
        self.place = place if place is not None and here else Place(self.round, self.question)

    def apply(
        self,
        answer: int,
        what: str,
        change: Callable[[Work], Work],
        place: Place | None = None,
        *,
        rank: int | None = None,
    ) -> Standing:
        """Decide something about an answer: `change` leads from its work as it is to what it shall be.

        `rank` is the place that a code given had among the suggestions on the screen, from 1, and 0 where it was not
        among them; the journal keeps it with the decision's name.
        On disk when the call returns, with its event in the journal. Raises CoderError where the domain refuses,
        ProjectChangedError where another window was there first, ProjectBusyError where the file is held.
        """
        before = self.work(answer)
        after = change(before)
        if after == before:
            return self.standing(answer)
        with self.project.file.writing() as db:
            self._require_same_text(db, answer)
            _require_in_use(db, before, after)
            rows = works.changes(db, answer, before, after, self.analyst)
            journal.record(
                db,
                rows,
                analyst=self.analyst,
                what=with_rank(what, rank),
                at=self.project.clock(),
                scope=self._scope,
                answer=answer,
            )
            if place is not None:
                places.save(db, self.analyst, place)
            now = works.of_answer(db, answer)
        self._take({answer: now})
        self.place = place or self.place
        held = set(before.codings)
        given = list(dict.fromkeys(coding.code for coding in after.codings if coding not in held))
        self.recent = [*given, *(code for code in self.recent if code not in given)][:9]
        return self.standing(answer)

    def end_same(self, answer: int, apart: Collection[int] = (), place: Place | None = None) -> int:
        """Be done with an answer and with all others in the very same words that are coded the same, as one step.

        Save those `apart`. Returns how many it ended, 0 where there is no other one. On disk when the call returns, or
        nothing is; raises as `apply` does.
        """
        mine, text = self.work(answer), self._by_id[answer].text
        others = [one.id for one in self.answers if one.text == text and one.id != answer and one.id not in apart]
        left = {one: work for one in others if not (work := self.work(one)).done}
        ends = coded_the_same(mine, left, self.codebook, self.analyst)
        if not ends:
            return 0
        ends += [] if mine.done else [answer]
        with self.project.file.writing() as db:
            rows: list[journal.Change] = []
            for one in ends:
                self._require_same_text(db, one)
                rows += works.changes(db, one, self.work(one), replace(self.work(one), done=True), self.analyst)
            what, at = f"end {how_many(len(ends), 'answer')} worded the same", self.project.clock()
            journal.record(db, rows, analyst=self.analyst, what=what, at=at, scope=self._scope, answer=answer)
            if place is not None:
                places.save(db, self.analyst, place)
            now = works.of_answers(db, ends)
        self._take(now)
        self.place = place or self.place
        return len(ends)

    def undo(self) -> Moved:
        """Take back this analyst's latest decision on this round and question, however long ago.

        Raises StepRefusedError where somebody has changed since what it made; the next call passes it over, as long as
        that stays so.
        """
        return self._step(undoing.undo)

    def redo(self) -> Moved:
        """Make the decision again that was undone last. Raises as `undo` does."""
        return self._step(undoing.redo)

    def _step(self, which: Callable[..., journal.Event | None]) -> Moved:
        passed: list[int] = []
        while True:
            try:
                return self._one_step(which, passed)
            except StepRefusedError as error:
                if error.step not in self._refused:
                    self._refused.add(error.step)
                    raise
                passed.append(error.step)

    def _one_step(self, which: Callable[..., journal.Event | None], but: list[int]) -> Moved:
        key, at = self.codebook.key, self.project.clock()
        with self.project.file.writing() as db:
            event = revising.step(db, which, key, analyst=self.analyst, scope=self._scope, at=at, but=but)
            if event is None:
                return Moved(None, "")
            now = works.of_answers(db, event.answers & self._by_id.keys())
            codebook = codebooks.load(db, key) if event.codebook is not None else None
        self._take(now, codebook)
        several = codebook is not None or len(event.answers) > 1
        memo = any(change.table == "memo" for change in event.changes)
        return Moved(event.answer if event.answer in self._by_id else None, event.what, several, memo)

    def preview(self, edit: Edit) -> Impact:
        """What an edit of the codebook would do to this table. Raises CoderError where it can't be made."""
        with self.project.file.reading() as db:
            planned = revising.plan(db, self.codebook, edit)
        return self._foresee(planned.after, planned.recoded)[0]

    def edit(self, edit: Edit) -> Edited:
        """Change the codebook, as one step that `undo` takes back: on disk, and every answer settled anew.

        Choices that still make sense stand; where one does not there is a clash again. Raises CoderError where the
        edit can't be made, ProjectChangedError where another window has changed the codebook or the work meanwhile.
        """
        return self._edit(edit)

    def code_anew(
        self,
        answer: int,
        name: str,
        give: Callable[[Work, int], Work],
        *,
        theme: int | None = None,
        place: Place | None = None,
        anyway: bool = False,
    ) -> Edited:
        """Make a new code and give it, as one step: `give` is told the work and the code.

        Raises CoderError where the name is nearly that of a code in use, unless it is meant `anyway`.
        """
        near = [] if anyway else alike(self.codebook, name)
        if near:
            raise CoderError(f"there is a code {near[0].name!r} already", "Give that one, or make another one anyway.")
        result = self._edit(AddCode(name, theme), {answer: give}, place)
        self.recent = [code for code in (result.entry, *self.recent) if code is not None][:9]
        return result

    def _edit(self, edit: Edit, also: revising.Also | None = None, place: Place | None = None) -> Edited:
        here = next(iter(also), None) if also else None
        with self.project.file.writing() as db:
            if here is not None:
                self._require_same_text(db, here)
            planned = revising.plan(db, self.codebook, edit, also)
            at = self.project.clock()
            revising.carry_out(db, planned, analyst=self.analyst, at=at, scope=self._scope, answer=here)
            if place is not None:
                places.save(db, self.analyst, place)
            codebook = codebooks.load(db, self.codebook.key)
        found, decided = self._foresee(planned.after, planned.recoded)
        self.place = place or self.place
        recoded = {number: work for number, work in planned.recoded.items() if number in self._by_id}
        self._take(recoded, codebook, decided if codebook == planned.after else {})
        return Edited(planned.what, found, planned.entry)

    def stand_at(self, place: Place) -> None:
        """Note where the analyst reads, for the next time."""
        if place == self.place:
            return
        with self.project.file.writing() as db:
            places.save(db, self.analyst, place)
        self.place = place

    def _require_same_text(self, db: Database, answer: int) -> None:
        if surveys.text_of(db, answer) != self._by_id[answer].text:
            raise ProjectChangedError(
                "the text of this answer was imported anew meanwhile",
                "Nothing was written; read it as it is now and decide again.",
            )


def _require_in_use(db: Database, before: Work, after: Work) -> None:
    new = {coding.code for coding in after.codings} - {coding.code for coding in before.codings}
    name = codebooks.not_in_use(db, new) if new else None
    if name is not None:
        raise CoderError(f"the code {name!r} was merged or retired", "It can't be given any more; choose another one.")


def begin(project: Project, *, round_key: str | None, question: str | None, analyst: str) -> Session:
    """A session on the round and question asked for; failing that where the analyst last stood, else the newest."""
    with project.file.reading() as db:
        last = places.load(db, analyst)
    rounds = [project.round(round_key)] if round_key else list(reversed(project.rounds()))
    there = [(one.key, asked.key) for one in rounds for asked in project.open_questions(one.key)]
    fitting = [pair for pair in there if question in (None, pair[1])]
    if not fitting:
        where = f"round {round_key}" if round_key else "the project"
        known = ", ".join(dict.fromkeys(key for _, key in there))
        raise CoderError(
            f"{where} has no open question" + (f" {question!r}" if question else ""),
            f"Open questions there: {known}." if known else "Take a survey in with `coder import`.",
        )
    stood = None if last is None else (last.round, last.question)
    chosen = stood if stood is not None and stood in fitting else fitting[0]
    return Session(project, *chosen, analyst)
