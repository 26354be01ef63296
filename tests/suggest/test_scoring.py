"""The fast scorer: the same scores and decisions as the suggester's, whatever it remembers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Codebook
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.scoring import Scorer
from tests.suggest.library import BOOK, TEXTS, evidence

_CLOSE = 1e-12
_WORDS = [word for own in TEXTS.values() for text in own for word in text.split()]
_SIGNS = ["", " ", "-", "...", "; ", ".\n", "\n- ", "  ", "!", "1. ", "åäö " * 3, "AF:s", "a" * 300, "\u3000", "😀"]

PLAIN = CodebookSuggester().fit(BOOK, evidence(0, 5), ["Öppna mer"])
SCORER = Scorer(fitted(PLAIN))
FORGETFUL = Scorer(fitted(PLAIN), memory=20_000)

texts_of_words = st.lists(st.sampled_from([*_WORDS, "men", "samma", "parkering"]), max_size=30).map(" ".join)
any_texts = st.lists(
    st.one_of(
        texts_of_words,
        st.lists(st.one_of(texts_of_words, st.sampled_from(_SIGNS)), max_size=5).map("".join),
        st.text(max_size=40),
    ),
    max_size=8,
)


@given(any_texts)
@settings(max_examples=40)
def test_scores_are_the_suggesters(texts: list[str]) -> None:
    assert SCORER.shares(texts) == pytest.approx(PLAIN.shares(texts) if texts else np.zeros((0, 6)), abs=_CLOSE)


@given(any_texts)
@settings(max_examples=40)
def test_the_best_is_the_first_suggestion_with_the_margin_of_its_code(texts: list[str]) -> None:
    margins = PLAIN.ranker_.codes_.coef_, PLAIN.ranker_.codes_.intercept_
    for text, best, found in zip(texts, SCORER.best(texts), PLAIN.suggest(texts, 1), strict=True):
        assert (best is None) == (not found)
        if best is not None:
            row = PLAIN.features_.transform([text]) @ margins[0] + margins[1]
            assert (best.code, best.known) == (found[0].code, found[0].known)
            assert best.score == pytest.approx(found[0].score, abs=_CLOSE)
            assert best.margin == pytest.approx(row[0, PLAIN.place_[best.code]], abs=_CLOSE)


@given(any_texts)
@settings(max_examples=40)
def test_what_is_remembered_changes_no_bit(texts: list[str]) -> None:
    """Results of two machines are compared byte by byte, and each has met other texts before."""
    alone = [SCORER.shares([text]) for text in texts]
    if texts:
        assert np.array_equal(FORGETFUL.shares(texts), np.vstack(alone))
        assert np.array_equal(Scorer(SCORER.fitted).shares(texts[::-1])[::-1], np.vstack(alone))


def test_an_ngram_that_stands_in_several_words_is_counted_together() -> None:
    """The length of a row is not the sum of its words' lengths: "Parkering parkeringen" shares most n-grams."""
    texts = ["Parkering parkeringen parkeringarna", "öppna öppna öppna öppna stol", "Stolarna stolarna stolen"]
    assert SCORER.shares(texts) == pytest.approx(PLAIN.shares(texts), abs=_CLOSE)


def test_memory_is_bounded() -> None:
    scorer = Scorer(fitted(PLAIN), memory=200_000)
    for start in range(0, 20_000, 1_000):
        scorer.best([f"ord{number} är nytt" for number in range(start, start + 1_000)])
    assert scorer.remembered <= scorer.most
    assert scorer.remembered >= scorer.most // 4


def test_what_is_met_often_is_not_forgotten() -> None:
    scorer = Scorer(fitted(PLAIN), memory=60_000)
    for number in range(500):
        scorer.best([f"parkering nytt{number}"])
    assert scorer.remembers("parkering")
    assert not scorer.remembers("nytt0")


def test_near_texts_say_the_same() -> None:
    background = [f"Parkering och laddstolpe nummer {place}" for place in range(1200)]
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 2), background)
    texts = ["laddstolpe", "Stolarna är hårda. Laddstolpe nummer 7 saknas", ""]
    assert Scorer(fitted(suggester)).shares(texts) == pytest.approx(suggester.shares(texts), abs=_CLOSE)


@pytest.mark.parametrize("codes", [(), BOOK.codes[:1], BOOK.codes[:2]])
def test_a_small_codebook_scores_alike(codes: tuple[object, ...]) -> None:
    book = Codebook(BOOK.key, BOOK.language, BOOK.question, BOOK.themes, codes)  # type: ignore[arg-type]
    suggester = CodebookSuggester().fit(book, evidence(0, 2))
    texts = ["Öppna på söndagar", ""]
    for best, found in zip(Scorer(fitted(suggester)).best(texts), suggester.suggest(texts, 1), strict=True):
        assert (best and best.code) == (found[0].code if found else None)


def test_what_is_learnt_later_does_not_reach_a_scorer() -> None:
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 3))
    scorer = Scorer(fitted(suggester))
    before = scorer.shares(["Öppna mer"])
    for item in evidence(3, 6):
        suggester.update(item)
    assert np.array_equal(scorer.shares(["Öppna mer"]), before)
