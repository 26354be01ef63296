"""What suggestions for a question are learnt from: the codings so far, and the texts that nobody has coded."""

from collections.abc import Iterable
from itertools import islice

from coder.domain.answers import Answer
from coder.domain.coding import Origin, Work
from coder.domain.sampling import draw
from coder.domain.suggestion import Evidence
from coder.storage import streams, surveys, works
from coder.storage.database import Database
from coder.workflow.advising import Adviser, current
from coder.workflow.project import Project

__all__ = [
    "LARGE",
    "Adviser",
    "adviser",
    "background",
    "current",
    "evidence_in",
    "evidence_of",
    "some_of",
    "uncoded_in",
    "uncoded_parts",
]

# Uncoded parts that are read beside the codings: as many as suggestions are made quickly from. Of a large round fewer,
# so that nearly never a thousand clauses come of them: each of its answers would be compared with all of those.
_BACKGROUND = 400
_OF_LARGE = 150
# Answers that stand for a large round, one of more, and from how many places of it they are taken.
LARGE = 1500
_PLACES = 20


def evidence_of(answer: Answer, work: Work, round_number: int) -> list[Evidence]:
    """What a suggester may learn from an answer: its codings by analysts. What a machine coded teaches nothing.

    `round_number` is its round's place among all rounds, from 0.
    """
    return [
        Evidence(coding.segment.of(answer.text), coding.code, answer.respondent.key, round_number)
        for coding in work.codings
        if coding.origin is not Origin.AUTO
    ]


def uncoded_parts(answer: Answer, work: Work) -> list[str]:
    """The parts of an answer that wait for an analyst, in order.

    None of an answer that is done or has nothing to code: what was passed over on purpose speaks for no code.
    """
    if answer.blank or work.nothing or work.done:
        return []
    parts, at = [], 0
    for coded in sorted(coding.segment for coding in work.codings if coding.origin is not Origin.AUTO):
        parts.append(answer.text[at : max(at, coded.start)])
        at = max(at, coded.end)
    parts.append(answer.text[at:])
    return [part.strip() for part in parts if any(sign.isalnum() for sign in part)]


def background(answers: Iterable[tuple[Answer, Work]], seed: int = 0, *, large: bool = False) -> list[str]:
    """What suggestions for a round are learnt from beside the codings: what waits for an analyst, or some of it.

    Which of much, the seed and the respondents settle, and not the order of the answers. `large` is for a round of more
    answers than anybody reads, to be coded quickly.
    """
    waiting = {answer.respondent.key: found for answer, work in answers if (found := uncoded_parts(answer, work))}
    most = _OF_LARGE if large else _BACKGROUND
    return list(islice((part for key in draw(waiting, most, str(seed)) for part in waiting[key]), most))


def some_of(db: Database, round_key: str, question: str) -> list[tuple[Answer, Work]]:
    """The answers of a small round that are not blank, with their work; of a large one some from all over it."""
    if streams.count(db, round_key, question) <= LARGE:
        chunks = [streams.chunk(db, round_key, question, LARGE)]
    else:
        first, last = streams.span(db, round_key, question)
        starts = [first - 1 + (last - first) * place // _PLACES for place in range(_PLACES)]
        chunks = [streams.chunk(db, round_key, question, LARGE // _PLACES, start) for start in starts]
    seen = {answer.id: (answer, work) for chunk in chunks for answer, work in chunk if not answer.blank}
    return list(seen.values())


def evidence_in(db: Database, question: str, but: str = "") -> list[Evidence]:
    """All that analysts have coded of a question, over all rounds; `but` leaves one round out."""
    return [
        item
        for number, one in enumerate(surveys.rounds(db))
        if one.key != but
        for answer, work in streams.coded_by_hand(db, one.key, question)
        for item in evidence_of(answer, work, number)
    ]


def uncoded_in(db: Database, question: str) -> list[str]:
    """All that waits for an analyst of a question, over all rounds."""
    return [
        part
        for one in surveys.rounds(db)
        for held in [works.load(db, one.key, question)]
        for answer in surveys.answers(db, one.key, question)
        for part in uncoded_parts(answer, held.get(answer.id, Work()))
    ]


def adviser(project: Project, question: str, round_key: str | None = None) -> Adviser:
    """An adviser that knows all that analysts have coded of a question: the workbench's, once that is idle.

    Beside the codings it reads what waits in the round, or in the newest one that puts the question.
    """
    codebook = project.codebook(question)
    if round_key is not None:
        project.question(question, round_key)
    with project.file.reading() as db:
        evidence = evidence_in(db, question)
        rounds = [round_key] if round_key is not None else [one.key for one in reversed(surveys.rounds(db))]
        for key in rounds:
            if some := some_of(db, key, question):
                return Adviser(codebook, evidence, background(some))
    return Adviser(codebook, evidence)
