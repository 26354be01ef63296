"""Intervals and tests for shares: plain formulas, each with its source. Shares are in 0..1, counts of respondents."""

from collections.abc import Sequence
from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist

LEVEL = 0.95

# Two tables whose probabilities differ by less than this share of themselves are equally likely; without it rounding
# would decide which tables are "as extreme as" the one observed.
_EQUALLY_LIKELY = 1e-7
_NOTHING = 1e-17  # terms smaller than this share of the first one change no digit of their sum

Interval = tuple[float, float]


def wilson(count: int, base: int, level: float = LEVEL) -> Interval:
    """The score interval of a share, `count` of `base`; the whole of 0..1 where the base is 0.

    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22, 209-212.
    """
    _require(count, base)
    if base == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, square = count / base, z * z / base
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / base + square / (4 * base)) / (1 + square)
    # At the ends the formula gives exactly 0 and 1; rounding must not put the share outside its own interval.
    return 0.0 if count == 0 else max(0.0, middle - half), 1.0 if count == base else min(1.0, middle + half)


def clopper_pearson(count: int, base: int, level: float = LEVEL) -> Interval:
    """The exact interval of a share: the ones with which neither so few nor so many are too rare; 0..1 for base 0.

    A share below it gives `count` or more, and one above it `count` or fewer, with a probability of (1 - level) / 2 at
    most. C. J. Clopper and E. S. Pearson (1934), The use of confidence or fiducial limits illustrated in the case of
    the binomial, Biometrika 26, 404-413.
    """
    _require(count, base)
    return 1.0 - _highest(base - count, base, level), _highest(count, base, level)


def _highest(count: int, base: int, level: float) -> float:
    """The highest share with which `count` or fewer of `base` are not too rare."""
    if count == base:
        return 1.0
    near, far = count / base, 1.0
    while near < (middle := (near + far) / 2) < far:
        if _at_most(count, base, middle) > (1 - level) / 2:
            near = middle
        else:
            far = middle
    return near


def _at_most(count: int, base: int, share: float) -> float:
    """The probability of `count` or fewer of `base`, each with this share, in 0..1 and above count / base."""
    ways = lgamma(base + 1) - lgamma(count + 1) - lgamma(base - count + 1)
    term = exp(ways + count * log(share) + (base - count) * log(1 - share))
    terms = [term]
    for number in range(count, 0, -1):
        term *= number * (1 - share) / ((base - number + 1) * share)
        terms.append(term)
        if term < _NOTHING * terms[0]:
            break
    return fsum(terms)


def mover(before: float, within: Interval, after: float, within_after: Interval) -> Interval:
    """The interval of the change from one share to another, each estimated by itself, from their estimates and limits.

    Limits may lie unevenly about their estimate, and a share that is known has both at itself. G. Y. Zou and A. Donner
    (2008), Construction of confidence limits about effect measures: a general approach, Statistics in Medicine 27,
    1693-1702: the method of variance estimates recovery (MOVER). The level is that of the limits.
    """
    (low, high), (low_after, high_after), change = within, within_after, after - before
    return (
        max(-1.0, change - sqrt((after - low_after) ** 2 + (high - before) ** 2)),
        min(1.0, change + sqrt((high_after - after) ** 2 + (before - low) ** 2)),
    )


def newcombe(count: int, base: int, count_after: int, base_after: int, level: float = LEVEL) -> Interval:
    """The interval of the change from one share to another, of different respondents; -1..1 where a base is 0.

    R. G. Newcombe (1998), Interval estimation for the difference between independent proportions: comparison of eleven
    methods, Statistics in Medicine 17, 873-890, method 10 (hybrid score).
    """
    if not base or not base_after:
        return -1.0, 1.0
    limits, limits_after = wilson(count, base, level), wilson(count_after, base_after, level)
    return mover(count / base, limits, count_after / base_after, limits_after)


