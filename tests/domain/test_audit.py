"""What a blind sample says of a machine's counts."""

from collections import Counter
from dataclasses import replace
from math import comb
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.audit import Examined, Key, Measured, counted_under, is_read, is_settled, measure, with_intervals
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.counting import decide
from coder.domain.sampling import Sampled, draw, size_for
from coder.domain.tables import CodeRow, Count, Origins, ThemeRow, ThemeTable

T: Key = ("theme", 1)
YES, NO = frozenset({T}), frozenset[Key]()
HAND = Coding(1, Segment(0, 3), "eva")
AUTO = replace(HAND, analyst="auto", origin=Origin.AUTO, score=0.8)
BOOK = Codebook("t", "sv", "", (Theme(1, "A"),), (Code(1, "ett", 1), Code(2, "två", 1), Code(3, "lös")))


def test_the_same_keys_and_seed_give_the_same_sample_in_whatever_order_they_come() -> None:
    keys = [f"{number:04}" for number in range(500)]
    sample = draw(keys, 20, "a")
    assert draw(reversed(keys), 20, "a") == sample
    assert draw(keys, 20, "b") != sample
    assert len(set(sample)) == 20


def test_the_first_of_a_sample_are_the_smaller_sample() -> None:
    keys = [str(number) for number in range(100)]
    assert draw(keys, 30, "a")[:10] == draw(keys, 10, "a")


def test_every_sample_is_as_likely_as_any_other() -> None:
    """4,000 samples of 2 from 6: each of the 15 pairs is drawn 267 times give or take 16; five of those are allowed."""
    found = Counter(frozenset(draw("abcdef", 2, str(seed))) for seed in range(4000))
    assert len(found) == comb(6, 2)
    assert all(abs(number - 4000 / 15) < 80 for number in found.values())


@pytest.mark.parametrize(
    ("half_width", "population", "size"),
    [(0.05, 10**9, 385), (0.05, 1800, 317), (0.1, 10**9, 97), (0.5, 3, 2), (0.0001, 50, 50), (0.05, 0, 0)],
)
def test_the_size_follows_from_the_half_width(half_width: float, population: int, size: int) -> None:
    assert size_for(half_width, population) == size


@pytest.mark.parametrize(
    ("work", "read"),
    [
        (Work(), False),
        (Work((AUTO,)), False),
        (Work((AUTO,), done=True), False),
        (Work((AUTO, HAND), done=True), False),
        (Work((HAND,)), False),
        (Work((HAND,), done=True), True),
        (Work(nothing_by="eva"), True),
    ],
)
def test_only_what_people_alone_have_settled_is_read(work: Work, read: bool) -> None:
    assert is_read(work) is read


@pytest.mark.parametrize(
    ("work", "settled"),
    [
        (Work((HAND, replace(HAND, code=2))), False),
        (Work((HAND, replace(HAND, code=2)), done=True), False),
        (Work((HAND, replace(HAND, code=2)), {1: 2}, done=True), True),
        (Work((HAND, replace(HAND, code=3)), done=True), True),
        (Work((HAND,)), False),
        (Work(nothing_by="eva"), True),
    ],
    ids=["begun", "clash", "chosen", "two_themes", "one_code_begun", "nothing"],
)
def test_what_is_read_is_settled_once_no_clash_is_open_in_it(work: Work, settled: bool) -> None:
    assert is_settled(work, decide(work, BOOK)) is settled


def test_an_answer_is_counted_once_within_a_theme() -> None:
    codings = (Coding(1, Segment(0, 3), "eva"), Coding(2, Segment(4, 9), "eva"), Coding(3, Segment(0, 3), "eva"))
    assert counted_under(decide(Work(codings), BOOK)) == {("theme", 1), ("code", 2), ("code", 3)}


def examined(right: int, wrong: int, missed: int, none: int, *, drawn: bool = True) -> list[Examined]:
    return [
        *[Examined(YES, YES, drawn)] * right,
        *[Examined(YES, NO, drawn)] * wrong,
        *[Examined(NO, YES, drawn)] * missed,
        *[Examined(NO, NO, drawn)] * none,
    ]


