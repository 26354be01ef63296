"""What the journal remembers of the codebook, and which event was the last of its kind."""

from dataclasses import dataclass

from sqlite_utils import Database

from coder.domain.codebook import Codebook
from coder.storage import codebooks

_SCOPE = """select answer.id from answer join round on round.id = answer.round
    join question on question.id = answer.question where round.key = ? and question.key = ?"""
# Each change is [table, row before, row after].
_ON_ANSWERS = f"""exists (select 1 from json_each(event.changes) where coalesce(
    json_extract(value, '$[2].answer'), json_extract(value, '$[1].answer')) in ({_SCOPE}))"""


def last_event(db: Database) -> tuple[int, str]:
    """The number and time of the newest event, (0, "") where nothing has been decided."""
    row = db.conn.execute("select id, at from event order by id desc limit 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def last_coded(db: Database, round_key: str, question: str) -> int:
    """The newest event that decided about answers to a question in a round, 0 where there is none.

    A change of the codebook is none of them, though it may settle answers anew.
    """
    scope = (round_key, question)
    row = db.conn.execute(
        f"""select max(id) from event where answer in ({_SCOPE})
        or (answer is null and codebook is null and {_ON_ANSWERS})""",
        (*scope, *scope),
    ).fetchone()
    return int(row[0] or 0)


def last_that_counts(db: Database, round_key: str, question: str) -> tuple[int, str]:
    """Number and time of the newest event that may have moved a count of a question in a round, codebook or answer."""
    scope = (round_key, question)
    row = db.conn.execute(
        f"""select id, at from event where answer in ({_SCOPE})
        or (answer is null and {_ON_ANSWERS}) or codebook = (select codebook from question where key = ?)
        order by id desc limit 1""",
        (*scope, *scope, question),
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def codebook_as_of(db: Database, key: str, event: int) -> Codebook:
    """The codebook as it was right after an event; the one taken in where nothing had changed it by then."""
    states = codebooks.history(db, key)
    return next(book for change, book in reversed(states) if change is None or change.id <= event)


@dataclass(frozen=True, slots=True)
class LostExample:
    """A coding that was flagged for publication and then taken off: where it stood, when it went and by whom."""

    answer: int
    code: int
    start: int
    end: int
    at: str
    analyst: str


def lost_examples(db: Database, round_key: str, question: str) -> list[LostExample]:
    """The codings of a question in a round that were taken off while flagged, and have not come back."""
    rows = db.conn.execute(
        f"""select json_extract(value, '$[1].answer') as answer, json_extract(value, '$[1].code') as code,
            json_extract(value, '$[1].start') as start, json_extract(value, '$[1].end') as end,
            event.at, event.analyst, json_extract(value, '$[2]') is null as gone
        from event, json_each(event.changes)
        where json_extract(value, '$[0]') = 'coding' and json_extract(value, '$[1].example') = 1
        and (gone or json_extract(value, '$[2].example') = 0) and json_extract(value, '$[1].answer') in ({_SCOPE})
        order by event.id""",
        (round_key, question),
    )
    # Only how the flag went last matters: an example whose flag was taken off by hand is no loss.
    latest = {row[:4]: (LostExample(*row[:6]), bool(row[6])) for row in rows}
    held = {
        tuple(row)
        for row in db.conn.execute(
            f"select answer, code, start, end from coding where answer in ({_SCOPE})", (round_key, question)
        )
    }
    return [lost for place, (lost, gone) in latest.items() if gone and place not in held]
