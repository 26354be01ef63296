"""The first row before each row that lies near it: a self-join of sparse rows by a least dot product.

Exact, and without looking at all pairs. Features stand in one order for all rows. A row's head is so many of its first
features that the rest is too short to bring a dot product up to the least one by itself; so rows that are near share a
feature of both heads. Where the rarest features come first, few rows do. The dot product of two heads, and the lengths
of what they leave out, show then which of those cannot be near. Prefix filtering after Bayardo, Ma and Srikant (2007),
Scaling up all pairs similarity search, with the bounds of D. C. Anastasiu and G. Karypis (2014), L2AP: Fast cosine
similarity search with prefix L-2 norm bounds.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse

from coder.suggest.features import Rows
from coder.suggest.linear import Floats, Ints

# Heads longer than they must be leave fewer pairs to be looked at in full: the rest may be so much of what it might.
_REST = 0.8
# Features of whole rows in memory at once.
MOST_FEATURES = 1_000_000
# A sum in another order may come out this much smaller.
_ROUNDING = 1e-9


class _Heads(NamedTuple):
    """The heads of some rows: `ends` is the last feature of each, `lengths` how long it is and `rests` what is left."""

    start: int
    rows: Rows
    ends: Ints
    lengths: Floats
    rests: Floats
    sizes: Ints


def first_alike(
    rows: Callable[[Ints], Rows],
    weights: Ints,
    least: float,
    longest: float,
    *,
    at_once: int = 2000,
    most: int = MOST_FEATURES,
) -> Ints:
    """For each row the place of the first row before it whose dot product with it is `least` or more.

    A row that has none stands for itself. `rows` makes the sparse rows of some places: non-negative, no longer than
    `longest`, their features sorted, quickest where the rarest come first. `weights` is how many features each row has
    at most: no more whole rows are in memory at once than have `most` together, and no more than `at_once` x `at_once`
    pairs; the heads of all rows are.
    """
    first = np.arange(len(weights))
    parts = together(np.maximum(weights, -(-most // at_once)), most)
    tiles = [_heads(part.start, rows(first[part].copy()), _REST * least / longest) for part in parts]
    sizes = np.concatenate([tile.sizes for tile in tiles]) if tiles else first
    for later, tile in enumerate(tiles):
        turned = tile.rows.T.tocsr()
        for other in tiles[: later + 1]:
            pairs = _candidates(other, tile, turned, least, longest)
            _look_at(pairs, rows, least, first, sizes=sizes, most=most)
    return first


def together(weights: Ints, most: int) -> Iterator[slice]:
    """The places in order, so many at once as weigh `most` together; one that weighs more is by itself."""
    ends = np.cumsum(weights)
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield slice(start, end)
        start = end


def _heads(start: int, rows: Rows, rest: float) -> _Heads:
    """The shortest heads that leave out less than the length `rest`."""
    sizes = np.diff(rows.indptr)
    line = np.repeat(np.arange(len(sizes)), sizes)
    squares = rows.data**2
    sums = np.concatenate([[0.0], np.cumsum(squares)])
    inside = sums[rows.indptr[1:]][line] - sums[:-1] >= rest**2
    borders = np.concatenate([[0], np.cumsum(inside)])[rows.indptr]
    heads = sparse.csr_matrix((rows.data[inside], rows.indices[inside], borders), shape=rows.shape)
    filled = borders[1:] > borders[:-1]
    ends = np.full(len(sizes), -1)
    ends[filled] = heads.indices[borders[1:][filled] - 1]
    lengths, rests = (
        np.sqrt(np.bincount(line[part], squares[part], minlength=len(sizes))) for part in (inside, ~inside)
    )
    return _Heads(start, heads, ends, lengths, rests, sizes)


def _candidates(before: _Heads, after: _Heads, turned: Rows, least: float, longest: float) -> tuple[Ints, Ints]:
    """The places of pairs that may be near, the earlier row of each pair and the later one, by the earlier row.

    `turned` are the later rows' heads, transposed. Up to the end of the head that ends first, the heads' dot product is
    the rows' own; what may come beyond it is bounded by the lengths that the two rows have left there.
    """
    shared = before.rows @ turned
    # All that most pairs have in common is a feature or two.
    bare = least - longest * max(before.rests.max(), after.rests.max()) - _ROUNDING
    hits = np.flatnonzero(shared.data >= bare)
    one = np.searchsorted(shared.indptr, hits, side="right") - 1
    other, dots = shared.indices[hits], shared.data[hits]
    sooner = before.ends[one] <= after.ends[other]
    lengths = np.where(sooner, before.lengths[one], after.lengths[other])
    rests = np.where(sooner, before.rests[one], after.rests[other])
    beyond = rests * np.sqrt(np.maximum(longest**2 - (dots / lengths) ** 2, 0.0))
    one, other = one + before.start, other + after.start
    kept = (dots + beyond >= least - _ROUNDING) & (one < other)
    return one[kept], other[kept]


def _look_at(
    pairs: tuple[Ints, Ints], rows: Callable[[Ints], Rows], least: float, first: Ints, *, sizes: Ints, most: int
) -> None:
    """Note in `first` which rows are near; of pairs with a row that is known to be near an earlier one, nothing."""
    for some in together(sizes[pairs[0]] + sizes[pairs[1]], most):
        one, other = (places[some] for places in pairs)
        new = one < first[other]
        one, other = one[new], other[new]
        if not len(one):
            continue
        places, at = np.unique(np.concatenate([one, other]), return_inverse=True)
        found = rows(places)
        dots = np.asarray(found[at[: len(one)]].multiply(found[at[len(one) :]]).sum(axis=1)).ravel()
        near = dots >= least
        np.minimum.at(first, other[near], one[near])
