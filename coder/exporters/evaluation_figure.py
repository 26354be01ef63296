"""The picture of an evaluation in a file: PNG, SVG or PDF by the suffix, with its alternative text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.evaluation import Evaluated
from coder.exporters import evaluation_words as words
from coder.exporters.figures import SUFFIXES, alt_path, save

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

__all__ = ["SUFFIXES", "write"]


def write(made: Evaluated, path: Path) -> Path:
    """Draw the learning curve and the scores' reliability. Returns where the alternative text stands."""

    def drawing() -> Drawing:
        from coder.exporters.evaluation_drawing import draw  # noqa: PLC0415 - only who draws pays for the library

        return draw(made)

    save(path, drawing, words.title(made), words.alt_text(made))
    return alt_path(path)
