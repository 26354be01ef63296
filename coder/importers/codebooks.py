"""Any codebook file as a codebook, the reader chosen by suffix."""

from collections.abc import Callable
from pathlib import Path

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.written import Written
from coder.importers.codebook_qdc import read_qdc_codebook
from coder.importers.codebook_sheet import read_sheet_codebook
from coder.importers.codebook_yaml import read_yaml_codebook
from coder.importers.problems import where

_READERS: dict[str, Callable[[Path], Written]] = {
    ".yaml": read_yaml_codebook,
    ".yml": read_yaml_codebook,
    ".csv": read_sheet_codebook,
    ".xlsx": read_sheet_codebook,
    ".qdc": read_qdc_codebook,
}


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file; see `read_written`."""
    return read_written(path).codebook


def read_written(path: Path) -> Written:
    """The codebook as it stands in a file; the ids of its themes and codes are their positions from 1.

    Raises CoderError for a file of another kind, for what is not in the format, for names that are empty, and for two
    themes, or two codes of one theme, of one name.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CoderError(
            f"{where(path)}: codebooks are not read from files of this kind", f"Give one of {', '.join(_READERS)}."
        )
    return reader(path)
