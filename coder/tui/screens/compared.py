"""The respondents behind a compared number, those of both rounds."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.tui.signs import one_line, shortened
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped
from coder.workflow.comparing import Behind

_LINES = 6  # of an answer


class ComparedRows(RowList):
    """Respondents, each with the round and the words that were counted."""

    def __init__(self, found: Sequence[Behind]) -> None:
        super().__init__()
        self._found = found

    def count(self) -> int:
        return len(self._found)

    def row(self, index: int, width: int) -> Pieces:
        one = self._found[index]
        name = shortened(one_line(one.name or one.respondent), 22)
        yield f" {shortened(one_line(one.round), 8):<8}  {name:<22}  ", ""
        yield one_line(one.counted or one.text, max(4, width - 36)), "dim"


class ComparedScreen(ModalScreen[str]):
    """Lists respondents with their answers. Leaves with the key of one to go to, if it is of the round at work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Go back", id="behind.close", priority=True)
    ]

    def __init__(self, title: str, found: Sequence[Behind], round_at_work: str) -> None:
        super().__init__()
        self._title = title
        self._found = found
        self._here = round_at_work

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine((f" {one_line(self._title)}", "strong"))
            yield ComparedRows(self._found)
            yield TextLine(id="said")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self.query_one("#said").styles.height = _LINES
        self.watch(self.query_one(ComparedRows), "cursor", self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        rows, whole = self.query_one(ComparedRows), self.query_one("#said", TextLine)
        if not self._found:
            return
        one = self._found[rows.cursor]
        text, width = one.text, max(20, whole.size.width - 2)
        lines = [text[start:end] for start, end in wrapped(text, 0, len(text), width)]
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: width - 1]}…"]
        whole.show_lines(*(((f" {line}", ""),) for line in lines))
        goes = "Enter goes to the answer   " if one.round == self._here and one.text else ""
        self.query_one("#hint", TextLine).show((f" {goes}Esc goes back", "dim"))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        one = self._found[message.index]
        if one.round == self._here and one.text:
            self.dismiss(one.respondent)
