"""A codings file on its way into a project: where its rows belong, what they change, and what to know of it after."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Origin, Segment, Work, choose, give, mark_nothing, require_segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.domain.how_many import how_many
from coder.storage import codebooks, journal, runs, surveys, works
from coder.storage.database import Database
from coder.workflow.files_run import Told
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.project import Project

_TOLD = 500  # rows or answers between two words on how far an import has come


@dataclass
class CodingsReport:
    """What an import of codings did: rows read, codings that are new, and those the project already held.

    `notes` say in words what is to be known of the machine's codings: of which run those are that came in, and where
    some that stood before stay beside what people have coded.
    """

    rows: int = 0
    added: int = 0
    held: int = 0
    nothing: int = 0
    choices: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass
class _Question:
    """One round of one question while its codings are taken in."""

    codebook: Codebook
    answers: dict[str, Answer]
    works: dict[int, Work]


@dataclass
class Intake:
    """One codings file on its way into the project.

    `told` is the run that wrote what a machine coded in it, None where that is not known: `why` says it in words.
    `of_run` counts the machine's codings that are new, by run, and `beside` the answers with the machine's codings that
    stood in them before and stay beside a person's.
    """

    project: Project
    db: Database
    file: Path
    report: CodingsReport
    told: Told | None
    why: str
    progress: Progress = unwatched
    questions: dict[tuple[str, str], _Question] = field(default_factory=dict)
    runs: dict[tuple[str, str], int | None] = field(default_factory=dict)
    of_run: Counter[int | None] = field(default_factory=Counter)
    beside: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def tell(self, parts: float) -> None:
        """Say that so many of its three parts are done: finding the rows' places, deciding on them, writing."""
        rows = self.report.rows
        self.progress(int(parts * rows), 3 * rows)

    def take(self, rows: Sequence[CodingRow]) -> list[journal.Change]:
        """The row changes that the file asks for."""
        by_answer: dict[int, list[_Given]] = defaultdict(list)
        where: dict[int, tuple[_Question, Answer]] = {}
        for place, row in enumerate(rows):
            if place % _TOLD == 0:
                self.tell(place / len(rows))
            question = self._question(row)
            answer, coding = self._resolve(question, row)
            by_answer[answer.id].append((row, coding))
            where[answer.id] = question, answer
        changes: list[journal.Change] = []
        for done, (number, given) in enumerate(by_answer.items(), start=1):
            changes += self._decide(*where[number], given)
            if done % _TOLD == 0:
                self.tell(1 + done / len(by_answer))
        self.report.notes += [*self._run_notes(), *self._beside_notes()]
        return changes

    def _question(self, row: CodingRow) -> _Question:
        place = (row.round, row.question)
        if place not in self.questions:
            found = {one.key: one for one in surveys.questions(self.db, row.round)}
            key = codebooks.of_question(self.db, row.question)
            codebook = codebooks.load(self.db, key) if key else None
            if row.question not in found or codebook is None:
                what = f"the project has no open question {row.question!r} in round {row.round!r}"
                raise self._wrong(row, what, "Import the round's answers first, or mend the row.")
            answers = {one.respondent.key: one for one in surveys.answers(self.db, *place)}
            self.questions[place] = _Question(codebook, answers, works.load(self.db, *place))
        return self.questions[place]

    def _resolve(self, question: _Question, row: CodingRow) -> tuple[Answer, Coding | None]:
        answer = question.answers.get(row.respondent)
        if answer is None:
            what = f"question {row.question!r} of round {row.round} has no answer by respondent {row.respondent!r}"
            raise self._wrong(row, what, "Check the id, leading zeros included.")
        if row.nothing:
            if answer.blank:
                what = f"the answer of respondent {row.respondent} is blank: there is nothing to mark"
                raise self._wrong(row, what, "Blank answers stand outside the base; leave the row out.")
            return answer, None
        code = question.codebook.find(row.theme, row.code)
        if code is None:
            where = f"in the theme {row.theme!r}" if row.theme else "without a theme"
            what = f"the codebook {question.codebook.key} has no code {row.code!r} {where}"
            raise self._wrong(row, what, "Names must be as in the codebook, theme and code both.")
        segment = row.segment if row.segment is not None else Segment(0, len(answer.text))
        try:
            require_segment(answer, segment)
        except CoderError as error:
            raise self._wrong(row, error.message, error.hint) from None
        there = segment.of(answer.text)
        if row.snippet and row.snippet != there:
            what = (
                f"the snippet {_short(row.snippet)!r} is not what stands at {segment.start}-{segment.end} in the "
                f"answer of {row.respondent}: {_short(there)!r}"
            )
            raise self._wrong(
                row, what, "Offsets count characters of the stored text; a blank snippet is not compared."
            )
        return answer, Coding(code.id, segment, row.analyst, row.origin, row.score, whole=row.segment is None)

    def _decide(self, question: _Question, answer: Answer, given: list["_Given"]) -> list[journal.Change]:
        before = after = question.works.get(answer.id, Work())
        for row, coding in given:
            try:
                if coding is not None:
                    changed = give(after, coding)
                    if changed is not after and coding.origin is Origin.AUTO:
                        changed = give(after, replace(coding, run=self._run(row)))
                else:
                    changed = after if after.nothing else mark_nothing(after, row.analyst)
            except CoderError as error:
                raise self._wrong(row, error.message, self._way_out(row, after)) from None
            if changed is after:
                self.report.held += 1
            elif coding is None:
                self.report.nothing += 1
            else:
                self.report.added += 1
            after = changed
        after, chooser = self._choices(question.codebook, answer, after, given)
        by_hand = any(row.origin is not Origin.AUTO for row, _ in given)
        stood = sum(one.origin is Origin.AUTO for one in before.codings)
        if by_hand and stood:
            self.beside[given[0][0].round, given[0][0].question].append(stood)
        if after == before:
            return []
        return works.changes(self.db, answer.id, before, replace(after, done=after.done or by_hand), chooser)

    def _choices(self, codebook: Codebook, answer: Answer, work: Work, given: list["_Given"]) -> tuple[Work, str]:
        """The work with the choices that the rows marked `counted` make, and who made them."""
        chooser = given[0][0].analyst
        for row, coding in given:
            theme = None if coding is None else codebook.theme_of[coding.code]
            if row.status is not Status.COUNTED or coding is None or theme is None:
                continue
            rivals = {codebook.stands_for(one.code) for one in work.codings if codebook.theme_of[one.code] == theme}
            given_before = work.choices.get(theme)
            chosen = None if given_before is None else codebook.stands_for(given_before)
            if len(rivals) < 2 or chosen == coding.code:
                continue
            if chosen in rivals:
                what = f"another code of the theme {row.theme!r} is already chosen for {answer.respondent.key}"
                raise self._wrong(row, what, "A respondent is counted once within a theme: mark one code as counted.")
            work = choose(work, theme, coding.code)
            chooser = row.analyst
            self.report.choices += 1
        return work, chooser

    def _run(self, row: CodingRow) -> int | None:
        """The number of the run that a machine's coding is of, None where that is not known."""
        place = (row.round, row.question)
        if place not in self.runs:
            told = self.told
            here = told is not None and (told.run.round, told.run.question) == place
            self.runs[place] = runs.take_in(self.db, told.of(self.questions[place].codebook)) if told and here else None
        number = self.runs[place]
        self.of_run[number] += 1
        return number

    def _run_notes(self) -> Iterator[str]:
        for number, times in self.of_run.items():
            codings = how_many(times, "machine coding is", "machine codings are")
            if number is not None:
                yield f"{codings} of run {number}, which coded files: see `coder runs {self.project.typed}`"
            else:
                why = self.why or "the record beside the file tells of another question or round"
                yield f"{codings} of no known run, and the method note says so: {why}"

    def _beside_notes(self) -> Iterator[str]:
        for place, stood in self.beside.items():
            keep = how_many(len(stood), "answer that a person has coded keeps", "answers that people have coded keep")
            yield (
                f"{keep} {how_many(sum(stood), 'coding')} by machine, counted beside: {self._review(*place)} brings "
                "them, where Enter accepts and x rejects; autocode again leaves them as they are"
            )

    def _way_out(self, row: CodingRow, work: Work) -> str:
        """What to do where an answer that carries codes is to be marked as having nothing to code."""
        if all(one.origin is Origin.AUTO for one in work.codings):
            review = self._review(row.round, row.question)
            return f"Leave the row out: {review} brings the answer, where 0 rejects what the machine gave and marks it."
        return "Leave the row out, or the codes: an answer has codes or nothing to code."

    def _review(self, round_key: str, question: str) -> str:
        return f"`coder review {self.project.typed_with(question, round_key)}`"

    def _wrong(self, row: CodingRow, message: str, hint: str) -> CoderError:
        return CoderError(f"{self.file}, line {row.line}: {message}", hint)


_Given = tuple[CodingRow, Coding | None]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:40]}…" if len(line) > 40 else line
