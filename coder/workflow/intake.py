"""Taking in what comes from outside: codebooks, survey answers, codings. Each all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import Kind, Question, Reply, Respondent, Survey, canonical, is_blank
from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.importers import answers as answers_file
from coder.importers import codebooks as codebook_file
from coder.importers import survey as survey_file
from coder.storage import codebooks, journal, surveys
from coder.storage.database import Database
from coder.workflow.project import Project, create


@dataclass
class IntakeReport:
    """What an import of answers read, what it left and why. Numbers are of respondents unless said otherwise."""

    round: str
    respondents: int = 0
    new: int = 0
    unchanged: int = 0
    frame: int | None = None
    answered: dict[str, int] = field(default_factory=dict)
    blank: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def new_project(path: Path, files: list[Path]) -> Project:
    """A new project with the codebooks in the files; nothing is made when one of them can't be read."""
    return create(path, [codebook_file.read_codebook(file) for file in files])


def add_codebook(project: Project, file: Path) -> Codebook:
    """Take the codebook in a file into the project. Raises CoderError where its key is taken."""
    book = codebook_file.read_codebook(file)
    with project.file.writing() as db:
        if book.key in codebooks.keys(db):
            raise CoderError(f"the project has a codebook {book.key!r} already", "Give the new one a key of its own.")
        codebooks.add(db, book)
    return book


def import_answers(project: Project, file: Path, survey: Path) -> IntakeReport:
    """Take the answers in a file into the project, as its survey file describes them.

    The same file again changes nothing, new respondents are added, and texts that nobody has touched follow the file.
    Raises CoderError, with nothing changed, where the text of an answer that somebody has worked on differs.
    """
    plan = survey_file.read_survey(survey)
    read = answers_file.read_answers(file, plan)
    report = IntakeReport(plan.round.key, respondents=len(read.replies), frame=plan.round.frame, notes=list(read.notes))
    with project.file.writing() as db:
        take_answers(db, plan, read.replies, report)
    if plan.round.frame is not None and report.respondents > plan.round.frame:
        report.notes.append(f"{report.respondents} respondents, more than the frame of {plan.round.frame}")
    report.notes += _routing_notes(plan, read.replies)
    return report


def take_answers(db: Database, plan: Survey, replies: tuple[Reply, ...], report: IntakeReport) -> None:
    """Take the answers of a round into the project and count them in the report. Call it inside a transaction."""
    _require_same_questions(db, plan)
    _require_untouched(db, plan, replies)
    _write(db, plan, replies, report)


def _require_same_questions(db: Database, plan: Survey) -> None:
    known = codebooks.keys(db)
    for question in plan.questions:
        if question.kind is Kind.OPEN and question.codebook not in known:
            raise CoderError(
                f"question {question.key!r} is coded with {question.codebook!r}, which the project does not hold",
                f"Take it in with `coder codebook import`. Codebooks there: {', '.join(known) or 'none'}.",
            )
        before = surveys.standing(db, question.key)
        if before is not None and before != (question.kind, question.codebook):
            raise CoderError(
                f"question {question.key!r} was {before[0]} {before[1]} in an earlier round and is {question.kind} "
                f"{question.codebook} here".replace("  ", " "),
                "A key means one question over all rounds: give a different question a key of its own.",
            )


def _require_untouched(db: Database, plan: Survey, replies: tuple[Reply, ...]) -> None:
    differing = []
    for question in plan.questions:
        if question.kind is not Kind.OPEN:
            continue
        held = surveys.held_answers(db, plan.round.key, question.key)
        for reply in replies:
            old = held.get(reply.respondent.key)
            if old and old.touched and canonical(old.raw) != canonical(reply.values.get(question.key, "")):
                differing.append(f"{reply.respondent.key} ({question.key})")
    if differing:
        more = f" and {len(differing) - 10} more" if len(differing) > 10 else ""
        raise CoderError(
            f"the file changes the text of {len(differing)} answers that are coded: {', '.join(differing[:10])}{more}",
            "Codings point into the text as it was. Nothing was imported; restore these texts in the file.",
        )


def _write(db: Database, plan: Survey, replies: tuple[Reply, ...], report: IntakeReport) -> None:
    round_id = surveys.save_round(db, plan.round)
    ids = {
        question.key: surveys.save_question(db, round_id, question, place)
        for place, question in enumerate(plan.questions)
    }
    before = surveys.held_respondents(db, plan.round.key)
    closed = surveys.held_replies(db, plan.round.key)
    held = {
        question.key: surveys.held_answers(db, plan.round.key, question.key)
        for question in plan.questions
        if question.kind is Kind.OPEN
    }
    for question in plan.questions:
        report.answered[question.key] = report.blank[question.key] = 0
    for reply in replies:
        known = before.get(reply.respondent.key)
        respondent = surveys.save_respondent(db, round_id, reply.respondent)
        changed = known is not None and _differs(known, reply.respondent)
        for question in plan.questions:
            value = reply.values.get(question.key, "")
            report.blank[question.key] += is_blank(value)
            report.answered[question.key] += not is_blank(value)
            key = reply.respondent.key
            if question.kind is Kind.CLOSED:
                old = closed.get((key, question.key), "")
                if old != value:
                    surveys.save_reply(db, round_id, ids[question.key], respondent, value or None)
            else:
                old_answer = held[question.key].get(key)
                old = old_answer.raw if old_answer else ""
                if old_answer is not None and canonical(old) == canonical(value):
                    value = old  # line breaks or composition differ, as after a save in another program
                if old != value or old_answer is None:
                    surveys.save_answer(db, round_id, ids[question.key], respondent, value)
                    if old_answer is not None:
                        journal.forget(db, old_answer.id)
            changed = changed or (known is not None and old != value)
        report.new += known is None
        report.unchanged += known is not None and not changed
        if changed:
            report.changed.append(reply.respondent.key)
    gone = before.keys() - {reply.respondent.key for reply in replies}
    if gone:
        report.notes.append(f"{len(gone)} respondents of the round are not in this file; they stay as they are")


def _differs(one: Respondent, other: Respondent) -> bool:
    return (one.name, dict(one.attributes), one.covers) != (other.name, dict(other.attributes), other.covers)


def _routing_notes(plan: Survey, replies: tuple[Reply, ...]) -> list[str]:
    return [
        f"question {question.key}: {len(against)} answered it although the routing does not lead there "
        f"({_routing(question)}): {', '.join(against[:10])}{' …' if len(against) > 10 else ''}"
        for question in plan.questions
        if (against := [one.respondent.key for one in replies if _against_routing(question, one.values)])
    ]


def _routing(question: Question) -> str:
    return ", ".join(f"{other} = {option}" for other, option in question.asked_if)


def _against_routing(question: Question, values: Mapping[str, str]) -> bool:
    return not is_blank(values.get(question.key, "")) and any(
        values.get(other, "") != option for other, option in question.asked_if
    )
