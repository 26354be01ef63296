"""The theme table as rows with bars."""

from dataclasses import dataclass

from coder.domain.tables import CodeRow, Count, ThemeRow, ThemeTable, whole_percent
from coder.tui.signs import one_line, theme_style
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList

_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row stands for: a theme, a code, or one of the numbers below the table (`special`)."""

    name: str
    count: Count
    theme: int | None = None
    code: int | None = None
    special: str = ""
    style: str = ""


def entries(table: ThemeTable) -> list[Entry]:
    """The rows of a table: themes with their codes, codes without a theme, and what is left."""
    found: list[Entry] = []
    for place, theme in enumerate(table.themes):
        found.append(_theme(theme, theme_style(place)))
        found += [_code(code, theme_style(place)) for code in theme.codes]
    if table.unthemed:
        count = Count(sum(code.count.count for code in table.unthemed), table.base)
        found.append(Entry("(no theme yet)", count, style="dim", special="heading"))
        found += [_code(code, "dim") for code in table.unthemed]
    found.append(Entry("uncoded", Count(table.uncoded, table.base), special="uncoded", style="dim"))
    found.append(Entry("nothing to code", Count(table.nothing_to_code, table.base), special="nothing", style="dim"))
    found.append(Entry("clashes, counted provisionally", Count(table.clashes, table.base), special="clashes"))
    return found


def _theme(theme: ThemeRow, style: str) -> Entry:
    return Entry(theme.name, theme.count, theme=theme.id, style=style)


def _code(code: CodeRow, style: str) -> Entry:
    return Entry(code.name, code.count, code=code.id, style=style)


def bar(share: float, width: int) -> str:
    """A bar of so many cells, to an eighth of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


class TableList(RowList):
    """Themes and codes with counts, percentages of the base, and bars."""

    def __init__(self, table: ThemeTable) -> None:
        super().__init__()
        self.show(table)

    def show(self, table: ThemeTable) -> None:
        """Show a table."""
        self.entries = entries(table)
        self._most = max((entry.count.count for entry in self.entries if entry.theme is not None), default=0)

    def count(self) -> int:
        return len(self.entries)

    def row(self, index: int, width: int) -> Pieces:
        entry = self.entries[index]
        names = min(38, max(16, width - 34))
        indent = "   " if entry.code is not None else " "
        name = one_line(entry.name, names - len(indent))
        strong = "strong " if entry.theme is not None else ""
        yield f"{indent}{name}".ljust(names), f"{strong}{entry.style if entry.theme is not None else ''}"
        yield f"{entry.count.count:>5}", strong.strip()
        percent = "" if entry.special == "clashes" else f"{whole_percent(entry.count.percent)} %"
        yield f"{percent:>6}  ", "dim"
        if not entry.special and self._most:
            yield bar(entry.count.count / self._most, width - names - 15), entry.style
