"""One of a few, by one key each."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from coder.tui.screens.typed import TypedScreen
from coder.tui.signs import one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine


class Options(RowList, can_focus=False):
    """The options, each with its key."""

    AT_REST = "cursor"

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self._options = options

    def count(self) -> int:
        return len(self._options)

    def row(self, index: int, width: int) -> Pieces:
        yield f" {index + 1} " if index < 9 else "   ", "key"
        yield f" {one_line(self._options[index], max(4, width - 5))}", ""


class PickScreen(TypedScreen[int]):
    """A question with a few options, answered by a digit, or by the arrows and Enter."""

    def __init__(self, title: str, options: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._options = options

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield TextLine((f" {one_line(self._title)}", "strong"))
            yield Options(self._options)
            yield TextLine((" a digit picks   Esc goes back", "dim"), id="hint")

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        self.dismiss(message.index)

    def typed(self, event: Key) -> bool:
        rows = self.query(Options)
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in {"ctrl+q", "ctrl+c"}:
            return False
        elif event.character and event.character in "123456789" and int(event.character) <= len(self._options):
            self.dismiss(int(event.character) - 1)
        elif event.key == "enter":
            self.dismiss(rows.first().cursor if rows else 0)
        elif event.key in {"up", "down"}:
            for pane in rows:
                pane.action_step(-1 if event.key == "up" else 1)
        return True
