"""Rows that lie near each other, against a plain look at all pairs."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import sparse

from coder.suggest.first_alike import first_alike
from coder.suggest.linear import Floats

LONGEST = 1.5


def plain(rows: Floats, least: float) -> list[int]:
    """The first row before each that is near it, by all pairs."""
    dots = rows @ rows.T
    return [next((one for one in range(other) if dots[one, other] >= least), other) for other in range(len(rows))]


def found(rows: Floats, least: float, at_once: int) -> list[int]:
    made = sparse.csr_matrix(rows)
    weights = np.diff(made.indptr)
    few = first_alike(lambda places: made[places], weights, least, LONGEST, at_once=at_once, most=50)
    assert np.array_equal(few, first_alike(lambda places: made[places], weights, least, LONGEST, at_once=at_once))
    return [*map(int, few)]


def made_up(seed: int, count: int, width: int, filled: float, *, lengths: bool) -> Floats:
    """Rows of random features, many of them copies of another row with a few changed."""
    chance = np.random.default_rng(seed)
    rows = chance.random((count, width)) ** 3 * (chance.random((count, width)) < filled)
    for place in range(1, count):
        if chance.random() < 0.5:
            rows[place] = rows[chance.integers(place)]
            rows[place, chance.integers(width, size=3)] = chance.random(3) * (chance.random(3) < 0.5)
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    rows *= LONGEST / np.where(size > 0, size, 1.0)
    return np.asarray(rows * chance.uniform(0.3, 1.0, (count, 1)) if lengths else rows)


@given(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 40), st.integers(1, 30)),
    st.floats(0.0, 1.0),
    st.floats(0.01, 1.0),
    st.integers(1, 50),
)
@example(1, (30, 1), 1.0, 0.9, 7)  # one feature that all rows have
@example(1, (30, 10), 0.0, 0.5, 7)  # no features at all
def test_it_finds_what_a_look_at_all_pairs_finds(
    seed: int, shape: tuple[int, int], filled: float, share: float, at_once: int
) -> None:
    least = share * LONGEST**2
    for lengths in (False, True):
        rows = made_up(seed, *shape, filled, lengths=lengths)
        # A pair that is as near as it must be, to the last bit, may be counted either way.
        assume(np.abs(rows @ rows.T - least).min() > 1e-9)
        assert found(rows, least, at_once) == plain(rows, least)


@pytest.mark.parametrize("at_once", [100, 2000])
def test_many_rows_that_are_all_near_and_many_that_are_not(at_once: int) -> None:
    rows = np.vstack(
        [made_up(2, 300, 400, 0.05, lengths=False), np.tile(made_up(3, 3, 400, 0.1, lengths=False), (50, 1))]
    )
    before = found(rows, 0.85 * LONGEST**2, at_once)
    assert before == plain(rows, 0.85 * LONGEST**2)
    assert {before[place] for place in range(303, 450)} <= {*range(303)}


def test_only_so_many_rows_are_made_at_once() -> None:
    rows, asked = sparse.csr_matrix(made_up(4, 200, 300, 0.05, lengths=False)), list[int]()

    def make(places: np.ndarray) -> object:
        asked.append(len(places))
        return rows[places]

    weights = np.diff(rows.indptr)
    first_alike(make, weights, 0.85 * LONGEST**2, LONGEST, at_once=20)
    assert max(asked[:10]) == 20
    assert len(asked) > 10


def test_only_so_many_features_are_made_at_once_and_a_row_with_more_by_itself() -> None:
    made_rows = made_up(4, 200, 300, 0.05, lengths=False)
    made_rows[7] = LONGEST / np.sqrt(300)
    rows, asked = sparse.csr_matrix(made_rows), list[tuple[int, int]]()

    def make(places: np.ndarray) -> object:
        asked.append((len(places), rows[places].nnz))
        return rows[places]

    first_alike(make, np.diff(rows.indptr), 0.85 * LONGEST**2, LONGEST, most=100)
    assert {count for count, features in asked if features > 100} == {1}
    assert sum(count for count, _ in asked) >= 200
    assert max(count for count, _ in asked) > 1


def test_no_rows() -> None:
    assert found(np.zeros((0, 5)), 1.0, 10) == []
