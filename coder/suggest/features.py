"""Texts as numbers: lemmas at half weight beside character n-grams and fields of meaning, all TF-IDF."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from coder.text.fields import field_names, fields
from coder.text.tokens import lemmas, pieces

# A scipy sparse matrix in CSR form, which has no types.
Rows = Any
Places = npt.NDArray[np.intp]

# What makes features of a text, or of a run of it, in a language.
KINDS: dict[str, Callable[[str, str], Sequence[str]]] = {"lemmas": lemmas, "pieces": pieces, "fields": fields}
# Chosen on texts of the training file of MASSIVE; from .2 to .5 it matters little.
_FIELD_WEIGHT = 0.35
# The only feature of texts that have none, which no text has: scikit-learn refuses an empty vocabulary.
_NOTHING = ("",)


class Held(NamedTuple):
    """What one respondent said: places among texts that are scored, and among texts that were learnt from."""

    texts: Places
    rows: Places


class _Block:
    """One kind of feature: its vocabulary, and how rare each feature is. Its rows have the length `weight`.

    `names` are the features in order; `counts` says how often each text that it was learnt from has each of them.
    """

    def __init__(self, kind: str, language: str, weight: float) -> None:
        self.kind = kind
        self.language = language
        self.weight = weight

    def __call__(self, text: str) -> Sequence[str]:
        return KINDS[self.kind](text, self.language)

    def fit(self, texts: Sequence[str]) -> None:
        speaking = any(self(text) for text in texts)
        self.counter = CountVectorizer(analyzer=self, vocabulary=None if speaking else _NOTHING, dtype=np.float64)
        self._learn(self.counter.fit_transform(texts))
        self.names = self.counter.get_feature_names_out()

    def only(self, places: Places) -> "_Block":
        """What `fit` makes of some of the texts, by their places."""
        counts = self.counts[places]
        used = np.unique(counts.indices)
        block = _Block(self.kind, self.language, self.weight)
        block.names = self.names[used] if len(used) else np.array(_NOTHING, dtype=object)
        block.counter = CountVectorizer(analyzer=block, vocabulary=block.names.tolist(), dtype=np.float64)
        block._learn(counts[:, used] if len(used) else sparse.csr_matrix((len(places), len(_NOTHING))))
        return block

    def _learn(self, counts: Rows) -> None:
        counts.sort_indices()
        self.counts = counts
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        # The smoothed inverse document frequency of scikit-learn's TfidfTransformer.
        self.rarity = np.log((1 + counts.shape[0]) / (1 + frequency)) + 1.0

    def weighed(self, texts: Sequence[str]) -> Rows:
        return self._weighed(self.counter.transform(texts))

    def without(self, texts: Sequence[str], held: Sequence[Held]) -> Rows:
        counts, seen = self.counter.transform(texts), self.counts.astype(bool).astype(np.intp)
        theirs = _marked([one.rows for one in held], seen.shape[0]) @ seen
        theirs.data = (theirs.data == np.bincount(seen.indices, minlength=seen.shape[1])[theirs.indices]).astype(float)
        alone = _marked([one.texts for one in held], len(texts)).T @ theirs
        return self.rows(counts - counts.multiply(alone))

    def rows(self, counts: Rows) -> Rows:
        weighed = self._weighed(counts)
        return normalize(weighed) * self.weight if counts.shape[0] else weighed

    def _weighed(self, counts: Rows) -> Rows:
        return counts.multiply(self.rarity).tocsr()


class Features(TransformerMixin, BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """Lemmas, character n-grams and fields of texts, as a sparse matrix of (texts x features), in this order.

    `lemma_weight` is the length of the lemma part of a row, beside a character part of length 1. Only languages with a
    list of fields have these.
    """

    def __init__(self, language: str, lemma_weight: float = 0.5) -> None:
        self.language = language
        self.lemma_weight = lemma_weight

    def fit(self, texts: Sequence[str], y: object = None) -> Self:  # noqa: ARG002 - the signature is scikit-learn's
        """Learn the vocabulary, and how rare each feature is."""
        weights = {"lemmas": self.lemma_weight, "pieces": 1.0}
        if field_names(self.language):
            weights["fields"] = _FIELD_WEIGHT
        self.blocks_ = tuple(_Block(kind, self.language, weight) for kind, weight in weights.items())
        for block in self.blocks_:
            block.fit(texts)
        return self

    @property
    def words(self) -> int:
        """How many features are words or parts of them, and not their fields. They come first."""
        return sum(len(block.names) for block in self.blocks_ if block.kind != "fields")

    def fit_transform(self, texts: Sequence[str], y: object = None) -> Rows:
        """Learn from texts; their rows."""
        return self.fit(texts, y).own_rows()

    def own_rows(self) -> Rows:
        """What `transform` gives for the texts that were learnt from, without reading them again."""
        return self._rows([block.counts for block in self.blocks_])

    def only(self, places: Places) -> "Features":
        """What `fit` learns from some of the texts, by their places, without reading them again."""
        features = Features(self.language, self.lemma_weight)
        features.blocks_ = tuple(block.only(places) for block in self.blocks_)
        return features

    def transform(self, texts: Sequence[str]) -> Rows:
        """One row a text; a text without a known feature is a row of zeros."""
        return self._rows([block.counter.transform(texts) for block in self.blocks_])

    def without(self, texts: Sequence[str], held: Sequence[Held]) -> Rows:
        """What `transform` gives where features are unknown that only a text's own respondent had.

        `held` has places in `texts`, and in the texts that were learnt from. How rare the others are stays as it is.
        """
        return sparse.hstack([block.without(texts, held) for block in self.blocks_], format="csr")

    def _rows(self, counts: Sequence[Rows]) -> Rows:
        parts = [block.rows(own) for block, own in zip(self.blocks_, counts, strict=True)]
        return sparse.hstack(parts, format="csr")

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


def _marked(places: Sequence[Places], width: int) -> Rows:
    """A line for each of some sets of places, with 1 at each of them."""
    lines = np.repeat(np.arange(len(places)), [len(own) for own in places])
    every = np.concatenate([*places, np.zeros(0, dtype=np.intp)])
    return sparse.csr_matrix((np.ones(len(every)), (lines, every)), shape=(len(places), width))
