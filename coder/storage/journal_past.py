"""The project as it stood after an earlier decision: a copy in memory, from which the journal is taken back.

The journal holds codings, choices, marks and the codebook. Answers and respondents are not in it: those of the copy are
those of now, whatever had been taken in by then.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from coder.domain.errors import CoderError, ProjectChangedError
from coder.storage import journal
from coder.storage.database import ProjectFile
from coder.storage.journal import Event

# What counts are made of. Memos and the like decide nothing, and some were moved by a migration, which writes no event.
_COUNTS = ("coding", "choice", "work", "theme", "code")


@contextmanager
def copied(file: ProjectFile) -> Iterator[Database]:
    """A copy of the project in memory. Nothing done to it reaches the project, which is free again once it is made."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with file.reading() as db:
            db.conn.backup(connection)
        yield Database(connection)
    finally:
        connection.close()


@contextmanager
def tried(copy: Database) -> Iterator[None]:
    """What is done to the copy inside is undone at the end."""
    copy.conn.execute("savepoint tried")
    try:
        yield
    finally:
        copy.conn.execute("rollback to tried")
        copy.conn.execute("release tried")


def newest_first(copy: Database, after: int, upto: int | None = None) -> Iterator[Event]:
    """The events after one, up to another or to the last, newest first."""
    last = "" if upto is None else f"and id <= {int(upto)}"
    numbers = copy.conn.execute(f"select id from event where id > ? {last} order by id desc", (after,)).fetchall()
    return (journal.read(copy, number) for (number,) in numbers)


def take_back(copy: Database, event: Event) -> None:
    """Put the rows that counts are made of back to how they were before an event, the newest that still stands.

    Raises CoderError where they are not as the event left them: then nobody can tell what was there before.
    """
    try:
        for change in reversed(event.changes):
            if change.table in _COUNTS:
                journal.apply(copy, change.reversed())
    except (ProjectChangedError, sqlite3.IntegrityError) as error:
        raise CoderError(
            f"decision {event.id} of the journal ({event.at[:16]}, {event.analyst}) can't be taken back: what it wrote "
            "is not what the project holds",
            "Something other than coder has changed the project; compare files of `coder codings export` instead.",
        ) from error
