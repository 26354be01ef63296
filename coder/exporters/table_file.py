"""A table in the format that a file's suffix, or a format's name, asks for."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.errors import CoderError
from coder.domain.method import MethodNote
from coder.domain.tables import ExampleTable, Membership, OptionTable, ThemeTable
from coder.exporters import (
    method_file,
    method_words,
    table_csv,
    table_excel,
    table_html,
    table_json,
    table_markdown,
    table_word,
)
from coder.exporters.files import Progress, write_text_file

Table = ThemeTable | OptionTable

_TEXTS: dict[str, Callable[[Table, TextIO], None]] = {
    "json": table_json.write,
    "csv": table_csv.write,
    "md": table_markdown.write,
}

FORMATS = tuple(_TEXTS)
SUFFIXES = (".docx", ".xlsx", ".html", *(f".{name}" for name in _TEXTS))
EXAMPLE_SUFFIXES = (".docx", ".xlsx", ".html", ".md")


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file may carry beside its table, as far as its format has room for it.

    `note` stands in the file, or in a text beside one that has no room for it. `membership` gives a workbook its sheet
    of respondents and a page its answers; `template` is the document that a Word file begins with; `raw` writes CSV for
    programs and not as Excel in Swedish reads it.
    """

    note: MethodNote | None = None
    membership: Membership | None = None
    template: Path | None = None
    raw: bool = False
    progress: Progress = lambda _done, _total: None


def format_table(table: Table, name: str) -> str:
    """The table as text in one of FORMATS, as it goes to a program: CSV is raw."""
    stream = io.StringIO(newline="")
    _TEXTS[name](table, stream)
    return stream.getvalue()


def write_table(table: Table | ExampleTable, path: Path, extras: Extras | None = None) -> None:
    """Write the table in the format of the path's suffix, with the extras that the format has room for."""
    suffix, given = path.suffix.lower(), extras or Extras()
    suffixes = EXAMPLE_SUFFIXES if isinstance(table, ExampleTable) else SUFFIXES
    if suffix not in suffixes:
        raise CoderError(f"can't write a table to {path}", f"Name a file that ends in {', '.join(suffixes)}.")
    if given.template is not None and suffix != ".docx":
        raise CoderError("only a Word document has a template", "Leave --template out, or name a .docx file.")
    if suffix == ".docx":
        table_word.write(table, path, note=given.note, template=given.template)
    elif suffix == ".html":
        table_html.write(table, path, note=given.note, membership=given.membership, progress=given.progress)
    elif suffix == ".xlsx":
        table_excel.write(table, path, note=given.note, membership=given.membership, progress=given.progress)
    elif suffix == ".md":
        write_text_file(path, partial(table_markdown.write, table, note=given.note))
    elif not isinstance(table, ExampleTable):
        write_text_file(
            path,
            partial(table_csv.write, table, excel=not given.raw)
            if suffix == ".csv"
            else partial(table_json.write, table, note=given.note),
        )
        if suffix == ".csv" and given.note is not None:
            method_file.write_beside(path, method_words.lines(given.note))
