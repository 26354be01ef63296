"""Any file of rows as a sheet, the reader chosen by suffix."""

from collections.abc import Collection
from pathlib import Path

from coder.domain.errors import CoderError
from coder.importers import delimited, workbook
from coder.importers.cells import Sheet
from coder.importers.problems import where

SUFFIXES = (*delimited.SUFFIXES, *workbook.SUFFIXES)


def read_sheet(path: Path, unlabelled: Collection[str] = ()) -> Sheet:
    """The sheet in a text file, a workbook or an SPSS file.

    `unlabelled` are columns of an SPSS file that keep their values where others get the values' labels.
    """
    suffix = path.suffix.lower()
    if suffix in delimited.SUFFIXES:
        return delimited.read_delimited(path)
    if suffix in workbook.SUFFIXES:
        return workbook.read_workbook(path, unlabelled)
    raise CoderError(f"{where(path)}: files of this kind are not read", f"Give one of {', '.join(SUFFIXES)}.")
