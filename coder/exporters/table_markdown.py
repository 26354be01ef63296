"""A table as Markdown, to read or to paste into a report."""

import re
from collections.abc import Iterator
from typing import TextIO

from coder.domain.method import MethodNote
from coder.domain.tables import Count, ExampleTable, OptionTable, ThemeTable
from coder.exporters import method_words, wording
from coder.exporters.grid import Kind, codes_of, grid

# An underscore inside a word is no mark, and a question's key reads better without the escape.
_SPECIAL = re.compile(r"([\\`*{}\[\]#|~$^@]|(?<![^\W_])_|_(?![^\W_]))")


def to_markdown(table: ThemeTable | OptionTable | ExampleTable, note: MethodNote | None = None) -> str:
    """The table with title, base, footnotes and the method note; theme rows are bold."""
    blocks = _example_blocks(table) if isinstance(table, ExampleTable) else _blocks(table)
    if note is not None:
        blocks += [f"### {wording.METHOD}", *map(escape, method_words.lines(note))]
    return "\n\n".join(blocks) + "\n"


def _blocks(table: ThemeTable | OptionTable) -> list[str]:
    rows = _theme_rows(table) if isinstance(table, ThemeTable) else _option_rows(table)
    heads = [wording.first_column(table), wording.COUNT, wording.PERCENT, *wording.origin_heads(table)]
    blocks = [
        f"## {escape(wording.title(table))}",
        wording.base(table),
        "\n".join([f"| {' | '.join(heads)} |", f"|:---{'|---:' * (len(heads) - 1)}|", *rows]),
        *(escape(note) for note in wording.notes(table)),
    ]
    if isinstance(table, ThemeTable) and (examples := list(_examples(table))):
        blocks += [f"### {wording.EXAMPLES}", *examples]
    return blocks


def write(table: ThemeTable | OptionTable | ExampleTable, stream: TextIO, note: MethodNote | None = None) -> None:
    """Write the table as a Markdown document."""
    stream.write(to_markdown(table, note))


def escape(text: str) -> str:
    """A text on one line that shows as it is, neither as Markdown nor as HTML."""
    line = wording.name(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", line)


def _theme_rows(table: ThemeTable) -> Iterator[str]:
    split = table.by_machine
    for theme in table.themes:
        yield _row(f"**{escape(theme.name)}**", theme.count, bold=True, split=split)
        for code in theme.codes:
            yield _row(escape(code.name), code.count, split=split)
    if table.unthemed:
        yield f"| **{wording.UNTHEMED}** |{' |' * (2 + len(wording.origin_heads(table)))}"
        for code in table.unthemed:
            yield _row(escape(code.name), code.count, split=split)


def _option_rows(table: OptionTable) -> Iterator[str]:
    for option in table.options:
        yield _row(escape(option.name), option.count)


def _row(name: str, count: Count, *, bold: bool = False, split: bool = False) -> str:
    mark = "**" if bold else ""
    cells = [wording.number(count), wording.share(count), *(wording.origins(count) if split else ())]
    return f"| {name} | {' | '.join(f'{mark}{cell}{mark}' if cell else '' for cell in cells)} |"


def _examples(table: ThemeTable) -> Iterator[str]:
    """One list a code that has examples, under the code's name."""
    for code in codes_of(table):
        if code.examples:
            quotes = "\n".join(f"- ”{escape(example)}”" for example in code.examples)
            yield f"**{escape(code.name)}**\n\n{quotes}"


def _example_blocks(table: ExampleTable) -> list[str]:
    laid_out = grid(table)
    lines = [f"| {' | '.join(column.head for column in laid_out.columns)} |", "|:---|:---|:---|"]
    for row in laid_out.rows:
        cells = ["<br>".join(map(escape, lines)) for lines in row.cells]
        if row.kind is Kind.HEAD:
            cells[0] = f"**{cells[0]}**"
        lines.append(f"| {' | '.join(cells)} |")
    return [f"## {escape(laid_out.title)}", "\n".join(lines)]
