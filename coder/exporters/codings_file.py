"""Codings in the format that its name asks for."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import BinaryIO

from coder.domain.exchange import CodingRow
from coder.exporters import codings_csv, codings_parquet
from coder.exporters.files import write_text


def _csv(rows: Iterable[CodingRow], stream: BinaryIO) -> None:
    write_text(partial(codings_csv.write, rows), stream)


_FORMATS: dict[str, Callable[[Iterable[CodingRow], BinaryIO], None]] = {"csv": _csv, "parquet": codings_parquet.write}
FORMATS = tuple(_FORMATS)
SUFFIXES = tuple(f".{name}" for name in FORMATS)


def write(rows: Iterable[CodingRow], stream: BinaryIO, name: str) -> None:
    """Write the rows in one of FORMATS. Parquet needs `coder-workbench[cluster]`."""
    _FORMATS[name](rows, stream)
