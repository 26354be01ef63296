"""Review: the answers that no person has settled after a batch run, in the order that helps the table most.

The sample of an audit stands apart. Its answers are read first, in the order they were drawn, and blind: no screen may
show what the machine said or would say of them until the analyst is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.domain import review
from coder.domain.answers import Answer
from coder.domain.audit import is_read
from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Origin, Work
from coder.domain.counting import Decision, decide
from coder.domain.review import TOP, Unread, accept, accept_all, correct, reject
from coder.domain.suggestion import Suggestion
from coder.storage import audits, surveys, works
from coder.workflow.blind import unsettled
from coder.workflow.order import near_duplicates
from coder.workflow.project import Project
from coder.workflow.session import Session
from coder.workflow.standing import Standing
from coder.workflow.suggesting import Adviser

__all__ = [
    "Queue",
    "accept",
    "accept_all",
    "accepted",
    "correct",
    "corrected",
    "hidden",
    "late",
    "queue",
    "reject",
    "rejected",
]

_MOST = 100_000  # answers searched for near-duplicates, a quarter of a minute; twice as many take thrice as long
_SUGGESTIONS = 5
_UNKNOWN = 0.5  # the probability of a code whose score nobody knows


@dataclass(frozen=True)
class Queue:
    """What to read, in order: `sample` first, the audit's answers that nobody has settled, then the others.

    `left` of the others carry no code; `enough` are worth reading, from the first, for the order of the most common
    themes to be sure, and `contested` names the themes whose order is not sure yet. `hidden` are the answers that must
    be shown without anything a machine says of them. `respondents` names whose an answer is, by their keys.
    """

    sample: tuple[int, ...]
    others: tuple[int, ...]
    left: int
    enough: int
    contested: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    respondents: Mapping[int, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, ...]:
        """All of them, in order."""
        return (*self.sample, *self.others)

    @property
    def worth(self) -> tuple[int, ...]:
        """The answers that are to be read until the order of the most common themes is sure."""
        return self.others[: self.enough]

    def blind(self, answer: int) -> bool:
        """True where an answer must be shown without codings and suggestions by a machine."""
        return answer in self.hidden


def hidden(project: Project, question: str, round_key: str) -> frozenset[int]:
    """The answers that must be shown without anything a machine says of them: an audit's, until settled."""
    codebook = project.codebook(question)
    with project.file.reading() as db:
        return frozenset(unsettled(db, codebook, round_key, question))


def late(project: Project, question: str, round_key: str) -> frozenset[int]:
    """The answers that could not be drawn for the audit that measures, blank ones too; none where none was drawn."""
    with project.file.reading() as db:
        audit = audits.latest(db, round_key, question)
        return frozenset() if audit is None else frozenset(audits.others(db, audit))


def blind(project: Project, question: str, round_key: str, answer: int) -> bool:
    """True where an answer must be shown without codings and suggestions by a machine. A list asks `hidden` once."""
    return answer in hidden(project, question, round_key)


def queue(project: Project, question: str, round_key: str, advice: Adviser | None = None, top: int = TOP) -> Queue:
    """What to read next: see `domain.review.order`, and `enough` there.

    With an adviser, what was left is weighed by its suggestions, and near-duplicates stay together, save that from the
    100,000th answer on only those of the same words do; without one it comes as it came, and only answers of the same
    words stay together. An adviser loads scikit-learn: not for the thread that draws the screen.
    """
    project.question(question, round_key)
    codebook = project.codebook(question)
    with project.file.reading() as db:
        answers = {one.id: one for one in surveys.answers(db, round_key, question) if not one.blank}
        held = works.load(db, round_key, question)
        sample = unsettled(db, codebook, round_key, question)
    apart = frozenset(sample)
    decisions = {number: decide(work, codebook) for number, work in held.items() if number in answers}
    open_ = [one for one in answers.values() if one.id not in apart and not is_read(held.get(one.id, Work()))]
    # Of the answers set apart, nothing a machine says may count: they say nothing yet.
    known = dict.fromkeys(codebook.theme_by_id, 0)
    for number, decision in decisions.items():
        if number not in apart and is_read(held[number]):
            for settled in decision:
                if settled.theme is not None:
                    known[settled.theme] += 1
    unread = _weighed(open_, decisions, codebook, advice)
    others = review.order(unread, known, top)
    by_answer = {one.answer: one for one in unread}
    doubtful = review.contested(known, unread, top)
    return Queue(
        sample=sample,
        others=tuple(others),
        left=sum(one.left for one in unread),
        enough=review.enough([by_answer[number] for number in others], known, top),
        contested=tuple(theme.name for theme in codebook.themes if theme.id in doubtful),
        hidden=apart,
        respondents={number: one.respondent.key for number, one in answers.items()},
    )


def accepted(session: Session, answer: int, coding: Coding | None = None) -> Standing:
    """Take a machine's coding over, or all of the answer's: on disk when the call returns, as one step."""
    if coding is None:
        return session.apply(answer, "accept", lambda work: accept_all(work, session.analyst))
    what = f"accept {session.codebook.code_name(coding.code)}"
    return session.apply(answer, what, lambda work: accept(work, coding, session.analyst))


def corrected(session: Session, answer: int, coding: Coding, code: int) -> Standing:
    """Give another code in the place of a machine's."""
    book = session.codebook
    what = f"correct {book.code_name(coding.code)} to {book.code_name(code)}"
    return session.apply(answer, what, lambda work: correct(work, coding, code, session.analyst, book))


def rejected(session: Session, answer: int, coding: Coding) -> Standing:
    """Take a machine's coding off."""
    what = f"reject {session.codebook.code_name(coding.code)}"
    return session.apply(answer, what, lambda work: reject(work, coding, session.codebook))


def _weighed(
    answers: list[Answer], decisions: Mapping[int, Decision], codebook: Codebook, advice: Adviser | None
) -> list[Unread]:
    left = [one for one in answers if not decisions.get(one.id)]
    suggested: dict[int, list[Suggestion]] = {}
    if advice is not None and left:
        found = advice.best([one.text for one in left], top=_SUGGESTIONS)
        suggested = {one.id: given for one, given in zip(left, found, strict=True)}
    alike = _alike([*left, *(one for one in answers if decisions.get(one.id))], advice)
    unread = []
    for one in answers:
        decision = decisions.get(one.id, ())
        chances: dict[int, float] = {}
        for settled in decision:
            if settled.theme is not None:
                chances[settled.theme] = _sureness(settled.counted)
        for suggestion in suggested.get(one.id, ()):
            theme = codebook.theme_of.get(suggestion.code)
            if theme is not None:
                chances[theme] = max(chances.get(theme, 0.0), suggestion.score)
        counted = frozenset(settled.theme for settled in decision if settled.theme is not None)
        unread.append(Unread(one.id, not decision, chances, counted, alike.get(one.id)))
    return unread


def _sureness(coding: Coding) -> float:
    if coding.origin is not Origin.AUTO:
        return 1.0
    return _UNKNOWN if coding.score is None else coding.score


def _alike(answers: list[Answer], advice: Adviser | None) -> dict[int, int]:
    """For answers that say the same, one number: that of the first of them."""
    same: dict[str, int] = {}
    result = {one.id: same.setdefault(" ".join(one.text.casefold().split()), one.id) for one in answers}
    if advice is None or len(answers) < 2:
        return result
    heads: dict[int, int] = {}
    for group in near_duplicates(advice, answers[:_MOST]):
        for number in group:
            heads.setdefault(result[number], result[group[0]])
    return {number: heads.get(head, head) for number, head in result.items()}
