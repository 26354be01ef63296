"""What analysts decide about one answer, as values and as pure functions from one state of the work to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many


class Origin(StrEnum):
    """How a coding came about: by hand, a suggestion taken by hand, or by the batch run."""

    HAND = "hand"
    ACCEPTED = "accepted"
    AUTO = "auto"


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A half-open range of code points `[start, end)` of an answer's canonical text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The snippet: the text inside the segment."""
        return text[self.start : self.end]


Identity = tuple[int, Segment, str]


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment of an answer, by an analyst.

    `whole` says that the answer as a whole was meant; the segment then covers all of it. `score` is the suggester's,
    in 0..1, where the origin is not hand. `example` marks it for publication. `run` is the number of the batch run that
    gave it, None where none did. `kept` are the ranges of the snippet that its quote is made of, counted from the
    segment's start; none where it is quoted in full.
    """

    code: int
    segment: Segment
    analyst: str
    origin: Origin = Origin.HAND
    score: float | None = None
    whole: bool = False
    example: bool = False
    run: int | None = None
    kept: tuple[Segment, ...] = ()

    @property
    def identity(self) -> Identity:
        """What may stand once in an answer: one analyst gives one code to one segment once."""
        return self.code, self.segment, self.analyst


@dataclass(frozen=True, slots=True)
class Work:
    """All that has been decided about one answer.

    `choices` holds the code an analyst chose to be counted, by theme. `cuts` are segments the analyst has drawn in
    place of the suggested clauses, None where nobody has. `nothing_by` names who set the mark *nothing to code*, empty
    where nobody has; `done` says that the analyst has moved on.
    """

    codings: tuple[Coding, ...] = ()
    choices: Mapping[int, int] = field(default_factory=dict)
    cuts: tuple[Segment, ...] | None = None
    nothing_by: str = ""
    done: bool = False

    @property
    def nothing(self) -> bool:
        """True where the answer is marked as having nothing to code."""
        return bool(self.nothing_by)

    @property
    def uncoded(self) -> bool:
        """True where the answer has neither a coding nor the mark *nothing to code*."""
        return not (self.codings or self.nothing)

    @property
    def by_hand(self) -> bool:
        """True where an analyst has touched the answer; the batch run leaves it alone."""
        return (
            any(coding.origin is not Origin.AUTO for coding in self.codings)
            or bool(self.choices)
            or self.cuts is not None
            or self.nothing
            or self.done
        )


def require_segment(answer: Answer, segment: Segment) -> None:
    """Raise CoderError unless the segment lies inside the answer and holds more than white space."""
    if answer.blank:
        raise CoderError(
            f"the answer of respondent {answer.respondent.key} is blank and can't be coded",
            "Blank answers stand outside the base; code another answer.",
        )
    if not 0 <= segment.start < segment.end <= len(answer.text):
        raise CoderError(
            f"the segment {segment.start}-{segment.end} lies outside the answer of respondent "
            f"{answer.respondent.key}, which has {how_many(len(answer.text), 'character')}",
            "Offsets count characters from 0, the end excluded.",
        )
    if segment.of(answer.text).isspace():
        raise CoderError(
            f"the segment {segment.start}-{segment.end} of respondent {answer.respondent.key} holds only white space",
            "Mark some words.",
        )


def give(work: Work, coding: Coding) -> Work:
    """The work with the coding added; the same coding again changes nothing. It ends the mark *nothing to code*."""
    if any(coding.identity == other.identity for other in work.codings):
        return work
    return replace(work, codings=(*work.codings, coding), nothing_by="")


def take_back(work: Work, coding: Coding, codebook: Codebook | None = None) -> Work:
    """The work without the coding. A choice for its code goes with the code's last coding.

    `codebook` tells which entries have been merged into one code.
    """
    return take_back_each(work, [coding], codebook)


def take_back_each(work: Work, codings: Iterable[Coding], codebook: Codebook | None = None) -> Work:
    """The work without these codings, as `take_back` does."""
    away = {coding.identity: _now(coding.code, codebook) for coding in codings}
    kept = tuple(other for other in work.codings if other.identity not in away)
    left = {_now(other.code, codebook) for other in kept}
    gone = {*away.values()} - left
    choices = {theme: code for theme, code in work.choices.items() if _now(code, codebook) not in gone}
    return replace(work, codings=kept, choices=choices)


def choose(work: Work, theme: int, code: int | None, codebook: Codebook | None = None) -> Work:
    """The work with `code` chosen to be counted under `theme`; None takes the choice back.

    `codebook` tells which entries have been merged into one code.
    """
    if code is None:
        return replace(work, choices={t: c for t, c in work.choices.items() if t != theme})
    if all(_now(coding.code, codebook) != _now(code, codebook) for coding in work.codings):
        raise CoderError("only a code that the answer carries can be chosen", "Give the code first.")
    return replace(work, choices={**work.choices, theme: code})


def _now(code: int, codebook: Codebook | None) -> int:
    return code if codebook is None else codebook.stands.get(code, code)


def recode(work: Work, dealt: frozenset[Identity], new: int, codebook: Codebook) -> Work:
    """The work with the codings dealt to the code `new`, as in a split; the same coding twice becomes one.

    The choice for a code that the answer then carries no more follows its codings.
    """
    left = [coding for coding in work.codings if coding.identity not in dealt]
    sources = {_now(coding.code, codebook) for coding in work.codings if coding.identity in dealt}
    codings: dict[Identity, Coding] = {}
    for coding in work.codings:
        after = replace(coding, code=new) if coding.identity in dealt else coding
        codings.setdefault(after.identity, after)
    gone = sources - {_now(coding.code, codebook) for coding in left}
    choices = {theme: new if _now(code, codebook) in gone else code for theme, code in work.choices.items()}
    return replace(work, codings=tuple(codings.values()), choices=choices)


def mark_nothing(work: Work, analyst: str) -> Work:
    """The work with the mark *nothing to code* set, or taken off again. A coded answer can't be marked."""
    if work.codings:
        raise CoderError(
            "an answer that carries codes can't be marked as having nothing to code", "Take them off first."
        )
    return replace(work, nothing_by="" if work.nothing else analyst)


def flag(work: Work, coding: Coding) -> Work:
    """The work with the coding flagged as an example for publication, or no longer."""
    codings = tuple(
        replace(other, example=not other.example) if other.identity == coding.identity else other
        for other in work.codings
    )
    return replace(work, codings=codings)
