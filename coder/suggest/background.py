"""What texts that nobody has coded say: how common each code is, and which texts lie near each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import sparse

from coder.suggest.features import Held, Rows
from coder.suggest.linear import Floats, Ints, softmax

_ROUNDS = 10
_SMOOTHING = 0.5
_NEAREST = 10
_PULL = 0.9
_SPREADS = 15
_AT_ONCE = 500
_FLOOR = 1e-3


def frequencies(scores: Floats, sharpness: float, learnt: Floats) -> Floats:
    """How much commoner each code is among texts of these scores than where the scores were learnt, as a logarithm.

    Expectation maximisation after Saerens, Latinne and Decaestecker (2002): shares weigh the chances, the chances give
    new shares, smoothed by half as many texts spread as `learnt`, the codes' shares among the codings learnt from.
    `sharpness` multiplies the scores.
    """
    chances = softmax(scores * sharpness)
    shares = learnt
    for _ in range(_ROUNDS):
        weighed = chances * (shares / learnt)
        weighed /= weighed.sum(axis=1, keepdims=True)
        shares = (weighed.mean(axis=0) + _SMOOTHING * learnt) / (1.0 + _SMOOTHING)
    return np.asarray(np.log(shares / learnt))


@dataclass(frozen=True)
class Seeds:
    """What spreads along a graph: rows with their places in it, -1 for none, and the label and weight of each.

    Labels are numbered from 0 and are `labels` in all.
    """

    nodes: Ints
    target: Ints
    weights: Floats
    labels: int


class Graph:
    """A nearest-neighbour graph over coded and uncoded texts, along which codes spread.

    Label spreading after Zhou, Bousquet, Lal, Weston and Schölkopf (2004), with squared cosines as edges. Worth its
    while from about a thousand uncoded texts.
    """

    def fit(self, rows: Rows) -> Self:
        """Join every text to its nearest ones."""
        self.rows_ = rows
        near = _nearest(rows, rows, _NEAREST + 1)
        near.setdiag(0)
        near = near.maximum(near.T)
        degree = sparse.diags(1.0 / np.sqrt(np.asarray(near.sum(axis=1)).ravel() + 1e-9))
        self.edges_ = (degree @ near @ degree).tocsr()
        return self

    def spread(self, seeds: Seeds) -> Floats:
        """The share of each label at each text: (texts x labels)."""
        shares = self._flooded(seeds)
        return _even(shares, shares.sum(axis=0))

    def _flooded(self, seeds: Seeds) -> Floats:
        sown = np.zeros((self.rows_.shape[0], seeds.labels))
        inside = seeds.nodes >= 0
        sown[seeds.nodes[inside], seeds.target[inside]] = seeds.weights[inside]
        shares = sown.copy()
        for _ in range(_SPREADS):
            shares = _PULL * (self.edges_ @ shares) + (1.0 - _PULL) * sown
        return np.asarray(shares)

    def log_chances(self, rows: Rows, shares: Floats) -> Floats:
        """What the nearest texts say of new ones: (rows x labels)."""
        return _logs(_nearest(rows, self.rows_, _NEAREST) @ shares)

    def log_chances_without(self, rows: Rows, seeds: Seeds, held: Sequence[Held]) -> Floats:
        """What they would say had each row's own respondent no seeds and no texts among them: (rows x labels).

        `held` has places in `rows` and in `seeds`.
        """
        near, shares = _nearest(rows, self.rows_, _NEAREST), self._flooded(seeds)
        sums = shares.sum(axis=0)
        found = np.asarray(near @ _even(shares, sums))
        # What spreads adds up: each seed is sown by itself once, and what a respondent sowed is taken off.
        sown = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *(one.rows for one in held)]))
        alone = self._flooded(Seeds(seeds.nodes[sown], np.arange(len(sown)), seeds.weights[sown], len(sown)))
        for texts, own in held:
            lost, of = alone[:, np.searchsorted(sown, own)], np.eye(seeds.labels)[seeds.target[own]]
            rest = sums - lost.sum(axis=0) @ of
            for text in texts:
                line = slice(near.indptr[text], near.indptr[text + 1])
                others = ~np.isin(near.indices[line], seeds.nodes[own])
                nodes, cosines = near.indices[line][others], near.data[line][others]
                found[text] = cosines @ _even(np.maximum(shares[nodes] - lost[nodes] @ of, 0.0), rest)
        return _logs(found)


def _even(shares: Floats, sums: Floats) -> Floats:
    """Shares of 1 at each text. A label with many seeds would flood the graph; what counts is where each is strongest.

    `sums` is how much of each label there is in all.
    """
    found = shares / (sums + 1e-9)
    return np.asarray(found / (found.sum(axis=1, keepdims=True) + 1e-12))


def _logs(found: Floats) -> Floats:
    found = np.asarray(found) + _FLOOR
    return np.asarray(np.log(found / found.sum(axis=1, keepdims=True)))


def _nearest(rows: Rows, others: Rows, count: int) -> Rows:
    """The squared cosine of each row's `count` nearest others, all else 0; a slice at a time, to bound the memory."""
    if not rows.shape[0]:
        return sparse.csr_matrix((0, others.shape[0]))
    count = min(count, others.shape[0])
    slices = [
        _strongest((rows[at : at + _AT_ONCE] @ others.T).toarray(), count) for at in range(0, rows.shape[0], _AT_ONCE)
    ]
    return sparse.vstack(slices, format="csr")


def _strongest(cosines: Floats, count: int) -> Rows:
    kept = np.zeros_like(cosines)
    columns = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    lines = np.arange(len(cosines))[:, None]
    kept[lines, columns] = np.maximum(cosines[lines, columns], 0.0) ** 2
    return sparse.csr_matrix(kept)
