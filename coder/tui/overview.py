"""What the desk hands to the screen: values, so that the screen never reads what the desk's thread is changing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from coder.domain.answers import Answer, swedish_order
from coder.domain.codebook import Codebook
from coder.domain.place import Place
from coder.domain.suggestion import Evidence
from coder.workflow.review import hidden
from coder.workflow.session import Counts, Moved, Session, Standing
from coder.workflow.suggesting import uncoded_parts

_BACKGROUND = 400  # uncoded parts that the adviser reads beside the codings


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the screen shows, as it stands. The answers are in Swedish alphabetical order."""

    project: str
    round: str
    question: str
    analyst: str
    codebook: Codebook
    answers: tuple[Answer, ...]
    standings: dict[int, Standing]
    counts: Counts
    place: Place
    recent: tuple[int, ...]
    hidden: frozenset[int]  # answers of an audit's sample, to be coded without anything a machine says


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision has led to: the answer as it stands now, and what follows for counts and suggestions."""

    standing: Standing | None
    counts: Counts
    recent: tuple[int, ...]
    evidence: Sequence[Evidence]
    moved: Moved | None = None


def uncoded(standings: Iterable[Standing]) -> list[str]:
    """The parts of answers that nobody has coded, as many as suggestions are made quickly from."""
    parts = (part for one in standings for part in uncoded_parts(one.answer, one.work))
    return list(islice(parts, _BACKGROUND))


def overview(session: Session) -> Overview:
    """All that the screen shows."""

    def order(answer: Answer) -> tuple[tuple[str, str], str]:
        return swedish_order(answer.respondent.name or answer.respondent.key), answer.respondent.key

    return Overview(
        session.project.path.name,
        session.round,
        session.question,
        session.analyst,
        session.codebook,
        tuple(sorted(session.answers, key=order)),
        session.standings(),
        session.counts(),
        session.place,
        tuple(session.recent),
        hidden(session.project, session.question, session.round),
    )


def reloaded(session: Session) -> Overview:
    """All that the screen shows, read anew from the project."""
    session.reload()
    return overview(session)


def outcome(session: Session, standing: Standing | None, moved: Moved | None = None) -> Outcome:
    """What a decision has led to."""
    return Outcome(standing, session.counts(), tuple(session.recent), session.evidence(), moved)
