"""A table for a plain terminal: aligned columns, and a bar beside every theme or option."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.domain.tables import Count, OptionTable, ThemeTable
from coder.exporters import wording
from coder.exporters.bars import bar
from coder.exporters.terminal import columns, fit, wrap

_NARROWEST = 40
_SHORTEST_BAR = 8
_NAMES = 24


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to be laid out; a heading has no count, and only some rows have a bar."""

    name: str
    count: Count | None = None
    barred: bool = False


def render(table: ThemeTable | OptionTable, width: int = 100) -> str:
    """The table with title, base and footnotes, in lines of at most `width` columns."""
    width = max(width, _NARROWEST)
    lines = list(_theme_lines(table) if isinstance(table, ThemeTable) else _option_lines(table))
    text = [*wrap(wording.title(table), width), wording.base(table), "", *_laid_out(table, lines, width), ""]
    for note in wording.notes(table):
        text += wrap(note, width)
    return "\n".join(line.rstrip() for line in text).rstrip("\n") + "\n"


def _theme_lines(table: ThemeTable) -> Iterator[_Line]:
    for theme in table.themes:
        yield _Line(wording.name(theme.name), theme.count, barred=True)
        for code in theme.codes:
            yield _Line("  " + wording.name(code.name), code.count)
    if table.unthemed:
        yield _Line(wording.UNTHEMED)
        for code in table.unthemed:
            yield _Line("  " + wording.name(code.name), code.count)


def _option_lines(table: OptionTable) -> Iterator[_Line]:
    for option in table.options:
        yield _Line(wording.name(option.name), option.count, barred=True)


def _laid_out(table: ThemeTable | OptionTable, lines: list[_Line], width: int) -> Iterator[str]:
    head = wording.first_column(table)
    counts = [line.count for line in lines if line.count]
    digits = max([0, *(len(str(count.count)) for count in counts)])
    numbers = _beside([f"{count.count:>{digits}}" for count in counts], [wording.interval(count) for count in counts])
    widest = max([0, *(len(wording.percent(count)) for count in counts)])
    shares = _beside(
        [f"{wording.percent(count):>{widest}}" for count in counts],
        [wording.percent_interval(count) for count in counts],
    )
    count_width = max([len(wording.COUNT), *map(len, numbers)])
    percent_width = max([len(wording.PERCENT), *map(len, shares)])
    split = _widths_of_origins(table)
    figures = count_width + percent_width + 4 + sum(split) + 2 * len(split)
    longest = max([columns(head), *(columns(line.name) for line in lines)])
    # Where much is told in numbers, names come before bars.
    name_width = min(longest, max(width - figures - _SHORTEST_BAR - 2, min(_NAMES, width - figures) if split else 0))
    room = width - name_width - figures - 2
    bar_width = min(40, room) if room >= _SHORTEST_BAR else 0
    largest = max((line.count.count for line in lines if line.barred and line.count), default=0)
    heads: tuple[str, ...] = (f"{wording.COUNT:>{count_width}}", f"{wording.PERCENT:>{percent_width}}")
    heads += tuple(f"{one:>{room}}" for one, room in zip(wording.ORIGIN_HEADS, split, strict=False))
    yield "  ".join([fit(head, name_width), *heads])
    yield "─" * (name_width + figures)
    told = zip(numbers, shares, strict=True)
    for line in lines:
        first, *rest = _name(line.name, name_width)
        if line.count is None:
            yield first
        else:
            blocks = bar(line.count.count, largest, bar_width) if line.barred else ""
            number, share = next(told)
            cells = [f"{number:>{count_width}}", f"{share:>{percent_width}}"]
            cells += [f"{part:>{room}}" for part, room in zip(wording.origins(line.count), split, strict=False)]
            yield "  ".join([fit(first, name_width), *cells, blocks])
        yield from rest


def _widths_of_origins(table: ThemeTable | OptionTable) -> list[int]:
    """The widths of the columns that split a count by origin; none where there is nothing to split."""
    heads = wording.origin_heads(table)
    if not (heads and isinstance(table, ThemeTable)):
        return []
    counts = (*(theme.count for theme in table.themes), *(code.count for code in table.unthemed))
    digits = max(len(part) for count in counts for part in wording.origins(count))
    return [max(len(head), digits) for head in heads]


def _beside(numbers: list[str], intervals: list[str]) -> list[str]:
    """Numbers, each with its interval where any has one, under those above it."""
    widest = max([0, *map(len, intervals)])
    return [f"{one} {interval:>{widest}}" if widest else one for one, interval in zip(numbers, intervals, strict=True)]


def _name(name: str, width: int) -> list[str]:
    """A name over as many lines as it needs, its indent kept; no name is cut."""
    indent = " " * (len(name) - len(name.lstrip()))
    first, *rest = wrap(name, width - len(indent))
    return [indent + first, *(indent + "  " + part for line in rest for part in wrap(line, width - len(indent) - 2))]
