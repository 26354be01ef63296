"""Texts as numbers: lemmas at half weight beside character n-grams, both TF-IDF."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from coder.text.tokens import lemmas, pieces

# A scipy sparse matrix in CSR form, which has no types.
Rows = Any


class _Block:
    """One kind of feature: its vocabulary, and how rare each feature is. Its rows have the length `weight`."""

    def __init__(self, kind: str, language: str, weight: float) -> None:
        self.kind = kind
        self.language = language
        self.weight = weight

    def __call__(self, text: str) -> list[str]:
        return (lemmas if self.kind == "lemmas" else pieces)(text, self.language)

    def fit(self, texts: Sequence[str]) -> None:
        self.counter = CountVectorizer(analyzer=self, dtype=np.float64)
        # Texts of signs alone have no features; scikit-learn refuses an empty vocabulary.
        counts = self.counter.fit_transform(texts if any(self(text) for text in texts) else ["a"])
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        # The smoothed inverse document frequency of scikit-learn's TfidfTransformer.
        self.rarity = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1.0

    def weighed(self, texts: Sequence[str]) -> Rows:
        return self.counter.transform(texts).multiply(self.rarity).tocsr()

    def rows(self, texts: Sequence[str]) -> Rows:
        weighed = self.weighed(texts)
        return normalize(weighed) * self.weight if texts else weighed


class Features(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Lemmas and character n-grams of texts, as a sparse matrix of (texts x features).

    `lemma_weight` is the length of the lemma part of a row, beside a character part of length 1.
    """

    def __init__(self, language: str, lemma_weight: float = 0.5) -> None:
        self.language = language
        self.lemma_weight = lemma_weight

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 - the signature is scikit-learn's
        """Learn the vocabulary, and how rare each feature is."""
        blocks = (_Block("lemmas", self.language, self.lemma_weight), _Block("pieces", self.language, 1.0))
        for block in blocks:
            block.fit(texts)
        self.blocks_ = blocks
        return self

    def transform(self, texts: Sequence[str]) -> Rows:
        """One row a text; a text without a known feature is a row of zeros."""
        return sparse.hstack([block.rows(texts) for block in self.blocks_], format="csr")

    def parts(self, text: str) -> tuple[list[str], Rows]:
        """The distinct runs of non-space characters of a text, and what each adds to the text's row.

        No feature reaches over a space, so the parts sum to the row.
        """
        counts = Counter(text.split())
        runs = list(counts)
        times = sparse.diags([float(times) for times in counts.values()])
        rows = []
        for block in self.blocks_:
            weighed = times @ block.weighed(runs)
            length = float(np.linalg.norm(np.asarray(weighed.sum(axis=0))))
            rows.append(weighed * (block.weight / length if length else 0.0))
        return runs, sparse.hstack(rows, format="csr")
