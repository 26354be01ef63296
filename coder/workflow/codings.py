"""Codings in and out of a project, a row each, as colleagues exchange them."""

from collections.abc import Collection, Generator, Iterator, Sequence
from pathlib import Path

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Work
from coder.domain.counting import decide, statuses
from coder.domain.exchange import CodingRow
from coder.importers import codings as codings_file
from coder.storage import journal, streams
from coder.storage.database import Database
from coder.workflow.codings_intake import CodingsReport, Intake
from coder.workflow.files_run import Told, told_beside
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.project import Project

__all__ = ["CodingsReport", "coding_rows", "export_codings", "import_codings", "take_codings"]

_AN_EVENT = 5_000  # row changes; what one event holds is read in one piece whenever the journal is asked


def import_codings(project: Project, file: Path, progress: Progress = unwatched) -> CodingsReport:
    """Take the codings in a file into the project, all or nothing.

    A row marked `counted` is the analyst's choice where the answer carries several codes of the theme; where it
    carries one there is nothing to choose. What a machine coded keeps its run, where the record of that lies beside the
    file as `coder autocode --input` writes it. Raises CoderError naming the line of what does not fit.
    """
    rows = codings_file.read_codings(file)
    by_machine = any(row.origin is Origin.AUTO and not row.nothing for row in rows)
    told, why = told_beside(file) if by_machine else (None, "")
    with project.file.writing() as db:
        return take_codings(project, db, rows, file, progress, told=told, why=why)


def take_codings(
    project: Project,
    db: Database,
    rows: Sequence[CodingRow],
    file: Path,
    progress: Progress = unwatched,
    *,
    told: Told | None = None,
    why: str = "",
) -> CodingsReport:
    """Take rows that came from a file into the project. Call it inside a write transaction.

    `told` is the run that wrote what a machine coded in them; None where that is not known, for which `why` has words.
    """
    at = project.clock()
    intake = Intake(project, db, file, CodingsReport(rows=len(rows)), told, why, progress)
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
