"""A page of painted lines that scrolls where it is longer than the screen."""

from collections.abc import Iterable
from itertools import pairwise

from textual.strip import Strip

from coder.domain.coding import Segment
from coder.tui.widgets.painted import Painted, Pieces


class Page(Painted, can_focus=True):
    """Lines of text in pieces."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Pieces] = []

    def show(self, lines: list[Pieces], at: int = 0) -> None:
        """Show these lines, scrolled as far as line `at` needs; the line itself stands in the upper half then."""
        self._lines = lines
        self.virtual_size = self.size.with_height(len(lines))
        height = self.size.height
        self.scroll_to(y=0 if at < height else at - height // 3, animate=False, immediate=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        place = y + self.scroll_offset.y
        return self.paint(self._lines[place] if place < len(self._lines) else (), self.size.width)


def marked(text: str, start: int, end: int, segments: Iterable[Segment], style: str = "active") -> Pieces:
    """A row of a text, in pieces: what lies in the segments is set off."""
    marks = list(segments)
    cuts = sorted({start, end, *(one for mark in marks for one in (mark.start, mark.end) if start < one < end)})
    for first, last in pairwise(cuts):
        inside = any(mark.start <= first < mark.end for mark in marks)
        yield text[first:last], style if inside else ""
