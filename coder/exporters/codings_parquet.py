"""Codings as a Parquet file: the columns of the CSV file, each of its own type.

pyarrow comes with `coder-workbench[cluster]` and is imported when a file is written.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS, CodingRow

_NUMBERS = {"start": "int64", "end": "int64", "score": "float64"}
_A_GROUP = 10_000  # rows of a row group, and what is held at a time


def write(rows: Iterable[CodingRow], stream: BinaryIO) -> None:
    """Write the rows: `start` and `end` whole numbers, `score` a fraction, each missing where CSV is blank; else text.

    The same rows give the same bytes, as long as pyarrow is the same. Raises CoderError where it is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415 - comes with the extra
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - comes with the extra
    except ImportError as error:
        raise CoderError(
            f"writing Parquet needs {error.name}, which is not installed",
            "Install coder-workbench[cluster], or write .csv.",
        ) from error

    schema = pyarrow.schema(
        [pyarrow.field(name, _NUMBERS.get(name, "string"), nullable=name in _NUMBERS) for name in CODING_COLUMNS]
    )
    left = iter(rows)
    with ParquetWriter(stream, schema) as writer:
        while some := [_cells(row) for row in islice(left, _A_GROUP)]:
            columns = dict(zip(CODING_COLUMNS, zip(*some, strict=True), strict=True))
            writer.write_table(pyarrow.table(columns, schema))


def _cells(row: CodingRow) -> tuple[Any, ...]:
    return (
        row.round,
        row.question,
        row.respondent,
        row.segment.start if row.segment else None,
        row.segment.end if row.segment else None,
        row.snippet,
        row.theme,
        row.code,
        row.analyst,
        row.origin.value,
        row.score,
        row.status_word,
    )
