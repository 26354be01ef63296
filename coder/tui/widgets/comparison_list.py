"""A comparison of two rounds as rows."""

from coder.domain.comparison import Comparison
from coder.tui import compared
from coder.tui.signs import one_line
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList

_WIDE = 100  # columns from which on marks have a place of their own
_A_WORD = 8  # columns for the shortest of them


class ComparisonList(RowList):
    """Themes and codes, or options, with both shares and the change; below them who answered in one round only."""

    def __init__(self) -> None:
        super().__init__()
        self.made: Comparison | None = None
        self._ends: list[tuple[str, tuple[str, str]]] = []

    def show(self, made: Comparison) -> None:
        """Show a comparison."""
        self.made = made
        first, second = (one_line(one.round.key) for one in (made.before, made.after))
        self._ends = [
            ("answered both times", (str(made.both), str(made.both))),
            (f"only in {first}", (str(len(made.left)), "")),
            (f"only in {second}", ("", str(len(made.entered)))),
        ]
        self.changed()

    def count(self) -> int:
        return 0 if self.made is None else len(self.made.rows) + len(self._ends)

    def row(self, index: int, width: int) -> Pieces:
        made = self.made
        assert made is not None
        heads, names = compared.columns(made, width), self.name_width(width)
        if index >= len(made.rows):
            name, numbers = self._ends[index - len(made.rows)]
            yield f" {name}".ljust(names), "dim"
            yield "".join(f"{number:>{head[1]}}" for number, head in zip(numbers, heads, strict=False)), "dim"
            return
        row = made.rows[index]
        indent = ("▲" if row.marks else " ") + ("  " if row.code and row.theme else "")
        strong = "" if row.code else "strong"
        yield f"{indent}{one_line(compared.name_of(row), names - len(indent) - 1)}".ljust(names), strong
        told = zip(compared.cells(made, row, width), heads, strict=True)
        yield "".join(f"{cell:>{cells}}" for cell, (_, cells) in told), strong
        left = width - names - sum(cells for _, cells in heads) - 3
        if left >= _A_WORD:
            yield f"  {one_line(compared.marks(row), left)}", "clash" if row.marks else "dim"

    def name_width(self, width: int) -> int:
        """The cells for a name in a line of so many; the marks get what is left, on a narrow screen only their sign."""
        taken = sum(cells for _, cells in compared.columns(self.made, width)) if self.made else 0
        return min(42, max(14, width - taken - (16 if width >= _WIDE else 1)))
