"""Which codes an evaluation says need work."""

import pytest

from coder.domain.evaluation import Bin, CodeFigures, Weakness, weaknesses


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (CodeFigures(1, 20, 0.9, 0.9, 2, 1, 20), ()),
        (CodeFigures(1, 20, 0.9, 0.45, 2, 3, 10), (Weakness.MISSED,)),
        (CodeFigures(1, 20, 0.4, 0.9, None, 0, 45), (Weakness.WRONGLY,)),
        (CodeFigures(1, 20, 0.4, 0.45, 2, 4, 22), (Weakness.MISSED, Weakness.WRONGLY, Weakness.CONFUSED)),
        (CodeFigures(1, 5, 0.0, 0.0, 2, 1, 0), (Weakness.MISSED,)),
        (CodeFigures(1, 4, 0.0, 0.0, 2, 4, 3), (Weakness.FEW,)),
        (CodeFigures(1, 0, 0.0, 0.0, None, 0, 3), (Weakness.UNUSED,)),
    ],
    ids=["sound", "missed", "wrongly", "all", "never first", "few", "unused"],
)
def test_weaknesses_of_a_code(row: CodeFigures, expected: tuple[Weakness, ...]) -> None:
    assert weaknesses(row) == expected


def test_f1_is_the_harmonic_mean() -> None:
    assert CodeFigures(1, 10, 0.5, 1.0, None, 0, 20).f1 == pytest.approx(2 / 3)
    assert CodeFigures(1, 10, 0.0, 0.0, None, 0, 0).f1 == 0
    assert CodeFigures(1, 3, 0.5, 2 / 3, None, 0, 4).right == 2
    assert Bin(0.2, 0.3, 4, 0.25, 1).share == 0.25
