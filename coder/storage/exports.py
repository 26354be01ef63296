"""The files that were written from a project, and how far the journal had come by then."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Export:
    """A round of a question that a file shows. `event` is the journal's last event by then, `at` the time.

    `asked` is what the file was asked for with: the command's name, then the words of each option; empty where nobody
    has noted it down.
    """

    path: str
    round: str
    question: str
    what: str
    at: str
    event: int
    asked: tuple[tuple[str, ...], ...] = ()


def save(db: Database, path: str, shown: Sequence[Export]) -> None:
    """Note down what a file shows, in place of what it showed before."""
    db.conn.execute("delete from export where path = ?", (path,))
    db.conn.executemany(
        "insert or replace into export (path, round, question, what, at, event, asked) values (?, ?, ?, ?, ?, ?, ?)",
        [(path, one.round, one.question, one.what, one.at, one.event, json.dumps(one.asked)) for one in shown],
    )


def load(db: Database) -> list[Export]:
    """Every file noted down, by path, and what it shows."""
    rows = db.conn.execute(
        "select path, round, question, what, at, event, asked from export order by path, round, question"
    )
    return [
        Export(path, key, question, what, at, event, tuple(map(tuple, json.loads(asked))))
        for path, key, question, what, at, event, asked in rows
    ]
