"""The respondents behind a compared number, those of both rounds."""

from collections import Counter
from collections.abc import Container, Sequence
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

_LINES = 6  # of an answer, until all of it is asked for
_MARK = 15  # columns


def marks(found: Sequence[Behind], once: Container[str]) -> list[str]:
    """Of each respondent in a round: in the number of both rounds, or of this one only; `once` answered in one."""
    rounds = Counter(one.respondent for one in found)

    def mark(one: Behind) -> str:
        if rounds[one.respondent] > 1:
            return "in both"
        return "answered once" if one.respondent in once else f"only in {shortened(one_line(one.round), 7)}"

    return [mark(one) for one in found]


class ComparedRows(RowList):
    """Respondents, each with the round, a mark where there are any, and the words that were counted."""

    def __init__(self, found: Sequence[Behind], marked: Sequence[str]) -> None:
        super().__init__()
        self._found = found
        self._marked = marked

    def count(self) -> int:
        return len(self._found)

    def row(self, index: int, width: int) -> Pieces:
        one, left = self._found[index], width - 36
        name = shortened(one_line(one.name or one.respondent), 22)
        yield f" {shortened(one_line(one.round), 8):<8}  {name:<22}  ", ""
        if self._marked:
            yield f"{self._marked[index]:<{_MARK}}", "strong"
            left -= _MARK
        yield one_line(one.words or one.text, max(4, left)), "dim"


class ComparedScreen(ModalScreen[Behind]):
    """Lists respondents with their answers, those of the round at work first. Leaves with one of those to go to.

    `once` are those who answered in one of the rounds only; None where all did.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Go back", id="behind.close", priority=True)
    ]

    def __init__(
        self, title: str, found: Sequence[Behind], round_at_work: str, once: Container[str] | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._found = sorted(found, key=lambda one: one.round != round_at_work)
        self._marked = [] if once is None else marks(self._found, once)
        self._here = round_at_work
        self._full = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine((f" {one_line(self._title)}", "strong"))
            yield ComparedRows(self._found, self._marked)
            yield TextLine(id="said")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self.watch(self.query_one(ComparedRows), "cursor", self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _goes(self, one: Behind) -> bool:
        """Whether the answer can be gone to in the workbench."""
        return one.round == self._here and bool(one.text)

    def _show(self) -> None:
        rows, whole = self.query_one(ComparedRows), self.query_one("#said", TextLine)
        if not self._found:
            return
        one = self._found[rows.cursor]
        text, width = one.text, max(20, whole.size.width - 2)
        lines = [text[start:end] for start, end in wrapped(text, 0, len(text), width)]
        most = max(_LINES, self.size.height - 10) if self._full else _LINES
        long = len(lines) > _LINES
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
        whole.styles.height = max(_LINES, len(lines))
        whole.show_lines(*(((f" {line}", ""),) for line in lines))
        enter = (
            "Enter goes to the answer   " if self._goes(one) else f"an answer of {one_line(one.round)}: read it here   "
        )
        if long and not self._goes(one):
            enter = f"Enter shows {'less' if self._full else 'all'} of it   "
        self.query_one("#hint", TextLine).show((f" {enter}Esc goes back", "dim"))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        one = self._found[message.index]
        if self._goes(one):
            self.dismiss(one)
        else:
            self._full = not self._full
            self._show()
