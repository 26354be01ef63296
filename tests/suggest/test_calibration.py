"""Scores that mean what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.suggestion import Evidence
from coder.suggest.calibration import calibration_error, folds, sharpness
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.linear import softmax
from tests.suggest.library import BOOK, evidence


@given(st.lists(st.sampled_from(["", "a", "b", "c", "d", "e"]), min_size=1, max_size=40), st.integers(1, 6))
def test_no_group_is_in_two_folds(groups: list[str], count: int) -> None:
    found = folds(groups, count)
    assert len(found) == len(groups)
    for group in set(groups) - {""}:
        assert len({int(fold) for fold, other in zip(found, groups, strict=True) if other == group}) == 1
    assert sorted({int(fold) for fold in found}) == list(range(int(found.max()) + 1))


def test_folds_are_about_equally_large() -> None:
    sizes = np.bincount(folds([str(place // 2) for place in range(40)], 5))
    assert sizes.tolist() == [8] * 5


def test_sharpness_recovers_the_temperature_of_a_draw() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(4000, 5))
    target = np.array([rng.choice(5, p=row) for row in softmax(scores * 2.5)])
    assert sharpness(scores, target) == pytest.approx(2.5, rel=0.1)


def test_calibration_error_is_the_gap_between_promise_and_truth() -> None:
    scores = np.full(100, 0.8)
    assert calibration_error(scores, np.arange(100) < 80) == pytest.approx(0.0)
    assert calibration_error(scores, np.arange(100) < 50) == pytest.approx(0.3)
    assert calibration_error(np.array([]), np.array([], dtype=np.bool_)) == 0.0


def test_scores_are_unknown_until_there_is_enough_evidence() -> None:
    few = CodebookSuggester().fit(BOOK, evidence(0, 5))
    many = CodebookSuggester().fit(BOOK, [*evidence(0, 10), *_again()])
    assert not few.suggest(["Öppna"])[0][0].known
    assert many.suggest(["Öppna"])[0][0].known


def test_many_codings_of_few_respondents_are_too_little() -> None:
    narrow = [
        Evidence(item.text, item.code, f"r{place % 3}") for place, item in enumerate([*evidence(0, 10), *_again()])
    ]
    assert not CodebookSuggester().fit(BOOK, narrow).known_


def test_scores_are_as_sure_as_they_are_of_respondents_that_taught_nothing() -> None:
    """A suggester knows again what it has learnt, and is surer of that than of anything else."""
    learnt = [*evidence(0, 10), *_again()]
    suggester = CodebookSuggester().fit(BOOK, learnt)
    texts, groups = [item.text for item in learnt], [item.group for item in learnt]
    target = np.array([suggester.place_[item.code] for item in learnt])
    seen = sharpness(suggester.ranker_.scores(suggester.features_.transform(texts)), target)
    others = ((text, suggester.without({group})) for text, group in zip(texts, groups, strict=True))
    truly = np.vstack([other.ranker_.scores(other.features_.transform([text])) for text, other in others])
    assert suggester.sharpness_ == pytest.approx(sharpness(truly, target), rel=0.1)
    assert suggester.sharpness_ < seen / 2


def _again() -> list[Evidence]:
    return [Evidence(f"{item.text} tycker vi", item.code, item.group) for item in evidence(0, 10)]
