"""Scores that mean what they say: one temperature, from scores of texts that were left out of the learning."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize_scalar

from coder.suggest.linear import Floats, Ints, softmax
from coder.suggest.ranker import Corpus, Ranker

# Below these a temperature is a guess, and a score is called unknown.
FEWEST_CODINGS = 100
FEWEST_GROUPS = 10
_BINS = 10
_WIDEST = 3.5


def folds(groups: Sequence[str], count: int) -> Ints:
    """A fold for each item, so that no group is in two folds and the folds are about equally large.

    An item without a group is a group of its own. The same items give the same folds.
    """
    names = [group or f"\0{place}" for place, group in enumerate(groups)]
    sizes = [0] * max(1, min(count, len(set(names))))
    fold_of: dict[str, int] = {}
    for name in dict.fromkeys(names):
        fold_of[name] = sizes.index(min(sizes))
        sizes[fold_of[name]] += names.count(name)
    return np.array([fold_of[name] for name in names], dtype=np.intp)


def left_out_scores(corpus: Corpus, fold_of: Ints, ranker: Callable[[Corpus], Ranker]) -> Floats:
    """Scores of the coded rows, each from a ranker that has not seen the row's fold: (coded rows x codes).

    `fold_of` has a fold for each coded row, in order.
    """
    coded = np.flatnonzero(corpus.coded)
    found: list[tuple[Ints, Floats]] = []
    for fold in np.unique(fold_of):
        held = coded[fold_of == fold]
        kept = np.ones(len(corpus.target), dtype=np.bool_)
        kept[held] = False
        found.append((np.flatnonzero(fold_of == fold), ranker(corpus.only(kept)).scores(corpus.rows[held])))
    scores: Floats = np.zeros((len(coded), found[0][1].shape[1]))
    for places, rows in found:
        scores[places] = rows
    return scores


def sharpness(scores: Floats, target: Ints) -> float:
    """The factor on the scores that makes the right codes likeliest: the inverse of a temperature.

    After Guo, Pleiss, Sun and Weinberger (2017): least negative log likelihood.
    """

    def loss(log_factor: float) -> float:
        shares = softmax(scores * np.exp(log_factor))
        return float(-np.log(shares[np.arange(len(target)), target] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-_WIDEST, _WIDEST), method="bounded").x))


def calibration_error(scores: Floats, right: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """The mean distance between what scores in 0..1 promise and how often they are right, over ten equal bins."""
    if not len(scores):
        return 0.0
    bins = np.minimum((scores * _BINS).astype(np.intp), _BINS - 1)
    gaps = [abs(float(scores[bins == one].sum() - right[bins == one].sum())) for one in range(_BINS)]
    return sum(gaps) / len(scores)
