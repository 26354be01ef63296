"""Sheets in workbooks and SPSS files, read by a process of their own."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from coder.domain.errors import CoderError
from coder.importers.cells import Rows
from coder.importers.decoding import read_bytes, require_plain
from coder.importers.problems import bare, listed, shown, unreadable, where

SUFFIXES = (".xlsx", ".xls", ".ods", ".sav")
_READER = Path(__file__).with_name("workbook_reader.py")
_SECONDS = 300
_LARGEST = 300_000_000
_UNPACKED = 1_000_000_000
_MEMBERS = 10_000
# Real workbooks pack some ten times; only a made-up one packs more than a hundred times and is large as well.
_RATIO, _RATIO_FROM = 150, 30_000_000
_SAVE_AGAIN = "Open it in Excel or LibreOffice, copy the table to a new workbook, and save that; or save it as CSV."
_SAID = {
    "password": ("the workbook is protected by a password", "Save it without one."),
    "far": ("a cell far outside the table makes the sheet too large", _SAVE_AGAIN),
    "broken": ("the file is damaged, or not of the kind its name says", _SAVE_AGAIN),
    "full": ("the temporary folder has no room for its rows", "Make room on the disk, or save the file as CSV."),
    "pyreadstat": (
        "reading SPSS files needs the package pyreadstat",
        "Install it: pip install pyreadstat. Or save the file as CSV or XLSX.",
    ),
}


@contextmanager
def workbook_rows(path: Path, unlabelled: Collection[str] = ()) -> Iterator[Rows]:
    """The rows of the first visible sheet with content. Numbers and dates become text.

    A process of its own reads all of the workbook and leaves the rows in a temporary file without a name, from which
    they come as they are wanted. A small file takes 0.02 s, one of 5,000 rows and 7 columns 0.1 s. Raises CoderError
    for what is no workbook, and for files that would take more memory or time than any real one.
    """
    with _read(path, unlabelled) as (store, told):
        notes = []
        if told["beside"]:
            notes.append(f"cells to the right of the header were not read (first on line {told['beside']})")
        if told["others"]:
            notes.append(
                f"the sheet {shown(told['sheet'])} was read, and not {listed(map(shown, told['others']), ', ')}",
            )
        yield Rows(path, _records(store), told["rows"], notes, told["numeric"], others=told["others"])


@contextmanager
def _read(path: Path, more: Collection[str]) -> Iterator[tuple[IO[bytes], dict[str, Any]]]:
    """The rows that the reader has left, and what it said of them; `more` are its arguments after the file."""
    _check_content(path)
    with _temporary(path) as store:
        told = _read_apart(path, more, store)
        if "error" in told:
            message, hint = _SAID[told["error"]]
            detail = told.get("detail")
            raise CoderError(f"{where(path)}: {message}{f' ({bare(detail)})' if detail else ''}", hint)
        store.seek(0)
        yield store, told


@contextmanager
def sheet_cells(path: Path, sheet: str) -> Iterator[Iterator[list[str]]]:
    """The rows of the visible sheet of that name as they stand, each without the empty cells at its end.

    None where there is no such sheet. Read apart and checked as `workbook_rows` does.
    """
    with _read(path, ["--sheet", sheet]) as (store, _):
        yield (json.loads(told) for told in store)


def _records(store: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Rows as wide as the header, with their lines."""
    wide = 0
    for line, told in enumerate(store, start=1):
        row: list[str] = json.loads(told)
        wide = wide or len(row)
        yield line, (row + [""] * (wide - len(row)))[:wide]


@contextmanager
def _temporary(path: Path) -> Iterator[IO[bytes]]:
    try:
        with tempfile.TemporaryFile() as store:
            yield store
    except OSError as error:
        unreadable(path, error)


def _check_content(path: Path) -> None:
    """Refuse by a look at the first bytes, and at an archive's directory, what need not be opened."""
    require_plain(path, _LARGEST)
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError as error:
        unreadable(path, error)
    if not head:
        raise CoderError(f"{where(path)}: the file is empty", "Check that it is the right file.")
    if path.suffix.lower() == ".sav":
        if not head.startswith((b"$FL2", b"$FL3")):
            raise CoderError(f"{where(path)}: the file is no SPSS file", "Check that it is the right file.")
    elif head.startswith(b"PK\x03\x04"):
        _check_archive(path)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        # Excel hides a workbook with a password in a part of this name.
        if "EncryptedPackage".encode("utf-16-le") in read_bytes(path, _LARGEST):
            raise CoderError(f"{where(path)}: {_SAID['password'][0]}", _SAID["password"][1])
    else:
        web = b"<html" in head.lower() or b"<table" in head.lower()
        kind = "a web page" if web else "no workbook"
        hint = _SAVE_AGAIN if web else "If it is text, name it .csv; else save it again as .xlsx."
        raise CoderError(f"{where(path)}: the file is {kind}, whatever its name says", hint)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except OSError as error:
        unreadable(path, error)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise CoderError(f"{where(path)}: the file is damaged", _SAVE_AGAIN) from error
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > _MEMBERS or unpacked > _UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > _RATIO):
        raise CoderError(
            f"{where(path)}: would unpack to {unpacked / 1e6:.0f} MB in {len(members)} parts, too much for a workbook",
            _SAVE_AGAIN,
        )


def _read_apart(path: Path, more: Collection[str], store: IO[bytes]) -> dict[str, Any]:
    # -P keeps modules that happen to lie beside the reader, or in the current folder, out of it.
    command = [sys.executable, "-P", str(_READER), str(path.absolute()), *more]
    # Threads that numpy would start each reserve memory, of which the reader has little.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            stdin=subprocess.DEVNULL,
            stdout=store,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
            check=True,
            env=environment,
        )
        answer: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    except OSError as error:
        unreadable(path, error)
    except (subprocess.SubprocessError, ValueError, IndexError) as error:
        raise CoderError(
            f"{where(path)}: the reader gave up; the file is damaged, or a cell stands far outside the table",
            _SAVE_AGAIN,
        ) from error
    return answer
