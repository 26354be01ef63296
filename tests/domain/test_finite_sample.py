"""The interval of how many belong, from samples of two parts of a finite population."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.finite_sample import limits
from coder.domain.mid_p import Part, p_value

EMPTY = Part(0, 0, 0, 0, 0)


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


@given(parts(), parts())
def test_both_ends_fit_and_the_next_number_does_not(one: Part, other: Part) -> None:
    """But where the end of the scale is in whatever fits, and where no number fits but what is known."""
    low, high = limits(one, other)
    marked, drawn = one.marked + other.marked, one.drawn + other.drawn
    middle = one.expected(one.size / 2) + other.expected(other.size / 2)
    if marked > 1 and low < round(middle):
        assert p_value(one, other, low) > 0.05 - 1e-6
    if marked > 1 and low > one.belong + other.belong:
        assert p_value(one, other, low - 1) < 0.05 + 1e-6
    if marked < drawn - 1 and high > round(middle):
        assert p_value(one, other, high) > 0.05 - 1e-6
    if marked < drawn - 1 and high < one.most + other.most:
        assert p_value(one, other, high + 1) < 0.05 + 1e-6


def test_ten_times_the_population_gives_ten_times_the_limits() -> None:
    """From the same samples, where they are small beside it."""
    small = limits(part(40_000, 200, 150), part(60_000, 300, 3))
    large = limits(part(400_000, 200, 150), part(600_000, 300, 3))
    assert large == pytest.approx([10 * end for end in small], rel=0.005)


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
        covered += p_value(part(right + wrong, a + b, a), part(missed + none, c + d, c), right + missed) > 0.05
    assert 922 <= covered <= 978
