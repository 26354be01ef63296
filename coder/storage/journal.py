"""Decisions as row changes: written with their event in one transaction."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from coder.domain.errors import ProjectChangedError

Row = Mapping[str, Any]

# The tables that decisions may change, with their primary keys. Answers are not among them: they are never edited.
_KEYS = {
    "coding": ("id",),
    "choice": ("answer", "theme"),
    "work": ("answer",),
    "theme": ("id",),
    "code": ("id",),
    "memo": ("id",),
    "candidate": ("id",),
}
_CODEBOOK = ("theme", "code")
# The decisions that do not stand: undoing and redoing both name the one they turn round.
UNDONE = "select reverses from event where reverses is not null group by reverses having count(*) % 2"
_WORK = ("coding", "choice", "work")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of one table before and after: None before for a new row, None after for a row that goes."""

    table: str
    before: Row | None
    after: Row | None

    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.table, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the journal."""

    id: int
    at: str
    analyst: str
    what: str
    answer: int | None
    changes: tuple[Change, ...]
    codebook: int | None = None

    @property
    def rows(self) -> frozenset[tuple[Any, ...]]:
        """The rows that it changed, each by its table and key."""
        return frozenset(
            (one.table, *(row[key] for key in _KEYS[one.table]))
            for one in self.changes
            for row in [one.after or one.before or {}]
        )

    @property
    def answers(self) -> frozenset[int]:
        """The answers whose work it changed."""
        rows = [row for one in self.changes if one.table in _WORK for row in (one.before, one.after) if row]
        return frozenset(row["answer"] for row in rows)


def record(
    db: Database,
    changes: Sequence[Change],
    *,
    analyst: str,
    what: str,
    at: datetime,
    scope: str | None,
    answer: int | None = None,
    codebook: int | None = None,
) -> int:
    """Make the changes and write their event. Call it inside a write transaction.

    With a `scope` the decision can be undone there; without one (imports, the batch run) it is journalled alone.
    """
    event = write(db, changes, analyst=analyst, what=what, at=at, answer=answer, codebook=codebook)
    if scope is not None:
        db.conn.execute("delete from undo where analyst = ? and scope = ? and undone", (analyst, scope))
        db.conn.execute("insert into undo (event, analyst, scope) values (?, ?, ?)", (event, analyst, scope))
    return event


def changed(table: str) -> ProjectChangedError:
    """The error for a row of that table which is no longer as it was."""
    what = {"memo": "this memo", "candidate": "this candidate for a code"}.get(table, "this answer")
    what = "the codebook" if table in _CODEBOOK else what
    return ProjectChangedError(
        f"somebody else has changed {what} meanwhile",
        "Nothing was written; it is shown anew as it is now: decide again.",
    )


def forget(db: Database, answers: Collection[int]) -> None:
    """Let nobody undo or redo what was decided about these answers: offsets would point astray in their new texts.

    A decision on several answers is forgotten as a whole.
    """
    db.conn.execute(
        """with changed as (select value from json_each(?))
        delete from undo where event in (select id from event where answer in changed)
        or exists (select 1 from event, json_each(event.changes) where event.id = undo.event
            and coalesce(json_extract(value, '$[1].answer'), json_extract(value, '$[2].answer')) in changed)""",
        (json.dumps(sorted(answers)),),
    )


def read(db: Database, number: int) -> Event:
    """One event of the journal."""
    return _event(db.conn.execute(f"select {_EVENT} from event where id = ?", (number,)).fetchone())


def of_codebook(db: Database, codebook: int) -> list[Event]:
    """The events that changed a codebook, oldest first."""
    rows = db.conn.execute(f"select {_EVENT} from event where codebook = ? order by id", (codebook,))
    return [_event(row) for row in rows]


def by_others(db: Database, number: int, analyst: str) -> Iterator[Event]:
    """The decisions of others that came after one and stand, oldest first."""
    later = f"id > ? and analyst <> ? and reverses is null and id not in ({UNDONE}) order by id"
    for row in db.conn.execute(f"select {_EVENT} from event where {later}", (number, analyst)):
        yield _event(row)


_EVENT = "id, at, analyst, what, answer, changes, codebook"


def _event(row: tuple[Any, ...]) -> Event:
    number, at, analyst, what, answer, changes, codebook = row
    return Event(number, at, analyst, what, answer, tuple(starmap(_change, json.loads(changes))), codebook)


def _change(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Change:
    for row in (before, after) if table == "work" else ():
        if row is not None:
            row.pop("note", None)  # what a note says stands in a memo, which has decisions of its own
    return Change(table, before, after)


def write(
    db: Database,
    changes: Sequence[Change],
    *,
    analyst: str,
    what: str,
    at: datetime,
    answer: int | None,
    codebook: int | None,
    reverses: int | None = None,
) -> int:
    """Make the changes and write their event, which `reverses` another one where it is named; returns its number."""
    changes = [apply(db, change) for change in changes]
    stored = json.dumps([[one.table, one.before, one.after] for one in changes], ensure_ascii=False)
    cursor = db.conn.execute(
        "insert into event (at, analyst, what, answer, codebook, reverses, changes) values (?, ?, ?, ?, ?, ?, ?)",
        (at.isoformat(timespec="milliseconds"), analyst, what, answer, codebook, reverses, stored),
    )
    return int(cursor.lastrowid or 0)


def apply(db: Database, change: Change) -> Change:
    """Make one change, having seen that the row is still as it was; returns it with the id a new row was given."""
    keys = _KEYS[change.table]
    if change.before is None:
        assert change.after is not None
        columns = ", ".join(change.after)
        places = ", ".join("?" for _ in change.after)
        cursor = db.conn.execute(
            f"insert into {change.table} ({columns}) values ({places})",
            tuple(change.after.values()),
        )
        if keys == ("id",) and "id" not in change.after:
            return Change(change.table, None, {"id": cursor.lastrowid, **change.after})
        return change
    where = " and ".join(f"{column} is ?" for column in change.before)
    held = tuple(change.before.values())
    if change.after is None:
        cursor = db.conn.execute(f"delete from {change.table} where {where}", held)
    else:
        assert all(change.before[key] == change.after[key] for key in keys)
        sets = ", ".join(f"{column} = ?" for column in change.after)
        cursor = db.conn.execute(
            f"update {change.table} set {sets} where {where}",
            (*change.after.values(), *held),
        )
    if cursor.rowcount != 1:
        raise changed(change.table)
    return change


def differences(table: str, before: Iterable[Row], after: Iterable[Row], key: Sequence[str]) -> list[Change]:
    """The changes that lead from one set of rows to another; rows are the same where `key` is equal.

    Rows that go come first, so that what replaces them finds its place free.
    """
    before, after = list(before), list(after)
    if not before and not after:
        return []

    identity = itemgetter(*key)
    old = {identity(row): row for row in before}
    new = {identity(row): row for row in after}
    gone = [Change(table, row, None) for place, row in old.items() if place not in new]
    changed = [
        Change(table, old[place], {**old[place], **row})
        for place, row in new.items()
        if place in old and not row.items() <= old[place].items()
    ]
    added = [Change(table, None, row) for place, row in new.items() if place not in old]
    return gone + changed + added
