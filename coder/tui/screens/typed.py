"""Screens that take every key themselves, in the order they came, however fast they are typed."""

import unicodedata
from abc import abstractmethod
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.screen import ModalScreen

from coder.domain.answers import one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine

Result = TypeVar("Result")


class TypedScreen(ModalScreen[Result]):
    """A modal screen whose keys the app hands over directly, before any widget.

    A focused Input would get them one queue later: the first letters typed after `/` would still reach the screen
    below, and a digit after Enter would land in the Input.
    """

    ALLOW_SELECT = False

    @abstractmethod
    def typed(self, event: Key) -> bool:
        """Take a key; False leaves it to the app."""


class ListPane(RowList, can_focus=False):
    """The rows of a palette, as the palette wants them painted."""

    AT_REST = "cursor"

    def __init__(self, palette: "Palette[Result]") -> None:
        super().__init__()
        self._palette = palette

    def count(self) -> int:
        return self._palette.found()

    def row(self, index: int, width: int) -> Pieces:
        return self._palette.line(index, width)


class Palette(TypedScreen[Result]):
    """A line to type in, and below it what it finds."""

    TITLE_TEXT = ""
    HINT = "Enter takes the marked one   Esc goes back"
    MISSING = "nothing is found   Esc goes back"  # said where there are no rows

    def __init__(self) -> None:
        super().__init__()
        self.typed_text = ""

    @abstractmethod
    def found(self) -> int:
        """How many rows are found."""

    @abstractmethod
    def line(self, index: int, width: int) -> Pieces:
        """What stands in a row."""

    @abstractmethod
    def look(self) -> None:
        """Find the rows for what is typed."""

    @abstractmethod
    def take(self, index: int) -> None:
        """Take a row and close."""

    def compose(self) -> ComposeResult:
        self.look()
        with Vertical(classes="window"):
            yield TextLine(id="query")
            yield ListPane(self)
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self._show()

    def on_paste(self, event: Paste) -> None:
        self._write(self.typed_text + one_line(event.text))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        self.take(message.index)

    def typed(self, event: Key) -> bool:
        rows = self.query(ListPane)
        if event.key == "escape" or event.key.startswith("alt+"):
            self.dismiss(None)  # to a terminal, Alt and a key are Esc and that key, soon after
        elif event.key in {"ctrl+q", "ctrl+c"}:
            return False
        elif event.key == "enter":
            cursor = rows.first().cursor if rows else 0
            if cursor < self.found():
                self.take(cursor)
        elif event.key in {"up", "down"}:
            for pane in rows:
                pane.action_step(-1 if event.key == "up" else 1)
        elif event.key in {"pageup", "pagedown"}:
            for pane in rows:
                pane.action_page(-1 if event.key == "pageup" else 1)
        elif event.key == "backspace":
            self._write(self.typed_text[:-1])
        elif event.key == "ctrl+u":
            self._write("")
        elif event.is_printable and event.character:
            self._write(self.typed_text + event.character)
        return True

    def _write(self, text: str) -> None:
        self.typed_text = unicodedata.normalize("NFC", text)  # some keyboards send a letter and its ring one by one
        self.look()
        for pane in self.query(ListPane):
            pane.cursor = 0
        self._show()

    def _show(self) -> None:
        for line in self.query("#query").results(TextLine):
            line.show((f" {self.TITLE_TEXT} ", "key"), (f" {self.typed_text}", "strong"), (" ", "caret"))
        for line in self.query("#hint").results(TextLine):
            line.show((f" {self.HINT if self.found() else self.MISSING}", "dim"))
        for pane in self.query(ListPane):
            pane.changed()
