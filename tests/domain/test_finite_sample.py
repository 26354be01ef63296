"""The interval of how many belong, from samples of two parts of a finite population."""

from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, hypergeom

from coder.domain.finite_sample import Part, limits

EMPTY = Part(0, 0, 0, 0, 0)
CELLS = [(0, 0, 0), (3, 3, 1), (40, 0, 0), (40, 12, 0), (40, 12, 12), (300, 60, 7), (900, 200, 1), (900, 150, 149)]


def part(size: int, drawn: int, marked: int) -> Part:
    """A part of which only the sample has been read."""
    return Part(size, drawn, marked, marked, drawn - marked)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    size = draw(st.integers(0, 60))
    read = draw(st.integers(0, size))
    belong = draw(st.integers(0, read))
    drawn_belong, drawn_others = draw(st.integers(0, belong)), draw(st.integers(0, read - belong))
    return Part(size, drawn_belong + drawn_others, drawn_belong, belong, read - belong)


@pytest.mark.parametrize(("one", "other"), list(product(CELLS, CELLS)))
def test_it_holds_the_middle_of_two_beta_binomial_distributions_added(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    tails = [
        betabinom(size - drawn, marked + 0.5, drawn - marked + 0.5).pmf(np.arange(size - drawn + 1))
        if size > drawn
        else np.array([1.0])
        for size, drawn, marked in (one, other)
    ]
    chances, seen = np.convolve(tails[0], tails[1]), one[2] + other[2]
    inside = np.flatnonzero(np.abs(np.cumsum(chances) - chances / 2 - 0.5) < 0.475)
    lost = one[1] + other[1] - seen
    low = seen if seen <= 1 else seen + int(inside[0])
    high = one[0] + other[0] - lost if lost <= 1 else seen + int(inside[-1])
    size, drawn = one[0] + other[0], one[1] + other[1]
    unseen = int(np.flatnonzero(hypergeom.pmf(0, size, np.arange(size - drawn + 1), drawn) > 0.05)[-1]) if size else 0
    high = high if seen else max(high, unseen)
    low = low if lost else min(low, max(size - unseen, seen))
    assert limits(part(*one), part(*other)) == (low, high)


def test_a_million_answers_give_the_shares_of_the_beta_distributions() -> None:
    dice = np.random.default_rng(1)
    yes = 150 + 399_800 * dice.beta(150.5, 50.5, 400_000)
    no = 3 + 599_700 * dice.beta(3.5, 297.5, 400_000)
    low, high = np.quantile(yes + no, [0.025, 0.975])
    assert limits(part(400_000, 200, 150), part(600_000, 300, 3)) == pytest.approx((low, high), abs=400)


@given(parts(), parts())
def test_it_lies_within_what_is_known_and_holds_what_is_expected(one: Part, other: Part) -> None:
    low, high = limits(one, other)
    assert one.belong + other.belong <= low <= high <= one.size - one.others + other.size - other.others
    assert limits(other, one) == (low, high)


@given(parts())
def test_what_has_been_read_in_full_is_exact(one: Part) -> None:
    read = Part(one.size, one.drawn, one.marked, one.belong, one.size - one.belong)
    assert limits(read, EMPTY) == (one.belong, one.belong)


@pytest.mark.parametrize("size", [2_000, 80_000, 1_000_000])
def test_what_nobody_or_one_belongs_to_may_be_all_there_is_however_many_answers_there_are(size: int) -> None:
    assert limits(part(size, 200, 0), EMPTY)[0] == 0
    assert limits(part(size, 200, 1), EMPTY)[0] == 1
    assert limits(part(size, 200, 2), EMPTY)[0] > 2
    assert limits(part(size, 200, 200), EMPTY)[1] == size
    assert limits(part(size, 200, 199), EMPTY)[1] == size - 1
    assert limits(part(size, 200, 198), EMPTY)[1] < size - 2


def test_nothing_drawn_leaves_nearly_all_open() -> None:
    low, high = limits(part(100, 0, 0), EMPTY)
    assert low < 3
    assert high > 97


@pytest.mark.parametrize("numbers", [(5, 6, 0, 0, 0), (5, 2, 3, 3, 0), (5, 2, 2, 1, 0), (5, 2, 1, 3, 3)])
def test_numbers_that_contradict_each_other_are_refused(numbers: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no part"):
        Part(*numbers)


@pytest.mark.parametrize(
    ("right", "wrong", "missed", "none"),
    [(309, 26, 55, 1410), (112, 8, 22, 1658), (52, 108, 82, 1558)],
    ids=["good_common", "good_rare", "bad"],
)
def test_it_covers_the_truth_in_about_95_of_100_samples(right: int, wrong: int, missed: int, none: int) -> None:
    """1,000 samples: four standard errors are 2.8 points."""
    dice, covered = Random(3), 0
    population = [0] * right + [1] * wrong + [2] * missed + [3] * none
    for _ in range(1000):
        drawn = dice.sample(population, 200)
        a, b, c, d = (drawn.count(cell) for cell in range(4))
        low, high = limits(part(right + wrong, a + b, a), part(missed + none, c + d, c))
        covered += low <= right + missed <= high
    assert 922 <= covered <= 978
