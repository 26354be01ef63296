"""The curves of how coding goes."""

import pytest

from coder.domain.progress import Known, Running, Saturation
from coder.tui.curves import curve
from coder.tui.screens.progress import Progress, progress_rows


@pytest.mark.parametrize(
    ("values", "top", "width", "rows"),
    [
        ([0.0, 0.5, 1.0], 1.0, 9, ["  █", " ██"]),
        ([0.001], 1.0, 4, [" ", "▁"]),
        ([1, 2, 3, 4], 4, 2, [" █", "██"]),
        ([], 1.0, 9, ["", ""]),
        ([5.0], 1.0, 3, ["█", "█"]),
    ],
)
def test_curves_are_bars_of_the_latest_value_in_each_column(
    values: list[float], top: float, width: int, rows: list[str]
) -> None:
    assert curve(values, top, width, 2) == rows


def test_the_curves_say_what_they_show_and_what_they_cannot() -> None:
    nothing = [text for text, _ in progress_rows(Progress((), Saturation(())), 80)]
    assert "no code has been given from suggestions yet" in nothing
    assert "no answer is coded yet" in nothing
    known = Saturation((Known(1, 2), Known(2, 3)), imported=1)
    some = [text for text, _ in progress_rows(Progress((Running(1, 1, 1), Running(2, 1, 2)), known), 80)]
    assert "50 %: 1 of the last 2; 2 decisions" in some
    assert "3 codes on 2 coded answers; 3 of them new in the last 50 answers" in some
    assert "1 answer came coded from a file, in the file's order" in some
