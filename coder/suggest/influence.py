"""What classifiers would say of a text had its respondent taught them nothing, without learning again.

Approximate leave-one-out: from what was learnt of all, one Newton step takes back what a respondent taught. K. R. Rad
and A. Maleki (2020), A scalable estimate of the out-of-sample prediction error via approximate leave-one-out
cross-validation; here with all that a respondent said at once.
"""

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np
from scipy.linalg import cho_factor, lapack
from scipy.special import expit
from threadpoolctl import ThreadpoolController

from coder.suggest.features import Held, Rows
from coder.suggest.linear import Floats, Ints

# In how many rows a label's own curvature is heeded: those where it is furthest from what labels have in common. With
# more, scores move by less than one fit differs from the next.
_HEEDED = 400
_AT_ONCE = 500
# Texts and rows of respondents that are worked out together: what bounds the memory beside the matrix of all rows.
_TOGETHER = 4000
# Of a row that every label is sure of: no division by nothing.
_LEAST = 1e-9
# On a busy machine the threads of matrix work wait for each other at full speed, ten times as long as one takes alone;
# and whoever codes meanwhile needs a core.
_THREADS = ThreadpoolController()
# How many threads there are is the whole process's: who ends sooner must not give the other one more.
_ALONE = Lock()


class Influence:
    """How far each row moves labels that were learnt from it by logistic regression, the intercept held small as well.

    `rows` are (rows x features), `weights` how heavily each spoke, C included; `yes` is 1 where it spoke for a label,
    and `margins` how far inside the label's border it lies now, in log odds: (rows x labels) both. For n rows the work
    is some n^3 operations, n^2 more for each text and r^3 for a respondent with r rows; the memory is an n x n matrix.
    """

    def __init__(self, rows: Rows, weights: Floats, yes: Floats, margins: Floats) -> None:
        self._rows, self._yes = rows, yes
        chances, heavily = expit(margins), weights[:, np.newaxis]
        self._pull = heavily * (chances - yes)
        self._curved = np.maximum(heavily * chances * (1.0 - chances), _LEAST)
        # Most labels are about as sure of a row as the others are. That is inverted once, and what a label has of its
        # own comes to it by the identity of Woodbury (1950).
        self._common = np.median(self._curved, axis=1)
        with _ALONE, _THREADS.limit(limits=1, user_api="blas"):
            self._between = _covariance(rows, self._common)

    def without(self, texts: Rows, margins: Floats, held: Sequence[Held]) -> Floats:
        """The margins of texts were nothing learnt from their own respondents, from those that they have.

        Both are (texts x labels). A text that no respondent holds keeps its own.
        """
        found = margins.copy()
        for part in _parts([one for one in held if len(one.texts) and len(one.rows)]):
            said = np.concatenate([one.texts for one in part])
            with _ALONE, _THREADS.limit(limits=1, user_api="blas"):
                found[said] = self._without(texts[said], found[said], part)
        return found

    def _without(self, texts: Rows, margins: Floats, held: Sequence[Held]) -> Floats:
        """The same for the texts of some respondents, in their order."""
        taught = np.concatenate([one.rows for one in held])
        across = _products(self._rows, texts)
        across -= self._between @ (across * self._common[:, np.newaxis])
        between = np.ascontiguousarray(self._between[:, taught])
        alike = list(_alike(held))
        for label in range(margins.shape[1]):
            yes = self._yes[:, label]
            if yes.all() or not yes.any():
                continue
            apart = self._curved[:, label] - self._common
            heeded = np.argsort(-np.abs(apart), kind="stable")[:_HEEDED]
            curved = self._common.copy()
            curved[heeded] = self._curved[heeded, label]
            apart = apart[heeded, np.newaxis]
            inner = np.eye(len(heeded)) + apart * self._between[np.ix_(heeded, heeded)]
            towards, nearby = between[heeded], np.ascontiguousarray(across[heeded].T)
            turned = np.ascontiguousarray(np.linalg.solve(inner, apart * towards).T)
            towards = np.ascontiguousarray(towards.T)
            for said, of, at in alike:
                rows, turn = taught[at], turned[at]
                own = between[rows[:, :, np.newaxis], at[:, np.newaxis]] - turn @ towards[at].swapaxes(1, 2)
                left = np.eye(at.shape[1]) - curved[rows][:, :, np.newaxis] * own
                steps = np.linalg.solve(left, self._pull[rows, label][:, :, np.newaxis])[:, :, 0]
                bent = (turn * steps[:, :, np.newaxis]).sum(axis=1)
                margins[said, label] += (across[rows[of], said[:, np.newaxis]] * steps[of]).sum(axis=1)
                margins[said, label] -= np.einsum("th,th->t", nearby[said], bent[of])
                # Where nothing else speaks for the label, it stays undecided without them.
                margins[said[(yes[rows].sum(axis=1) == yes.sum())[of]], label] = 0.0
        return margins


def _parts(held: Sequence[Held]) -> Iterator[list[Held]]:
    """Respondents in order, so many at once as have a bounded number of texts and rows together."""
    part: list[Held] = []
    size = 0
    for one in held:
        if part and size + len(one.texts) + len(one.rows) > _TOGETHER:
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one.texts) + len(one.rows)
    if part:
        yield part


def _alike(held: Sequence[Held]) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Respondents with equally many rows, to be worked out together: their texts, whose each is, and their rows.

    The rows are (respondents x rows). Texts and rows are places among those of all, one respondent after the other.
    """
    texts = np.cumsum([0, *(len(one.texts) for one in held)])
    rows = np.cumsum([0, *(len(one.rows) for one in held)])
    for size in sorted({len(one.rows) for one in held}):
        own = [place for place, one in enumerate(held) if len(one.rows) == size]
        said = [np.arange(texts[place], texts[place + 1]) for place in own]
        of = np.repeat(np.arange(len(own)), [len(places) for places in said])
        yield np.concatenate(said), of, np.array([np.arange(rows[place], rows[place + 1]) for place in own])


def _covariance(rows: Rows, curved: Floats) -> Floats:
    """How far what one row teaches moves another, (rows x rows), each as curved as `curved` says.

    With rows X and curvatures D this is X H X' for H the inverse of 1 + X' D X.
    """
    root = np.sqrt(curved)
    found = _products(rows, rows)
    found *= root
    found *= root[:, np.newaxis]
    found[np.diag_indices_from(found)] += 1.0
    # The transpose of a symmetric matrix is what LAPACK takes without a copy.
    factor, _ = cho_factor(found.T, lower=True, overwrite_a=True, check_finite=False)
    found, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    for start in range(0, len(found), _AT_ONCE):
        # Only the lower half is filled.
        stop = start + _AT_ONCE
        inner = np.tril(found[start:stop, start:stop])
        found[start:stop, start:stop] = inner + np.tril(inner, -1).T
        found[start:stop, stop:] = found[stop:, start:stop].T
    np.negative(found, out=found)
    found[np.diag_indices_from(found)] += 1.0
    found /= root
    found /= root[:, np.newaxis]
    return np.asarray(found)


def _products(texts: Rows, rows: Rows) -> Floats:
    """Texts times rows, and 1 for the intercept; some at a time, for a sparse product takes more than it holds."""
    found = np.empty((texts.shape[0], rows.shape[0]))
    for start in range(0, len(found), _AT_ONCE):
        found[start : start + _AT_ONCE] = (texts[start : start + _AT_ONCE] @ rows.T).toarray()
    found += 1.0
    return found
