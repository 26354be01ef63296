"""A few lines of text in pieces: title bar, status line, banner."""

import re

from rich.cells import cell_len
from textual.strip import Strip

from coder.tui.widgets.painted import Painted
from coder.tui.wrapping import fitting, wrapped

_ROWS = 3  # at most, of the line at the bottom
_GAP = re.compile(" {2,}")  # stands between two hints, and in no text of the data


class TextLine(Painted, can_focus=False):
    """Lines of text, each in pieces with a style; a piece styled `right` begins the part at the right border."""

    def __init__(self, *pieces: tuple[str, str], id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[tuple[str, str], ...], ...] = (pieces,)

    def show(self, *pieces: tuple[str, str]) -> None:
        """Show one line."""
        self.show_lines(pieces)

    def show_lines(self, *lines: tuple[tuple[str, str], ...]) -> None:
        """Show several lines."""
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if y >= len(self._lines):
            return self.paint((), width)
        line = self._lines[y]
        left = [(text, style) for text, style in line if not style.startswith("right")]
        right = [(text, style.removeprefix("right").strip()) for text, style in line if style.startswith("right")]
        end = self.paint([(" ", ""), *right], 1 + sum(len(text) for text, _ in right)) if right else None
        if end is None:
            return self.paint(cut_to(left, width), width)
        room = max(0, width - end.cell_length)
        return Strip.join([self.paint(cut_to(left, room), room), end]).crop(0, width)


class StatusLine(TextLine):
    """The line at the bottom, which takes up to three rows for what would not fit in one."""

    _said: tuple[str, tuple[tuple[str, str], ...]] | None = None

    def show(self, *pieces: tuple[str, str]) -> None:
        """Show one line, cut where it is too long."""
        self._said = None
        self._fill(pieces)

    def say(self, text: str, *right: tuple[str, str]) -> None:
        """Show a text in the rows it takes, three at most, and a part at the right border of the first."""
        self._said = text, right
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        if self._said is None:
            return
        text, right = self._said
        room = self.size.width - 2 - sum(cell_len(part) for part, _ in right)
        rows = [text[start:end] for start, end in wrapped(text, 0, len(text), room)] if room > 20 else [text]
        rows = [*rows[: _ROWS - 1], " ".join(rows[_ROWS - 1 :])] if len(rows) > _ROWS else rows or [""]
        first, *others = (((f" {row}", "strong"),) for row in rows)
        self._fill((*first, *right), *others)

    def _fill(self, *lines: tuple[tuple[str, str], ...]) -> None:
        self.styles.height = len(lines)
        super().show_lines(*lines)


def cut_to(pieces: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The pieces in so many cells: of a row of hints as many as fit whole, and … where other text is cut."""
    kept: list[tuple[str, str]] = []
    for text, style in pieces:
        if fitting(text, 0, len(text), width) < len(text):
            hints = _GAP.search(text.strip())
            whole = [gap.start() for gap in _GAP.finditer(text) if 0 < gap.start() <= width] if hints else []
            cut = text[: whole[-1]] if whole else f"{text[: fitting(text, 0, len(text), width - 1)]}…"
            return [*kept, (cut, style)] if width > 1 else kept
        kept.append((text, style))
        width -= cell_len(text)
    return kept
