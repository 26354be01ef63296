"""One logistic regression a label, each refitted by itself."""

from threading import Lock
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn import config_context
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression

from coder.suggest.features import Rows

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_SMALL = 1e-9
_TOLERANCE = 0.05
_ROUNDS = 1000
# liblinear draws from one generator for the whole process: two threads at once would learn something else every time.
_ALONE = Lock()


class OneVsRest(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """A yes or no for each of `labels` labels, numbered from 0, over sparse rows.

    scikit-learn's OneVsRestClassifier does the same and cannot refit one label alone. `strength` is C.
    """

    def __init__(self, labels: int, strength: float = 10.0) -> None:
        self.labels = labels
        self.strength = strength

    def fit(self, rows: Rows, target: Ints, sample_weight: Floats) -> Self:
        """Learn every label."""
        # (features x labels): the layout in which scipy multiplies without a copy.
        self.coef_: Floats = np.zeros((rows.shape[1], self.labels))
        self.intercept_: Floats = np.zeros(self.labels)
        for label in range(self.labels):
            self.refit(label, rows, target, sample_weight)
        return self

    def refit(self, label: int, rows: Rows, target: Ints, sample_weight: Floats) -> None:
        """Learn one label anew. A label that nothing, or everything, speaks for stays undecided."""
        yes = target == label
        if yes.all() or not yes.any():
            self.coef_[:, label] = 0.0
            self.intercept_[label] = 0.0
            return
        # The dual is twenty times faster than the primal on a few thousand short texts, and its coefficients are the
        # same to two or three digits. It visits the rows in random order: the seed keeps them the same every time.
        model: Any = LogisticRegression(
            solver="liblinear", C=self.strength, dual=True, tol=_TOLERANCE, random_state=0, max_iter=_ROUNDS
        )
        # What is learnt here is sound by its making: checking it over and over takes a tenth of the time.
        with _ALONE, config_context(assume_finite=True, skip_parameter_validation=True):
            model.fit(rows, yes, sample_weight=sample_weight)
        self.coef_[:, label] = model.coef_[0]
        self.intercept_[label] = model.intercept_[0]

    def margins(self, rows: Rows) -> Floats:
        """How far inside each label's border rows lie, in log odds: (rows x labels)."""
        return np.asarray(rows @ self.coef_ + self.intercept_)


def log_chances(margins: Floats) -> Floats:
    """The logarithms of chances that sum to 1 over a row, from how far each label lies from its border."""
    chances = 1.0 / (1.0 + np.exp(-margins))
    total = chances.sum(axis=1, keepdims=True)
    return np.asarray(np.log(chances / total + _SMALL))


def softmax(scores: Floats) -> Floats:
    """Scores as shares that sum to 1 over a row."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
