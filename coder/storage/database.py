"""The project file: made, recognised, opened, and written to in transactions that are on disk when they end."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from coder.domain.errors import CoderError, ProjectChangedError
from coder.storage import migrations
from coder.storage.failures import explained

__all__ = ["Database", "ProjectFile", "create", "open_existing"]

APPLICATION_ID = 0x63_6F_64_72  # "codr" in the file's header
_MAGIC = b"SQLite format 3\x00"
_PATIENCE = 0.25  # seconds to wait for another program's lock; the caller decides whether to try again


class ProjectFile:
    """An open project. It belongs to the thread that opened it.

    A rollback journal and full synchronisation, not WAL, which loses decisions in synchronised folders and on shares.
    TRUNCATE with EXTRA lost none in power-loss trials, and leaves an empty `-journal` file beside the project.
    """

    def __init__(self, path: Path, *, patience: float = _PATIENCE) -> None:
        self.path = path
        # Autocommit: no statement opens a transaction behind our back.
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
        )
        self.db = Database(self._connection)
        try:
            for pragma in ("foreign_keys=on", "secure_delete=on", "journal_mode=truncate", "synchronous=extra"):
                self._connection.execute(f"pragma {pragma}")
        except sqlite3.Error as error:
            self._connection.close()
            raise explained(error, path) from error
        self._identity = _identity(path)
        self._known = 0  # the newest event that was written here, or that stood when all was read last

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Nothing is pending: every decision was on disk when its call returned."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: on disk when the block ends, undone when it raises.

        Raises ProjectBusyError where another program holds the file, and ProjectChangedError where the file is no
        longer the one that was opened (a synchronisation put another in its place).
        """
        self._require_same_file()
        try:
            # Immediate, so that two programs that read and then write cannot overwrite each other's decisions.
            self._connection.execute("begin immediate")
            try:
                others = self._newest() != self._known
                yield self.db
                mine = self._newest()
                self._connection.execute("commit")
                self._known = self._known if others else mine
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent view of the project for several reads; within a transaction, the view that it has."""
        if self._connection.in_transaction:
            yield self.db
            return
        try:
            self._connection.execute("begin")
            try:
                yield self.db
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def catch_up(self) -> None:
        """Take every event as known, as all is read now; inside a view, those that it has."""
        self._known = self._newest()

    def decided_elsewhere(self) -> bool:
        """True where there is an event that another connection has written since `catch_up`."""
        try:
            return self._newest() != self._known
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def _newest(self) -> int:
        return int(self._connection.execute("select coalesce(max(id), 0) from event").fetchone()[0])

    def version(self) -> int:
        """A number that changes when another connection has committed to the project."""
        try:
            return int(self._connection.execute("pragma data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def _require_same_file(self) -> None:
        if _identity(self.path) != self._identity:
            raise ProjectChangedError(
                f"{self.path} is no longer the file that was opened: it was moved, deleted or replaced",
                "Nothing was written. Close the workbench, see that the right file lies there, and open it again.",
            )


def create(path: Path) -> ProjectFile:
    """A new, empty project, readable by its owner alone. Refuses an existing file."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CoderError(f"{path} exists already", "Choose another name, or work on with `coder code`.") from None
    except OSError as error:
        raise CoderError(
            f"{path} can't be made: {error.strerror}", "See that the folder exists and may be written to."
        ) from error
    try:
        project = ProjectFile(path)
        try:
            project.db.conn.execute(f"pragma application_id={APPLICATION_ID}")
            _migrate(project.db)
        except BaseException:
            project.close()
            raise
    except sqlite3.Error as error:
        path.unlink(missing_ok=True)
        raise explained(error, path) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return project


def open_existing(path: Path) -> ProjectFile:
    """The project in an existing file, brought to the newest schema.

    Before anything else the header is read: a file of another kind, or from a newer program, is refused untouched.
    """
    version = _recognise(path)
    try:
        project = ProjectFile(path)
        try:
            # What a write made sure of is not asked for again: one import's event may hold megabytes of JSON.
            project.db.conn.execute("pragma ignore_check_constraints=on")
            damage = project.db.conn.execute("pragma quick_check(1)").fetchone()[0]
            project.db.conn.execute("pragma ignore_check_constraints=off")
            if damage != "ok":
                raise CoderError(f"{path} is damaged: {damage}", "Go back to a copy; nothing was changed.")
            if version < migrations.latest():
                _migrate(project.db)
        except BaseException:
            project.close()
            raise
    except sqlite3.Error as error:
        raise explained(error, path) from error
    return project


def _migrate(db: Database) -> None:
    # Exclusive, so that two programs that open an old project do not migrate it both.
    db.conn.execute("begin exclusive")
    try:
        migrations.steps.apply(db)
        db.conn.execute(f"pragma user_version={migrations.latest()}")
        db.conn.execute("commit")
    finally:
        if db.conn.in_transaction:
            db.conn.execute("rollback")


def _recognise(path: Path) -> int:
    """The schema version in the header of a project file; raises CoderError for any other file."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise CoderError(
            f"there is no project {path}", "Check the path, or make a project with `coder init`."
        ) from None
    except IsADirectoryError:
        raise CoderError(f"{path} is a folder, not a project", "Give the path of the project's file.") from None
    except OSError as error:
        raise CoderError(f"{path} can't be read: {error.strerror}", "Check the path and its permissions.") from error
    if len(header) < 100 or not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise CoderError(f"{path} is not a coder project", "Give a file made by `coder init`; this one was left alone.")
    version = int.from_bytes(header[60:64], "big")
    if version > migrations.latest():
        raise CoderError(
            f"{path} was written by a newer version of coder (schema {version}; this one knows {migrations.latest()})",
            "Update coder; the project was left alone.",
        )
    return version


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
