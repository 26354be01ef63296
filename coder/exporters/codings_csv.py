"""Codings as a CSV file that colleagues exchange: UTF-8, commas, every text exactly as it is."""

from collections.abc import Iterable
from typing import TextIO

from coder.domain.exchange import CODING_COLUMNS, CodingRow
from coder.exporters.delimited import write_raw


def write(rows: Iterable[CodingRow], stream: TextIO) -> None:
    """Write the rows under their column names. The stream must be UTF-8 and leave line ends alone."""
    write_raw([CODING_COLUMNS], stream)
    write_raw((_cells(row) for row in rows), stream)


def _cells(row: CodingRow) -> tuple[str, ...]:
    return (
        row.round,
        row.question,
        row.respondent,
        str(row.segment.start) if row.segment else "",
        str(row.segment.end) if row.segment else "",
        row.snippet,
        row.theme,
        row.code,
        row.analyst,
        row.origin.value,
        "" if row.score is None else repr(row.score),
        row.status_word,
    )
