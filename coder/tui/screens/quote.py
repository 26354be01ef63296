"""An example's quote shortened by keys: words are taken out and leave an ellipsis, and nothing else can be written."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Resize
from textual.geometry import Size
from textual.strip import Strip

from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.quoting import ELLIPSIS, kept_pieces, pieces, pieces_in, shortened
from coder.tui.screens.typed import TypedScreen
from coder.tui.widgets.painted import Painted, Pieces
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped

_LINES = {"up": -1, "down": 1}


class Snippet(Painted, can_focus=False):
    """The snippet in full, the words that are taken out struck through, and the cursor at one of its words."""

    def __init__(self, text: str, kept: Sequence[Segment]) -> None:
        super().__init__()
        self.text = text
        self.words = pieces(text)
        self.left = set(pieces_in(text, kept))
        self.cursor = 0
        self._rows: list[tuple[int, int]] = []

    def on_resize(self, _: Resize) -> None:
        self._rows = list(wrapped(self.text, 0, len(self.text), self.size.width - 3))
        self.virtual_size = Size(0, len(self._rows))
        self.shown()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return self.paint((), self.size.width)
        return self.paint(self._pieces(*self._rows[number]), self.size.width)

    def shown(self) -> None:
        """Paint anew, with the cursor in sight."""
        row = self._row()
        if not self.scroll_offset.y <= row < self.scroll_offset.y + max(1, self.size.height):
            self.scroll_to(y=max(0, row - self.size.height // 2), animate=False, immediate=True)
        self.refresh()

    def go(self, to: int) -> None:
        """Put the cursor on a word, the first or last where there is none."""
        self.cursor = min(max(to, 0), max(0, len(self.words) - 1))
        self.shown()

    def line(self, by: int) -> None:
        """Put the cursor a line up or down."""
        row = min(max(self._row() + by, 0), len(self._rows) - 1)
        if self._rows and row != self._row():
            start, end = self._rows[row]
            self.go(next((n for n, word in enumerate(self.words) if start <= word.start < end), self.cursor))

    def take_out(self) -> None:
        """Take the word at the cursor out, or put it back, and go on."""
        if self.words:
            self.left ^= {self.cursor}
            self.go(self.cursor + 1)

    def take_side(self, before: bool) -> None:
        """Take out all words before the cursor, or all from it on."""
        self.left -= set(range(self.cursor) if before else range(self.cursor, len(self.words)))

    def _row(self) -> int:
        place = self.words[self.cursor].start if self.words else 0
        return next((n for n, (start, end) in enumerate(self._rows) if start <= place < end), 0)

    def _pieces(self, start: int, end: int) -> Pieces:
        place = start
        yield " ", ""
        for number, word in enumerate(self.words):
            if word.end <= start or end <= word.start:
                continue
            first, last = max(start, word.start), min(end, word.end)
            yield self.text[place:first], ""
            out = number not in self.left
            style = "caret" if number == self.cursor else "out" if out else "strong"
            yield self.text[first:last], style
            place = last
        yield self.text[place:end], ""


class QuoteScreen(TypedScreen[tuple[Segment, ...]]):
    """Gives the ranges of the snippet that the quote keeps, none for all of it; nothing where it is left as it was."""

    def __init__(self, text: str, kept: Sequence[Segment]) -> None:
        super().__init__()
        self._snippet = Snippet(text, kept)
        self._wrong = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield TextLine((" the example's quote: which words does it lose?", "strong"))
            yield self._snippet
            yield TextLine((" printed as", "dim"))
            yield Printed(self._snippet)
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self._show()

    def typed(self, event: Key) -> bool:
        snippet = self._snippet
        if event.key in {"ctrl+q", "ctrl+c"}:
            return False
        self._wrong = ""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self._keep()
        elif event.key in {"left", "right"}:
            snippet.go(snippet.cursor + (1 if event.key == "right" else -1))
        elif event.key in _LINES:
            snippet.line(_LINES[event.key])
        elif event.key in {"home", "end"}:
            snippet.go(0 if event.key == "home" else len(snippet.words))
        elif event.key in {"space", "x", "delete", "backspace"}:
            snippet.take_out()
        elif event.key in {"b", "e"}:
            snippet.take_side(before=event.key == "b")
        elif event.key == "a":
            snippet.left = set(range(len(snippet.words)))
        self._show()
        return True

    def _keep(self) -> None:
        try:
            self.dismiss(kept_pieces(self._snippet.text, self._snippet.left))
        except CoderError as error:
            self._wrong = f"{error.message}: Esc leaves the quote as it was"

    def _show(self) -> None:
        hint = " Enter keeps   Space a word out or in   b all before   e to end   a all in"
        for line in self.query("#hint").results(TextLine):
            line.show((f" {self._wrong}", "clash") if self._wrong else (hint, "dim"))
        for view in self.query(Printed):
            view.show()
        self._snippet.shown()


class Printed(Painted, can_focus=False):
    """The quote as it will be printed."""

    def __init__(self, snippet: Snippet) -> None:
        super().__init__()
        self._snippet = snippet
        self.text = ""

    def show(self) -> None:
        """Paint what the quote says now."""
        try:
            kept = kept_pieces(self._snippet.text, self._snippet.left)
            self.text = f"”{' '.join(shortened(self._snippet.text, kept).split())}”"
        except CoderError:
            self.text = ELLIPSIS
        self.virtual_size = Size(0, len(self._lines()))
        self.refresh()

    def on_resize(self, _: Resize) -> None:
        self.show()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        rows, number = self._lines(), y + self.scroll_offset.y
        start, end = rows[number] if number < len(rows) else (0, 0)
        return self.paint([(f" {self.text[start:end]}", "")], self.size.width)

    def _lines(self) -> list[tuple[int, int]]:
        return list(wrapped(self.text, 0, len(self.text), self.size.width - 3))
