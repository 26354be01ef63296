"""Candidates for new codes: what the latest batch run left that is alike, to be made a code of or dismissed.

A candidate waits until someone deals with it, a later run of autocode takes its place, or all of it is coded otherwise.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.codebook_edits import AddCode
from coder.domain.coding import Coding, Origin, Segment, Work, give
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.how_many import how_many
from coder.storage import candidates, codebooks, journal, works
from coder.storage.database import Database
from coder.workflow import revising
from coder.workflow.blind import unsettled
from coder.workflow.project import Project
from coder.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Passage:
    """One of a candidate's texts in its answer.

    `codes` are what people have given to it since it was found, by what they stand for now; `nothing` says that the
    answer was marked as having nothing to code.
    """

    answer: Answer
    segment: Segment
    codes: tuple[int, ...] = ()
    nothing: bool = False

    @property
    def open(self) -> bool:
        """True while nobody has decided about it."""
        return not (self.codes or self.nothing)

    @property
    def snippet(self) -> str:
        """Its words."""
        return self.segment.of(self.answer.text)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate that waits: the words that mark it, and its texts; at least one of them is open.

    `whole` says that the run did not split answers: the texts are whole answers.
    """

    id: int
    words: tuple[str, ...]
    passages: tuple[Passage, ...]
    whole: bool = False

    @property
    def open(self) -> tuple[Passage, ...]:
        """The texts that nobody has decided about."""
        return tuple(one for one in self.passages if one.open)

    @property
    def respondents(self) -> int:
        """How many respondents the open texts are by."""
        return len({one.answer.id for one in self.open})


def waiting(project: Project, question: str, round_key: str) -> tuple[Waiting, ...]:
    """The candidates that wait for someone, the weightiest first.

    An answer of an audit's sample has no part in them until someone is done with it, nor has one whose text was
    imported anew.
    """
    codebook = project.codebook(question)
    with project.file.reading() as db:
        return _waiting(db, codebook, question, round_key)


def take(
    session: Session, candidate: Waiting, passages: Collection[Passage], code: str | int, theme: int | None = None
) -> str:
    """Give these texts of a candidate one code by hand, and be done with it: one step, which `undo` takes back whole.

    `code` is the name of a new code, in a `theme` or without one yet, or the id of one that is there. Returns the step
    in words. Raises CoderError where the code can't be made or given, and ProjectChangedError where the candidate is no
    longer as it was seen.
    """
    if not passages:
        raise CoderError("no text is left to be coded", "Take one in again, or dismiss the candidate.")
    project, analyst, number_of = session.project, session.analyst, how_many(len(passages), "segment")
    give_to = _giving(candidate, passages, analyst)
    at, scope, first = project.clock(), revising.scope_of(session.round, session.question), min(give_to)
    with project.file.writing() as db:
        _require_as_seen(db, session, candidate, passages)
        beside = [candidates.closed(db, candidate.id, candidates.CODED)]
        if isinstance(code, str):
            planned = revising.plan(db, session.codebook, AddCode(code, theme), give_to)
            what = f"{planned.what}: {number_of}"
            revising.carry_out(db, planned, analyst=analyst, at=at, scope=scope, answer=first, what=what, beside=beside)
        else:
            gone = codebooks.not_in_use(db, {code})
            if gone is not None:
                raise CoderError(f"the code {gone!r} was merged or retired", "Choose another one.")
            what = f"code {session.codebook.code_name(code)}: {number_of}"
            held = works.of_answers(db, give_to)
            rows = works.replacements(db, {one: to(held[one], code) for one, to in give_to.items()}, analyst)
            journal.record(db, [*rows, *beside], analyst=analyst, what=what, at=at, scope=scope, answer=first)
    session.reload()
    return what


def dismiss(session: Session, candidate: Waiting) -> str:
    """Offer a candidate no more, nor any part of it that a later run finds. Returns the step, which `undo` takes back.

    Raises ProjectChangedError where the candidate waits no longer.
    """
    project, what = session.project, f"dismiss the candidate {called(candidate)}"
    with project.file.writing() as db:
        _require_as_seen(db, session, candidate, ())
        row = candidates.closed(db, candidate.id, candidates.DISMISSED)
        scope = revising.scope_of(session.round, session.question)
        journal.record(db, [row], analyst=session.analyst, what=what, at=project.clock(), scope=scope)
    return what


def called(candidate: Waiting) -> str:
    """What a candidate is called before it has a name: the words that mark it."""
    return ", ".join(candidate.words)


def _waiting(db: Database, codebook: Codebook, question: str, round_key: str) -> tuple[Waiting, ...]:
    held = candidates.open_ones(db, round_key, question)
    if not held:
        return ()
    apart = frozenset(unsettled(db, codebook, round_key, question))
    done = works.of_answers(db, {answer.id for one in held for answer, _ in one.passages})
    found = []
    for one in held:
        passages = tuple(
            _passage(answer, segment, done[answer.id], codebook)
            for answer, segment in one.passages
            if answer.id not in apart
        )
        found.append(Waiting(one.id, one.words, passages, one.whole))
    return tuple(one for one in found if one.open)


def _passage(answer: Answer, segment: Segment, work: Work, codebook: Codebook) -> Passage:
    codes = [
        codebook.stands_for(one.code)
        for one in work.codings
        if one.origin is not Origin.AUTO and one.segment.start < segment.end and segment.start < one.segment.end
    ]
    return Passage(answer, segment, tuple(dict.fromkeys(codes)), work.nothing)


def _giving(candidate: Waiting, passages: Collection[Passage], analyst: str) -> revising.Also:
    """For each answer, what gives its texts a code, by hand."""
    codings: dict[int, list[Coding]] = {}
    for one in passages:
        coding = Coding(0, one.segment, analyst, Origin.HAND, whole=candidate.whole)
        codings.setdefault(one.answer.id, []).append(coding)

    def given(some: list[Coding], work: Work, code: int) -> Work:
        for coding in some:
            work = give(work, replace(coding, code=code))
        return work

    return {answer: partial(given, some) for answer, some in codings.items()}


def _require_as_seen(db: Database, session: Session, candidate: Waiting, passages: Collection[Passage]) -> None:
    codebook = codebooks.load(db, session.codebook.key) or session.codebook
    now = {one.id: one for one in _waiting(db, codebook, session.question, session.round)}.get(candidate.id)
    if now is None or any(one not in now.passages for one in passages):
        raise ProjectChangedError(
            "somebody else has dealt with this candidate, or with its answers, meanwhile",
            "Nothing was written; it is shown as it is now: decide again.",
        )
