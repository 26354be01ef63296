"""All memos of the project, found as one types."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key

from coder.domain.memo import Memo, matching
from coder.tui.screens.typed import ListPane, Palette
from coder.tui.signs import MEMO, one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.text_line import TextLine
from coder.tui.wrapping import wrapped

_LINES = 5  # of the marked memo's text


class MemosScreen(Palette[Memo]):
    """Finds memos by their words, what they are about and who wrote them; newest first."""

    TITLE_TEXT = "memos"
    HINT = "letters find   Enter goes there, or opens it   Esc goes back"

    def __init__(self, memos: Sequence[Memo]) -> None:
        super().__init__()
        self._memos = sorted(memos, key=lambda memo: (memo.at, memo.id), reverse=True)
        self._found: list[Memo] = []

    def compose(self) -> ComposeResult:
        self.look()
        with Vertical(classes="window large"):
            yield TextLine(id="query")
            yield ListPane(self)
            yield TextLine(id="whole")
            yield TextLine((f" {self.HINT}", "dim"), id="hint")

    def found(self) -> int:
        return len(self._found)

    def look(self) -> None:
        self._found = matching(self._memos, self.typed_text)

    def line(self, index: int, width: int) -> Pieces:
        memo = self._found[index]
        where = one_line(f"{memo.subject.kind} {memo.name or memo.where or memo.question}", max(8, width // 3))
        yield f" {MEMO} {where}  ", ""
        yield one_line(memo.text[:400], max(4, width - len(where) - 6)), "dim"

    def take(self, index: int) -> None:
        self.dismiss(self._found[index])

    def typed(self, event: Key) -> bool:
        taken = super().typed(event)
        self._show_whole()
        return taken

    def _show(self) -> None:
        super()._show()
        self._show_whole()

    def _show_whole(self) -> None:
        """Show the text of the marked memo, as much as there is room for."""
        for pane in self.query(ListPane):
            if not self._found:
                lines: list[Pieces] = [
                    [(" no memo holds these words" if self._memos else " no memo yet: m writes one", "dim")]
                ]
            else:
                memo = self._found[min(pane.cursor, len(self._found) - 1)]
                place = " ".join(part for part in (memo.question, memo.round) if part)
                head = " · ".join(
                    one_line(one) for one in (memo.analyst, memo.at[:10], place, memo.name, memo.where) if one
                )
                text = memo.text[:2000]
                rows = list(wrapped(text, 0, len(text), max(20, self.query_one("#whole").size.width - 3)))
                more = "…" if len(rows) > _LINES or len(memo.text) > len(text) else ""
                lines = [[(f" {head}", "strong")]]
                lines += [[(f" {text[start:end]}", "")] for start, end in rows[:_LINES]]
                if more:
                    lines[-1] = [*lines[-1], (more, "dim")]
            self.query_one("#whole", TextLine).show_lines(*(tuple(line) for line in lines))
