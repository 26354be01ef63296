"""Intervals and tests agree with implementations that are not ours, and with published figures."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import binomtest, false_discovery_control, fisher_exact, norm

from coder.domain import intervals

CLOSE = 1e-9
NEAR = 1e-13  # a share of nothing or of all is a root too, and not the one that is looked for
BASES = (1, 2, 7, 40, 174, 1000)
PAIRS = [
    (base, other, count, other_count)
    for base, other in product((1, 5, 40, 180), (2, 7, 93))
    for count in sorted({0, 1, base // 3, base - 1, base})
    for other_count in sorted({0, 1, other // 2, other})
]
TABLES = [table for table in product((0, 1, 9, 60), (0, 2, 13), (0, 1, 30), (0, 4, 120)) if sum(table)]


def counts(base: int) -> list[int]:
    return sorted({0, 1, base // 4, base // 2, base - 1, base})


def score_limits(count: int, base: int, level: float = 0.95) -> tuple[float, float]:
    """The two shares that a score test would just not reject, found by bisection and not by formula."""
    z, share = norm.ppf((1 + level) / 2), count / base

    def excess(truth: float) -> float:
        return float((share - truth) ** 2 - z**2 * truth * (1 - truth) / base)

    low = 0.0 if count == 0 else brentq(excess, 0, share - NEAR, xtol=1e-15, rtol=1e-14)
    high = 1.0 if count == base else brentq(excess, share + NEAR, 1, xtol=1e-15, rtol=1e-14)
    return low, high


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_is_scipys(base: int, level: float) -> None:
    for count in counts(base):
        theirs = binomtest(count, base).proportion_ci(level, method="wilson")
        assert intervals.wilson(count, base, level) == pytest.approx((theirs.low, theirs.high), abs=CLOSE)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_clopper_pearson_is_scipys(base: int, level: float) -> None:
    for count in counts(base):
        theirs = binomtest(count, base).proportion_ci(level, method="exact")
        assert intervals.clopper_pearson(count, base, level) == pytest.approx((theirs.low, theirs.high), abs=CLOSE)


def test_newcombe_is_made_of_score_limits_found_by_bisection() -> None:
    for base, other, count, other_count in PAIRS:
        low, high = score_limits(count, base)
        other_low, other_high = score_limits(other_count, other)
        change = other_count / other - count / base
        wanted = (
            change - np.hypot(other_count / other - other_low, high - count / base),
            change + np.hypot(other_high - other_count / other, count / base - low),
        )
        got = intervals.newcombe(count, base, other_count, other)
        assert got == pytest.approx(np.clip(wanted, -1, 1), abs=CLOSE)


def test_mover_reaches_as_far_as_the_ellipse_of_the_limits_that_take_part() -> None:
    """The farthest change over all pairs of shares on it, found by search and not by formula."""
    shares = [(0.1, 0.04, 0.3), (0.5, 0.45, 0.56), (0.0, 0.0, 0.02), (1.0, 0.9, 1.0), (0.3, 0.3, 0.3), (0.2, 0.0, 0.9)]

    def reach(one: float, other: float) -> float:
        found = minimize_scalar(
            lambda turn: -(one * np.cos(turn) + other * np.sin(turn)),
            bounds=(0, np.pi / 2),
            method="bounded",
            options={"xatol": 1e-12},
        )
        return float(max(-found.fun, one, other))

    for (one, low, high), (other, other_low, other_high) in product(shares, repeat=2):
        change = other - one
        wanted = (change - reach(other - other_low, high - one), change + reach(other_high - other, one - low))
        got = intervals.mover(one, (low, high), other, (other_low, other_high))
        assert got == pytest.approx(tuple(np.clip(wanted, -1, 1)), abs=CLOSE)


def test_mover_of_a_known_share_only_moves_the_limits_of_the_other() -> None:
    assert intervals.mover(0.25, (0.25, 0.25), 0.4, (0.3, 0.65)) == pytest.approx((0.05, 0.4), abs=CLOSE)
    assert intervals.mover(0.4, (0.3, 0.65), 0.25, (0.25, 0.25)) == pytest.approx((-0.4, -0.05), abs=CLOSE)
    assert intervals.mover(0.2, (0.2, 0.2), 0.5, (0.5, 0.5)) == pytest.approx((0.3, 0.3), abs=CLOSE)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_newcombe_gives_the_figures_of_the_paper(
    first: tuple[int, int], second: tuple[int, int], wanted: tuple[float, float]
) -> None:
    assert intervals.newcombe(*second, *first) == pytest.approx(wanted, abs=5e-5)


def test_newcombe_for_pairs_is_made_of_score_limits_and_the_correlation_of_the_answers() -> None:
    for both, lost, gained, neither in TABLES:
        base = both + lost + gained + neither
        before = np.repeat([1, 1, 0, 0], [both, lost, gained, neither])
        after = np.repeat([1, 0, 1, 0], [both, lost, gained, neither])
        spread = before.std() * after.std()
        phi = 0.0
        if spread > 0:
            phi = float(np.mean((before - before.mean()) * (after - after.mean())) / spread)
            phi = max(phi - 1 / (2 * base * spread), 0.0) if phi > 0 else phi
        low, high = score_limits(both + lost, base)
        low_after, high_after = score_limits(both + gained, base)
        down, up = (after.mean() - low_after, high - before.mean()), (high_after - after.mean(), before.mean() - low)
        change = after.mean() - before.mean()
        wanted = [
            change - np.sqrt(down[0] ** 2 + down[1] ** 2 - 2 * phi * down[0] * down[1]),
            change + np.sqrt(up[0] ** 2 + up[1] ** 2 - 2 * phi * up[0] * up[1]),
        ]
        got = intervals.newcombe_paired(both, lost, gained, neither)
        assert got == pytest.approx(np.clip(wanted, -1, 1), abs=CLOSE), (both, lost, gained, neither)


def test_newcombe_for_pairs_gives_a_published_figure() -> None:
    """Airway reactivity before and after treatment: 1, 1, 7, 12 (Fagerland, Lydersen and Laake 2014)."""
    assert intervals.newcombe_paired(1, 1, 7, 12) == pytest.approx((0.026, 0.507), abs=5e-4)


def test_fisher_is_scipys() -> None:
    for base, other, count, other_count in PAIRS:
        theirs = fisher_exact([[count, base - count], [other_count, other - other_count]]).pvalue
        assert intervals.fisher(count, base, other_count, other) == pytest.approx(theirs, abs=CLOSE)


def test_fisher_keeps_its_digits_for_a_hundred_thousand_respondents() -> None:
    theirs = fisher_exact([[1000, 99_000], [1100, 98_900]]).pvalue
    assert intervals.fisher(1000, 100_000, 1100, 100_000) == pytest.approx(theirs, abs=CLOSE)


def test_mcnemar_is_the_binomial_test_of_those_who_changed() -> None:
    for lost, gained in product((0, 1, 2, 5, 18, 60), (0, 1, 4, 17, 61)):
        theirs = binomtest(lost, lost + gained).pvalue if lost + gained else 1.0
        assert intervals.mcnemar(lost, gained) == pytest.approx(theirs, abs=CLOSE)
    assert intervals.mcnemar(30_000, 30_700) == pytest.approx(binomtest(30_000, 60_700).pvalue, abs=CLOSE)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_false_discovery_control_is_scipys(p_values: list[float]) -> None:
    wanted = false_discovery_control(p_values, method="bh")
    assert intervals.benjamini_hochberg(p_values) == pytest.approx(list(wanted), abs=CLOSE)


def test_no_p_values_give_none() -> None:
    assert intervals.benjamini_hochberg([]) == []


def test_an_empty_base_tells_nothing() -> None:
    assert intervals.wilson(0, 0) == intervals.clopper_pearson(0, 0) == (0.0, 1.0)
    assert intervals.newcombe(0, 0, 3, 9) == (-1.0, 1.0)
    assert intervals.newcombe_paired(0, 0, 0, 0) == (-1.0, 1.0)
    assert intervals.fisher(0, 0, 3, 9) == 1.0
    assert intervals.mcnemar(0, 0) == 1.0


@pytest.mark.parametrize("call", [lambda: intervals.wilson(3, 2), lambda: intervals.fisher(-1, 2, 0, 1)])
def test_a_count_beyond_its_base_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="no part of"):
        call()


whole = st.integers(0, 300)


@given(whole, whole, whole, whole)
def test_an_interval_holds_its_change_and_turns_with_the_order(both: int, lost: int, gained: int, neither: int) -> None:
    base = both + lost + gained + neither
    change = (gained - lost) / base if base else 0.0
    for forth, back in (
        (
            intervals.newcombe(both + lost, base, both + gained, base),
            intervals.newcombe(both + gained, base, both + lost, base),
        ),
        (
            intervals.newcombe_paired(both, lost, gained, neither),
            intervals.newcombe_paired(both, gained, lost, neither),
        ),
    ):
        assert -1 <= forth[0] <= change + CLOSE
        assert change - CLOSE <= forth[1] <= 1
        assert back == pytest.approx((-forth[1], -forth[0]), abs=CLOSE)
