"""What suggestions for a question are learnt from: the codings so far, and the texts that nobody has coded."""

from collections.abc import Iterable, Iterator
from itertools import islice

from coder.domain.answers import Answer
from coder.domain.coding import Origin, Work
from coder.domain.suggestion import Evidence
from coder.storage import streams, surveys, works
from coder.storage.database import Database
from coder.workflow.advising import Adviser, current
from coder.workflow.project import Project

__all__ = ["Adviser", "adviser", "background", "current", "evidence_in", "evidence_of", "uncoded_in", "uncoded_parts"]

_BACKGROUND = 400  # uncoded parts that are read beside the codings: as many as suggestions are made quickly from


def evidence_of(answer: Answer, work: Work) -> list[Evidence]:
    """What a suggester may learn from an answer: its codings by analysts. What a machine coded teaches nothing."""
    return [
        Evidence(coding.segment.of(answer.text), coding.code, answer.respondent.key)
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


def background(answers: Iterable[tuple[Answer, Work]]) -> list[str]:
    """What suggestions for a round are learnt from beside the codings: what waits for an analyst, the first of it."""
    return list(islice((part for answer, work in answers for part in uncoded_parts(answer, work)), _BACKGROUND))


def evidence_in(db: Database, question: str, but: str = "") -> list[Evidence]:
    """All that analysts have coded of a question, over all rounds; `but` leaves one round out."""
    return [item for answer, work in _coded(db, question, but) for item in evidence_of(answer, work)]


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
            answers = surveys.answers(db, key, question)
            if answers:
                held = works.load(db, key, question)
                return Adviser(codebook, evidence, background((one, held.get(one.id, Work())) for one in answers))
    return Adviser(codebook, evidence)


def _coded(db: Database, question: str, but: str) -> Iterator[tuple[Answer, Work]]:
    for one in surveys.rounds(db):
        if one.key != but:
            yield from streams.coded_by_hand(db, one.key, question)
