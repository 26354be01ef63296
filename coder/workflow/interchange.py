"""Projects from and to other programs for qualitative analysis, in the REFI-QDA format."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from coder.domain.answers import Question, Reply, Respondent, Round, Survey
from coder.domain.codebook import Codebook
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import QdaAnswer, QdaProject
from coder.domain.how_many import how_many
from coder.exporters import project_qdpx as qdpx_writer
from coder.importers import project_qdpx as qdpx_reader
from coder.importers import qda_archive
from coder.storage import surveys
from coder.storage.database import Database
from coder.workflow.answers import IntakeReport, take_answers
from coder.workflow.codings import CodingsReport, export_codings, take_codings
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.project import Project, create


@dataclass
class InterchangeReport:
    """What was exchanged, in numbers, and what was not, a line each. `questions` and `rounds` are keys.

    `clashes` are the open ones of which only what counts for now was written: whoever reads it takes that as chosen.
    `refused` says why `import_qdpx` would not read what was written, empty where it would.
    """

    rounds: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    respondents: int = 0
    answers: int = 0
    codes: int = 0
    codings: int = 0
    nothing: int = 0
    choices: int = 0
    clashes: int = 0
    left: list[str] = field(default_factory=list)
    refused: str = ""


def export_qdpx(
    project: Project,
    path: Path,
    *,
    questions: Collection[str] = (),
    rounds: Collection[str] = (),
    with_set_aside: bool = False,
    progress: Progress = unwatched,
) -> InterchangeReport:
    """Write the open answers and their codings to a file, of all questions and rounds where none are named.

    The codings that are counted, provisionally counted ones among them; those set aside too where they are asked for.
    Raises CoderError for a question or round that the project does not have.
    """
    read = 0

    def reading(done: int, total: int) -> None:
        nonlocal read
        read = total
        progress(done, 3 * total)

    def writing(done: int, total: int) -> None:
        progress(read + 2 * read * done // total, 3 * read)  # reading them takes about a third of it

    value, left = _gather(project, path.stem, questions, rounds, with_set_aside=with_set_aside, progress=reading)
    if not value.answers:
        raise CoderError("there is no answer to write", "Import a survey first, or name another question or round.")
    qdpx_writer.write(value, path, project.clock(), writing)
    # A clash has one coding that is counted provisionally; with those set aside beside it, it is read as a clash again.
    clashes = 0 if with_set_aside else sum(row.status is Status.PROVISIONAL for row in value.codings)
    return replace(_report(value, left), clashes=clashes, refused=qda_archive.refused(path))


def import_qdpx(
    path: Path, file: Path, reading: Progress = unwatched, placing: Progress = unwatched, taking: Progress = unwatched
) -> InterchangeReport:
    """Make a new project at `path` of the project in a file, all or nothing. Refuses an existing `path`.

    Its parts are told of one after another: megabytes read, texts whose codings have their places, rows taken in.
    """
    _require_free(path)
    value = qdpx_reader.read_qdpx(file, reading, placing)
    if not value.answers:
        raise CoderError(f"{file.name}: holds no text that can be coded", "Export a project with texts in it.")
    # Put in its place when it is whole, so that an interruption leaves no half of it.
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with create(part, value.codebooks) as project:
            taken = _take(project, file, value, taking)
        _require_free(path)  # again: reading may have taken minutes
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
    report = _report(value, list(value.left))
    report.codings, report.nothing, report.choices = taken.added, taken.nothing, taken.choices
    return report


def _require_free(path: Path) -> None:
    if path.exists():
        raise CoderError(f"{path} exists already", "Choose another name.")


def _report(value: QdaProject, left: list[str]) -> InterchangeReport:
    return InterchangeReport(
        rounds=[one.key for one in value.rounds],
        questions=[one.key for one in value.questions],
        respondents=len({answer.respondent.key for answer in value.answers}),
        answers=len(value.answers),
        codes=sum(len(book.codes) for book in value.codebooks),
        codings=sum(not row.nothing for row in value.codings),
        nothing=sum(row.nothing for row in value.codings),
        left=left,
    )


def _gather(
    project: Project,
    name: str,
    questions: Collection[str],
    rounds: Collection[str],
    *,
    with_set_aside: bool,
    progress: Progress,
) -> tuple[QdaProject, list[str]]:
    chosen = [project.round(key) for key in rounds] or project.rounds()
    there = dict.fromkeys(question.key for one in chosen for question in project.open_questions(one.key))
    for key in questions:
        if key not in there:
            raise CoderError(
                f"there is no open question {key!r}", f"Open questions there: {', '.join(there) or 'none'}."
            )
    asked: dict[str, Question] = {}
    answers: list[QdaAnswer] = []
    blank = closed = 0
    for one in chosen:
        every = project.questions(one.key)
        closed += sum(question not in project.open_questions(one.key) for question in every)
        for question in project.open_questions(one.key):
            if questions and question.key not in questions:
                continue
            asked.setdefault(question.key, question)
            with project.file.reading() as db:
                held = surveys.answers(db, one.key, question.key)
            blank += sum(answer.blank for answer in held)
            answers += [QdaAnswer(one.key, question.key, a.respondent, a.text) for a in held if not a.blank]
    places = {(answer.round, answer.question) for answer in answers}
    rows = list(export_codings(project, progress, of=places))
    wanted = [row for row in rows if with_set_aside or row.status is not Status.SET_ASIDE]
    books = {question.codebook: project.codebook(question.key) for question in asked.values()}
    used = {key: {(r.theme, r.code) for r in wanted if asked[r.question].codebook == key} for key in books}
    left = [
        how_many(number, *what)
        for number, *what in (
            (len(rows) - len(wanted), "coding set aside", "codings set aside"),
            (blank, "blank answer"),
            (closed, "closed question"),
        )
        if number
    ]
    value = QdaProject(
        name=name,
        rounds=tuple(chosen),
        questions=tuple(asked.values()),
        codebooks=tuple(_exchanged(book, used[key]) for key, book in books.items()),
        answers=tuple(answers),
        codings=tuple(wanted),
    )
    return value, left


def _exchanged(book: Codebook, used: Collection[tuple[str, str]]) -> Codebook:
    """The codebook as others can hold it: what is in use, and of what is retired only what was given."""
    codes = [
        code
        for code in book.in_order()
        if not book.is_retired(code.id) or (book.theme_name(code.id), code.name) in used
    ]
    homes = {code.theme for code in codes}
    themes = tuple(theme for theme in book.themes if not theme.retired or theme.id in homes)
    return replace(book, themes=themes, codes=tuple(codes))


def _take(project: Project, file: Path, value: QdaProject, progress: Progress) -> CodingsReport:
    """Write everything into a new project, in one transaction."""
    replies = len({(answer.round, answer.respondent.key) for answer in value.answers})
    parts = Parts(progress, replies + 3 * len(value.codings))
    with project.file.writing() as db:
        for one in value.rounds:
            here = [answer for answer in value.answers if answer.round == one.key]
            _take_round(db, one, value.questions, here, parts.part())
        return take_codings(project, db, value.codings, file, parts.part())


def _take_round(
    db: Database, one: Round, every: Collection[Question], answers: Collection[QdaAnswer], progress: Progress
) -> None:
    keys = {answer.question for answer in answers}
    questions = tuple(question for question in every if question.key in keys)
    attributes = {name: None for answer in answers for name in answer.respondent.attributes}
    survey = Survey(one, "", None, tuple(attributes), questions)
    replies = enumerate(_replies(answers), start=1)
    report = IntakeReport(one.key)
    take_answers(
        db,
        survey,
        replies,
        report,
        journalled=lambda _changes: None,  # a new project holds no text that could change
        progress=lambda line: progress(line, len(answers)),
    )


def _replies(answers: Collection[QdaAnswer]) -> tuple[Reply, ...]:
    """The answers of one round, a reply for each respondent with all that its texts say of it."""
    whom: dict[str, Respondent] = {}
    values: dict[str, dict[str, str]] = {}
    for answer in answers:
        key = answer.respondent.key
        first = whom.setdefault(key, answer.respondent)
        whom[key] = replace(first, attributes={**answer.respondent.attributes, **first.attributes})
        values.setdefault(key, {})[answer.question] = answer.text
    return tuple(Reply(whom[key], values[key]) for key in whom)
