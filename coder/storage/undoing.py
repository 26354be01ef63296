"""Undo and redo: an analyst's decisions taken back, or made again, from what the journal says of them."""

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime

from sqlite_utils import Database

from coder.domain.errors import ProjectChangedError, StepRefusedError
from coder.domain.progress import without_rank
from coder.storage import journal
from coder.storage.journal import Event


def undo(db: Database, *, analyst: str, scope: str, at: datetime, but: Collection[int] = ()) -> Event | None:
    """Take back the analyst's latest decision that still stands, none of `but`; None where there is none.

    Raises StepRefusedError where somebody has since changed what the decision had made.
    """
    which = "select max(event) from undo where analyst = ? and scope = ? and not undone"
    return _step(db, which, 1, analyst=analyst, scope=scope, at=at, but=but)


def redo(db: Database, *, analyst: str, scope: str, at: datetime, but: Collection[int] = ()) -> Event | None:
    """Make the decision again that the analyst undid last, none of `but`, else None. Raises as `undo` does."""
    which = "select min(event) from undo where analyst = ? and scope = ? and undone"
    return _step(db, which, 0, analyst=analyst, scope=scope, at=at, but=but)


def refused(event: Event, why: str, *, undone: bool) -> StepRefusedError:
    """The error for a step that can't be turned round."""
    what = "undone" if undone else "made again"
    where = "Undo again goes on to the step before it" if undone else "Redo again goes on to the one after it"
    return StepRefusedError(
        f"{without_rank(event.what)!r} can't be {what}: {why}", f"Nothing was written. {where}.", step=event.id
    )


def _step(
    db: Database, which: str, undone: int, *, analyst: str, scope: str, at: datetime, but: Collection[int]
) -> Event | None:
    passed = "event not in (select value from json_each(?))"
    number = db.conn.execute(f"{which} and {passed}", (analyst, scope, json.dumps(sorted(but)))).fetchone()[0]
    if number is None:
        return None
    event = journal.read(db, number)
    changes = [change.reversed() for change in reversed(event.changes)] if undone else list(event.changes)
    what = f"{'undo' if undone else 'redo'} {event.what}"
    concerned = {"answer": event.answer, "codebook": event.codebook}
    try:
        _require_untouched(db, event, analyst)
        journal.write(db, changes, analyst=analyst, what=what, at=at, reverses=number, **concerned)
    except ProjectChangedError as error:
        raise refused(event, error.message, undone=bool(undone)) from error
    except sqlite3.IntegrityError as error:
        raise refused(event, "what was decided later stands on it", undone=bool(undone)) from error
    db.conn.execute("update undo set undone = ? where event = ?", (undone, number))
    return event


def _require_untouched(db: Database, event: Event, analyst: str) -> None:
    """Raise ProjectChangedError where a decision of somebody else that stands changed one of the rows later.

    The row may be as the event left it all the same: changed and, by another decision, changed back.
    """
    rows = event.rows
    for other in journal.by_others(db, event.id, analyst):
        for table, *_ in rows & other.rows:
            raise journal.changed(table)
