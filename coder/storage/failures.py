"""What SQLite's errors mean to a user, and what to do."""

import sqlite3
from pathlib import Path

from coder.domain.errors import CoderError, ProjectBusyError, ProjectChangedError

_MEANING: tuple[tuple[tuple[str, ...], type[CoderError], str, str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        ProjectBusyError,
        "{path} is held by another program",
        "Try again in a moment; nothing was lost.",
    ),
    (
        ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"),
        ProjectChangedError,
        "somebody else has changed this meanwhile",
        "Nothing was written; look at it as it is now and decide again.",
    ),
    (
        ("SQLITE_CONSTRAINT_FOREIGNKEY",),
        ProjectChangedError,
        "what this refers to is gone, or what was decided later refers to it",
        "Nothing was written; look at it as it is now. What was decided later must be taken back first.",
    ),
    (
        ("SQLITE_FULL",),
        CoderError,
        "the disk that holds {path} is full",
        "Make room and try again; nothing was half-written.",
    ),
    (
        ("SQLITE_READONLY",),
        CoderError,
        "{path} can't be written to",
        "Check the permissions of the file and its folder.",
    ),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), CoderError, "{path} is damaged: {error}", "Go back to a copy."),
    (
        ("SQLITE_IOERR", "SQLITE_CANTOPEN"),
        CoderError,
        "{path} can't be read or written: {error}",
        "Check the disk or the network share, and try again.",
    ),
)


def explained(error: sqlite3.Error, path: Path) -> CoderError:
    """The error as a user meets it, about the project in that file."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for beginnings, kind, message, hint in _MEANING:
        if name.startswith(beginnings):
            return kind(message.format(path=path, error=error), hint)
    return CoderError(f"{path}: {error}", "Nothing was changed.")
