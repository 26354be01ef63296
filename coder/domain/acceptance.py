"""Which of a machine's suggestions are taken without a person having looked, and which are left."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from coder.domain.answers import Answer
from coder.domain.coding import Coding, Origin, Segment
from coder.domain.suggestion import Suggestion

MACHINE = "auto"  # stands as the analyst of what the batch run coded
# A code that fewer answers carry has taught too little to be given by a machine.
FEWEST_EXAMPLES = 7


class Verdict(StrEnum):
    """May a code be given by the machine alone? Yes; no, it errs too often; or too little is known to say."""

    AUTOMATIC = "automatic"
    WEAK = "weak"
    INSUFFICIENT = "insufficient_evidence"


@dataclass(frozen=True, slots=True)
class CodeGate:
    """What is known of one code, and the least score at which it is given: None where it never is.

    `examples` are the answers that analysts gave it. Of the left-out answers that the machine would give it at this
    score, `right` of `tried` carried it; where it is never given, of those at any score. `pooled` says that the score
    holds for codes together that have too few trials each; `at_least` is the lower bound of the precision, of the code
    or of those codes together, None where none was found.
    """

    code: int
    verdict: Verdict
    threshold: float | None
    examples: int
    tried: int
    right: int
    pooled: bool = False
    at_least: float | None = None


@dataclass(frozen=True)
class Gate:
    """What lets a suggestion through: the score that its code needs.

    With a `promise`, the precision promised, the scores were found by cross-validation on `answers` answers and stand
    in `codes`; `pooled` is the score of the codes together, None where none of them may be given, and `fewest` how many
    suggestions for left-out answers it takes to keep it, if all are right. Without one every code needs `least`.
    """

    promise: float | None = None
    least: float | None = None
    codes: tuple[CodeGate, ...] = ()
    pooled: float | None = None
    answers: int = 0
    fewest: int = 0

    @cached_property
    def thresholds(self) -> Mapping[int, float]:
        """The score that each code needs which may be given."""
        return {one.code: one.threshold for one in self.codes if one.threshold is not None}

    @property
    def shut(self) -> bool:
        """True where no code may be given at any score."""
        return self.least is None and not self.thresholds

    def takes(self, suggestion: Suggestion) -> bool:
        """Whether a suggestion is sure enough to be taken."""
        least = self.thresholds.get(suggestion.code) if self.least is None else self.least
        return least is not None and suggestion.score >= least


Found = tuple[Segment, Suggestion]


def codings(answer: Answer, taken: Sequence[Found], *, whole: bool, run: int | None = None) -> tuple[Coding, ...]:
    """Suggestions taken for an answer's segments, in order, as codings; neighbours with one code are one coding."""
    return tuple(
        Coding(one.code, segment, MACHINE, Origin.AUTO, one.score, whole=whole, run=run)
        for segment, one in _joined(answer.text, taken)
    )


def _joined(text: str, taken: Iterable[Found]) -> Iterator[Found]:
    last: Found | None = None
    for segment, one in taken:
        if last is not None and last[1].code == one.code and _adjoin(text, last[0], segment):
            score = max(last[1].score, one.score)
            last = Segment(last[0].start, segment.end), Suggestion(one.code, score)
            continue
        if last is not None:
            yield last
        last = segment, one
    if last is not None:
        yield last


def _adjoin(text: str, one: Segment, other: Segment) -> bool:
    return not any(letter.isalnum() for letter in text[one.end : other.start])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Texts that no code seems to fit and that are alike: perhaps a new code.

    `words` mark them, the most telling first; `examples` are some of the texts; `answers` is how many respondents said
    something of the kind, of those looked at; `respondents` are the keys of some, whose texts are the most typical.
    `passages` are all of the texts, where they stand.
    """

    words: tuple[str, ...]
    examples: tuple[str, ...]
    answers: int
    respondents: tuple[str, ...]
    passages: tuple[tuple[Answer, Segment], ...] = ()
