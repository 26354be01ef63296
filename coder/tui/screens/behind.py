"""The answers behind a count."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.domain.coding import Coding
from coder.domain.how_many import how_many
from coder.tui.signs import STATES, one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.workflow.session import Standing

Behind = tuple[Standing, Coding | None]  # an answer, and the coding that was counted where one was
_SHOWN = 200  # characters of an answer


class BehindList(RowList):
    """Answers with the words that were counted, or their beginnings."""

    def __init__(self, answers: Sequence[Behind]) -> None:
        super().__init__()
        self._answers = answers

    def count(self) -> int:
        return len(self._answers)

    def row(self, index: int, width: int) -> Pieces:
        standing, counted = self._answers[index]
        text = standing.answer.text
        words = text[:_SHOWN] if counted is None else counted.segment.of(text)[:_SHOWN]
        name = called(standing.answer)
        yield f" {STATES[standing.state][0]} {name:<18}  ", ""
        yield one_line(words, max(4, width - max(18, len(name)) - 6)), "dim"


class BehindScreen(ModalScreen[Behind]):
    """Lists answers; Enter goes to one of them in the workbench, where it was counted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Go back", id="behind.close", priority=True)]

    def __init__(self, title: str, answers: Sequence[Behind]) -> None:
        super().__init__()
        self._title = title
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine((f" {one_line(self._title)}: {how_many(len(self._answers), 'answer')}", "strong"))
            yield BehindList(self._answers)
            yield TextLine((" Enter goes to the answer   Esc goes back to the table", "dim"), id="hint")

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        self.dismiss(self._answers[message.index])

    def action_close(self) -> None:
        """Go back to the table."""
        self.dismiss(None)
