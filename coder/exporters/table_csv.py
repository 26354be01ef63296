"""A table as delimited text: raw for programs, or as Excel in Swedish opens it."""

from collections.abc import Iterator
from typing import TextIO

from coder.domain.answers import one_line
from coder.domain.tables import CodeRow, Count, OptionTable, ThemeTable
from coder.exporters.delimited import Cell, write_for_excel, write_raw

THEME_COLUMNS = ("question", "round", "theme", "code", "count", "percent", "base", "examples")
LIMITS = ("low", "high")  # after the others, where an audit gives them
ORIGINS = ("hand", "accepted", "auto")  # after those, where a machine has coded
OPTION_COLUMNS = ("question", "round", "option", "count", "percent", "base")


def write(table: ThemeTable | OptionTable, stream: TextIO, excel: bool = False) -> None:
    """Write the table; `excel` chooses the dialect. The stream must be UTF-8 and leave line ends alone."""
    rows = _theme_rows(table) if isinstance(table, ThemeTable) else _option_rows(table)
    if excel:
        write_for_excel(rows, stream)
    else:
        write_raw(rows, stream)


def _theme_rows(table: ThemeTable) -> Iterator[tuple[Cell, ...]]:
    """A theme's own row has an empty code, and a code without a theme an empty theme."""
    yield (*THEME_COLUMNS, *(LIMITS if table.sampled else ()), *(ORIGINS if table.by_machine else ()))
    for theme in table.themes:
        yield _row(table, theme.name, "", theme.count)
        for code in theme.codes:
            yield _code_row(table, theme.name, code)
    for code in table.unthemed:
        yield _code_row(table, "", code)


def _code_row(table: ThemeTable, theme: str, code: CodeRow) -> tuple[Cell, ...]:
    """A code's row. Its examples share one cell, one a line, so a line break inside one becomes a space."""
    return _row(table, theme, code.name, code.count, "\n".join(one_line(example) for example in code.examples))


def _row(table: ThemeTable, theme: str, code: str, count: Count, examples: str = "") -> tuple[Cell, ...]:
    beside: list[Cell] = []
    if table.sampled:
        beside += ["" if limit is None else limit for limit in (count.low, count.high)]
    if table.by_machine:
        one = count.origins
        beside += ["", "", ""] if one is None else [one.hand, one.accepted, one.auto]
    return table.question, table.round, theme, code, count.count, count.percent, count.base, examples, *beside


def _option_rows(table: OptionTable) -> Iterator[tuple[Cell, ...]]:
    yield OPTION_COLUMNS
    for option in table.options:
        count = option.count
        yield table.question, table.round, option.name, count.count, count.percent, count.base
