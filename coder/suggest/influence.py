"""What classifiers would say of a text had its respondent taught them nothing, without learning again.

Approximate leave-one-out: from what was learnt of all, one Newton step takes back what a respondent taught. K. R. Rad
and A. Maleki (2020), A scalable estimate of the out-of-sample prediction error via approximate leave-one-out
cross-validation; here with all that a respondent said at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, lapack
from scipy.special import expit

from coder.suggest.features import Held, Rows
from coder.suggest.linear import Floats, Ints

# In how many rows a label's own curvature is heeded: those where it is furthest from what labels have in common. With
# more, scores move by less than one fit differs from the next.
_HEEDED = 400
_AT_ONCE = 500
# Of a row that every label is sure of: no division by nothing.
_LEAST = 1e-9


@dataclass(frozen=True)
class Learnt:
    """What labels were learnt from by logistic regression, the intercept held small with the rest, as liblinear does.

    `rows` are (rows x features), `weights` how heavily each spoke, C included; `yes` is 1 where it spoke for a label,
    and `margins` how far inside the label's border it lies now, in log odds: (rows x labels) both.
    """

    rows: Rows
    weights: Floats
    yes: Floats
    margins: Floats


def margins_without(learnt: Learnt, texts: Rows, margins: Floats, held: Sequence[Held]) -> Floats:
    """The margins of texts were nothing learnt from their own respondents, from those that they have.

    Both are (texts x labels). A text that no respondent holds keeps its own. For n rows the work is some n^3
    operations, and the memory one n x n matrix, and one of the texts by n.
    """
    found = margins.copy()
    held = [one for one in held if len(one.texts) and len(one.rows)]
    chances = expit(learnt.margins)
    weights = learnt.weights[:, np.newaxis]
    pull = weights * (chances - learnt.yes)
    curved = np.maximum(weights * chances * (1.0 - chances), _LEAST)
    # Most labels are about as sure of a row as the others are. That is inverted once, and what a label has of its own
    # comes to it by the identity of Woodbury (1950).
    common = np.median(curved, axis=1)
    own, across = _covariances(learnt.rows, texts, common)
    taught = np.concatenate([np.zeros(0, dtype=np.intp), *(one.rows for one in held)])
    alike = list(_alike(held))
    # Rows in a row in memory are gathered ten times as fast as columns.
    own_taught, across = np.ascontiguousarray(own[:, taught]), np.ascontiguousarray(across.T)
    for label in range(found.shape[1]):
        yes = learnt.yes[:, label]
        if yes.all() or not yes.any():
            continue
        heeded = np.argsort(-np.abs(curved[:, label] - common), kind="stable")[:_HEEDED]
        apart = (curved[heeded, label] - common[heeded])[:, np.newaxis]
        used = common.copy()
        used[heeded] = curved[heeded, label]
        towards = own_taught[heeded]
        turned = np.linalg.solve(np.eye(len(heeded)) + apart * own[np.ix_(heeded, heeded)], apart * towards)
        reach = across[taught] - turned.T @ across[heeded]
        for said, of, at in alike:
            rows = taught[at]
            inside = own[rows[:, :, np.newaxis], rows[:, np.newaxis]] - towards.T[at] @ turned.T[at].swapaxes(1, 2)
            left = np.eye(rows.shape[1]) - used[rows][:, :, np.newaxis] * inside
            steps = np.linalg.solve(left, pull[rows, label][:, :, np.newaxis])[:, :, 0]
            found[said, label] += (reach[at[of], said[:, np.newaxis]] * steps[of]).sum(axis=1)
            # Where nothing else speaks for the label, it stays undecided without them.
            found[said[(yes[rows].sum(axis=1) == yes.sum())[of]], label] = 0.0
    return found


def _alike(held: Sequence[Held]) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Respondents with equally many rows, to be worked out together: their texts, whose each is, and their rows.

    The rows are (respondents x rows), as places among the rows of all, one respondent after the other.
    """
    ends = np.cumsum([len(one.rows) for one in held])
    for size in sorted({len(one.rows) for one in held}):
        own = [(one.texts, end) for one, end in zip(held, ends, strict=True) if len(one.rows) == size]
        of = np.repeat(np.arange(len(own)), [len(texts) for texts, _ in own])
        yield np.concatenate([texts for texts, _ in own]), of, np.array([np.arange(end - size, end) for _, end in own])


def _covariances(rows: Rows, texts: Rows, curved: Floats) -> tuple[Floats, Floats]:
    """How far what one row teaches moves another, (rows x rows), and a text, (texts x rows), by the curvature of each.

    With rows X and curvatures D these are X H X' and T H X' for H the inverse of 1 + X' D X.
    """
    root = np.sqrt(curved)
    own = _products(rows, rows)
    own *= root
    own *= root[:, np.newaxis]
    own[np.diag_indices_from(own)] += 1.0
    # The transpose of a symmetric matrix is what LAPACK takes without a copy.
    factor, _ = cho_factor(own.T, lower=True, overwrite_a=True, check_finite=False)
    own, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    for start in range(0, len(own), _AT_ONCE):
        # Only the lower half is filled.
        stop = start + _AT_ONCE
        inner = np.tril(own[start:stop, start:stop])
        own[start:stop, start:stop] = inner + np.tril(inner, -1).T
        own[start:stop, stop:] = own[stop:, start:stop].T
    across = _products(texts, rows)
    across *= root
    across = across @ own
    across /= root
    np.negative(own, out=own)
    own[np.diag_indices_from(own)] += 1.0
    own /= root
    own /= root[:, np.newaxis]
    return own, across


def _products(texts: Rows, rows: Rows) -> Floats:
    """Texts times rows, and 1 for the intercept; some at a time, for a sparse product takes more than it holds."""
    found = np.empty((texts.shape[0], rows.shape[0]))
    for start in range(0, len(found), _AT_ONCE):
        found[start : start + _AT_ONCE] = (texts[start : start + _AT_ONCE] @ rows.T).toarray()
    found += 1.0
    return found
