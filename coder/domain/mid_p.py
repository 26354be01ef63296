"""Whether so many of a population may belong, by samples of its two parts drawn without replacement.

How far the samples lie from a number is told by the score: the number expected by the samples less the one asked about,
over the standard error if so many belong. Both directions count, which gives the shorter intervals of discrete samples.
O. Miettinen and M. Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4, 213-226; A. Agresti
and Y. Min (2001), On small-sample confidence intervals for parameters in discrete distributions, Biometrics 57,
963-971. How rare samples are that lie as far is the probability of the farther ones and half of that of the one drawn,
its mid-P: with all of it, few mistakes are covered too often. H. O. Lancaster (1961), Significance tests in discrete
distributions, Journal of the American Statistical Association 56, 223-234; G. Berry and P. Armitage (1995), Mid-P
confidence intervals: a brief review, The Statistician 44, 417-423.

That probability depends on how the number is shared by the two parts, and is averaged over it as the samples tell of
it: beta-binomial in each part, from Jeffreys's prior. X.-L. Meng (1994), Posterior predictive p-values, Annals of
Statistics 22, 1142-1160; W. A. Ericson (1969), Subjective Bayesian models in sampling finite populations, Journal of
the Royal Statistical Society B 31, 195-233.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import acos, cos, exp, lgamma, log, pi, sqrt

_PRIOR = 0.5  # Jeffreys: half an answer that belongs and half one that does not
_WAYS = 12  # to share a number between the parts, each as likely as the others
_POINTS = 64  # among which they are looked for
_RARE = 1e-5  # samples and ways to share that are rarer than so much of the likeliest are left out
_TIE = 1e-9  # scores closer than this share of themselves are equal but for rounding


@dataclass(frozen=True, slots=True, order=True)
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
        if not (0 <= self.marked <= self.drawn <= self.size and self.marked <= self.belong <= self.most):
            raise ValueError(f"no part has these numbers: {self}")

    @property
    def most(self) -> int:
        """How many may belong, by what is known."""
        return self.size - self.others

    def expected(self, untouched: float) -> float:
        """How many belong by the sample, within what is known; `untouched` where none was drawn."""
        found = self.size * self.marked / self.drawn if self.drawn else untouched
        return min(max(found, self.belong), self.most)

    @property
    def guess(self) -> float:
        """How many belong by the sample and the prior together: never none, and never all."""
        return self.size * (self.marked + _PRIOR) / (self.drawn + 2 * _PRIOR)

    @property
    def doubt(self) -> float:
        """The variance of the number expected by such a sample, over belong * (size - belong); large where none is."""
        return (self.size - self.drawn) / max(self.size - 1, 1) / max(self.drawn, 0.5)


@dataclass(frozen=True, slots=True)
class _Samples:
    """How likely it is that a sample holds fewer than `first`, than the next, and so on, of those that belong."""

    first: int
    fewer: list[float]

    def below(self, number: int) -> float:
        """How likely a sample holds fewer than so many."""
        return self.fewer[min(max(number - self.first, 0), len(self.fewer) - 1)]

    def chance(self, number: int) -> float:
        """How likely a sample holds so many."""
        return self.below(number + 1) - self.below(number)

    @property
    def end(self) -> int:
        """One more than a sample can hold."""
        return self.first + len(self.fewer) - 1


def p_value(one: Part, other: Part, total: int) -> float:
    """How rare samples are that lie at least as far from `total` as the ones drawn, in 0..1, if so many belong."""
    score = _scores(one, other, total)
    far = abs(score(one.marked, other.marked)) * (1 - _TIE)
    ways = [(weight, _samples(one, k), _samples(other, total - k)) for k, weight in _shared(one, other, total)]
    first, end = min(some.first for _, some, _ in ways), max(some.end for _, some, _ in ways)
    start = min(others.first for _, _, others in ways)
    low = high = max(others.end for _, _, others in ways)
    # The samples that lie nearer: the more of one part belong in them, the fewer of the other.
    nearer = []
    for number in range(first, end):
        while high > start and score(number, high - 1) >= far:
            high -= 1
        while low > start and score(number, low - 1) > -far:
            low -= 1
        nearer.append((low, high))
    found = 0.0
    for weight, some, others in ways:
        inside = sum(
            (reached - before) * (others.below(high) - others.below(low))
            for (before, reached), (low, high) in zip(pairwise(some.fewer), nearer[some.first - first :], strict=False)
            if low < high
        )
        found += weight * (1 - inside - some.chance(one.marked) * others.chance(other.marked) / 2)
    return found


def _scores(one: Part, other: Part, total: int) -> Callable[[int, int], float]:
    """The score of samples by how many of each part belong in them.

    The standard error is for the likeliest way to share the total between the parts: the middle root of a cubic, which
    sets (expected - likeliest) / variance of one part against that of the other.
    """
    s, r, q = one.size, other.size, other.size - total
    a, b = one.doubt, other.doubt
    both, least, most = a + b or 1.0, max(0, -q), min(s, total)

    def score(marked: int, others: int) -> float:
        x = s * (marked / one.drawn if one.drawn else 0.5)
        y = r * (others / other.drawn if other.drawn else 0.5) - total
        # w3 + 3 bend w2 + slope w + level = 0
        bend = -(b * (x + total - q) + a * (s - y)) / both / 3
        slope = (b * (x * (total - q) - total * q) - a * y * s) / both
        level = b * x * total * q / both
        reach = sqrt(max(bend * bend - slope / 3, 0.0))
        turn = (bend * slope / 2 - bend**3 - level / 2) / (reach**3 or 1.0)
        w = 2 * reach * cos((acos(min(max(turn, -1.0), 1.0)) - 2 * pi) / 3) - bend
        w = min(max(w, least), most)
        return (x + y) / sqrt(a * w * (s - w) + b * (total - w) * (q + w) + _TIE)

    return score


def _shared(one: Part, other: Part, total: int) -> list[tuple[int, float]]:
    """How many of the total may belong to one part: so many, and how likely, by the samples."""
    low, high = max(one.belong, total - other.most), min(one.most, total - other.belong)
    before = 2 * (high - low) + 1
    while True:
        step = max(1, (high - low) // _POINTS)
        numbers = range(low, high + 1, step)
        logs = [_log(one, number) + _log(other, total - number) for number in numbers]
        top = max(logs)
        heavy = [number for number, each in zip(numbers, logs, strict=True) if each - top > log(_RARE)]
        low, high = max(low, heavy[0] - step), min(high, heavy[-1] + step)
        if step == 1 or high - low > before * 2 / 3:
            break
        before = high - low
    reached = list(accumulate(exp(each - top) for each in logs))
    places = Counter(bisect_left(reached, reached[-1] * (way + 0.5) / _WAYS) for way in range(_WAYS))
    return [(numbers[place], times / _WAYS) for place, times in places.items()]


def _log(part: Part, belong: int) -> float:
    """The logarithm of how likely so many belong, but for a constant."""
    more, rest, others = belong - part.marked, part.size - part.drawn, part.drawn - part.marked
    found = lgamma(more + part.marked + _PRIOR) - lgamma(more + 1)
    return found + lgamma(rest - more + others + _PRIOR) - lgamma(rest - more + 1)


def _samples(part: Part, belong: int) -> _Samples:
    """What samples of a part hold where so many belong: hypergeometric, from the likeliest number on and back."""
    size, drawn = part.size, part.drawn
    spare, middle = size - belong - drawn, (drawn + 1) * (belong + 1) // (size + 2)
    up, down = [1.0], [1.0]
    for k in range(middle, min(belong, drawn)):
        up.append(up[-1] * (belong - k) * (drawn - k) / ((k + 1) * (spare + k + 1)))
        if up[-1] < _RARE:
            break
    for k in range(middle, max(0, -spare), -1):
        down.append(down[-1] * k * (spare + k) / ((belong - k + 1) * (drawn - k + 1)))
        if down[-1] < _RARE:
            break
    chances = [*down[:0:-1], *up]
    whole = sum(chances)
    return _Samples(middle - len(down) + 1, [0.0, *accumulate(one / whole for one in chances)])
