"""The words of a text that weighed most for a code."""

from collections.abc import Sequence

import numpy as np

from coder.suggest.features import Features
from coder.suggest.linear import Floats
from coder.text.language import analyser

_MOST = 3
# A word that weighs less than this share of the weightiest one explains nothing.
_LEAST_SHARE = 0.2


def reasons(text: str, features: Features, weights: Sequence[Floats]) -> list[tuple[str, ...]]:
    """For each code, given by its features' weights, at most three words of the text as written, weightiest first.

    Small words are named only where nothing else speaks for the code.
    """
    runs, parts = features.parts(text)
    if not runs or not weights:
        return [() for _ in weights]
    words = [_bare(run) for run in runs]
    small = np.array([not word or analyser(features.language).is_small(word) for word in words])
    added = np.asarray(parts @ np.stack(weights, axis=1))
    return [_weightiest(words, added[:, column], small) for column in range(len(weights))]


def _weightiest(words: list[str], added: Floats, small: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[str, ...]:
    if (added[~small] > 0).any():
        added = np.where(small, 0.0, added)
    least = _LEAST_SHARE * float(added.max())
    best = [words[place] for place in np.argsort(-added, kind="stable") if added[place] > 0 and added[place] >= least]
    return tuple(dict.fromkeys(word for word in best if word))[:_MOST]


def _bare(run: str) -> str:
    """A run without the signs around its word."""
    start, end = 0, len(run)
    while start < end and not run[start].isalnum():
        start += 1
    while end > start and not run[end - 1].isalnum():
        end -= 1
    return run[start:end]
