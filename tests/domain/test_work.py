"""From one state of the work on an answer to the next."""

import pytest

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import (
    Coding,
    Origin,
    Segment,
    Work,
    choose,
    flag,
    give,
    mark_nothing,
    require_segment,
    take_back,
)
from coder.domain.errors import CoderError

A, B = 1, 2
ONE, TWO, THREE = 11, 12, 21
FIRST = Coding(ONE, Segment(0, 3), "eva")
AGAIN = Coding(ONE, Segment(5, 9), "eva")
OTHER = Coding(TWO, Segment(4, 9), "eva")
OLA = Coding(ONE, Segment(0, 3), "ola")


@pytest.mark.parametrize(
    ("before", "coding", "after"),
    [
        pytest.param(Work(), FIRST, (FIRST,), id="the_first"),
        pytest.param(Work((FIRST,)), OTHER, (FIRST, OTHER), id="another_code"),
        pytest.param(Work((FIRST,)), AGAIN, (FIRST, AGAIN), id="the_same_code_elsewhere"),
        pytest.param(Work((FIRST,)), OLA, (FIRST, OLA), id="the_same_by_another_analyst"),
        pytest.param(Work((FIRST,)), Coding(ONE, Segment(0, 3), "eva", Origin.AUTO), (FIRST,), id="the_same_again"),
    ],
)
def test_give(before: Work, coding: Coding, after: tuple[Coding, ...]) -> None:
    assert give(before, coding).codings == after


def test_giving_a_code_ends_the_mark_nothing_to_code() -> None:
    assert not give(Work(nothing_by="eva"), FIRST).nothing


@pytest.mark.parametrize(
    ("before", "coding", "after"),
    [
        pytest.param(Work((FIRST, OTHER)), OTHER, Work((FIRST,)), id="one_of_two"),
        pytest.param(Work((FIRST,)), OTHER, Work((FIRST,)), id="one_that_is_not_there"),
        pytest.param(Work((FIRST, OTHER), {A: ONE}), FIRST, Work((OTHER,)), id="the_choice_goes_with_the_last"),
        pytest.param(Work((FIRST, AGAIN, OTHER), {A: ONE}), FIRST, Work((AGAIN, OTHER), {A: ONE}), id="not_the_last"),
        pytest.param(Work((FIRST, OTHER), {A: ONE}), OTHER, Work((FIRST,), {A: ONE}), id="the_rival_of_the_chosen"),
    ],
)
def test_take_back(before: Work, coding: Coding, after: Work) -> None:
    assert take_back(before, coding) == after


@pytest.mark.parametrize(
    ("before", "code", "choices"),
    [
        pytest.param({}, ONE, {A: ONE}, id="the_first_choice"),
        pytest.param({A: ONE}, TWO, {A: TWO}, id="another_in_its_place"),
        pytest.param({A: ONE, B: THREE}, None, {B: THREE}, id="taken_back"),
        pytest.param({}, None, {}, id="none_to_take_back"),
    ],
)
def test_choose(before: dict[int, int], code: int | None, choices: dict[int, int]) -> None:
    assert dict(choose(Work((FIRST, OTHER), before), A, code).choices) == choices


def test_a_code_that_the_answer_does_not_carry_cannot_be_chosen() -> None:
    with pytest.raises(CoderError, match="carries"):
        choose(Work((FIRST,)), A, TWO)


def test_nothing_to_code_is_set_by_an_analyst_and_taken_off_again() -> None:
    marked = mark_nothing(Work(cuts=()), "eva")
    assert (marked.nothing, marked.nothing_by, marked.cuts) == (True, "eva", ())
    assert mark_nothing(marked, "ola") == Work(cuts=())


def test_a_coded_answer_cannot_be_marked_as_having_nothing_to_code() -> None:
    with pytest.raises(CoderError, match="carries codes"):
        mark_nothing(Work((FIRST,)), "eva")


def test_a_coding_is_flagged_as_an_example_and_no_longer() -> None:
    flagged = flag(Work((FIRST, OTHER)), OTHER)
    assert [coding.example for coding in flagged.codings] == [False, True]
    assert flag(flagged, OTHER) == Work((FIRST, OTHER))


@pytest.mark.parametrize(
    ("work", "by_hand"),
    [
        pytest.param(Work(), False, id="untouched"),
        pytest.param(Work((Coding(ONE, Segment(0, 3), "auto", Origin.AUTO),)), False, id="auto_alone"),
        pytest.param(Work((Coding(ONE, Segment(0, 3), "eva", Origin.ACCEPTED),)), True, id="accepted"),
        pytest.param(Work((FIRST,)), True, id="by_hand"),
        pytest.param(Work(cuts=()), True, id="cut"),
        pytest.param(Work(nothing_by="eva"), True, id="nothing_to_code"),
        pytest.param(Work(done=True), True, id="left_behind"),
    ],
)
def test_what_an_analyst_has_touched_is_by_hand(work: Work, by_hand: bool) -> None:
    assert work.by_hand is by_hand


@pytest.mark.parametrize(
    ("text", "segment", "wrong"),
    [
        pytest.param("ett två", (0, 8), "outside", id="past_the_end"),
        pytest.param("ett två", (-1, 3), "outside", id="before_the_start"),
        pytest.param("ett två", (3, 3), "outside", id="empty"),
        pytest.param("ett två", (5, 2), "outside", id="backwards"),
        pytest.param("ett två", (3, 4), "white space", id="white_space"),
        pytest.param("  ", (0, 2), "blank", id="blank_answer"),
    ],
)
def test_a_segment_that_does_not_fit_is_refused(text: str, segment: tuple[int, int], wrong: str) -> None:
    with pytest.raises(CoderError, match=wrong):
        require_segment(Answer(1, Respondent("0114"), text), Segment(*segment))


def test_a_segment_may_be_the_whole_answer_and_no_more() -> None:
    answer = Answer(1, Respondent("0114"), "ett två")
    require_segment(answer, Segment(0, 7))
    with pytest.raises(CoderError, match="lies outside"):
        require_segment(answer, Segment(0, 8))
