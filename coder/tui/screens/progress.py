"""How coding goes: how often the first suggestion was right, and how fast new codes still appear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from coder.domain.how_many import how_many
from coder.domain.progress import WINDOW, Running, Saturation
from coder.tui.curves import curve
from coder.tui.signs import percent
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.workflow.progress import first_right, saturation
from coder.workflow.session import Session

_HEIGHT = 6
_AXIS = 7  # cells left of a plot


@dataclass(frozen=True, slots=True)
class Progress:
    """Both curves of one analyst's work on a round and question; saturation is of all who coded it."""

    right: Sequence[Running]
    known: Saturation


def progress(session: Session) -> Progress:
    """Both curves as they stand."""
    where = session.project, session.question, session.round
    return Progress(first_right(*where, session.analyst), saturation(*where))


def plotted(values: Sequence[float], top: float, label: str, width: int) -> list[str]:
    """A plot with its axis; the label stands at the top, 0 at the bottom."""
    rows = curve(values, top, width - _AXIS - 2, _HEIGHT)
    names = [label, *[""] * (_HEIGHT - 2), "0"]
    return [f"{name:>{_AXIS - 1}} │{row}" for name, row in zip(names, rows, strict=True)]


def progress_rows(found: Progress, width: int) -> list[tuple[str, str]]:
    """The rows of the screen, each with its style."""
    rows: list[tuple[str, str]] = [(f"First suggestion right, over the last {WINDOW} decisions", "strong")]
    if found.right:
        last = found.right[-1]
        rows += [(row, "") for row in plotted([one.share for one in found.right], 1.0, "100 %", width)]
        rows.append(
            (
                f"{percent(last.share)}: {last.right} of the last {last.of}; {how_many(last.decisions, 'decision')}",
                "dim",
            )
        )
    else:
        rows.append(("no code has been given from suggestions yet", "dim"))
    rows += [("", ""), ("Different codes given, as answers were coded", "strong")]
    points = found.known.points
    if points:
        last_known, new = points[-1], found.known.new_in_last()
        most = last_known.codes
        rows += [(row, "") for row in plotted([float(one.codes) for one in points], float(most), str(most), width)]
        codes = f"{most} codes on {how_many(last_known.answers, 'coded answer')}" if most != 1 else "1 code so far"
        rows.append((f"{codes}; {new} of them new in the last {WINDOW} answers", "dim"))
        if found.known.imported:
            rows.append(
                (f"{how_many(found.known.imported, 'answer')} came coded from a file, in the file's order", "dim")
            )
    else:
        rows.append(("no answer is coded yet", "dim"))
    return rows


class ProgressRows(RowList):
    """The curves, row by row."""

    def __init__(self, found: Progress) -> None:
        super().__init__()
        self._found = found
        self._rows: list[tuple[str, str]] = []
        self._width = 0

    def count(self) -> int:
        return len(self._laid(self.size.width))

    def row(self, index: int, width: int) -> Pieces:
        text, style = self._laid(width)[index]
        yield f" {text}", style

    def _laid(self, width: int) -> list[tuple[str, str]]:
        if width != self._width or not self._rows:
            self._rows, self._width = progress_rows(self._found, width), width
        return self._rows


class ProgressScreen(ModalScreen[None]):
    """Shows both curves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,e,q", "dismiss(None)", "Go back", id="progress.close", priority=True)
    ]

    def __init__(self, found: Progress) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        with Vertical(classes="window large"):
            yield TextLine((" How coding goes", "strong"))
            yield ProgressRows(self._found)
            yield TextLine((" Esc goes back", "dim"), id="hint")
