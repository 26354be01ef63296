"""From bytes to text: which encoding a file is in, and a word about it where that was a guess."""

import codecs
from pathlib import Path

from coder.domain.errors import CoderError
from coder.importers.problems import unreadable, where

_LARGEST = 300_000_000
_AS_UTF8 = "Save the file as UTF-8 (in Excel: CSV UTF-8) and import it again."
# The UTF-32 mark begins like the UTF-16 one, and so comes first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}
_SWEDISH = "åäöÅÄÖé"


def read_bytes(path: Path, largest: int = _LARGEST) -> bytes:
    """All of a file, if it is a plain file of a sane size."""
    try:
        if path.exists() and not path.is_file():
            raise CoderError(f"{where(path)}: is no plain file", "Check the path.")
        size = path.stat().st_size
        if size > largest:
            raise CoderError(
                f"{where(path)}: {size / 1e6:.0f} MB is more than the {largest / 1e6:.0f} MB that are read",
                "Check that it is the right file, or split it.",
            )
        return path.read_bytes()
    except OSError as error:
        unreadable(path, error)


def read_utf8(path: Path, largest: int) -> str:
    """The text of a file that must be UTF-8, without its byte order mark."""
    data = read_bytes(path, largest)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CoderError(f"{where(path, line)}: the file is not UTF-8", "Save it as UTF-8.") from error


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file in whatever encoding it is, and notes: an assumed encoding, NUL characters taken out.

    A byte order mark decides; then strict UTF-8; then the one of the usual older encodings that gives most Swedish
    letters.
    """
    data = read_bytes(path)
    text, notes = _decode(path, data)
    nuls = text.count("\x00")
    # A text with that many NULs is UTF-16 without its mark, or no text at all.
    if nuls * 10 > len(text):
        raise CoderError(f"{where(path)}: the file is not text, or UTF-16 without a byte order mark", _AS_UTF8)
    if nuls:
        text = text.replace("\x00", "")
        notes.append(f"{nuls} NUL characters were taken out")
    return text, tuple(notes)


def _decode(path: Path, data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise CoderError(f"{where(path)}: says it is {encoding}, and is not", _AS_UTF8) from error
            return text, [] if encoding == "utf-8" else [f"the file was read as {encoding[:6].upper()}"]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        # A file that is UTF-8 all but for a few bytes is damaged UTF-8; any older encoding would garble the rest.
        lenient = data.decode("utf-8", errors="replace")
        broken = lenient.count("\ufffd")
        if sum(letter > "\x7f" for letter in lenient) - broken > broken:
            line = data.count(b"\n", 0, error.start) + 1
            raise CoderError(f"{where(path, line)}: bytes that are not UTF-8 in a file that is", _AS_UTF8) from error
    text, encoding = max(_guesses(data), key=lambda guess: sum(guess[0].count(letter) for letter in _SWEDISH))
    return text, [f"the file is not UTF-8 and was read as {_LEGACY[encoding]}: check å, ä and ö"]


def _guesses(data: bytes) -> list[tuple[str, str]]:
    guesses = []
    for encoding in _LEGACY:
        try:
            guesses.append((data.decode(encoding), encoding))
        except UnicodeDecodeError:
            continue
    return guesses
