"""Curves as rows of text: a bar for every column, tall as its value."""

from collections.abc import Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def curve(values: Sequence[float], top: float, width: int, height: int) -> list[str]:
    """Rows of a plot of values in 0..top, the highest row first; each column shows the latest of its values.

    A value above 0 never looks like 0. Fewer values than columns leave the right side empty.
    """
    if not values or top <= 0 or width < 1 or height < 1:
        return ["" for _ in range(max(0, height))]
    columns = min(width, len(values))
    shown = [values[(place + 1) * len(values) // columns - 1] for place in range(columns)]
    eighths = [max(round(8 * height * min(value, top) / top), 1 if value > 0 else 0) for value in shown]
    return [
        "".join(_EIGHTHS[max(0, min(8, tall - 8 * level))] for tall in eighths) for level in range(height - 1, -1, -1)
    ]
