"""Writing memos, finding them again, and reading those of a question for its method note."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from coder.domain.answers import Answer
from coder.domain.coding import Segment, require_segment
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.memo import LONGEST, Kind, Memo, Subject, beside, matching, memo_text
from coder.domain.near_names import code_called, theme_called
from coder.storage import journal, surveys
from coder.storage import memos as stored
from coder.storage.database import Database
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Draft:
    """What an analyst leaves of a memo: its text, empty to remove it, and the memo as they saw it, None for none."""

    subject: Subject
    text: str
    seen: Memo | None = None


def keep(project: Project, drafts: Sequence[Draft], analyst: str, scope: str | None = None) -> list[str]:
    """Write memos, write them anew or remove them, each as a decision of its own; what was done, in words.

    Where another window has written the memo meanwhile both texts stand, one below the other: nobody's words are lost.
    Raises CoderError where one can't be written, and ProjectChangedError where one to be removed is another one now;
    then none is.
    """
    with _writing(project, analyst, scope) as hand:
        done = [hand.keep(draft) for draft in drafts]
    return [what for what in done if what]


def add(project: Project, subject: Subject, text: str, analyst: str, scope: str | None = None) -> Memo:
    """Write a memo. With a `scope` (`revising.scope_of`) it can be undone where that is worked on."""
    with _writing(project, analyst, scope) as hand:
        hand.add(subject, text)
        number = stored.latest(hand.db, subject, analyst)
    return next(memo for memo in memos(project) if memo.id == number)


def rewrite(project: Project, memo: int, text: str, analyst: str, scope: str | None = None) -> None:
    """Write a memo anew; who wrote it last stands as its author."""
    with _writing(project, analyst, scope) as hand:
        hand.rewrite(memo, text)


def remove(project: Project, memo: int, analyst: str, scope: str | None = None) -> None:
    """Remove a memo; the journal keeps it."""
    with _writing(project, analyst, scope) as hand:
        hand.remove(memo)


def memos(project: Project, *, question: str = "", query: str = "", subject: Subject | None = None) -> list[Memo]:
    """The memos in the order they were first written: all, or those of a question, on a subject, with these words.

    Those of a question are those on its themes, codes, answers and segments too.
    """
    with project.file.reading() as db:
        found = stored.load(db, question)
    return [memo for memo in matching(found, query) if subject is None or memo.subject == subject]


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


@contextmanager
def _writing(project: Project, analyst: str, scope: str | None) -> Iterator["_Hand"]:
    with project.file.writing() as db:
        yield _Hand(db, project.clock, analyst, scope)


@dataclass(frozen=True, slots=True)
class _Hand:
    """An analyst's hand in the transaction that writes."""

    db: Database
    clock: Callable[[], datetime]
    analyst: str
    scope: str | None

    def keep(self, draft: Draft) -> str:
        subject, seen = draft.subject, draft.seen
        number = stored.latest(self.db, subject, self.analyst) if seen is None else seen.id
        now = None if number is None else stored.text_of(self.db, number)
        if not draft.text.strip():
            if seen is None or now is None:
                return ""
            if now != seen.text:
                raise ProjectChangedError("another window has changed this memo", "It stands as it is now: look again.")
            self.remove(seen.id)
            return f"memo on {_called(subject)} removed"
        if number is None or now is None:
            self.add(subject, draft.text)
            return f"memo on {_called(subject)}"
        text, same = memo_text(draft.text), seen is not None and now == seen.text
        text = text if same else beside(now, text)
        if text == now:
            return ""
        if len(text) > LONGEST:
            self.add(subject, draft.text)
            return f"memo on {_called(subject)}, beside the one that another window has written there meanwhile"
        self.rewrite(number, text)
        words = "" if same else ", below what another window has written there meanwhile"
        return f"memo on {_called(subject)}{words}"

    def add(self, subject: Subject, text: str) -> None:
        change = stored.adding(subject, memo_text(text), self.analyst, self._now())
        self._record(change, f"memo on {_called(subject)}")

    def rewrite(self, memo: int, text: str) -> None:
        change = stored.revising(self.db, memo, text=memo_text(text), analyst=self.analyst, at=self._now())
        self._record(change, "rewrite a memo")

    def remove(self, memo: int) -> None:
        self._record(stored.removing(self.db, memo), "remove a memo")

    def _now(self) -> str:
        return self.clock().isoformat(timespec="seconds")

    def _record(self, change: journal.Change, what: str) -> None:
        answer = (change.after or change.before or {})["answer"]
        journal.record(
            self.db, [change], analyst=self.analyst, what=what, at=self.clock(), scope=self.scope, answer=answer
        )


def _called(subject: Subject) -> str:
    if subject.kind in {Kind.PROJECT, Kind.QUESTION}:
        return f"the {subject.kind}"
    return f"an {subject.kind}" if subject.kind is Kind.ANSWER else f"a {subject.kind}"
