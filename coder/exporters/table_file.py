"""A table in the format that a file's suffix, or a format's name, asks for."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.errors import CoderError
from coder.domain.tables import OptionTable, ThemeTable
from coder.exporters import table_csv, table_excel, table_json, table_markdown
from coder.exporters.files import write_text_file

Table = ThemeTable | OptionTable

_TEXTS: dict[str, Callable[[Table, TextIO], None]] = {
    "json": table_json.write,
    "csv": table_csv.write,
    "md": table_markdown.write,
}
_FILES: dict[str, Callable[[Table, Path], None]] = {".xlsx": table_excel.write}

FORMATS = tuple(_TEXTS)
SUFFIXES = tuple(f".{name}" for name in _TEXTS) + tuple(_FILES)


def format_table(table: Table, name: str) -> str:
    """The table as text in one of FORMATS, as it goes to a program: CSV is raw."""
    stream = io.StringIO(newline="")
    _TEXTS[name](table, stream)
    return stream.getvalue()


def write_table(table: Table, path: Path, raw: bool = False) -> None:
    """Write the table in the format of the path's suffix; CSV as Excel in Swedish opens it, unless `raw`."""
    suffix = path.suffix.lower()
    if suffix in _FILES:
        _FILES[suffix](table, path)
    elif suffix == ".csv":
        write_text_file(path, partial(table_csv.write, table, excel=not raw))
    elif suffix in SUFFIXES:
        write_text_file(path, partial(_TEXTS[suffix[1:]], table))
    else:
        raise CoderError(f"can't write a table to {path}", f"Name a file that ends in {', '.join(SUFFIXES)}.")
