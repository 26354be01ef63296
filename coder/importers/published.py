"""Published files read back: the counts of a table, and up to which decisions its numbers stand.

JSON, CSV and XLSX are read whole. Of HTML, Markdown, DOCX and the text beside a file only the method note is read.
"""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from coder.domain.errors import CoderError
from coder.domain.method import Stand, method_path, stands
from coder.domain.printed import Printed, Published
from coder.domain.tables import Unit
from coder.importers import published_workbook
from coder.importers.cells import Sheet
from coder.importers.decoding import read_utf8, require_plain
from coder.importers.problems import unreadable, where
from coder.importers.sheets import read_sheet

_LARGEST = 300_000_000
_AGAIN = "Give a file as `coder table --out` writes it."
_TABLE_COLUMNS = frozenset({"question", "round", "count", "base"})
_PARAGRAPH = re.compile(r"</(?:w:)?p>", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_TAG = re.compile(r"<[^>]*>")


def read_published(path: Path) -> Published:
    """What a file of `coder table`, `compare` or `figure` says; raises CoderError for one that can't be read.

    A figure, and a table as CSV, have their note in a text beside them.
    """
    require_plain(path, _LARGEST)
    reader = _READERS.get(path.suffix.lower())
    return reader(path) if reader else Published(None, _beside(path))


def as_table(sheet: Sheet) -> Published:
    """What a CSV file holds, once it is read; no table where it is a comparison."""
    note = _beside(sheet.path)
    if not _TABLE_COLUMNS.issubset(sheet.header):
        return Published(None, note)
    rows = [dict(zip(sheet.header, row.cells, strict=True)) for row in sheet.rows]
    # With decimal commas it is written for Excel, and its texts are guarded; one for programs has them as they are.
    read = _unguarded if any("," in row.get("percent", "") for row in rows) else str
    try:
        (place,) = {(read(row["question"]), read(row["round"]), _number(row["base"])) for row in rows}
        first = "option" if "option" in sheet.header else "theme"
        counts = _once(
            (read(row[first]), read(row["code"]) if first == "theme" else "", _number(row["count"])) for row in rows
        )
    except (KeyError, ValueError) as error:
        raise _no_table(sheet.path) from error
    question, round_key, base = place
    return Published(Printed(question, round_key, base, counts), note)


def _csv(path: Path) -> Published:
    return as_table(read_sheet(path))


def _json(path: Path) -> Published:
    try:
        document = json.loads(read_utf8(path, _LARGEST))
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise CoderError(f"{where(path)}{line}: the file is damaged, or no JSON", _AGAIN) from error
    try:
        noted = document.get("method", {}).get("questions", [])
        note = tuple(
            Stand(_text(one["question"]), _text(one["round"]), _number(one["decision"]), _text(one["decided_at"]))
            for one in noted
            if "decision" in one
        )
        if "themes" not in document and "options" not in document:
            return Published(None, note)
        table = Printed(
            _text(document["question"]),
            _text(document["round"]),
            _number(document["base"]),
            _once(_rows(document)),
            Unit(document.get("unit", Unit.RESPONDENTS)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _no_table(path) from error
    return Published(table, note)


def _rows(document: Mapping[str, Any]) -> Iterable[tuple[str, str, int]]:
    for option in document.get("options", ()):
        yield _text(option["option"]), "", _number(option["count"])
    for theme in document.get("themes", ()):
        name = _text(theme["theme"])
        yield name, "", _number(theme["count"])
        for code in theme["codes"]:
            yield name, _text(code["code"]), _number(code["count"])
    for code in document.get("unthemed", ()):
        yield "", _text(code["code"]), _number(code["count"])


def _workbook(path: Path) -> Published:
    try:
        return published_workbook.read(path)
    except ValueError as error:
        raise _no_table(path) from error


def _page(path: Path) -> Published:
    """The note has a section of its own, so that no answer further down is taken for it."""
    _, _, after = read_utf8(path, _LARGEST).partition('id="metod"')
    return Published(None, stands(_plain(after.partition("</section>")[0])))


def _markdown(path: Path) -> Published:
    text = read_utf8(path, _LARGEST).rpartition("### Metod")[2]
    return Published(None, stands(unescape(re.sub(r"\\(.)", r"\1", text))))


def _document(path: Path) -> Published:
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.getinfo("word/document.xml")
            if text.file_size > _LARGEST or text.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise CoderError(f"{where(path)}: unpacks to more than is read", "Check that it is the right file.")
            with archive.open(text) as stream:
                return Published(None, stands(_plain(stream.read(_LARGEST).decode("utf-8"))))
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, ValueError, RuntimeError) as error:
        raise CoderError(f"{where(path)}: the file is damaged, or no Word document", _AGAIN) from error
    except OSError as error:
        unreadable(path, error)


def _note(path: Path) -> Published:
    return Published(None, stands(read_utf8(path, _LARGEST)))


def _beside(path: Path) -> tuple[Stand, ...]:
    note = method_path(path)
    return stands(read_utf8(note, _LARGEST)) if note.exists() else ()


_READERS: Mapping[str, Callable[[Path], Published]] = {
    ".csv": _csv,
    ".json": _json,
    ".xlsx": _workbook,
    ".html": _page,
    ".md": _markdown,
    ".docx": _document,
    ".txt": _note,
}


def _plain(markup: str) -> str:
    """The paragraphs of a page or document, a line each."""
    return unescape(_TAG.sub("", _PARAGRAPH.sub("\n", markup.replace("\n", ""))))


def _once(rows: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    """The counts by theme and code; raises ValueError for one that stands twice."""
    counts: dict[tuple[str, str], int] = {}
    for theme, code, count in rows:
        if (theme, code) in counts:
            raise ValueError(theme)
        counts[theme, code] = count
    return counts


def _unguarded(text: str) -> str:
    """A text without the apostrophe that keeps Excel from taking it for a formula."""
    return text[1:] if _GUARDED.match(text) else text


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 12:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _no_table(path: Path) -> CoderError:
    return CoderError(f"{where(path)}: not a table as coder writes it, or one that was changed since", _AGAIN)
