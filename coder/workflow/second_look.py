"""A second look: segments that were coded while their code was defined otherwise than now, and keeping them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.domain.answers import Answer, by_respondent
from coder.domain.codebook import Codebook
from coder.domain.coding import Coding, Origin
from coder.domain.errors import ProjectChangedError
from coder.domain.lineage import same_in_substance
from coder.storage import codebooks, history, journal, surveys, works
from coder.storage.database import Database
from coder.workflow.project import Project
from coder.workflow.revising import scope_of
from coder.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Look:
    """A coding by an analyst, in its answer and round, whose code has come to mean something else since.

    `code` is what the coding counts as now, defined as `now`. `then` is how it was defined when the coding was given,
    or was looked at last.
    """

    round: str
    answer: Answer
    coding: Coding
    code: int
    then: str
    now: str


def second_look(project: Project, question: str, code: int | None = None) -> list[Look]:
    """What is left to be looked at again, of one code or of all: by code, round and respondent, in order.

    A coding is left while the definition it was decided by differs in substance from the one in force; so a definition
    that is taken back leaves nothing to look at.
    """
    codebook = project.codebook(question)
    with project.file.reading() as db:
        defined = _definitions(db, codebook, code)
        if not defined:
            return []
        entries = [entry.id for entry in codebook.codes if codebook.stands_for(entry.id) in defined]
        # What was decided before any of them was defined anew was decided by its first definition.
        decided = history.decided_on(db, entries, min(one.events[1] for one in defined.values()) - 1)
        found = []
        for where in codebooks.coded_with(db, codebook.key):
            if where[1] == question:
                found += _in_round(db, where, codebook, defined, decided)
    return sorted(found, key=lambda look: codebook.rank[look.code])


@dataclass(frozen=True, slots=True)
class Queue:
    """What is left to be looked at in the session's round, and how much there is in other rounds."""

    looks: tuple[Look, ...]
    elsewhere: int = 0

    @classmethod
    def of(cls, session: Session, codes: Sequence[int] | None = None) -> "Queue":
        """The queue for some codes, for all where None."""
        only = codes[0] if codes is not None and len(codes) == 1 else None
        found = second_look(session.project, session.question, only)
        wanted = [look for look in found if codes is None or look.code in codes]
        here = tuple(look for look in wanted if look.round == session.round)
        return cls(here, len(wanted) - len(here))


def keep(session: Session, look: Look) -> None:
    """Leave a coding as it is, having looked at it: it is not served again until its code is defined anew.

    A decision that can be undone. Raises ProjectChangedError where the coding is there no more.
    """
    project, answer = session.project, look.answer.id
    with project.file.writing() as db:
        row = works.row_of(db, answer, look.coding.identity)
        if row is None:
            raise ProjectChangedError("somebody else has taken the code off meanwhile", "Go on with the next segment.")
        journal.record(
            db,
            [journal.Change("coding", row, row)],
            analyst=session.analyst,
            what=f"keep {session.codebook.code_name(look.code)}",
            at=project.clock(),
            scope=scope_of(session.round, session.question),
            answer=answer,
        )


@dataclass(frozen=True, slots=True)
class _Defined:
    """How a code was defined over time: each definition with the event it came with, oldest first."""

    events: list[int]
    texts: list[str]

    def at(self, event: int) -> str:
        """The definition right after an event; the first one where the code came later."""
        return self.texts[max(0, bisect_right(self.events, event) - 1)]


def _definitions(db: Database, codebook: Codebook, code: int | None) -> Mapping[int, _Defined]:
    """The codes, or the one asked for, whose definition has changed in substance."""
    found: dict[int, _Defined] = {}
    for event, book in codebooks.history(db, codebook.key):
        for entry in book.codes if code is None else [book.code_by_id[code]] if code in book.code_by_id else []:
            defined = found.setdefault(entry.id, _Defined([], []))
            if not defined.texts or defined.texts[-1] != entry.definition:
                defined.events.append(0 if event is None else event.id)
                defined.texts.append(entry.definition)
    return {
        number: defined
        for number, defined in found.items()
        if any(not same_in_substance(text, defined.texts[-1]) for text in defined.texts)
    }


def _in_round(
    db: Database,
    where: tuple[str, str],
    codebook: Codebook,
    defined: Mapping[int, _Defined],
    decided: Mapping[int, int],
) -> list[Look]:
    """What is left in a (round, question)."""
    held, numbers = works.load(db, *where), works.numbers(db, *where)
    found = []
    for answer in sorted(surveys.answers(db, *where), key=by_respondent):
        for coding in held[answer.id].codings if answer.id in held else ():
            code = codebook.stands_for(coding.code)
            if code not in defined or coding.origin is Origin.AUTO:
                continue
            then = defined[code].at(decided.get(numbers[answer.id, coding.identity], 0))
            now = defined[code].texts[-1]
            if not same_in_substance(then, now):
                found.append(Look(where[0], answer, coding, code, then, now))
    return found