def newcombe_paired(both: int, lost: int, gained: int, neither: int, level: float = LEVEL) -> Interval:
    """The interval of the change of a share among the same respondents; -1..1 where there are none.

    `lost` had it before and not after, `gained` the other way about. R. G. Newcombe (1998), Improved confidence
    intervals for the difference between binomial proportions based on paired data, Statistics in Medicine 17,
    2635-2650, method 10 (hybrid score, with the correlation corrected for continuity).
    """
    base = both + lost + gained + neither
    if min(both, lost, gained, neither) < 0:
        raise ValueError("counts can't be negative")
    if base == 0:
        return -1.0, 1.0
    low, high = wilson(both + lost, base, level)
    low_after, high_after = wilson(both + gained, base, level)
    before, after = (both + lost) / base, (both + gained) / base
    change = (gained - lost) / base
    phi = _correlation(both, lost, gained, neither)
    down, down_before = after - low_after, high - before
    up, up_before = high_after - after, before - low
    return (
        max(-1.0, change - sqrt(max(0.0, down**2 - 2 * phi * down * down_before + down_before**2))),
        min(1.0, change + sqrt(max(0.0, up**2 - 2 * phi * up * up_before + up_before**2))),
    )


def _correlation(both: int, lost: int, gained: int, neither: int) -> float:
    """Phi of a two by two table, drawn half an observation towards 0 where it is positive; 0 where it has none."""
    product = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    if product == 0:
        return 0.0
    excess: float = both * neither - lost * gained
    if excess > 0:
        excess = max(excess - (both + lost + gained + neither) / 2, 0.0)
    return excess / sqrt(product)


def fisher(count: int, base: int, count_after: int, base_after: int) -> float:
    """The two-sided p of Fisher's exact test that two shares, of different respondents, are equal; 1 for an empty base.

    Sums the probabilities of all tables with these margins that are no likelier than the observed one: R. A. Fisher
    (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98, 39-82; two-sided as in
    R and SciPy (minimum likelihood).
    """
    _require(count, base)
    _require(count_after, base_after)
    total = count + count_after
    first, last = max(0, total - base_after), min(base, total)
    mode = min(max((total + 1) * (base + 1) // (base + base_after + 2), first), last)
    # Relative to the likeliest table, each from its neighbour: no factorials, so large bases lose no digits.
    likelihood = {mode: 1.0}
    for number in range(mode, last):
        ratio = (total - number) * (base - number) / ((number + 1) * (base_after - total + number + 1))
        likelihood[number + 1] = likelihood[number] * ratio
    for number in range(mode, first, -1):
        ratio = number * (base_after - total + number) / ((total - number + 1) * (base - number + 1))
        likelihood[number - 1] = likelihood[number] * ratio
    likely = likelihood[count] * (1 + _EQUALLY_LIKELY)
    return min(1.0, fsum(one for one in likelihood.values() if one <= likely) / fsum(likelihood.values()))


def mcnemar(lost: int, gained: int) -> float:
    """The two-sided p of the exact McNemar test: of those who changed, as many one way as the other; 1 for none.

    Q. McNemar (1947), Note on the sampling error of the difference between correlated proportions or percentages,
    Psychometrika 12, 153-157; exact by the binomial distribution with one half.
    """
    if min(lost, gained) < 0:
        raise ValueError("counts can't be negative")
    changed, fewer = lost + gained, min(lost, gained)
    middle = changed // 2
    # Relative to the middle of the distribution, each from its neighbour; the upper half mirrors the lower.
    likelihood = {middle: 1.0}
    for number in range(middle, 0, -1):
        likelihood[number - 1] = likelihood[number] * number / (changed - number + 1)
    lower = fsum(likelihood.values())
    whole = 2 * lower - (1.0 if changed % 2 == 0 else 0.0)
    return min(1.0, 2 * fsum(likelihood[number] for number in range(fewer + 1)) / whole)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """The p values, in their order, adjusted so that keeping those under q bounds the false discovery rate by q.

    Y. Benjamini and Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical
    Society B 57, 289-300.
    """
    adjusted = [0.0] * len(p_values)
    least = 1.0
    for rank, place in sorted(enumerate(sorted(range(len(p_values)), key=p_values.__getitem__), 1), reverse=True):
        least = min(least, p_values[place] * len(p_values) / rank)
        adjusted[place] = least
    return adjusted


def _require(count: int, base: int) -> None:
    if not 0 <= count <= base:
        raise ValueError(f"{count} is no part of {base}")
