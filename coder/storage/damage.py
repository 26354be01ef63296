"""Damage that SQLite can see in a project file."""

from collections.abc import Iterator

from sqlite_utils import Database

_MOST = 20  # lines that one look at the file may give
# What it holds is megabytes of JSON where a file was imported, which made sure of it as it was written.
_UNREAD = "event"


def damage(db: Database) -> list[str]:
    """What is broken, a line each; empty for a whole file. Call it outside a transaction."""
    found: list[str] = []
    db.conn.execute("pragma ignore_check_constraints=on")
    try:
        found += _lines(db, f"integrity_check({_MOST})")
    finally:
        db.conn.execute("pragma ignore_check_constraints=off")
    names = db.conn.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    for (name,) in names.fetchall():
        if name != _UNREAD and not found:
            found += _lines(db, f"quick_check({name})")
    return found


def broken_references(db: Database) -> int:
    """How many references lead nowhere."""
    return len(db.conn.execute("pragma foreign_key_check").fetchall())


def _lines(db: Database, pragma: str) -> Iterator[str]:
    return (row[0] for row in db.conn.execute(f"pragma {pragma}") if row[0] != "ok")
