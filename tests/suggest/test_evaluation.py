"""Cross-validation by respondent."""

from collections.abc import Sequence

import numpy as np
import pytest

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.suggestion import Evidence
from coder.suggest import evaluation
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.evaluation import evaluate, figures, per_code
from tests.suggest.library import BOOK, evidence


def shared_respondents() -> list[Evidence]:
    return [Evidence(item.text, item.code, f"r{place % 12}") for place, item in enumerate(evidence(0, 10))]


def test_ours_and_the_defaults_are_measured_on_the_same_codings() -> None:
    found = evaluate(BOOK, shared_respondents(), fold_count=3)
    assert (found.codings, found.groups, found.folds) == (60, 12, 3)
    assert found.ours.top3 > found.defaults.top3
    assert found.ours.top1 <= found.ours.top3 <= found.ours.top5 <= 1
    assert found.ours.calibration_error is None
    assert found.curve[-1].codings == 40
    assert [point.codings for point in found.curve] == sorted(point.codings for point in found.curve)
    assert [row.code for row in found.codes] == [code.id for code in BOOK.in_order()]
    assert sum(row.support for row in found.codes) == 60


def test_no_respondent_is_learned_from_and_tested_on(monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[set[str]] = []

    class Watched(CodebookSuggester):
        def fit(self, codebook: Codebook, evidence: Sequence[Evidence], background: Sequence[str] = ()) -> "Watched":
            learned.append({item.group for item in evidence})
            super().fit(codebook, evidence, background)
            return self

        def shares(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
            tested = {item.group for item in shared_respondents() if item.text in set(texts)}
            assert tested.isdisjoint(learned[-1])
            return super().shares(texts)

    monkeypatch.setattr(evaluation, "CodebookSuggester", Watched)
    evaluate(BOOK, shared_respondents(), fold_count=4)
    assert len(learned) == 16


def test_figures_of_known_ranks() -> None:
    shares = np.array([[0.6, 0.3, 0.1], [0.5, 0.4, 0.1], [0.2, 0.3, 0.5], [0.4, 0.3, 0.3]])
    target = np.array([0, 1, 2, 2])
    found = figures(shares, target, promised=True)
    assert (found.top1, found.top3) == (0.5, 1.0)
    assert found.macro_f1 == pytest.approx((0.5 + 0.0 + 2 / 3) / 3)
    assert found.calibration_error == pytest.approx((0.4 + 0.5 - 0.5 + 0.4) / 4, abs=0.2)


def test_a_code_knows_what_it_is_taken_for() -> None:
    shares = np.array([[0.6, 0.4], [0.6, 0.4], [0.2, 0.8]])
    one, two = per_code([7, 8], shares, np.array([0, 1, 1]))
    assert (one.support, one.precision, one.recall, one.confused_with) == (1, 0.5, 1.0, None)
    assert (two.support, two.precision, two.recall, two.confused_with, two.confused_times) == (2, 1.0, 0.5, 7, 1)


@pytest.mark.parametrize("items", [[], evidence(0, 1), [Evidence(e.text, e.code, "en") for e in evidence(0, 5)]])
def test_too_few_codings_are_said_to_be_too_few(items: list[Evidence]) -> None:
    with pytest.raises(CoderError, match="too few"):
        evaluate(BOOK, items)
