"""What to read next."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.order import least_sure
from tests.suggest.library import BOOK, TEXTS, evidence

SUGGESTER = CodebookSuggester().fit(BOOK, evidence(0, 5))
MODEL, FEATURES = fitted(SUGGESTER), SUGGESTER.features_
SENTENCES = [text for own in TEXTS.values() for text in own]


def all_by_all(texts: Sequence[str]) -> list[int]:
    """The same order by plain means: the suggester's own scores, and the cosines of all texts with all others."""
    best = np.sort(SUGGESTER.shares(texts), axis=1)
    margin = np.round(best[:, -1] - best[:, -2], 9)
    rows = FEATURES.transform(texts).toarray()[:, : FEATURES.words]
    cosines = np.round(rows @ rows.T / (1.0 + FEATURES.lemma_weight**2), 9)
    order: list[int] = []
    while len(order) < len(texts):
        need = margin + cosines[:, order].max(axis=1, initial=0.0)
        need[order] = np.inf
        order.append(int(need.argmin()))
    return order


def test_texts_of_the_same_words_in_another_order_come_as_they_came() -> None:
    texts = ["Öppet för kort på söndagar", "På söndagar öppet för kort", "På söndagar för kort öppet"]
    for some in (texts, texts[::-1]):
        assert least_sure(MODEL, FEATURES, some) == [0, 1, 2]


def test_the_least_sure_comes_first_and_its_like_later() -> None:
    texts = ["Öppettider på söndagar", "Något helt annat här", "Något helt annat här!", "Stolarna är obekväma"]
    order = least_sure(MODEL, FEATURES, texts)
    assert sorted(order) == [0, 1, 2, 3]
    assert order[0] in (1, 2)
    assert {order[0], order[1]} != {1, 2}


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(". ".join), max_size=20))
def test_the_order_is_that_of_comparing_all_texts_with_all_others(texts: list[str]) -> None:
    assert least_sure(MODEL, FEATURES, texts) == all_by_all(texts)


@pytest.mark.parametrize(
    "texts",
    [SENTENCES, SENTENCES * 4, ["", "-", "xyz", "", "Öppna mer"]],
    ids=["every text once", "every text four times", "blank and unknown"],
)
def test_many_texts_the_same_ones_and_those_without_a_known_word_have_the_plain_order(texts: list[str]) -> None:
    assert least_sure(MODEL, FEATURES, texts) == all_by_all(texts)
