"""Reading after the machine: verbs, order, and how much of it is worth while."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.review import (
    Unread,
    accept,
    accept_all,
    contested,
    correct,
    enough,
    order,
    reject,
    reject_all,
    settle,
)

BOOK = Codebook("t", "sv", "", (Theme(1, "A"),), (Code(1, "ett", 1), Code(2, "två", 1)))
ONE = Coding(1, Segment(0, 3), "auto", Origin.AUTO, 0.7)
TWO = Coding(2, Segment(4, 9), "auto", Origin.AUTO, 0.6, whole=True)
MINE = Coding(1, Segment(0, 3), "eva")


def test_accepting_signs_the_coding_and_keeps_its_score_and_place() -> None:
    after = accept(Work((ONE, TWO)), ONE, "eva")
    assert after.codings == (replace(ONE, analyst="eva", origin=Origin.ACCEPTED), TWO)
    assert {coding.origin for coding in accept_all(after, "eva").codings} == {Origin.ACCEPTED}


def test_accepting_what_the_analyst_has_given_already_leaves_one_coding() -> None:
    assert accept(Work((MINE, ONE)), ONE, "eva").codings == (MINE,)


def test_accepting_keeps_the_example_and_how_its_quote_is_shortened() -> None:
    flagged = replace(ONE, example=True, kept=(Segment(0, 1), Segment(2, 3)))
    taken = accept(Work((flagged, TWO)), flagged, "eva").codings[0]
    assert taken == replace(flagged, analyst="eva", origin=Origin.ACCEPTED)
    assert accept(Work((MINE, flagged)), flagged, "eva").codings == (replace(MINE, example=True, kept=flagged.kept),)
    own = replace(MINE, example=True)
    assert accept(Work((own, flagged)), flagged, "eva").codings == (own,)


def test_settling_accepts_all_that_stands_and_is_done() -> None:
    after = settle(Work((MINE, TWO)), "eva")
    assert after == Work((MINE, replace(TWO, analyst="eva", origin=Origin.ACCEPTED)), done=True)
    assert settle(after, "eva") == after


def test_rejecting_all_leaves_what_people_gave() -> None:
    assert reject_all(Work((ONE, MINE, TWO), {1: 2}), BOOK) == Work((MINE,))


def test_correcting_puts_a_code_by_hand_in_its_place() -> None:
    after = correct(Work((ONE, TWO), {1: 2}), TWO, 1, "eva", BOOK)
    assert after.codings == (ONE, Coding(1, Segment(4, 9), "eva", whole=True))
    assert after.choices == {}


def test_correcting_to_the_same_code_accepts_it() -> None:
    assert correct(Work((ONE,)), ONE, 1, "eva") == accept(Work((ONE,)), ONE, "eva")


def test_rejecting_takes_the_coding_off_and_its_choice_with_it() -> None:
    assert reject(Work((ONE, TWO), {1: 1}), ONE, BOOK) == Work((TWO,))


@pytest.mark.parametrize("gone", [ONE, replace(ONE, analyst="bo")])
def test_a_coding_that_is_not_there_changes_nothing(gone: Coding) -> None:
    work = Work((TWO,), done=True)
    assert accept(work, gone, "eva") == work
    assert correct(work, gone, 2, "eva", BOOK) == work
    assert reject(work, gone, BOOK) == work


def left(answer: int, alike: int | None = None, **chances: float) -> Unread:
    return Unread(answer, True, {int(name[1:]): chance for name, chance in chances.items()}, alike=alike)


def coded(answer: int, alike: int | None = None, **chances: float) -> Unread:
    themes = {int(name[1:]): chance for name, chance in chances.items()}
    return Unread(answer, False, themes, frozenset(themes), alike)


def test_what_was_left_comes_before_what_was_coded_and_the_least_sure_before_the_surer() -> None:
    unread = [coded(1, t1=0.95), coded(2, t1=0.55), left(3, t1=0.2), left(4, t1=0.4, t2=0.3), coded(5, t1=0.7)]
    assert order(unread, {1: 90, 2: 5}) == [4, 3, 2, 5, 1]


def test_a_contested_theme_comes_before_one_whose_place_is_sure() -> None:
    known = {1: 500, 2: 100, 3: 99}
    unread = [coded(1, t1=0.6), coded(2, t2=0.7), coded(3, t3=0.95)]
    assert contested(known, unread, top=2) == {2, 3}
    assert order(unread, known, top=2) == [2, 1, 3]


def test_answers_that_say_the_same_come_together() -> None:
    unread = [left(1, 1, t1=0.9), left(2, 2, t1=0.8), coded(3, 1, t1=0.9), left(4, 2, t1=0.1), left(5, t1=0.5)]
    assert order(unread, {1: 0}) == [1, 3, 2, 4, 5]


def test_nothing_needs_reading_where_the_order_is_sure() -> None:
    unread = [coded(number, t2=0.9) for number in range(20)]
    assert enough(unread, {1: 100, 2: 10, 3: 0}) == 0


def test_close_themes_need_reading_until_what_is_left_cannot_change_their_order() -> None:
    unread = [coded(number, t2=0.5) for number in range(100)]
    few = enough(unread, {1: 68, 2: 10})
    assert 0 < few < 100
    # Expected 68 against 60: 1.96 standard deviations of what is unread must be less than eight.
    assert 1.96 * (0.25 * (100 - few)) ** 0.5 < 8 <= 1.96 * (0.25 * (101 - few)) ** 0.5


def test_a_tie_needs_reading_to_the_end() -> None:
    assert enough([coded(1, t1=0.5), coded(2, t2=0.5)], {1: 3, 2: 3}) == 2


@given(
    st.lists(st.tuples(st.booleans(), st.dictionaries(st.integers(1, 7), st.floats(0, 1), max_size=3)), max_size=30),
    st.dictionaries(st.integers(1, 7), st.integers(0, 9)),
)
def test_every_answer_is_in_the_order_once_and_never_more_are_needed_than_there_are(
    given_: list[tuple[bool, dict[int, float]]], known: dict[int, int]
) -> None:
    unread = [
        Unread(number, is_left, chances, frozenset() if is_left else frozenset(chances))
        for number, (is_left, chances) in enumerate(given_)
    ]
    found = order(unread, known)
    assert sorted(found) == list(range(len(unread)))
    needed = enough([unread[number] for number in found], known)
    assert 0 <= needed <= len(unread)
    assert bool(needed) == bool(contested(known, unread))
