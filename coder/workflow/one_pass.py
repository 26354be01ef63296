"""The answers to a question in a round, passed once: what has been passed is not kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from coder.domain.answers import Answer, Respondent
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import Decision, decide
from coder.storage import streams
from coder.storage.database import Database
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Passed:
    """One answer, what has been decided about it, and what the rule makes of that; a blank one is decided nothing."""

    answer: Answer
    work: Work
    decision: Decision


Passing = Callable[[Iterator[Passed]], Iterator[Passed]]


def parts_of(project: Project, places: Iterable[tuple[str, str]], progress: Progress) -> Parts:
    """One progress for a pass of the answers at each of these (round, question) pairs."""
    with project.file.reading() as db:
        return Parts(progress, sum(streams.count(db, *place) for place in places))


def passed(
    db: Database,
    codebook: Codebook,
    *,
    question: str,
    round_key: str,
    who: Mapping[str, Respondent] = streams.NOBODY,
    progress: Progress = unwatched,
) -> Iterator[Passed]:
    """Every answer of a round and question, blank ones too, in the order they came.

    Of a respondent who is none of `who` only the key is told. Inside a transaction, so that all are of one moment.
    `progress` is told how many are passed, of how many.
    """
    total, done = streams.count(db, round_key, question), 0
    for some in streams.every(db, round_key, question, who):
        for answer, work in some:
            yield Passed(answer, work, decide(work, codebook) if work.codings and not answer.blank else ())
        done += len(some)
        progress(done, total)
