"""Writing memos, finding them again, and reading those of a question for its method note."""

from collections.abc import Callable

from coder.domain.answers import Answer
from coder.domain.coding import Segment, require_segment
from coder.domain.errors import CoderError
from coder.domain.memo import Kind, Memo, Subject, matching, memo_text
from coder.domain.near_names import code_called, theme_called
from coder.storage import journal, surveys
from coder.storage import memos as stored
from coder.storage.database import Database
from coder.workflow.project import Project


def add(project: Project, subject: Subject, text: str, analyst: str, scope: str | None = None) -> Memo:
    """Write a memo. With a `scope` (`revising.scope_of`) it can be undone where that is worked on."""
    clean = memo_text(text)
    at = project.clock().isoformat(timespec="seconds")
    _record(project, lambda _: stored.adding(subject, clean, analyst, at), f"memo on a {subject.kind}", analyst, scope)
    return memos(project)[-1]


def rewrite(project: Project, memo: int, text: str, analyst: str, scope: str | None = None) -> None:
    """Write a memo anew; who wrote it last stands as its author."""
    values = {"text": memo_text(text), "analyst": analyst, "at": project.clock().isoformat(timespec="seconds")}
    _record(project, lambda db: stored.revising(db, memo, **values), "rewrite a memo", analyst, scope)


def remove(project: Project, memo: int, analyst: str, scope: str | None = None) -> None:
    """Remove a memo; the journal keeps it."""
    _record(project, lambda db: stored.removing(db, memo), "remove a memo", analyst, scope)


def memos(project: Project, *, question: str = "", query: str = "", subject: Subject | None = None) -> list[Memo]:
    """The memos in the order they were first written: all, or those of a question, on a subject, with these words.

    Those of a question are those on its themes, codes, answers and segments too.
    """
    with project.file.reading() as db:
        found = stored.load(db)
    here = [memo for memo in found if not question or memo.question == question]
    return [memo for memo in matching(here, query) if subject is None or memo.subject == subject]


def subject_called(
    project: Project,
    question: str = "",
    *,
    theme: str = "",
    code: str = "",
    round_key: str = "",
    respondent: str = "",
    segment: Segment | None = None,
) -> Subject:
    """What a user means by names. Raises CoderError where there is no such thing."""
    if not question:
        if theme or code or round_key or respondent or segment:
            raise CoderError("a theme, code or answer belongs to a question", "Name the question with --question.")
        return Subject()
    if code:
        return Subject(Kind.CODE, code_called(project.codebook(question), code).id)
    if theme:
        return Subject(Kind.THEME, theme_called(project.codebook(question), theme).id)
    if respondent or round_key or segment:
        answer = _answer(project, question, round_key, respondent)
        if segment is None:
            return Subject(Kind.ANSWER, answer.id)
        require_segment(answer, segment)
        return Subject(Kind.SEGMENT, answer.id, segment)
    with project.file.reading() as db:
        number = surveys.question_number(db, question)
    if number is None:
        raise CoderError(f"the project has no question {question!r}", "Take a survey in with `coder import`.")
    return Subject(Kind.QUESTION, number)


def _answer(project: Project, question: str, round_key: str, respondent: str) -> Answer:
    project.question(question, round_key)
    with project.file.reading() as db:
        found = {one.respondent.key: one for one in surveys.answers(db, round_key, question)}
    if respondent not in found:
        raise CoderError(
            f"question {question!r} of round {round_key} has no answer by respondent {respondent!r}",
            "Check the id, leading zeros included.",
        )
    return found[respondent]


def _record(
    project: Project, change: Callable[[Database], journal.Change], what: str, analyst: str, scope: str | None
) -> None:
    with project.file.writing() as db:
        journal.record(db, [change(db)], analyst=analyst, what=what, at=project.clock(), scope=scope)
