"""A file that is written as a whole or not at all."""

import contextlib
import io
import os
import secrets
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from coder.domain.errors import CoderError

# Is told how much is done, of how much.
Progress = Callable[[int, int], None]

# Before and after the letters and digits that tell apart what is being written.
_BEGUN = (".coder-", ".tmp")


def write_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file through `write`; a file that stood there is replaced only once all of the new one is on disk.

    An OSError becomes a CoderError, and nothing is left behind.
    """
    # A link is followed, so that it stays a link and the temporary file lies on the disk of what it points to.
    target = Path(os.path.realpath(path))
    temporary = target.parent / f"{_BEGUN[0]}{secrets.token_hex(6)}{_BEGUN[1]}"
    try:
        _require_place(target)
        with temporary.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)  # noqa: PTH105 - the one call that is atomic on every system
    except OSError as error:
        _remove(temporary)
        if isinstance(error, FileNotFoundError) and target.parent.is_dir():
            raise CoderError(
                f"can't write {path}: what was written of it was taken away meanwhile",
                f"Another program is at work in {target.parent}, perhaps the same command; when it is done, run this "
                "one again.",
            ) from error
        raise CoderError(f"can't write {path}: {_reason(error)}", _hint(error)) from error
    except BaseException:
        _remove(temporary)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole already; see `write_file`."""

    def whole(stream: BinaryIO) -> None:
        stream.write(content)

    write_file(path, whole)


def write_text_file(path: Path, write: Callable[[TextIO], None]) -> None:
    """Write a UTF-8 text file as a whole or not at all; line ends are as `write` gives them."""
    write_file(path, partial(write_text, write))


def write_text(write: Callable[[TextIO], None], stream: BinaryIO) -> None:
    """Write UTF-8 text to a stream of bytes; line ends are as `write` gives them."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        write(text)
    finally:
        text.detach()  # flushes, and leaves the closing to the one who opened


def remove_begun(folder: Path) -> None:
    """Remove from a folder what programs that were killed had begun to write there.

    Only where nobody else writes: who is still writing is told that the file is gone.
    """
    for path in folder.glob("*".join(_BEGUN)):
        _remove(path)


def _require_place(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError("it is a folder")
    # A rename would go over a file that somebody has made read-only.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError("the file is read-only")


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        temporary.unlink()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _hint(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "Make the folder first, or choose another."
        case IsADirectoryError():
            return "Name a file in it."
        case PermissionError():
            return "Close the program that has the file open, or choose another place."
        case _:
            return "Make room or choose another place; of this file nothing has been written."
