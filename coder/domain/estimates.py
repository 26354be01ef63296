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

CHANGE_METHOD = "Zou and Donner 2008 (MOVER)"  # of `machine_limits`


@dataclass(frozen=True, slots=True)
class Estimate:
    """How sure a change is. `change` and `interval` are shares in -1..1, of `base` where the design is paired.

    `p` is of the test that fits the design; `p_adjusted` controls the false discovery rate over rows of one kind.
    """

    change: float
    interval: intervals.Interval
    p: float
    p_adjusted: float = 1.0


def machine_limits(before: Count, after: Count) -> intervals.Interval | None:
    """Between which limits a change lies, in percentage points, when a machine's errors are reckoned with.

    From what the rounds' audits say, each drawn by itself: `intervals.mover` on their estimates and limits. A count
    without limits is exact. None where neither has any, or a base is 0. It is no matter who answered both times: what
    people answered is taken as it is, and only the draws of the audits are left to chance.
    """
    known = [(one.low, one.high, one.estimate) for one in (before, after)]
    if known == [(None, None, None)] * 2 or not (before.base and after.base):
        return None
    (share, within), (share_after, within_after) = _share(before), _share(after)
    low, high = intervals.mover(share, within, share_after, within_after)
    return 100 * low, 100 * high


def machine_change(before: Count, after: Count) -> float:
    """The change that `machine_limits` are about, in percentage points; each base holds somebody."""
    return 100 * (_share(after)[0] - _share(before)[0])


def _share(count: Count) -> tuple[float, intervals.Interval]:
    """The share by the audit, and its limits; of an exact count itself."""
    low = count.count if count.low is None else count.low
    high = count.count if count.high is None else count.high
    return count.likely / count.base, (low / count.base, high / count.base)


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
