"""Codes ranked for rows of numbers: the code itself, its theme, how common it is, and what near texts say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy import sparse

from coder.suggest.background import Graph, Seeds, frequencies
from coder.suggest.features import Held, Rows
from coder.suggest.influence import Influence
from coder.suggest.linear import Floats, Ints, OneVsRest, log_chances

# Scores times this are about as sure as they are right, before a cross-validation says it exactly.
SHARPNESS = 1.5
# Half the trust in how common codes are among the uncoded needs this many codings.
_CODINGS_FOR_HALF = 100.0
_SAME = 1e-9


@dataclass(frozen=True)
class Corpus:
    """What a ranker learns from: rows with the code each speaks for, numbered from 0, and how heavily.

    `coded` is true for rows that analysts coded, as against the codebook's own text. `background` are rows that nobody
    has coded. `nodes` are the rows' places in the graph of near texts, -1 for a row outside it.
    """

    rows: Rows
    target: Ints
    weights: Floats
    coded: np.ndarray[tuple[int], np.dtype[np.bool_]]
    background: Rows
    nodes: Ints

    def only(self, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> "Corpus":
        """The corpus with some of its rows left out."""
        return replace(
            self,
            rows=self.rows[kept],
            target=self.target[kept],
            weights=self.weights[kept],
            coded=self.coded[kept],
            nodes=self.nodes[kept],
        )

    def plus(self, row: Rows, target: int) -> "Corpus":
        """The corpus with one more coding, outside the graph."""
        return replace(
            self,
            rows=sparse.vstack([self.rows, row], format="csr"),
            target=np.append(self.target, target),
            weights=np.append(self.weights, 1.0),
            coded=np.append(self.coded, True),
            nodes=np.append(self.nodes, -1),
        )


class Ranker:
    """Ranks codes numbered from 0. `theme_of` numbers each code's theme from 0.

    `theme_weight` is how much a theme's own classifier says beside the code's; `frequency_weight` how far the codes'
    frequencies among uncoded texts are trusted once many are coded; `graph_weight` how much near texts say.
    """

    def __init__(
        self,
        theme_of: Ints,
        strength: float = 10.0,
        theme_weight: float = 0.4,
        frequency_weight: float = 0.7,
        graph_weight: float = 0.5,
    ) -> None:
        self.theme_of = theme_of
        self.strength = strength
        self.theme_weight = theme_weight
        self.frequency_weight = frequency_weight
        self.graph_weight = graph_weight

    @property
    def themed(self) -> bool:
        """Whether the themes say anything that the codes do not."""
        return self.theme_weight > 0 and 1 < len(set(self.theme_of.tolist())) < len(self.theme_of)

    def fit(self, corpus: Corpus, graph: Graph | None = None, late: Floats | None = None) -> Self:
        """Learn from a corpus, and from the graph of near texts that its rows have their places in.

        `late` is what the scores of codes are raised by for coming late, 0 where they did not: see `latecomers`.
        """
        self.corpus_ = corpus
        self.codes_ = OneVsRest(len(self.theme_of), self.strength).fit(corpus.rows, corpus.target, corpus.weights)
        if self.themed:
            themes = OneVsRest(int(self.theme_of.max()) + 1, self.strength)
            self.themes_ = themes.fit(corpus.rows, self.theme_of[corpus.target], corpus.weights)
        self.graph_ = graph
        self.prior_: Floats = np.zeros(len(self.theme_of))
        if graph is not None:
            self.shares_ = graph.spread(self._seeds())
        codings = int(corpus.coded.sum())
        if codings and corpus.background.shape[0]:
            trust = self.frequency_weight * codings / (codings + _CODINGS_FOR_HALF)
            learnt = np.bincount(corpus.target[corpus.coded], minlength=len(self.theme_of)) + 0.5
            scores = self._by_words(self._margins(corpus.background))
            self.prior_ = trust / SHARPNESS * frequencies(scores, SHARPNESS, learnt / learnt.sum())
        if late is not None:
            # How common these are is said by none of what was coded before them.
            self.prior_ = np.where(late > 0, late, self.prior_)
        return self

    def update(self, row: Rows, target: int) -> None:
        """Learn one more coding: its code is learned anew, all else waits for the next `fit`.

        What the other codes and the themes would learn from it moves hardly a suggestion, and costs as much again.
        """
        corpus = self.corpus_.plus(row, target)
        self.corpus_ = corpus
        self.codes_.refit(target, corpus.rows, corpus.target, corpus.weights)

    def forget(self, target: int, like: Rows) -> None:
        """Take one coding back that has the same row."""
        corpus = self.corpus_
        same = np.flatnonzero(corpus.coded & (corpus.target == target))
        apart = [abs(corpus.rows[place] - like).sum() for place in same]
        if apart and min(apart) < _SAME:
            kept = np.ones(len(corpus.target), dtype=np.bool_)
            kept[same[int(np.argmin(apart))]] = False
            self.corpus_ = corpus.only(kept)
            self.codes_.refit(target, self.corpus_.rows, self.corpus_.target, self.corpus_.weights)

    def scores(self, rows: Rows) -> Floats:
        """How well each code fits each row, higher is better: (rows x codes)."""
        found = self._by_words(self._margins(rows)) + self.prior_
        if self.graph_ is not None:
            found = found + self.graph_weight * self.graph_.log_chances(rows, self.shares_)
        return found

    def without(self, rows: Rows, held: Sequence[Held]) -> tuple[Floats, Floats]:
        """What `scores` says of rows were nothing learnt from their own respondents, and the codes' margins there.

        Both are (rows x codes). How common codes are among the uncoded stays as it was learnt from all.
        """
        corpus = self.corpus_
        targets = [corpus.target, self.theme_of[corpus.target]]
        yes = [np.eye(one.labels)[target] for one, target in zip(self._learnt(), targets, strict=False)]
        weights, learnt = self.strength * corpus.weights, self._margins(corpus.rows)
        margins = Influence(corpus.rows, weights, np.hstack(yes), learnt).without(rows, self._margins(rows), held)
        found = self._by_words(margins) + self.prior_
        if self.graph_ is not None:
            found = found + self.graph_weight * self.graph_.log_chances_without(rows, self._seeds(), held)
        return found, margins[:, : self.codes_.labels]

    def _learnt(self) -> list[OneVsRest]:
        return [self.codes_, self.themes_] if self.themed else [self.codes_]

    def _seeds(self) -> Seeds:
        return Seeds(self.corpus_.nodes, self.corpus_.target, self.corpus_.weights, len(self.theme_of))

    def _margins(self, rows: Rows) -> Floats:
        """How far inside their borders rows lie: (rows x codes, and themes)."""
        return np.hstack([one.margins(rows) for one in self._learnt()])

    def _by_words(self, margins: Floats) -> Floats:
        found = log_chances(margins[:, : self.codes_.labels])
        if self.themed:
            found = found + self.theme_weight * log_chances(margins[:, self.codes_.labels :])[:, self.theme_of]
        return found

    def word_weights(self, code: int) -> Floats:
        """What each feature adds to the score of a code."""
        weights = self.codes_.coef_[:, code]
        if self.themed:
            return np.asarray(weights + self.theme_weight * self.themes_.coef_[:, self.theme_of[code]])
        return np.asarray(weights)
