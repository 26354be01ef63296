"""Numbers of themes and codes: one that was ever given is never given to another entry, not even after an undo."""

from sqlite_utils import Database


def next_number(db: Database) -> int:
    """The number that the next new entry will get: greater than any that was ever given."""
    row = db.conn.execute(
        """select max((select coalesce(max(id), 0) from theme), (select coalesce(max(id), 0) from code),
        (select coalesce(max(seq), 0) from sqlite_sequence where name = 'entry_number')) + 1"""
    ).fetchone()
    return int(row[0])


def use_up(db: Database, number: int) -> None:
    """Never give this number to another entry. Call it inside the transaction that writes."""
    db.conn.execute("insert into entry_number (id, kind) values (?, 'entry')", (number,))
    db.conn.execute("delete from entry_number")
