"""In which order to read answers."""

import pytest

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Coding, Segment, Work
from coder.workflow.advising import Adviser
from coder.workflow.order import Order, near_duplicates, ordered
from tests.suggest.library import BOOK, evidence

TEXTS = (
    "Ni stänger alldeles för tidigt på vardagar",
    "Ventilationen",
    "Köerna är för långa",
    "-",
    "Ni stänger alldeles för tidigt på vardagar.",
    "Stolarna är obekväma",
    "Det är långt att åka från byn",
)
ANSWERS = [Answer(10 + place, Respondent(f"r{place}"), text) for place, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def adviser() -> Adviser:
    return Adviser(BOOK, evidence(0, 5), TEXTS)


@pytest.mark.parametrize("order", Order)
def test_every_answer_is_read_once_and_the_order_is_the_same_every_time(adviser: Adviser, order: Order) -> None:
    first = ordered(adviser, ANSWERS, order)
    assert sorted(first) == [answer.id for answer in ANSWERS]
    assert first == ordered(Adviser(BOOK, evidence(0, 5), TEXTS), ANSWERS, order)
    assert ordered(adviser, [], order) == []


def test_as_they_came(adviser: Adviser) -> None:
    assert ordered(adviser, ANSWERS, Order.AS_THEY_CAME) == [answer.id for answer in ANSWERS]


def test_the_least_sure_come_first_and_the_surest_never_do(adviser: Adviser) -> None:
    found = ordered(adviser, ANSWERS, Order.LEAST_SURE)
    sure = {answer.id: adviser.suggest([answer.text], 1)[0] for answer in ANSWERS}
    best = {number: suggestions[0].score for number, suggestions in sure.items() if suggestions}
    assert found[0] == 11
    assert found[0] != max(best, key=best.__getitem__)
    assert found[-1] == 13  # not a word to learn from
    assert abs(found.index(10) - found.index(14)) > 1  # the same text twice teaches once


def test_by_theme_goes_by_the_codes_given_and_else_by_the_likeliest(adviser: Adviser) -> None:
    found = ordered(adviser, ANSWERS, Order.BY_THEME)
    assert found[:3] == [10, 14, 16]
    assert found[-1] == 13
    given = Work((Coding(32, Segment(0, 5), "eva"),))
    assert ordered(adviser, ANSWERS, Order.BY_THEME, {10: given})[-3:] == [10, 15, 13]


def test_near_duplicates_stand_at_the_place_of_the_first(adviser: Adviser) -> None:
    assert near_duplicates(adviser, ANSWERS) == [(10, 14)]
    assert ordered(adviser, ANSWERS, Order.NEAR_DUPLICATES) == [10, 14, 11, 12, 13, 15, 16]


def test_texts_of_words_that_the_codebook_has_never_met_are_no_duplicates() -> None:
    few = [Answer(1, Respondent("a"), "kvistfri zebra"), Answer(2, Respondent("b"), "myndig boxholm")]
    assert near_duplicates(Adviser(BOOK), few) == []
