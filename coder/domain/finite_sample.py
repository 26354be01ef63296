"""How many of a finite population belong, judged from samples of its parts drawn without replacement.

Each part has the distribution that its sample leaves for the answers not drawn: beta-binomial, from Jeffreys's prior.
W. A. Ericson (1969), Subjective Bayesian models in sampling finite populations, Journal of the Royal Statistical
Society B 31, 195-233. The interval is where the sum of the parts lies with equal tails. It is used for its coverage in
repeated sampling, which stays near its level where few or no mistakes are drawn and normal intervals collapse:
L. D. Brown, T. T. Cai and A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16,
101-133, who recommend it for one share, with the end of the scale taken in where all of the sample but one speaks for
it: else a thing that occurs once would be missed in as many samples as draw it; and with the exact limit where all of
the sample speaks for it.

A number of answers is whole, so a tail seldom is just what it should be. A number is taken in by its mid-P: the tail
beyond it and half of its own probability. H. O. Lancaster (1961), Significance tests in discrete distributions, Journal
of the American Statistical Association 56, 223-234; G. Berry and P. Armitage (1995), Mid-P confidence intervals: a
brief review, The Statistician 44, 417-423. Taken in with all of its probability, small populations and few mistakes are
covered too often. `tests/benchmarks/coverage.py` shows how often the sum of two parts is covered, and
`tests/benchmarks/coverage_grid.py` what other priors and rules would do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import exp, fsum, lgamma, sqrt

LEVEL = 0.95
_PRIOR = 0.5  # Jeffreys: half an answer that belongs and half one that does not
_POINTS = 2000  # of the distributions of two parts; a larger population is gone through in steps


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the population: its size, how many were drawn, and how many of those belong (`marked`).

    Of all that people have read, drawn or not, `belong` and `others` are known to belong and not to.
    """

    size: int
    drawn: int
    marked: int
    belong: int
    others: int

    def __post_init__(self) -> None:
        if not (0 <= self.marked <= self.drawn <= self.size and self.marked <= self.belong <= self.size - self.others):
            raise ValueError(f"no part has these numbers: {self}")

    def expected(self, untouched: int) -> float:
        """How many belong by the sample, within what is known; `untouched` where none was drawn."""
        found = self.size * self.marked / self.drawn if self.drawn else untouched
        return min(max(found, self.belong), self.size - self.others)


@lru_cache(maxsize=4096)
def limits(one: Part, other: Part, level: float = LEVEL) -> tuple[int, int]:
    """How many belong of two parts together, at least and at most; both ends are in the interval."""
    ranges = [_range(part) for part in (one, other)]
    step = max(1, -(-sum(last - first for first, last in ranges) // _POINTS))
    first, second = ([*range(low, high, step), high] for low, high in ranges)
    chances = _chances(one, first)
    reached = list(accumulate(_chances(other, second)))
    tail, places = (1 - level) / 2, len(first) + len(second) - 1

    def up_to(place: int) -> float:
        """The probability of a sum up to that place."""
        pairs = ((chance, min(place - number, len(reached) - 1)) for number, chance in enumerate(chances[: place + 1]))
        return fsum(chance * reached[left] for chance, left in pairs)

    def below(beyond: float) -> int:
        """How many places lie so far down that their mid-P is at most that."""
        low, high = 0, places
        while low < high:
            middle = (low + high) // 2
            if (up_to(middle - 1) + up_to(middle)) / 2 > beyond:
                high = middle
            else:
                low = middle + 1
        return low

    least, most = first[0] + second[0], first[-1] + second[-1]
    low, high = (min(most, least + step * place) for place in (below(tail), below(1 - tail) - 1))
    # Where one of the sample belongs or none, or all but one or all, the end of the scale is in.
    if one.marked + other.marked <= 1:
        low = one.belong + other.belong
    lost = one.drawn - one.marked + other.drawn - other.marked
    every = one.size - one.others + other.size - other.others
    if lost <= 1:
        high = every
    # And where none of it belongs, or all of it: as much as may have gone unseen.
    unseen = _unseen(one.size + other.size, one.drawn + other.drawn, tail)
    if not (one.marked or other.marked):
        high = max(high, min(unseen, every))
    if not lost:
        low = min(low, max(one.size + other.size - unseen, one.belong + other.belong))
    return low, high


def _unseen(size: int, drawn: int, tail: float) -> int:
    """The most there may be of something that a sample holds none of, by its mid-P."""

    def chance(number: int) -> float:
        """The probability of drawing none of so many."""
        left = lgamma(size - number + 1) - lgamma(size - number - drawn + 1)
        return exp(left - lgamma(size + 1) + lgamma(size - drawn + 1))

    least, most = 0, size - drawn
    while least < most:
        middle = (least + most + 1) // 2
        if chance(middle) / 2 > tail:
            least = middle
        else:
            most = middle - 1
    return least


def _range(part: Part) -> tuple[int, int]:
    """Between which numbers all but a hundred-thousandth of the distribution lies, within what is known."""
    least, most = part.belong, part.size - part.others
    rest, a, b = part.size - part.drawn, part.marked + _PRIOR, part.drawn - part.marked + _PRIOR
    n = a + b
    mean = part.marked + rest * a / n
    reach = (6 + 6 / sqrt(min(a, b) + 0.5)) * sqrt(rest * a * b * (n + rest) / (n * n * (n + 1)))
    low, high = int(mean - reach), int(mean + reach) + 1
    return max(least, min(low, most)), min(most, max(high, least))


def _chances(part: Part, numbers: Sequence[int]) -> list[float]:
    """The probabilities that so many belong, up to one."""
    rest, a, b = part.size - part.drawn, part.marked + _PRIOR, part.drawn - part.marked + _PRIOR
    logs = [
        lgamma(k + a) - lgamma(k + 1) + lgamma(rest - k + b) - lgamma(rest - k + 1)
        for k in (number - part.marked for number in numbers)
    ]
    highest = max(logs)
    weights = [exp(one - highest) for one in logs]
    total = fsum(weights)
    return [one / total for one in weights]
