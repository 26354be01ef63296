"""Signs and short words on the screen."""

import pytest

from coder.tui.signs import percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"),
        (0.123, "12 %"),
        (0.994, "99 %"),
        (0.998, "99 %"),
        (1.0, "100 %"),
        (None, "unknown"),
        (float("nan"), "unknown"),
    ],
)
def test_only_what_nothing_is_missing_of_is_a_hundred_percent(share: float | None, shown: str) -> None:
    assert percent(share) == shown