@given(st.tuples(*[st.integers(1, 30)] * 4), st.integers(0, 300), st.integers(0, 300))
def test_the_estimate_is_prediction_powered_inference_tuned_by_least_squares(
    cells: tuple[int, int, int, int], more_said: int, more_not: int
) -> None:
    sample = examined(*cells)
    answers = [*sample, *[Examined(YES)] * more_said, *[Examined(NO)] * more_not]
    said = [float(T in one.machine) for one in sample]
    true = [float(T in (one.people or ())) for one in sample]
    middle, mean = fmean(said), fmean(true)
    slope = sum((x - middle) * (y - mean) for x, y in zip(said, true, strict=True)) / sum(
        (x - middle) ** 2 for x in said
    )
    rectified = mean + slope * (fmean(float(T in one.machine) for one in answers) - middle)
    assert measure(answers, {}, [T])[T].estimate == pytest.approx(len(answers) * rectified)


def test_answers_coded_by_hand_are_counted_exactly() -> None:
    answers = [*examined(18, 2, 3, 77), *[Examined(YES)] * 80, *[Examined(NO)] * 320]
    alone, beside = measure(answers, {}, [T])[T], measure(answers, {T: 40}, [T])[T]
    assert (beside.low - alone.low, beside.high - alone.high, beside.estimate - alone.estimate) == (40, 40, 40)
    assert (alone.counted, alone.right, alone.missed) == (20, 18, 3)


def test_without_a_mistake_in_the_sample_the_interval_is_no_point() -> None:
    answers = [*examined(20, 0, 0, 80), *[Examined(YES)] * 80, *[Examined(NO)] * 320]
    found = measure(answers, {}, [T])[T]
    assert found.estimate == 100
    assert found.low < 100 < found.high


def test_reading_more_answers_never_measures_the_machine_but_bounds_the_count() -> None:
    unread = [*[Examined(YES)] * 80, *[Examined(NO)] * 320]
    before = measure([*examined(18, 2, 3, 77), *unread], {}, [T])[T]
    chosen = examined(30, 0, 0, 0, drawn=False) + [Examined(YES)] * 50 + [Examined(NO)] * 320
    after = measure([*examined(18, 2, 3, 77), *chosen], {}, [T])[T]
    assert (after.counted, after.right, after.missed) == (before.counted, before.right, before.missed)
    assert after.estimate == before.estimate
    all_read = examined(80, 0, 0, 320, drawn=False)
    assert measure([*examined(18, 2, 3, 77), *all_read], {}, [T])[T].low == 101
    assert measure([*examined(18, 2, 3, 77), *all_read], {}, [T])[T].high == 101


def test_a_sample_of_all_is_the_truth() -> None:
    found = measure(examined(18, 2, 3, 77), {T: 5}, [T])[T]
    assert (found.low, found.estimate, found.high) == (26, 26, 26)


def test_a_theme_that_no_sampled_answer_was_counted_under_has_the_machines_word_and_a_wide_interval() -> None:
    found = measure([*examined(0, 0, 0, 50), *[Examined(YES)] * 4, *[Examined(NO)] * 46], {}, [T])[T]
    assert found.estimate == 4
    assert found.low == 0
    assert found.high >= 4


def test_intervals_stand_beside_counts_that_stay_as_they_are() -> None:
    table = ThemeTable(
        "q", "", "1", 100, 0, 0, 0, {}, (ThemeRow(1, "A", Count(20, 100), (CodeRow(1, "ett", Count(20, 100)),)),)
    )
    measured = measure([*examined(18, 2, 3, 27), *[Examined(NO)] * 50], {}, [T])
    made = with_intervals(table, measured, Sampled(50, 100))
    found = measured[T]
    assert made.themes[0].count == Count(20, 100, found.low, found.high, estimate=found.estimate)
    assert made.themes[0].count.percent_limits == (found.low, found.high)  # the base is 100
    assert made.themes[0].codes[0].count == Count(20, 100)
    assert made.sampled == Sampled(50, 100)


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        pytest.param(Origins(hand=3, accepted=1, auto=2), (5, 9), id="fewer_than_the_audit_says"),
        pytest.param(Origins(hand=5, accepted=2, auto=1), (7, 9), id="more_than_the_least"),
        pytest.param(Origins(hand=10), (10, 10), id="more_than_the_most"),
        pytest.param(None, (5, 9), id="unknown"),
    ],
)
def test_no_limit_lies_below_those_whom_people_have_counted(origins: Origins | None, expected: tuple[int, int]) -> None:
    table = ThemeTable("q", "?", "1", 40, 0, 0, 0, {}, (ThemeRow(1, "A", Count(10, 40, origins=origins), ()),))
    made = with_intervals(table, {("theme", 1): Measured(6.5, 5, 9, 4, 4, 0)}, Sampled(20, 30))
    (count,) = (theme.count for theme in made.themes)
    assert (count.low, count.high) == expected
    assert count.estimate == 6.5
