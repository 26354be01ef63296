"""How rare samples are, against the same worked out over all samples and all ways to share."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import betabinom, hypergeom

from coder.domain.mid_p import Part, p_value

EMPTY, UNREAD, ALL_READ = (0, 0, 0), (12, 0, 0), (9, 9, 4)
PAIRS = [
    ((40, 12, 0), EMPTY),
    ((300, 60, 3), EMPTY),
    ((40, 12, 12), ALL_READ),
    ((40, 12, 5), UNREAD),
    ((30, 5, 5), (470, 60, 0)),
    ((30, 3, 3), (270, 40, 2)),
    ((47, 6, 5), (253, 34, 1)),
    ((80, 20, 4), (120, 30, 29)),
    ((100, 30, 15), (60, 6, 2)),
]


def worked_out(one: tuple[int, int, int], other: tuple[int, int, int], total: int) -> float:
    """The definition, all of it."""
    parts = (one, other)
    doubt = [max((size - drawn) / max(size - 1, 1) / max(drawn, 0.5), 1e-12) for size, drawn, _ in parts]
    seen = [np.arange(drawn + 1) for _, drawn, _ in parts]
    expected = [
        size * (some / drawn if drawn else some + 0.5) for (size, drawn, _), some in zip(parts, seen, strict=True)
    ]
    ways = np.arange(max(0, total - other[0]), min(one[0], total) + 1)

    def likelihood(size: int, doubt: float, expected: Any, belong: Any) -> Any:
        """Of a binomial sample that leaves as much doubt: a row for each sample, a column for each number."""
        if not size:
            return np.zeros((len(expected), len(belong)))
        some = expected[:, None] * np.log(belong + 1e-12) + (size - expected[:, None]) * np.log(size - belong + 1e-12)
        return some / (doubt * size)

    fine = np.linspace(ways[0], ways[-1], 2001)
    both = likelihood(one[0], doubt[0], expected[0], fine)[:, None, :]
    both = both + likelihood(other[0], doubt[1], expected[1], total - fine)[None, :, :]
    best = fine[both.argmax(axis=2)]
    rest = total - best
    error = np.sqrt(doubt[0] * best * (one[0] - best) + doubt[1] * rest * (other[0] - rest) + 1e-9)
    score = np.abs((expected[0][:, None] + expected[1][None, :] - total) / error)
    far = score[one[2], other[2]] * (1 - 1e-3)  # the likeliest of a fine row is not quite the likeliest
    found, weights = [], []
    for way in ways:
        chances = [
            hypergeom.pmf(some, size, belong, drawn) if size else np.ones(1)
            for (size, drawn, _), some, belong in zip(parts, seen, (way, total - way), strict=True)
        ]
        every = np.outer(*chances)
        found.append(every[score >= far].sum() - every[one[2], other[2]] / 2)
        weights.append(
            np.prod(
                [
                    betabinom.pmf(belong - marked, size - drawn, marked + 0.5, drawn - marked + 0.5)
                    if size > drawn
                    else belong == marked
                    for (size, drawn, marked), belong in zip(parts, (way, total - way), strict=True)
                ]
            )
        )
    return float(np.average(found, weights=weights))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("off", [-0.2, 0.1, 0.25])
def test_it_is_the_mid_p_of_the_score_averaged_over_the_ways_to_share(
    one: tuple[int, int, int], other: tuple[int, int, int], off: float
) -> None:
    """`off` says where between what is expected and the end of the scale the number lies that is asked about."""
    first, second = (Part(size, drawn, marked, marked, drawn - marked) for size, drawn, marked in (one, other))
    middle = first.expected(first.size / 2) + second.expected(second.size / 2)
    end = first.belong + second.belong if off < 0 else first.most + second.most
    total = round(middle + abs(off) * (end - middle))
    assert p_value(first, second, total) == pytest.approx(worked_out(one, other, total), abs=0.006)
