"""The packed archive of a REFI-QDA project: looked into and read member by member, never unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from coder.domain.errors import CoderError
from coder.importers.problems import listed, shown, unreadable, where
from coder.importers.qda_memory import LESS

_TEXT = 5_000_000
_ROOM, _MOST = 60_000_000, 750_000_000  # the most: 340,000 texts of this package's making
_RATIO = 40  # honest projects unpack to eight times their size, bombs to a thousand times
_DIRECTORY = 40_000_000  # 400,000 texts
_PIECE = 1 << 16
_AGAIN = "Export the project again from the program it comes from."
_HOSTILE = "Don't trust the file: ask whoever sent it."


@dataclass
class Archive:
    """An open archive. `members` are by their names in small letters, with forward slashes.

    `room` is how many bytes are read of its description.
    """

    path: Path
    packed: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    room: int

    @cached_property
    def description(self) -> str:
        """The name of the one description; raises CoderError where there is none, or more than one."""
        found = [name for name in self.members if name.endswith(".qde") and not _resource(name)]
        if len(found) != 1:
            what = f"several descriptions ({listed(map(shown, found), ', ')})" if found else "no description (*.qde)"
            raise CoderError(f"{where(self.path)}: holds {what}, where a project has one", _AGAIN)
        return found[0]

    def pieces(self, name: str, largest: int) -> Generator[bytes, None, None]:
        """A member in pieces; raises CoderError for one that is larger than `largest`, whatever it says of itself."""
        member = self.members[name]
        read = member.file_size
        try:
            if read <= largest:
                read = 0
                with self.packed.open(member) as stream:
                    while read <= largest and (piece := stream.read(_PIECE)):
                        read += len(piece)
                        yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
            raise CoderError(f"{where(self.path)}: {shown(name)} in it is damaged", _AGAIN) from error
        if read > largest:
            raise self.too_large(name, largest)

    def too_large(self, name: str, largest: int) -> CoderError:
        """The error for a member that is larger than `largest`."""
        return CoderError(
            f"{where(self.path)}: {shown(name)} in it is larger than the {largest / 1e6:.0f} MB that are read",
            LESS if name == self.description else "Take it out of the project, or divide it, and export again.",
        )

    def text(self, name: str) -> str:
        """The text of a member: UTF-8, or UTF-16 with its mark. A mark at the beginning stays, as U+FEFF."""
        data = b"".join(self.pieces(name, _TEXT))
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise CoderError(f"{where(self.path)}: {shown(name)} in it is not UTF-8", _AGAIN) from error

    def source(self, address: str, line: int) -> str:
        """The member that an `internal://` address names; raises CoderError for any other, and for one not there.

        `line` is where the description names it. The answers are the base of every number: none may be missing.
        """
        scheme, _, file = address.partition("://")
        if scheme.lower() != "internal":
            raise CoderError(
                f"{where(self.path, line)}: the text {shown(address)} lies outside the archive",
                "Export the project again with its texts inside; if nobody meant it so, don't trust the file.",
            )
        folder = self.description.rpartition("/")[0]
        for plain in (file, unquote(file)):
            name = _plain(self.path, "/".join(part for part in (folder, "sources", plain.lstrip("/")) if part))
            if name in self.members:
                return name
        raise CoderError(f"{where(self.path, line)}: the text {shown(file)} is not in it", _AGAIN)


def room_of(size: int) -> int:
    """How many bytes are read of the description in a file of so many."""
    return min(max(_ROOM, _RATIO * size), _MOST)


def refused(path: Path, room: Callable[[int], int] = room_of) -> str:
    """Why an archive that is whole would not be read, by the sizes that it tells; empty where nothing is too large."""
    try:
        with opened(path, room) as archive:
            for name, member in archive.members.items():
                largest = archive.room if name == archive.description else _TEXT
                if member.file_size > largest:
                    raise archive.too_large(name, largest)
    except CoderError as error:
        return error.message
    return ""


@contextmanager
def opened(path: Path, room: Callable[[int], int] = room_of) -> Iterator[Archive]:
    """The archive in a file. Raises CoderError for what is none, and for names no honest program writes."""
    _check_directory(path)
    try:
        packed = zipfile.ZipFile(path)
    except OSError as error:
        unreadable(path, error)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise CoderError(f"{where(path)}: is damaged, or no REFI-QDA project", _AGAIN) from error
    with packed:
        members: dict[str, zipfile.ZipInfo] = {}
        for member in packed.infolist():
            name = _plain(path, member.orig_filename)
            if name in members:
                raise CoderError(f"{where(path)}: {shown(name)} is in it twice", _HOSTILE)
            members[name] = member
            if member.flag_bits & 1:
                raise CoderError(f"{where(path)}: is protected by a password", "Save it without one.")
            # Other ways of packing can't be read with a limit to what one piece grows to.
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise CoderError(f"{where(path)}: {shown(name)} is packed in a way the format does not allow", _AGAIN)
        yield Archive(path, packed, members, room(path.stat().st_size))


def _plain(path: Path, name: str) -> str:
    """A member's name in small letters; raises CoderError for one that leads out of the archive."""
    plain = name.replace("\\", "/").lower()
    if plain.startswith("/") or plain[1:2] == ":" or ".." in plain.split("/") or "\x00" in plain:
        raise CoderError(f"{where(path)}: {shown(name)} in it leads out of the archive", _HOSTILE)
    return name if plain == name else plain  # there may be hundreds of thousands of them


def _resource(name: str) -> bool:
    """True for what macOS puts beside a file of that name."""
    return name.startswith("__macosx/") or name.rpartition("/")[2].startswith("._")


def _check_directory(path: Path) -> None:
    """Refuse by the archive's own account of its directory what would take much memory merely to be listed."""
    try:
        if path.exists() and not path.is_file():
            raise CoderError(f"{where(path)}: is no plain file", "Check the path.")
        with path.open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - 66_000))
            tail = stream.read()
    except OSError as error:
        unreadable(path, error)
    end = tail.rfind(b"PK\x05\x06")
    try:
        size = struct.unpack_from("<I", tail, end + 12)[0] if end >= 0 else 0
        if end >= 76 and tail[end - 20 : end - 16] == b"PK\x06\x07":
            size = max(size, struct.unpack_from("<Q", tail, end - 36)[0])
    except struct.error as error:
        raise CoderError(f"{where(path)}: is damaged, or no REFI-QDA project", _AGAIN) from error
    if size > _DIRECTORY:
        raise CoderError(f"{where(path)}: holds more parts than any real project", _HOSTILE)
