"""Codebooks in the REFI-QDA format, from whichever program they come."""

from collections.abc import Iterator
from pathlib import Path

from coder.domain.errors import CoderError
from coder.domain.written import Written
from coder.importers.decoding import read_bytes
from coder.importers.problems import where
from coder.importers.qda_codes import read_tree
from coder.importers.qda_xml import LARGEST, parse

_PIECE = 1 << 16


def read_qdc_codebook(path: Path) -> Written:
    """The codebook in a REFI-QDA file; the name of the file is its key where the file does not say.

    A description is the definition; lists in it under headings for examples and other names are those. Colours are
    not kept.
    """
    root = parse(_pieces(read_bytes(path, LARGEST)), path)
    if root.name != "CodeBook":
        raise CoderError(f"{where(path)}: is no REFI-QDA codebook", "A whole project is taken in by coder qdpx import.")
    codes = root.inside("Codes", "Code")
    if not codes:
        raise CoderError(f"{where(path)}: the codebook is empty", "Check that it is the right file.")
    books = read_tree(path, codes, root.inside("Sets", "Set"), path.stem).written
    if len(books) != 1:
        raise CoderError(f"{where(path)}: holds {len(books)} codebooks", "Give each codebook a file of its own.")
    return books[0]


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
