"""When who is done with one answer is done with another in the same words."""

from dataclasses import replace

import pytest

from coder.domain.coding import Coding, Origin, Work
from coder.domain.same_words import coded_the_same
from tests.domain.test_counting import BOOK, ONE, THREE, TWO, coding, work

MINE = work(coding(ONE, 0, 3), coding(THREE, 4, 6))
CLASH = work(coding(ONE, 0, 3), coding(TWO, 4, 9))


def chosen(code: int) -> Work:
    return work(*CLASH.codings, a=code)


def with_last(other: Coding) -> Work:
    return work(MINE.codings[0], other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(MINE, MINE, True, id="the_same_codings"),
        pytest.param(MINE, work(*reversed(MINE.codings)), True, id="in_another_order"),
        pytest.param(MINE, with_last(coding(THREE, 4, 6, origin=Origin.ACCEPTED)), True, id="one_a_taken_suggestion"),
        pytest.param(MINE, with_last(replace(MINE.codings[1], example=True)), True, id="one_an_example"),
        pytest.param(MINE, replace(MINE, done=True), True, id="one_done_already"),
        pytest.param(MINE, work(MINE.codings[0]), False, id="one_code_less"),
        pytest.param(MINE, with_last(coding(TWO, 4, 6)), False, id="another_code"),
        pytest.param(MINE, with_last(coding(THREE, 4, 7)), False, id="another_segment"),
        pytest.param(MINE, with_last(coding(THREE, 4, 6, "ola")), False, id="another_hand"),
        pytest.param(MINE, with_last(coding(THREE, 4, 6, "auto", Origin.AUTO)), False, id="a_machine"),
        pytest.param(Work(), Work(), False, id="no_code"),
        pytest.param(CLASH, CLASH, False, id="a_clash"),
        pytest.param(chosen(ONE), CLASH, False, id="chosen_in_one_only"),
        pytest.param(chosen(ONE), chosen(TWO), False, id="chosen_otherwise"),
        pytest.param(chosen(TWO), chosen(TWO), True, id="chosen_the_same"),
    ],
)
def test_two_answers_are_coded_the_same_whichever_is_read(one: Work, other: Work, same: bool) -> None:
    for mine, others in ((one, other), (other, one)):
        assert coded_the_same(mine, {7: others}, BOOK, "eva") == ([7] if same else [])
        assert coded_the_same(mine, {7: others}, BOOK, "bo") == []
