"""Two rounds of the question side by side."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from coder.domain.comparison import ComparedRow, Comparison
from coder.domain.tables import Count, whole_percent
from coder.tui.signs import one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.text_line import TextLine
from coder.workflow.comparing import with_round_before
from coder.workflow.session import Session

_SHARE = 9  # cells for a share or a change
_LACKING = "–"


def with_before(session: Session) -> Comparison | None:
    """The session's round beside the one before; None where there is none."""
    return with_round_before(session.project, session.question, session.round)


def name_width(width: int) -> int:
    """The cells for a name in a line of so many; the marks get what is left."""
    return min(42, max(14, width - 3 * _SHARE - 16))


def share(count: Count | None) -> str:
    """A share as the table gives it, or a dash for a round that lacks it."""
    return _LACKING if count is None else f"{whole_percent(count.percent)} %"


def change(points: float | None) -> str:
    """A change in percentage points with one decimal and its sign, none for what rounds to zero."""
    if points is None:
        return _LACKING
    text = f"{points:+.1f}".replace(".", ",").replace("-", "−")
    return text if text.strip("+−0,") else "0,0"


def marks(row: ComparedRow) -> str:
    """What makes the row hard to compare, in words."""
    return ", ".join(one.value.replace("_", " ") for one in (*row.marks, *row.fates))


class ComparisonList(RowList):
    """Themes and codes with both shares, the change in percentage points, and marks."""

    def __init__(self, found: Comparison) -> None:
        super().__init__()
        self._rows = found.rows

    def count(self) -> int:
        return len(self._rows)

    def row(self, index: int, width: int) -> Pieces:
        row, names = self._rows[index], name_width(width)
        indent = "   " if row.code and row.theme else " "
        name = one_line(row.option or row.code or row.theme, names - len(indent))
        strong = "" if row.code else "strong"
        yield f"{indent}{name}".ljust(names), strong
        yield f"{share(row.before):>{_SHARE}}{share(row.after):>{_SHARE}}", strong
        yield f"{change(row.change):>{_SHARE}}", strong
        yield f"  {one_line(marks(row), max(1, width - names - 3 * _SHARE - 2))}", "dim"


class ComparisonScreen(Screen[None]):
    """The round at work beside the one before."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,q", "dismiss(None)", "Go back", id="compare.close", priority=True)
    ]

    def __init__(self, found: Comparison) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        yield TextLine(id="columns")
        yield ComparisonList(self._found)
        yield TextLine(id="status")

    def on_mount(self) -> None:
        found = self._found
        before, after = (one_line(one.round.key, _SHARE - 2) for one in (found.before, found.after))
        self.query_one("#title", TextLine).show(
            (f" {one_line(found.after.question.key)} ", "strong"),
            (f" {one_line(found.after.question.text)}", ""),
            (f"percent of {found.before.table.base} then, of {found.after.table.base} now ", "right"),
        )
        self.query_one("#columns", TextLine).show(
            (" " * name_width(self.size.width) + f"{before:>{_SHARE}}{after:>{_SHARE}}{'change':>{_SHARE}}", "dim")
        )
        told = ", ".join(one.value.replace("_", " ") for one in found.marks)
        both = f"{found.both} answered both times "
        self.query_one("#status", TextLine).show(
            (" Esc back   change in percentage points", "dim"), (f"{told}; {both}" if told else both, "right dim")
        )
