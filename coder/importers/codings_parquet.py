"""Codings in a Parquet file, as the sheet of text that any codings file becomes.

pyarrow comes with `coder-workbench[cluster]` and is imported when a file is read.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coder.domain.answers import one_line
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS
from coder.importers.cells import Rows, Sheet
from coder.importers.decoding import require_plain
from coder.importers.parquet import in_words, is_text
from coder.importers.problems import bare, unreadable, where

SUFFIX = ".parquet"
_WHOLE, _FRACTIONS = ("start", "end"), ("score",)
# Bytes of the file, and of what it unpacks to; as much as comes into memory of a text file.
_LARGEST = 300_000_000
_AT_ONCE = 2_000


def read_sheet(path: Path) -> Sheet:
    """The rows of a file: its numbers as text, what is missing as blank.

    The first row is line 2, as in a file whose header is a line. Columns that are not of the format are blank. Raises
    CoderError for columns of other types than theirs.
    """
    require_plain(path, _LARGEST)
    try:
        stream = path.open("rb")
    except OSError as error:
        unreadable(path, error)
    with stream, in_words(where(path)):
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - comes with the extra

        file = ParquetFile(stream)
        _require_types(path, file.schema_arrow)
        return Rows(path, _records(path, file), file.metadata.num_rows + 1).whole()


def _require_types(path: Path, schema: Any) -> None:
    from pyarrow import types  # noqa: PLC0415 - comes with the extra

    wrong = []
    for field in schema:
        name = one_line(field.name)
        if name in _WHOLE:
            # Tools that know no missing whole numbers keep them as fractions.
            fits, wanted = types.is_integer(field.type) or types.is_floating(field.type), "whole numbers"
        elif name in _FRACTIONS:
            fits, wanted = types.is_integer(field.type) or types.is_floating(field.type), "numbers"
        else:
            fits, wanted = is_text(field.type), "text"
        if name in CODING_COLUMNS and not fits and not types.is_null(field.type):
            wrong.append(f"the column {name} holds {bare(str(field.type))}, not {wanted}")
    if wrong:
        raise CoderError(
            f"{where(path)}: {'; '.join(wrong)}",
            "Store start and end as whole numbers, score as a number, and the others as text: 0114 loses its zero as a "
            "number.",
        )


def _records(path: Path, file: Any) -> Iterator[tuple[int, list[str]]]:
    names = file.schema_arrow.names
    yield 1, names
    wanted = [name for name in names if one_line(name) in CODING_COLUMNS]
    line, unpacked = 1, 0
    for batch in file.iter_batches(batch_size=_AT_ONCE, columns=wanted):
        unpacked += batch.nbytes
        if unpacked > _LARGEST:
            raise CoderError(
                f"{where(path)}: unpacks to more than the {_LARGEST / 1e6:.0f} MB that are read",
                "Check that it is the right file, or split it.",
            )
        columns = {name: [_cell(value) for value in batch.column(name).to_pylist()] for name in wanted}
        blank = [""] * batch.num_rows
        for cells in zip(*(columns.get(name, blank) for name in names), strict=True):
            line += 1
            yield line, list(cells)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
