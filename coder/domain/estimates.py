"""How sure a change is: the interval and the test that fit the two rounds."""

from dataclasses import dataclass
from enum import StrEnum

from coder.domain import intervals
from coder.domain.tables import Count


class Design(StrEnum):
    """How two rounds are set against each other: the same respondents twice, or different respondents."""

    PAIRED = "paired"
    INDEPENDENT = "independent"


TESTS = {Design.PAIRED: "exact McNemar", Design.INDEPENDENT: "Fisher's exact"}
METHODS = {Design.PAIRED: "Newcombe 1998, paired, method 10", Design.INDEPENDENT: "Newcombe 1998, method 10"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """How sure a change is. `change` and `interval` are shares in -1..1, of `base` where the design is paired.

    `p` is of the test that fits the design; `p_adjusted` controls the false discovery rate over rows of one kind.
    """

    change: float
    interval: intervals.Interval
    p: float
    p_adjusted: float = 1.0


def paired(kept: int, lost: int, gained: int, neither: int, level: float) -> Estimate:
    """The change among the same respondents: counted both times, only before, only after, and neither time."""
    base = kept + lost + gained + neither
    return Estimate(
        change=(gained - lost) / base if base else 0.0,
        interval=intervals.newcombe_paired(kept, lost, gained, neither, level),
        p=intervals.mcnemar(lost, gained),
    )


def independent(before: Count, after: Count, level: float) -> Estimate:
    """The change between different respondents."""
    counts = (before.count, before.base, after.count, after.base)
    change = (after.percent - before.percent) / 100
    return Estimate(change, intervals.newcombe(*counts, level), intervals.fisher(*counts))
