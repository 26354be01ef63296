"""A table as delimited text: raw for programs, or as Excel in Swedish opens it."""

from collections.abc import Iterator
from typing import TextIO

from coder.domain.answers import one_line
from coder.domain.tables import CodeRow, OptionTable, ThemeTable
from coder.exporters.delimited import Cell, write_for_excel, write_raw

THEME_COLUMNS = ("question", "round", "theme", "code", "count", "percent", "base", "examples")
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
    yield THEME_COLUMNS
    for theme in table.themes:
        count = theme.count
        yield table.question, table.round, theme.name, "", count.count, count.percent, count.base, ""
        for code in theme.codes:
            yield _code_row(table, theme.name, code)
    for code in table.unthemed:
        yield _code_row(table, "", code)


def _code_row(table: ThemeTable, theme: str, code: CodeRow) -> tuple[Cell, ...]:
    """A code's row. Its examples share one cell, one a line, so a line break inside one becomes a space."""
    count = code.count
    examples = "\n".join(one_line(example) for example in code.examples)
    return table.question, table.round, theme, code.name, count.count, count.percent, count.base, examples


def _option_rows(table: OptionTable) -> Iterator[tuple[Cell, ...]]:
    yield OPTION_COLUMNS
    for option in table.options:
        count = option.count
        yield table.question, table.round, option.name, count.count, count.percent, count.base
