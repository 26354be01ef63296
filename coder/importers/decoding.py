"""From bytes to text: which encoding a file is in, and a word about it where that was a guess."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coder.domain.errors import CoderError
from coder.domain.how_many import form
from coder.importers.problems import unreadable, where

_LARGEST = 300_000_000
_BLOCK = 1 << 20
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
        require_plain(path, largest)
        return path.read_bytes()
    except OSError as error:
        unreadable(path, error)


def require_plain(path: Path, largest: int) -> None:
    """Raise CoderError for what is no plain file, or is larger than so many bytes."""
    try:
        if path.exists() and not path.is_file():
            raise CoderError(f"{where(path)}: is no plain file", "Check the path.")
        size = path.stat().st_size
    except OSError as error:
        unreadable(path, error)
    if size > largest:
        raise CoderError(
            f"{where(path)}: {size / 1e6:.0f} MB is more than the {largest / 1e6:.0f} MB that are read",
            "Check that it is the right file, or split it.",
        )


def read_utf8(path: Path, largest: int) -> str:
    """The text of a file that must be UTF-8, without its byte order mark."""
    data = read_bytes(path, largest)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CoderError(f"{where(path, line)}: the file is not UTF-8", "Save it as UTF-8.") from error


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file in whatever encoding it is, looked through once: it can be read without a surprise.

    `lines` is how many lines it has, `notes` what a user should know: an assumed encoding, NUL characters taken out.
    """

    path: Path
    encoding: str
    lines: int
    notes: tuple[str, ...]
    _mark: int = 0
    _nuls: int = 0

    @contextmanager
    def read(self) -> Iterator[Iterator[str]]:
        """Its lines with their ends, one after the other, from the first."""
        try:
            with self.path.open("r", encoding=self.encoding, newline="") as stream:
                stream.read(1 if self._mark else 0)
                yield (line.replace("\x00", "") for line in stream) if self._nuls else iter(stream)
        except OSError as error:
            unreadable(self.path, error)
        except UnicodeError as error:
            raise CoderError(f"{where(self.path)}: changed while it was read", "Import it again.") from error


def look_through(path: Path, largest: int = _LARGEST) -> TextFile:
    """Find out the encoding of a text file, in little memory however large it is.

    A byte order mark decides; then strict UTF-8; then the one of the usual older encodings that gives most Swedish
    letters.
    """
    require_plain(path, largest)
    try:
        encoding, mark, found, notes = _found(path)
    except OSError as error:
        unreadable(path, error)
    # A text with that many NULs is UTF-16 without its mark, or no text at all.
    if found.nuls * 10 > found.letters:
        raise CoderError(f"{where(path)}: the file is not text, or UTF-16 without a byte order mark", _AS_UTF8)
    if found.nuls:
        were = form(found.nuls, "NUL character was", "NUL characters were")
        notes.append(f"{found.nuls} {were} taken out")
    return TextFile(path, encoding, found.newlines or found.returns, tuple(notes), mark, found.nuls)


@dataclass
class _Counted:
    """What stands in a text, as far as it has been read."""

    letters: int = 0
    nuls: int = 0
    newlines: int = 0
    returns: int = 0

    def add(self, text: str) -> None:
        self.letters += len(text)
        self.nuls += text.count("\x00")
        self.newlines += text.count("\n")
        self.returns += text.count("\r")


class _NotInEncodingError(Exception):
    """Bytes that mean nothing in an encoding, on that line."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _found(path: Path) -> tuple[str, int, _Counted, list[str]]:
    """The encoding of a file, how long its mark is, what stands in it, and notes."""
    with path.open("rb") as stream:
        head = stream.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            try:
                found = _count(path, encoding, len(mark))
            except _NotInEncodingError as error:
                raise CoderError(f"{where(path)}: says it is {encoding}, and is not", _AS_UTF8) from error
            notes = [] if encoding == "utf-8" else [f"the file was read as {encoding[:6].upper()}"]
            return encoding, len(mark), found, notes
    try:
        return "utf-8", 0, _count(path, "utf-8", 0), []
    except _NotInEncodingError as error:
        _refuse_damaged_utf8(path, error.line)
    encoding = max(_possible(path), key=lambda one: one[0])[1]
    note = f"the file is not UTF-8 and was read as {_LEGACY[encoding]}: check å, ä and ö"
    return encoding, 0, _count(path, encoding, 0), [note]


def _blocks(path: Path, mark: int = 0) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(mark)
        while block := stream.read(_BLOCK):
            yield block


def _count(path: Path, encoding: str, mark: int) -> _Counted:
    decoder = codecs.getincrementaldecoder(encoding)()
    found = _Counted()
    try:
        for block in _blocks(path, mark):
            found.add(decoder.decode(block))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _NotInEncodingError(found.newlines + error.object.count(b"\n", 0, error.start) + 1) from error
    return found


def _refuse_damaged_utf8(path: Path, line: int) -> None:
    """A file that is UTF-8 all but for a few bytes is damaged UTF-8; any older encoding would garble the rest."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = beyond_ascii = 0
    for block in chain(_blocks(path), [b""]):
        text = decoder.decode(block, final=not block)
        broken += text.count("\ufffd")
        beyond_ascii += len(text) - len(text.encode("ascii", errors="ignore"))
    if beyond_ascii - broken > broken:
        raise CoderError(f"{where(path, line)}: bytes that are not UTF-8 in a file that is", _AS_UTF8)


def _possible(path: Path) -> Iterator[tuple[int, str]]:
    """The older encodings in which a file can be read, each with how many Swedish letters it gives."""
    for encoding in _LEGACY:
        try:
            yield sum(block.decode(encoding).count(letter) for block in _blocks(path) for letter in _SWEDISH), encoding
        except UnicodeDecodeError:
            continue
