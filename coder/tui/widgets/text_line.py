"""A few lines of text in pieces: title bar, status line, banner."""

from textual.strip import Strip

from coder.tui.widgets.painted import Painted


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
            return self.paint(left, width)
        return Strip.join([self.paint(left, max(0, width - end.cell_length)), end]).crop(0, width)
