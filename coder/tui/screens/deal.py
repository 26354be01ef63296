"""Dealing the segments of a code out to it and to a new one, by one key each."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from coder.domain.coding import Identity
from coder.tui.given import Given
from coder.tui.screens.typed import TypedScreen
from coder.tui.signs import one_line
from coder.tui.widgets.answer_list import called
from coder.tui.widgets.page import marked
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped


class DealtList(RowList, can_focus=False):
    """The segments, each with the code it is dealt to."""

    AT_REST = "cursor"

    def __init__(self, given: Sequence[Given]) -> None:
        super().__init__()
        self._given = given
        self.dealt: set[int] = set()

    def count(self) -> int:
        return len(self._given)

    def row(self, index: int, width: int) -> Pieces:
        name = one_line(called(self._given[index].standing.answer), 16)
        yield " 2 " if index in self.dealt else " 1 ", "key" if index in self.dealt else "dim"
        yield f" {name:<16}  ", "dim"
        yield one_line(self._given[index].snippet[:400], max(4, width - 23)), ""


class DealScreen(TypedScreen[frozenset[tuple[int, Identity]]]):
    """`1` leaves a segment with the code, `2` deals it to the new one; both go on to the next. Enter ends.

    The segment at the cursor stands in full below the list, in the words around it.
    """

    def __init__(self, code: str, new: str, given: Sequence[Given]) -> None:
        super().__init__()
        self._names = one_line(code, 30), one_line(new, 30)
        self._given = given
        self._leaving = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine(id="names")
            yield DealtList(self._given)
            yield TextLine(id="segment")
            yield TextLine(id="hint")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def typed(self, event: Key) -> bool:
        rows = self.query_one(DealtList)
        leaving, self._leaving = self._leaving, False
        if event.key in {"ctrl+q", "ctrl+c"}:
            return False
        if event.key == "escape":
            if leaving or not rows.dealt:
                self.dismiss(None)
            self._leaving = True
        elif event.key == "enter":
            found = ((self._given[one].standing.answer.id, self._given[one].coding.identity) for one in rows.dealt)
            self.dismiss(frozenset(found))
        elif event.key in {"1", "2"} and self._given:
            (rows.dealt.add if event.key == "2" else rows.dealt.discard)(rows.cursor)
            rows.refresh()
            rows.action_step(1)
        elif event.key in {"up", "down"}:
            rows.action_step(-1 if event.key == "up" else 1)
        elif event.key in {"pageup", "pagedown"}:
            rows.action_page(-1 if event.key == "pageup" else 1)
        self._show()
        return True

    def _show(self) -> None:
        rows, number = self.query_one(DealtList), len(self._given)
        dealt = len(rows.dealt)
        self.query_one("#names", TextLine).show(
            *((" 1 ", "key"), (f" {self._names[0]} {number - dealt}   ", "")),
            *((" 2 ", "key"), (f" {self._names[1]} {dealt}", "")),
        )
        hint = "1 2 deal   ↑ ↓ go about   Enter when all are dealt   Esc splits nothing"
        hint = "Esc again forgets what is dealt" if self._leaving else hint
        self.query_one("#hint", TextLine).show((f" {hint}", "strong" if self._leaving else "dim"))
        if rows.cursor < number:
            self._show_segment(self._given[rows.cursor])

    def _show_segment(self, given: Given) -> None:
        field, text, segment = self.query_one("#segment", TextLine), given.standing.answer.text, given.coding.segment
        lines = [
            [(" ", ""), *marked(text, start, end, [segment])]
            for start, end in wrapped(text, 0, len(text), max(20, field.size.width - 2))
            if end > segment.start
        ]
        field.show_lines(*(tuple(line) for line in lines[: max(1, field.size.height)]))
