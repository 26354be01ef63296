"""The suggester: one classifier a code, over what the codebook says and what analysts have coded."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from coder.domain.codebook import Codebook
from coder.domain.suggestion import Evidence, Suggestion
from coder.suggest.entries import Document, documents
from coder.suggest.features import Features

Scores = npt.NDArray[np.float64]


class CodebookSuggester:
    """Ranks the codes of one codebook for texts.

    `strength` is scikit-learn's C.
    """

    def __init__(self, strength: float = 10.0, lemma_weight: float = 0.5) -> None:
        self.strength = strength
        self.lemma_weight = lemma_weight

    def fit(self, codebook: Codebook, evidence: Sequence[Evidence], background: Sequence[str] = ()) -> Self:
        """Learn from the codebook, codings, and texts that nobody has coded."""
        self.codebook_ = codebook
        self.codes_ = [code.id for code in codebook.in_order()]
        known = set(self.codes_)
        own = list(documents(codebook))
        own += [Document(item.text, item.code, 1.0) for item in evidence if item.code in known]
        self.features_ = Features(codebook.language, self.lemma_weight)
        self.features_.fit([document.text for document in own] + list(background))
        self.rows_ = self.features_.transform([document.text for document in own])
        self.labels_ = np.array([document.code for document in own])
        self.weights_ = np.array([document.weight for document in own])
        self.coef_ = np.zeros((len(self.codes_), self.rows_.shape[1]))
        self.intercept_ = np.zeros(len(self.codes_))
        for place, code in enumerate(self.codes_):
            self._fit_code(place, code)
        return self

    def _fit_code(self, place: int, code: int) -> None:
        target = self.labels_ == code
        if target.all() or not target.any():
            return
        model = LogisticRegression(solver="liblinear", C=self.strength)
        model.fit(self.rows_, target, sample_weight=self.weights_)
        self.coef_[place] = model.coef_[0]
        self.intercept_[place] = model.intercept_[0]

    def decisions(self, texts: Sequence[str]) -> Scores:
        """How strongly each code's classifier says yes: (texts x codes)."""
        rows = self.features_.transform(texts)
        return np.asarray(rows @ self.coef_.T + self.intercept_)

    def suggest(self, texts: Sequence[str], top: int = 5) -> list[list[Suggestion]]:
        """For each text at most `top` suggestions, best first; ties go by the codebook's order."""
        if not texts:
            return []
        decisions = self.decisions(texts)
        chances = 1 / (1 + np.exp(-decisions))
        chances /= chances.sum(axis=1, keepdims=True)
        result = []
        for text, row in zip(texts, chances, strict=True):
            order = np.argsort(-row, kind="stable")[:top]
            runs, parts = self.features_.parts(text)
            weights = parts @ self.coef_[order].T if runs else np.zeros((0, len(order)))
            suggestions = []
            for column, place in enumerate(order):
                best = [index for index in np.argsort(-weights[:, column], kind="stable") if weights[index, column] > 0]
                because = tuple(runs[index].strip(".,;:!?()\"'") for index in best[:3])
                suggestions.append(Suggestion(self.codes_[place], float(row[place]), because))
            result.append(suggestions)
        return result
