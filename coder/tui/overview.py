"""What the desk hands to the screen: values, so that the screen never reads what the desk's thread is changing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder.domain.answers import Answer, by_respondent
from coder.domain.codebook import Codebook
from coder.domain.memo import Kind, Memo, Subject
from coder.domain.place import Place
from coder.domain.suggestion import Evidence
from coder.workflow import memos
from coder.workflow.candidates import Waiting, waiting
from coder.workflow.review import hidden, late
from coder.workflow.session import Counts, Moved, Session, Standing
from coder.workflow.suggesting import background


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the screen shows, as it stands. The answers are in Swedish alphabetical order."""

    project: str
    round: str
    question: str
    text: str  # the question as it was put in the round
    analyst: str
    codebook: Codebook
    answers: tuple[Answer, ...]
    standings: dict[int, Standing]
    counts: Counts
    place: Place
    recent: tuple[int, ...]
    hidden: frozenset[int]  # answers of an audit's sample, to be coded without anything a machine says
    late: frozenset[int]  # answers that could not be drawn for it: till a person is done with them it measures nothing
    memos: tuple[Memo, ...]  # all of the project's
    noted: Mapping[int, tuple[Memo, ...]]  # those on answers and their segments, by answer
    asked: Subject  # the question, as what a memo is about
    candidates: tuple[Waiting, ...]  # for new codes; as of the latest reading, for decisions may change them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision has led to: the answer as it stands now, and what follows for counts and suggestions."""

    standing: Standing | None
    counts: Counts
    recent: tuple[int, ...]
    evidence: Sequence[Evidence]
    moved: Moved | None = None


def uncoded(standings: Iterable[Standing]) -> list[str]:
    """The parts of answers that nobody has coded, as far as suggestions are made from them."""
    return background((one.answer, one.work) for one in standings)


def overview(session: Session) -> Overview:
    """All that the screen shows."""
    found = memos.memos(session.project)
    return Overview(
        session.project.path.name,
        session.round,
        session.question,
        session.asked.text or session.codebook.question,
        session.analyst,
        session.codebook,
        tuple(sorted(session.answers, key=by_respondent)),
        session.standings(),
        session.counts(),
        session.place,
        tuple(session.recent),
        hidden(session.project, session.question, session.round),
        late(session.project, session.question, session.round),
        tuple(found),
        _by_answer(found),
        memos.subject_called(session.project, session.question),
        candidates(session),
    )


def candidates(session: Session) -> tuple[Waiting, ...]:
    """The candidates for new codes that wait."""
    return waiting(session.project, session.question, session.round)


def _by_answer(found: Iterable[Memo]) -> dict[int, tuple[Memo, ...]]:
    noted: dict[int, tuple[Memo, ...]] = {}
    for memo in found:
        if memo.subject.kind in {Kind.ANSWER, Kind.SEGMENT} and memo.subject.id is not None:
            noted[memo.subject.id] = (*noted.get(memo.subject.id, ()), memo)
    return noted


def reloaded(session: Session) -> Overview:
    """All that the screen shows, read anew from the project."""
    session.reload()
    return overview(session)


def outcome(session: Session, standing: Standing | None, moved: Moved | None = None) -> Outcome:
    """What a decision has led to."""
    return Outcome(standing, session.counts(), tuple(session.recent), session.evidence(), moved)
