"""A table as Markdown, to read or to paste into a report."""

import re
from collections.abc import Iterator
from typing import TextIO

from coder.domain.tables import CodeRow, Count, OptionTable, ThemeTable
from coder.exporters import wording

# An underscore inside a word is no mark, and a question's key reads better without the escape.
_SPECIAL = re.compile(r"([\\`*{}\[\]#|~$^@]|(?<![^\W_])_|_(?![^\W_]))")


def to_markdown(table: ThemeTable | OptionTable) -> str:
    """The table with title, base and footnotes; theme rows are bold."""
    rows = _theme_rows(table) if isinstance(table, ThemeTable) else _option_rows(table)
    blocks = [
        f"## {escape(wording.title(table))}",
        wording.base(table),
        "\n".join([f"| {wording.first_column(table)} | Antal | Andel |", "|:---|---:|---:|", *rows]),
        *(escape(note) for note in wording.notes(table)),
    ]
    if isinstance(table, ThemeTable) and (examples := list(_examples(table))):
        blocks += [f"### {wording.EXAMPLES}", *examples]
    return "\n\n".join(blocks) + "\n"


def write(table: ThemeTable | OptionTable, stream: TextIO) -> None:
    """Write the table as a Markdown document."""
    stream.write(to_markdown(table))


def escape(text: str) -> str:
    """A text on one line that shows as it is, neither as Markdown nor as HTML."""
    line = wording.name(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", line)


def _theme_rows(table: ThemeTable) -> Iterator[str]:
    for theme in table.themes:
        yield _row(f"**{escape(theme.name)}**", theme.count, bold=True)
        for code in theme.codes:
            yield _row(escape(code.name), code.count)
    if table.unthemed:
        yield f"| **{wording.UNTHEMED}** | | |"
        for code in table.unthemed:
            yield _row(escape(code.name), code.count)


def _option_rows(table: OptionTable) -> Iterator[str]:
    for option in table.options:
        yield _row(escape(option.name), option.count)


def _row(name: str, count: Count, bold: bool = False) -> str:
    mark = "**" if bold else ""
    return f"| {name} | {mark}{count.count}{mark} | {mark}{wording.percent(count)}{mark} |"


def _examples(table: ThemeTable) -> Iterator[str]:
    """One list a code that has examples, under the code's name."""
    for code in _codes(table):
        if code.examples:
            quotes = "\n".join(f"- ”{escape(example)}”" for example in code.examples)
            yield f"**{escape(code.name)}**\n\n{quotes}"


def _codes(table: ThemeTable) -> Iterator[CodeRow]:
    for theme in table.themes:
        yield from theme.codes
    yield from table.unthemed
