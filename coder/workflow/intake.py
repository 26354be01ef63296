"""Taking in what comes from outside: codebooks, survey answers, codings. Each all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.domain.revision import TakeIn
from coder.importers import answers as answers_file
from coder.importers import codebooks as codebook_file
from coder.importers import frame as frame_file
from coder.importers import survey as survey_file
from coder.storage import codebooks, journal
from coder.workflow.answers import IntakeReport, take_answers
from coder.workflow.frame import take_frame
from coder.workflow.project import Project, create

__all__ = ["IntakeReport", "Revision", "add_codebook", "import_answers", "new_project", "read_revision"]


def new_project(path: Path, files: list[Path]) -> Project:
    """A new project with the codebooks in the files; nothing is made when one of them can't be read."""
    return create(path, [codebook_file.read_codebook(file) for file in files])


@dataclass(frozen=True, slots=True)
class Revision:
    """A codebook of the project, the edit that makes it what a file says, and the question whose undo takes it back."""

    codebook: Codebook
    edit: TakeIn
    question: str


def read_revision(project: Project, file: Path, question: str | None = None) -> Revision | None:
    """What the codebook in a file changes in the one of its key, or of `question`; None where the key is a new one.

    Nothing is changed yet: `revising.preview` and `revising.revise` take it from here.
    """
    written = codebook_file.read_written(file)
    key = written.codebook.key if question is None else project.codebook(question).key
    with project.file.reading() as db:
        held = codebooks.load(db, key)
        there = [asked for _, asked in codebooks.coded_with(db, key)]
    return None if held is None else Revision(held, TakeIn(written), question or [key, *there][-1])


def add_codebook(project: Project, file: Path) -> Codebook:
    """Take the codebook in a file into the project as a new one. Raises CoderError where its key is taken."""
    book = codebook_file.read_codebook(file)
    with project.file.writing() as db:
        if book.key in codebooks.keys(db):
            raise CoderError(f"the project has a codebook {book.key!r} already", "Give the new one a key of its own.")
        codebooks.add(db, book)
    return book


def import_answers(
    project: Project, file: Path, survey: Path, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> IntakeReport:
    """Take the answers in a file into the project, as its survey file describes them.

    The same file again changes nothing, new respondents are added, and texts that nobody has coded follow the file.
    The file is read and written in one go, in no more memory for more answers, and in one transaction: raises
    CoderError, with nothing changed, for what is wrong with the file, and where the text of an answer that somebody
    has worked on differs. `progress` is told how many lines are through, of about how many.
    """
    plan, asked, notes = frame_file.read_frame(survey_file.read_survey(survey))
    report = IntakeReport(plan.round.key, frame=plan.round.frame)
    with answers_file.open_answers(file, plan) as read, project.file.writing() as db:

        def journalled(changes: Sequence[journal.Change]) -> None:
            what = f"import of {file.name}"
            journal.record(db, changes, analyst="import", what=what, at=project.clock(), scope=None)

        take_answers(
            db,
            plan,
            read,
            report,
            journalled=journalled,
            again=read.stands_twice,
            finish=read.finish,
            progress=lambda line: progress(line, read.lines),
        )
        report.notes += [*notes, *take_frame(db, plan, asked)]
    if plan.round.frame is not None and report.respondents > plan.round.frame:
        report.notes.append(f"{how_many(report.respondents, 'respondent')}, more than the frame of {plan.round.frame}")
    return report
