"""What to read next: the least sure first, without the same thing over and over."""

from collections.abc import Sequence

import numpy as np

from coder.suggest.classifier import CodebookSuggester
from coder.suggest.features import Rows
from coder.suggest.linear import Floats


def least_sure(suggester: CodebookSuggester, texts: Sequence[str]) -> list[int]:
    """The places of the texts, the one to learn most from first.

    By the margin between the two best codes, made wider by how like a text is to the ones before it: margin sampling
    after Scheffer, Decomain and Wrobel (2001), with diversity.
    """
    if not texts:
        return []
    margin = margins(suggester.shares(texts))
    cosines = _cosines(suggester, texts)
    closeness = np.zeros(len(texts))
    order: list[int] = []
    left = np.ones(len(texts), dtype=np.bool_)
    while left.any():
        place = int(np.argmin(np.where(left, margin + closeness, np.inf)))
        order.append(place)
        left[place] = False
        closeness = np.maximum(closeness, np.asarray(cosines[place].todense()).ravel())
    return order


def _cosines(suggester: CodebookSuggester, texts: Sequence[str]) -> Rows:
    rows = suggester.features_.transform(texts)
    return (rows @ rows.T).tocsr() / (1.0 + suggester.lemma_weight**2)


def margins(shares: Floats) -> Floats:
    """How far the first code of each row leads the second, in 0..1."""
    best = -np.sort(-shares, axis=1)
    return np.asarray(best[:, 0] - best[:, 1] if best.shape[1] > 1 else best[:, 0])
