"""Any file of rows, the reader chosen by suffix."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from coder.domain.errors import CoderError
from coder.importers import delimited, workbook
from coder.importers.cells import Rows, Sheet
from coder.importers.problems import where

SUFFIXES = (*delimited.SUFFIXES, *workbook.SUFFIXES)
# Bytes of text: as much as one reads in a sitting, and what may come into memory as a whole.
_LARGEST, _LARGEST_WHOLE = 20_000_000_000, 300_000_000


def read_sheet(path: Path, unlabelled: Collection[str] = ()) -> Sheet:
    """All of a text file, a workbook or an SPSS file; see `open_rows`."""
    with open_rows(path, unlabelled, largest=_LARGEST_WHOLE) as rows:
        return rows.whole()


@contextmanager
def open_rows(path: Path, unlabelled: Collection[str] = (), *, largest: int = _LARGEST) -> Iterator[Rows]:
    """The rows of a text file of at most so many bytes, of a workbook or of an SPSS file, as they are read.

    `unlabelled` are columns of an SPSS file that keep their values where others get the values' labels.
    """
    suffix = path.suffix.lower()
    if suffix in delimited.SUFFIXES:
        with delimited.delimited_rows(path, largest) as rows:
            yield rows
    elif suffix in workbook.SUFFIXES:
        with workbook.workbook_rows(path, unlabelled) as rows:
            yield rows
    else:
        raise CoderError(f"{where(path)}: files of this kind are not read", f"Give one of {', '.join(SUFFIXES)}.")
