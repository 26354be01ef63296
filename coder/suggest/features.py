"""Texts as numbers: lemmas at half weight beside character n-grams, both TF-IDF."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from coder.text.tokens import lemmas, pieces

# scipy's sparse matrices have no types.
type_matrix = Any


class _Block:
    """One kind of feature: its vocabulary and how rare each is. Rows are scaled to length `weight`."""

    def __init__(self, kind: str, language: str, weight: float) -> None:
        self.kind = kind
        self.language = language
        self.weight = weight

    def __call__(self, text: str) -> list[str]:
        return (lemmas if self.kind == "lemmas" else pieces)(text, self.language)

    def fit(self, texts: Iterable[str]) -> None:
        self.counter = CountVectorizer(analyzer=self, dtype=np.float64)
        counts = self.counter.fit_transform(texts)
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        # The smoothed inverse document frequency of scikit-learn's TfidfTransformer.
        self.rarity = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1.0

    def weighed(self, texts: Sequence[str]) -> type_matrix:
        return self.counter.transform(texts).multiply(self.rarity).tocsr()

    def rows(self, texts: Sequence[str]) -> type_matrix:
        return normalize(self.weighed(texts)) * self.weight


class Features(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Lemmas and character n-grams of texts, as a sparse matrix of (texts x features).

    `lemma_weight` is the length of the lemma part of a row beside characters of length 1.
    """

    def __init__(self, language: str, lemma_weight: float = 0.5) -> None:
        self.language = language
        self.lemma_weight = lemma_weight

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 - the signature is scikit-learn's
        """Learn the vocabulary and how rare each feature is."""
        blocks = (_Block("lemmas", self.language, self.lemma_weight), _Block("pieces", self.language, 1.0))
        for block in blocks:
            block.fit(texts)
        self.blocks_ = blocks
        return self

    def transform(self, texts: Sequence[str]) -> type_matrix:
        """One row a text; a text without a known feature is a row of zeros."""
        return sparse.hstack([block.rows(texts) for block in self.blocks_], format="csr")

    def parts(self, text: str) -> tuple[list[str], type_matrix]:
        """The distinct runs of a text, and a row for each: what the run adds to the text's own row."""
        runs = list(dict.fromkeys(text.split()))
        counts = dict.fromkeys(runs, 0)
        for run in text.split():
            counts[run] += 1
        times = sparse.diags([float(counts[run]) for run in runs])
        rows = []
        for block in self.blocks_:
            weighed = times @ block.weighed(runs)
            total = np.asarray(weighed.sum(axis=0)).ravel()
            length = float(np.sqrt((total**2).sum()))
            rows.append(weighed * (block.weight / length if length else 0.0))
        return runs, sparse.hstack(rows, format="csr")
