"""Sheets in text files: comma, semicolon, tab or bar between the cells."""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from coder.domain.errors import CoderError
from coder.importers.cells import Rows
from coder.importers.decoding import look_through
from coder.importers.problems import where

SUFFIXES = (".csv", ".tsv", ".txt")
_DELIMITERS = ";,\t|"
# Stands in no text, and so leaves a file of one column whole.
_NONE = "\x1f"
_SEP_LINE = re.compile("sep=([;,\t|])\r?\n", re.IGNORECASE)
_SAMPLE = 50
# The limit of csv is one for the whole process. Longer than any answer; a quote that is never closed ends there.
_FIELD_LIMIT = 50_000_000


@contextmanager
def delimited_rows(path: Path, largest: int) -> Iterator[Rows]:
    """The rows of a text file of at most so many bytes, as they are read.

    Encoding and delimiter are found out; quotes must be closed.
    """
    text = look_through(path, largest)
    csv.field_size_limit(_FIELD_LIMIT)
    with text.read() as lines:
        delimiter = _delimiter(path, lines)
    with text.read() as lines:
        first = next(lines, "")
        # Excel writes and understands a first line that names the delimiter.
        told = _SEP_LINE.fullmatch(first)
        records = _records(path, lines if told else chain([first], lines), delimiter, 2 if told else 1)
        yield Rows(path, records, text.lines, text.notes)


def _records(path: Path, lines: Iterable[str], delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
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


def _delimiter(path: Path, lines: Iterator[str]) -> str:
    """The delimiter that cuts most rows into as many cells as the header; of several, the one that cuts most."""
    first = next(lines, "")
    told = _SEP_LINE.fullmatch(first)
    if told:
        return told.group(1)
    # A row may go over many lines; a quote that is never closed must not take the whole file in.
    sample = [first, *islice(lines, _SAMPLE * 40)]

    def fit(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(sample, delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, _SAMPLE) if cells]
        except csv.Error as error:
            raise CoderError(
                f"{where(path, 1)}: a cell that does not end ({error})", "Close the quotation mark, if there is one."
            ) from error
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    best = max(_DELIMITERS, key=fit)
    return best if fit(best)[1] else _NONE
