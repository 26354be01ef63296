"""A comparison of two rounds for a plain terminal."""

from coder.domain.comparison import Comparison
from coder.exporters import comparison_words as words
from coder.exporters.terminal import wrap
from coder.exporters.text_grid import grid


def render(made: Comparison, width: int = 100) -> str:
    """The comparison with title, bases and notes; codes stand indented under their theme."""
    rows = [[("  " if row.code and row.theme else "") + words.name(row), *words.cells(row, made)] for row in made.rows]
    lines = [*wrap(words.title(made), width), *wrap(words.bases(made), width)]
    for warning in words.warnings(made):
        lines += wrap(warning, width)
    lines += ["", *grid(words.head(made), rows, width), ""]
    for note in words.notes(made):
        lines += wrap(note, width)
    return "\n".join(lines) + "\n"
