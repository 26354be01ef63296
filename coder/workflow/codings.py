"""Codings in and out of a project, a row each, as colleagues exchange them."""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Origin, Segment, Work, choose, give, mark_nothing, require_segment
from coder.domain.counting import Status, decide, statuses
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.importers import codings as codings_file
from coder.storage import codebooks, journal, streams, surveys, works
from coder.storage.database import Database
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.project import Project


@dataclass
class CodingsReport:
    """What an import of codings did: rows read, codings that are new, and those the project already held."""

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


_TOLD = 500  # rows or answers between two words on how far an import has come
_AN_EVENT = 5_000  # row changes; what one event holds is read in one piece whenever the journal is asked


def import_codings(project: Project, file: Path, progress: Progress = unwatched) -> CodingsReport:
    """Take the codings in a file into the project, all or nothing.

    A row marked `counted` is the analyst's choice where the answer carries several codes of the theme; where it
    carries one there is nothing to choose. Raises CoderError naming the line of what does not fit.
    """
    rows = codings_file.read_codings(file)
    with project.file.writing() as db:
        return take_codings(db, rows, file, project.clock(), progress)


def take_codings(
    db: Database, rows: Sequence[CodingRow], file: Path, at: datetime, progress: Progress = unwatched
) -> CodingsReport:
    """Take rows that came from a file into the project. Call it inside a write transaction."""
    intake = _Intake(db, file, CodingsReport(rows=len(rows)), progress)
    changes = intake.take(rows)
    for start in range(0, len(changes), _AN_EVENT):
        some = changes[start : start + _AN_EVENT]
        journal.record(db, some, analyst="import", what=f"import of {file.name}", at=at, scope=None)
        intake.tell(2 + min(start + _AN_EVENT, len(changes)) / len(changes))
    intake.tell(3)
    return intake.report


def export_codings(
    project: Project, progress: Progress = unwatched, *, of: Collection[tuple[str, str]] | None = None
) -> Generator[CodingRow, None, None]:
    """Every coding and every mark *nothing to code* of the project, with the status that the rule gives it.

    With `of` only those of these (round, question) pairs. They come by round, question and respondent, in the order of
    their keys, and by their place in the answer: two projects that hold the same codings give the same rows.
    """
    places = sorted(
        (one.key, asked.key)
        for one in project.rounds()
        for asked in project.open_questions(one.key)
        if of is None or (one.key, asked.key) in of
    )
    books = {question: project.codebook(question) for _, question in places}
    with project.file.reading() as db:
        total, done = sum(streams.count(db, *place) for place in places), 0
        for key, question in places:
            for some in streams.every(db, key, question, by_respondent=True):
                for answer, work in some:
                    yield from coding_rows(key, question, books[question], answer, work)
                done += len(some)
                progress(done, total)


def coding_rows(round_key: str, question: str, codebook: Codebook, answer: Answer, work: Work) -> Iterator[CodingRow]:
    """The codings of one answer, and its mark *nothing to code*, with the status that the rule gives each."""
    if work.nothing:
        yield CodingRow(round_key, question, answer.respondent.key, None, "", "", "", work.nothing_by)
    status = statuses(decide(work, codebook))
    for coding in sorted(work.codings, key=lambda one: (one.segment, codebook.rank[one.code], one.analyst)):
        yield CodingRow(
            round=round_key,
            question=question,
            respondent=answer.respondent.key,
            segment=None if coding.whole else coding.segment,
            snippet=coding.segment.of(answer.text),
            theme=codebook.theme_name(coding.code),
            code=codebook.code_name(coding.code),
            analyst=coding.analyst,
            origin=coding.origin,
            score=coding.score,
            status=status[coding.identity],
        )


@dataclass
class _Intake:
    """One codings file on its way into the project."""

    db: Database
    file: Path
    report: CodingsReport
    progress: Progress = unwatched
    questions: dict[tuple[str, str], _Question] = field(default_factory=dict)

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
                else:
                    changed = after if after.nothing else mark_nothing(after, row.analyst)
            except CoderError as error:
                raise self._wrong(row, error.message, error.hint) from None
            if changed is after:
                self.report.held += 1
            elif coding is None:
                self.report.nothing += 1
            else:
                self.report.added += 1
            after = changed
        after, chooser = self._choices(question.codebook, answer, after, given)
        if after == before:
            return []
        by_hand = any(row.origin is not Origin.AUTO for row, _ in given)
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

    def _wrong(self, row: CodingRow, message: str, hint: str) -> CoderError:
        return CoderError(f"{self.file}, line {row.line}: {message}", hint)


_Given = tuple[CodingRow, Coding | None]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:40]}…" if len(line) > 40 else line
