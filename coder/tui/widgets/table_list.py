"""The theme table as rows with bars."""

from dataclasses import astuple, dataclass

from coder.domain.tables import CodeRow, Count, ThemeRow, ThemeTable, whole_percent
from coder.tui.signs import ESTIMATED, one_line, theme_style
from coder.tui.widgets.painted import Pieces
from coder.tui.widgets.row_list import RowList

_ORIGINS = ("hand", "accepted", "auto")
_SPLIT = 9  # cells for each of them
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
        found.append(Entry("(no theme yet)", Count(table.with_unthemed, table.base), style="dim", special="heading"))
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


def _interval(count: Count) -> str:
    """The limits of a count; where it lies outside them, with what the audit estimates before them."""
    if count.low is None or count.high is None:
        return ""
    return f"{f'{ESTIMATED}{int(count.likely + 0.5)} ' if count.beyond else ''}({count.low}–{count.high})"


def _between(count: Count) -> str:
    limits = count.percent_limits
    return "" if limits is None else f"({whole_percent(limits[0])}–{whole_percent(limits[1])})"


class TableList(RowList):
    """Themes and codes with counts, percentages of the base, and bars.

    Where an audit gives intervals they stand beside count and share; where a machine has coded, how the counts came
    about.
    """

    def __init__(self, table: ThemeTable) -> None:
        super().__init__()
        self.show(table)

    def show(self, table: ThemeTable) -> None:
        """Show a table."""
        self.entries = entries(table)
        self._most = max((entry.count.count for entry in self.entries if entry.theme is not None), default=0)
        widest = max(len(_interval(entry.count)) for entry in self.entries)
        self._limits = max(widest + 1, len(" interval")) if widest else 0
        widest = max(len(_between(entry.count)) for entry in self.entries)
        self._share_limits = widest + 1 if widest else 0
        self._split = table.by_machine

    @property
    def figures(self) -> int:
        """How many cells the numbers of a row take."""
        return 13 + self._limits + self._share_limits + (_SPLIT * len(_ORIGINS) if self._split else 0)

    def heading(self, width: int) -> str:
        """What stands over the columns, where they are more than count and percent; else nothing."""
        if not (self._limits or self._split):
            return ""
        split = "".join(f"{name:>{_SPLIT}}" for name in _ORIGINS) if self._split else ""
        limits = "interval".rjust(self._limits) if self._limits else ""
        return f"{'':{self._names(width)}}count{limits}{'':{7 + self._share_limits}}{split}"

    def _names(self, width: int) -> int:
        return min(38, max(16, width - self.figures - 21))

    def count(self) -> int:
        return len(self.entries)

    def row(self, index: int, width: int) -> Pieces:
        entry = self.entries[index]
        names = self._names(width)
        indent = "   " if entry.code is not None else " "
        name = one_line(entry.name, names - len(indent))
        strong = "strong " if entry.theme is not None else ""
        yield f"{indent}{name}".ljust(names), f"{strong}{entry.style if entry.theme is not None else ''}"
        yield f"{entry.count.count:>5}", strong.strip()
        yield _interval(entry.count).rjust(self._limits), "clash" if entry.count.beyond else strong.strip()
        percent = "" if entry.special == "clashes" else f"{whole_percent(entry.count.percent)} %"
        yield f"{percent:>6}{_between(entry.count):>{self._share_limits}} ", "dim"
        if self._split:
            parts = ("",) * len(_ORIGINS) if entry.count.origins is None else astuple(entry.count.origins)
            yield "".join(f"{part:>{_SPLIT}}" for part in parts), "dim"
        if not entry.special and self._most:
            yield f" {bar(entry.count.count / self._most, width - names - self.figures - 2)}", entry.style
