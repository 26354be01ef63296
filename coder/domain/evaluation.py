"""What a cross-validation of suggestions found, and which codes of a codebook it says need work."""

from dataclasses import dataclass
from enum import StrEnum

from coder.domain.codebook import Codebook

# Fewer codings than these say little of a code.
FEWEST = 5
# A code found, or rightly suggested, less often than this needs work.
_LOW = 0.5
# Codes are confused where it happened at least twice and to a fifth of a code's codings.
_CONFUSED_TIMES = 2
_CONFUSED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in 0..1 of the codings whose code was the first suggestion, or among the first three or five.

    `macro_f1` is the mean F1 of the codes that were used; `calibration_error` the mean gap between score and truth,
    None where the scores promise nothing.
    """

    top1: float
    top3: float
    top5: float
    macro_f1: float
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """One code of an evaluation.

    `support` is how many codings it has, `precision` how often suggesting it first was right, `recall` how many of its
    codings had it first; `confused_with` is the code most often first in its place, and how often. `first` is how
    often it was suggested first.
    """

    code: int
    support: int
    precision: float
    recall: float
    confused_with: int | None
    confused_times: int
    first: int = 0

    @property
    def right(self) -> int:
        """How many of its codings had it first."""
        return round(self.recall * self.support)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The figures after learning from about `codings` codings."""

    codings: int
    ours: Figures
    defaults: Figures


@dataclass(frozen=True, slots=True)
class Bin:
    """The first suggestions whose scores lie in `[low, high)`: how many, their mean score, and how many were right."""

    low: float
    high: float
    count: int
    score: float
    right: int

    @property
    def share(self) -> float:
        """How often they were right, in 0..1."""
        return self.right / self.count


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A cross-validation: `codings` from `groups` respondents in `folds` folds that share none.

    `reliability` holds the bins that are not empty, lowest first; none where the scores promise nothing.
    """

    codings: int
    groups: int
    folds: int
    ours: Figures
    defaults: Figures
    codes: tuple[CodeFigures, ...]
    curve: tuple[CurvePoint, ...]
    reliability: tuple[Bin, ...] = ()


class Weakness(StrEnum):
    """What is amiss with a code."""

    MISSED = "missed"
    WRONGLY = "suggested_wrongly"
    CONFUSED = "confused"
    FEW = "too_few_codings"
    UNUSED = "unused"


def weaknesses(row: CodeFigures) -> tuple[Weakness, ...]:
    """What the figures of a code say against it; a code with few codings has only that said of it."""
    if not row.support:
        return (Weakness.UNUSED,)
    if row.support < FEWEST:
        return (Weakness.FEW,)
    confused = row.confused_times >= max(_CONFUSED_TIMES, _CONFUSED_SHARE * row.support)
    said = {
        Weakness.MISSED: row.recall < _LOW,
        Weakness.WRONGLY: row.first > 0 and row.precision < _LOW,
        Weakness.CONFUSED: confused,
    }
    return tuple(weakness for weakness, holds in said.items() if holds)


@dataclass(frozen=True)
class Evaluated:
    """An evaluation with what it is of: the key of the question, and the codebook as it is in use."""

    question: str
    codebook: Codebook
    found: Evaluation
