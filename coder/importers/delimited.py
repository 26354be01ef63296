"""Sheets in text files: comma, semicolon, tab or bar between the cells."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from coder.domain.errors import CoderError
from coder.importers.cells import Sheet, make_sheet
from coder.importers.decoding import read_text
from coder.importers.problems import where

SUFFIXES = (".csv", ".tsv", ".txt")
_DELIMITERS = ";,\t|"
# Stands in no text, and so leaves a file of one column whole.
_NONE = "\x1f"
_SEP_LINE = re.compile("sep=([;,\t|])\r?\n", re.IGNORECASE)
_SAMPLE = 50
# The limit of csv is one for the whole process; an answer can be long, and the size of the file is limited already.
_FIELD_LIMIT = 2**31 - 1


def read_delimited(path: Path) -> Sheet:
    """The sheet in a text file. Encoding and delimiter are found out; quotes must be closed."""
    text, notes = read_text(path)
    first, delimiter = 1, ""
    # Excel writes and understands a first line that names the delimiter.
    told = _SEP_LINE.match(text)
    if told:
        text, first, delimiter = text[told.end() :], 2, told.group(1)
    csv.field_size_limit(_FIELD_LIMIT)
    return make_sheet(path, _records(path, text, delimiter or _delimiter(text), first), notes)


def _records(path: Path, text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = first
    try:
        for cells in reader:
            yield begins, cells
            begins = first + reader.line_num
    except csv.Error as error:
        raise CoderError(
            f"{where(path, begins)}: a quotation mark that is not closed, or stands inside a quoted cell ({error})",
            'Close the quote; a quotation mark inside a quoted cell is written twice: "".',
        ) from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows into as many cells as the header; of several, the one that cuts most."""

    def fit(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(reader, _SAMPLE) if cells]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[1] else _NONE
