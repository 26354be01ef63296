"""How often a machine was right over the whole of a blind sample."""

from dataclasses import replace
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.agreement import Agreement, agreement
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.intervals import clopper_pearson

BOOK = Codebook(
    "t", "sv", "", (Theme(1, "A"), Theme(2, "B")), (Code(1, "ett", 1), Code(2, "två", 1), Code(3, "tre", 2))
)
HAND = Coding(1, Segment(0, 3), "eva")
AUTO = replace(HAND, analyst="auto", origin=Origin.AUTO, score=0.8)


def work(*codings: Coding) -> Work:
    return Work(codings)


def test_pairs_of_an_answer_and_a_code_are_summed_over_all_answers_and_codes() -> None:
    sample = [
        (work(AUTO, replace(AUTO, code=3)), work(HAND)),
        (work(AUTO), work(replace(HAND, code=2), replace(HAND, code=3))),
        (work(), work(HAND)),
        (work(), work()),
    ]
    found = agreement(sample, BOOK, 0.9)
    assert (found.given, found.right, found.missed, found.promise) == (3, 1, 3, 0.9)
    assert found.share == 1 / 3
    assert found.interval == clopper_pearson(1, 3)


def test_two_codes_of_a_theme_are_two_pairs_and_a_code_given_twice_is_one() -> None:
    both = work(AUTO, replace(AUTO, segment=Segment(4, 6)), replace(AUTO, code=2))
    assert agreement([(both, work(replace(HAND, code=2)))], BOOK) == Agreement(2, 1, 0)
    assert agreement([(both, work(HAND, replace(HAND, code=2)))], BOOK) == Agreement(2, 2, 0)


def test_entries_that_were_merged_are_one_code() -> None:
    merged = replace(BOOK, codes=(BOOK.codes[0], replace(BOOK.codes[1], merged_into=1), BOOK.codes[2]))
    assert agreement([(work(replace(AUTO, code=2)), work(HAND))], merged) == Agreement(1, 1, 0)


def test_what_a_person_had_begun_is_neither_given_nor_missed_by_the_machine() -> None:
    begun = work(HAND, replace(AUTO, code=3))
    assert agreement([(begun, work(HAND, replace(HAND, code=3)))], BOOK) == Agreement(1, 1, 0)


def test_a_machine_that_gave_nothing_has_no_share() -> None:
    found = agreement([(work(), work(HAND))], BOOK, 0.9)
    assert (found.share, found.figures["low"], found.figures["high"], found.kept) == (None, None, None, None)
    assert found.missed == 1


@pytest.mark.parametrize(
    ("right", "promise", "kept"),
    [(98, 0.9, True), (92, 0.9, None), (80, 0.9, False), (80, None, None), (0, 0.9, False), (100, 0.5, True)],
)
def test_a_promise_is_kept_or_broken_only_where_the_whole_interval_says_so(
    right: int, promise: float | None, kept: bool | None
) -> None:
    assert Agreement(100, right, 0, promise).kept is kept


@pytest.mark.parametrize(("given", "right", "kept"), [(1, 0, None), (5, 3, None), (5, 2, False), (20, 20, None)])
def test_a_few_codings_say_nothing_that_happens_to_a_machine_as_good_as_promised(
    given: int, right: int, kept: bool | None
) -> None:
    assert Agreement(given, right, 0, 0.9).kept is kept


@given(st.integers(1, 60), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
def test_a_promise_that_is_just_kept_is_said_to_be_broken_in_one_sample_of_forty_at_most(
    number: int, promise: float
) -> None:
    chances = {
        right: comb(number, right) * promise**right * (1 - promise) ** (number - right) for right in range(number)
    }
    wrong = sum(chance for right, chance in chances.items() if Agreement(number, right, 0, promise).kept is False)
    assert wrong <= 0.025


@given(st.integers(1, 500), st.data())
def test_the_share_lies_in_its_interval(number: int, data: st.DataObject) -> None:
    found = Agreement(number, data.draw(st.integers(0, number)), 0)
    low, high = found.interval
    assert 0 <= low <= (found.share or 0) <= high <= 1
