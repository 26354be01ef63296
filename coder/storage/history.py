"""What the journal remembers of the codebook, and which event was the last of its kind."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from coder.domain.codebook import Codebook
from coder.storage import codebooks

# Whether an answer is one to a question in a round. By the answer's number, and not in a list of all: events are many.
_HERE = """exists (select 1 from answer where answer.id = {} and answer.round = (select id from round where key = ?)
    and answer.question = (select id from question where key = ?))"""
_ON_ANSWER = _HERE.format("event.answer")
# Each change is [table, row before, row after].
_ON_ANSWERS = f"""exists (select 1 from json_each(event.changes) where {
    _HERE.format("coalesce(json_extract(value, '$[2].answer'), json_extract(value, '$[1].answer'))")
})"""

# A memo decides nothing, whatever it is about; keeping a coding after a second look leaves the row as it was.
_DECIDES = """substr(event.changes, 1, 8) <> '[["memo"'
    and json_extract(event.changes, '$[0][1]') is not json_extract(event.changes, '$[0][2]')"""

# What a codebook says of an entry beside where it stands and what it is called moves no count and is printed nowhere.
_MOVES = """exists (select 1 from json_each(event.changes)
    where json_remove(json_extract(value, '$[1]'), '$.definition', '$.examples', '$.aliases')
    is not json_remove(json_extract(value, '$[2]'), '$.definition', '$.examples', '$.aliases'))"""


def last_event(db: Database) -> tuple[int, str]:
    """The number and time of the newest event, (0, "") where nothing has been decided."""
    row = db.conn.execute("select id, at from event order by id desc limit 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def made_at(db: Database, event: int) -> str:
    """When an event was written, empty where there is none of that number."""
    row = db.conn.execute("select at from event where id = ?", (event,)).fetchone()
    return str(row[0]) if row else ""


def last_coded(db: Database, round_key: str, question: str) -> int:
    """The newest event that decided about answers to a question in a round, 0 where there is none.

    A change of the codebook is none of them, though it may settle answers anew.
    """
    scope = (round_key, question)
    row = db.conn.execute(
        f"""select id from event where ({_ON_ANSWER} or (answer is null and codebook is null and {_ON_ANSWERS}))
        and {_DECIDES} order by id desc limit 1""",
        (*scope, *scope),
    ).fetchone()
    return int(row[0]) if row else 0


def decided_on(db: Database, codes: Collection[int], since: int) -> dict[int, int]:
    """For each coding, by its number, the newest event after `since` that gave it one of these codes or kept it there.

    Keeping changes nothing: the row before is the row after. What has been undone is no such event, nor is undoing.
    Only events after `since` are read, and of those only the ones that name such a code are taken apart.
    """
    rows = db.conn.execute(
        """select json_extract(value, '$[2].id'), max(event.id) from event, json_each(event.changes)
        where event.id > :since and event.reverses is null
        and event.id not in (select reverses from event where id > :since and reverses is not null
            group by reverses having count(*) % 2)
        and exists (select 1 from json_each(:codes) as code
            where instr(event.changes, '"code": ' || code.value || ','))
        and json_extract(value, '$[0]') = 'coding'
        and json_extract(value, '$[2].code') in (select code.value from json_each(:codes) as code)
        and (json_extract(value, '$[1].code') is not json_extract(value, '$[2].code')
            or json_extract(value, '$[1]') = json_extract(value, '$[2]'))
        group by 1""",
        {"since": since, "codes": json.dumps(sorted(codes))},
    )
    return dict(rows.fetchall())


def last_that_counts(db: Database, round_key: str, question: str) -> tuple[int, str]:
    """Number and time of the newest event that may have moved a count of a question in a round, codebook or answer.

    A change of definitions, examples or other names moves none.
    """
    scope = (round_key, question)
    row = db.conn.execute(
        f"""select id, at from event where ({_ON_ANSWER}
        or (answer is null and {_ON_ANSWERS})
        or (codebook = (select codebook from question where key = ?) and {_MOVES}))
        and {_DECIDES} order by id desc limit 1""",
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
        where instr(event.changes, '"example": 1')  -- quick to find, and so few events have it
        and json_extract(value, '$[0]') = 'coding' and json_extract(value, '$[1].example') = 1
        and (gone or json_extract(value, '$[2].example') = 0)
        and {_HERE.format("json_extract(value, '$[1].answer')")}
        order by event.id""",
        (round_key, question),
    )
    # Only how the flag went last matters: an example whose flag was taken off by hand is no loss.
    latest = {row[:4]: (LostExample(*row[:6]), bool(row[6])) for row in rows}
    there = "select 1 from coding where answer = ? and code = ? and start = ? and end = ?"
    return [lost for place, (lost, gone) in latest.items() if gone and db.conn.execute(there, place).fetchone() is None]
