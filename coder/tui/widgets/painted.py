"""Widgets that paint their own lines, from plain text and the names of styles: no string is ever read as markup."""

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment as Cells
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coder.tui.signs import visible

Pieces = Iterable[tuple[str, str]]

STYLES = (
    "active",
    "bar",
    "because",
    "caret",
    "clash",
    "cursor",
    "dim",
    "drag",
    "good",
    "here",
    "key",
    "out",
    "pinned",
    "strong",
    "theme-0",
    "theme-1",
    "theme-2",
    "theme-3",
    "theme-4",
)


class Painted(ScrollView):
    """A scrolling widget whose lines are pieces of text with a style each."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"paint--{name}" for name in STYLES}

    def paint(self, pieces: Pieces, width: int, under: str = "") -> Strip:
        """One line: each piece in the styles named (several with a space between), with the style `under` over all."""
        base, over = self.rich_style, self._named(under)
        cells = [Cells(visible(text), base + self._named(names) + over) for text, names in pieces if text]
        return Strip(cells).adjust_cell_length(width, base + over)

    def _named(self, names: str) -> Style:
        style = Style.null()
        for name in names.split():
            style += self.get_component_rich_style(f"paint--{name}", partial=True)
        return style
