"""What to read next: the least sure first, without the same thing over and over."""

from collections.abc import Sequence

import numpy as np

from coder.suggest.features import Features, Rows
from coder.suggest.fitted import Fitted
from coder.suggest.linear import Floats
from coder.suggest.remembered import RememberedRows
from coder.suggest.scoring import Scorer

# Once a part of the texts this large has been placed, they are left out of what the others are compared with.
_PLACED = 1 / 6
# Decimals that count: texts of the same words in another order differ by less, and come as they came.
_DECIMALS = 9


def least_sure(model: Fitted, features: Features, texts: Sequence[str]) -> list[int]:
    """The places of the texts, the one to learn most from first; `features` are those of the model.

    By the margin between the two best codes, made wider by how like a text is to the ones before it: margin sampling
    after Scheffer, Decomain and Wrobel (2001), with diversity. Every text is compared with all that stand before it,
    in time that grows with the square of their number, and in memory that grows with their length.
    """
    if not texts:
        return []
    rows = RememberedRows(features).transform(texts)[:, : features.words]
    return _apart(margins(Scorer(model).shares(texts)), rows, 1.0 + features.lemma_weight**2)


def _apart(margin: Floats, rows: Rows, full: float) -> list[int]:
    """The places of rows, each time the one whose margin and likeness to those already placed sum to least.

    A likeness is a dot product, of which `full` is that of a row with itself.
    """
    order: list[int] = []
    margin = np.round(margin, _DECIMALS)
    places, closeness = np.arange(len(margin)), np.zeros(len(margin))
    while len(places):
        columns = rows.T.tocsr()
        left = np.ones(len(places), dtype=np.bool_)
        for _ in range(1 + int(_PLACED * len(places))):
            one = int(np.argmin(np.where(left, margin + closeness, np.inf)))
            order.append(int(places[one]))
            left[one] = False
            like = rows[one] @ columns
            closeness[like.indices] = np.maximum(closeness[like.indices], np.round(like.data / full, _DECIMALS))
        places, margin, closeness, rows = places[left], margin[left], closeness[left], rows[left]
    return order


def margins(shares: Floats) -> Floats:
    """How far the first code of each row leads the second, in 0..1."""
    best = -np.sort(-shares, axis=1)
    return np.asarray(best[:, 0] - best[:, 1] if best.shape[1] > 1 else best[:, 0])
