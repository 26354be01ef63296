"""Runs: what coded by machine, from what, under which thresholds and with which versions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

_COLUMNS = (
    "id, round, question, model, codebook, fingerprint, trained_on, unit, seed, thresholds, versions, at, ahead, files"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One batch run on one question of one round, whatever it came to.

    `model` identifies all that it suggested from; `fingerprint` is the codebook's at the time, `trained_on` how many
    codings it learnt from. `thresholds` is what let a suggestion through, as plain values; `versions` those of the
    program and of the libraries that decide. `at` is when it began. `id` is 0 until it is stored. `ahead` is how many
    answers it has not come to: none where it is finished, and None where that is not known. `files` is the name of a
    run that coded files outside the project, whose codings came in from there; empty for one on the project's own
    answers.
    """

    round: str
    question: str
    model: str
    codebook: str
    fingerprint: str
    trained_on: int
    unit: str
    seed: int
    thresholds: Mapping[str, Any]
    versions: Mapping[str, str]
    at: str
    id: int = 0
    ahead: int | None = None
    files: str = ""

    def same_as(self, other: "Run | None") -> bool:
        """True where both code the same answers alike."""
        return other is not None and replace(self, id=0, at="", ahead=None) == replace(other, id=0, at="", ahead=None)


def begin(db: Database, run: Run) -> int:
    """The number of a run: that of the question's latest run where it was the same, else a new one."""
    held = latest(db, run.round, run.question)
    return held.id if held is not None and run.same_as(held) else _insert(db, run)


def take_in(db: Database, run: Run) -> int:
    """The number of a run on files: that which it has in the project, else a new one."""
    row = db.conn.execute(
        "select id from run where files = ? and round = ? and question = ?", (run.files, run.round, run.question)
    ).fetchone()
    return _insert(db, run) if row is None else int(row[0])


def _insert(db: Database, run: Run) -> int:
    row = (
        run.round,
        run.question,
        run.model,
        run.codebook,
        run.fingerprint,
        run.trained_on,
        run.unit,
        run.seed,
        json.dumps(run.thresholds, ensure_ascii=False, sort_keys=True),
        json.dumps(run.versions, ensure_ascii=False, sort_keys=True),
        run.at,
        run.ahead,
        run.files,
    )
    names = _COLUMNS.removeprefix("id, ")
    places = ", ".join("?" for _ in row)
    cursor = db.conn.execute(f"insert into run ({names}) values ({places})", row)
    return int(cursor.lastrowid or 0)


def went_on(db: Database, number: int, ahead: int) -> None:
    """Note down how many answers a run has still before it. Call it inside the transaction that writes the others."""
    db.conn.execute("update run set ahead = ? where id = ?", (ahead, number))


def latest(db: Database, round_key: str, question: str) -> Run | None:
    """The newest run on the project's own answers to a question of a round, None where there was none."""
    row = db.conn.execute(
        f"select {_COLUMNS} from run where round = ? and question = ? and files = '' order by id desc limit 1",
        (round_key, question),
    ).fetchone()
    return None if row is None else _run(row)


def coded(db: Database, round_key: str, question: str) -> bool:
    """True where a machine's codings stand in a question of a round, of whatever run."""
    query = """select exists (select 1 from coding join answer on answer.id = coding.answer
        join round on round.id = answer.round join question on question.id = answer.question
        where origin = 'auto' and round.key = ? and question.key = ?)"""
    return bool(db.conn.execute(query, (round_key, question)).fetchone()[0])


def read(db: Database, number: int) -> Run | None:
    """A run by its number, as a coding names it."""
    row = db.conn.execute(f"select {_COLUMNS} from run where id = ?", (number,)).fetchone()
    return None if row is None else _run(row)


def every(db: Database) -> list[Run]:
    """All runs, oldest first."""
    return [_run(row) for row in db.conn.execute(f"select {_COLUMNS} from run order by id")]


def codings(db: Database) -> dict[int, dict[str, int]]:
    """How many codings each run has in the project, by their origin now."""
    found: dict[int, dict[str, int]] = {}
    for number, origin, times in db.conn.execute(
        "select run, origin, count(*) from coding where run is not null group by run, origin"
    ):
        found.setdefault(int(number), {})[str(origin)] = int(times)
    return found


def unknown(db: Database) -> dict[tuple[str, str], int]:
    """How many of a machine's codings in the project are of no known run, by round and question."""
    query = """select round.key, question.key, count(*) from coding join answer on answer.id = coding.answer
        join round on round.id = answer.round join question on question.id = answer.question
        where origin = 'auto' and run is null group by round.key, question.key"""
    return {(round_key, question): int(times) for round_key, question, times in db.conn.execute(query)}


def _run(row: tuple[Any, ...]) -> Run:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Run(**{**values, **{name: json.loads(values[name]) for name in ("thresholds", "versions")}})
