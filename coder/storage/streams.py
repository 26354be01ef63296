"""Answers with the work on them, some at a time: what keeps memory flat however many there are."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sqlite_utils import Database

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Origin, Work
from coder.storage import works
from coder.storage.audits import THERE

# The signs keep SQLite from using the index on the place, which would sort all answers anew for every chunk.
_CHUNK = """select answer.id, respondent.key, participation.name, attributes, covers, answer.text from answer
    join respondent on respondent.id = answer.respondent
    join participation on participation.round = answer.round and participation.respondent = answer.respondent
    where answer.id > ? and +answer.round = ? and +answer.question = ? order by answer.id limit ?"""
_BY_HAND = """select answer.id, respondent.key, participation.name, attributes, covers, answer.text from answer
    join respondent on respondent.id = answer.respondent
    join participation on participation.round = answer.round and participation.respondent = answer.respondent
    where answer.round = ? and answer.question = ?
    and exists (select 1 from coding where coding.answer = answer.id and origin <> ?) order by answer.id"""
_EVERY = """select answer.id, respondent.key, answer.text from answer
    join respondent on respondent.id = answer.respondent
    where answer.round = ? and answer.question = ? order by answer.id"""
# Crossed, SQLite goes through the respondents by the index on their keys, and sorts nothing.
_BY_RESPONDENT = """select answer.id, respondent.key, answer.text from respondent
    cross join answer on respondent.id = answer.respondent
    where answer.round = ? and answer.question = ? order by respondent.key"""
_AT_ONCE = 500
NOBODY: Mapping[str, Respondent] = MappingProxyType({})


def count(db: Database, round_key: str, question: str) -> int:
    """How many open answers a round and question have, blank ones too."""
    where = "select count(*) from answer where round = ? and question = ?"
    return int(db.conn.execute(where, _place(db, round_key, question)).fetchone()[0])


def base(db: Database, round_key: str, question: str) -> int:
    """How many answers that are not blank a round and an open question have."""
    where = f"select count(*) from answer where round = ? and question = ? and {THERE}"
    return int(db.conn.execute(where, _place(db, round_key, question)).fetchone()[0])


def span(db: Database, round_key: str, question: str) -> tuple[int, int]:
    """The numbers of the first and the last answer of a round and question, 0 and 0 where there is none."""
    which = "select coalesce(min(id), 0), coalesce(max(id), 0) from answer where round = ? and question = ?"
    row = db.conn.execute(which, _place(db, round_key, question)).fetchone()
    return int(row[0]), int(row[1])


def chunk(db: Database, round_key: str, question: str, size: int, after: int = 0) -> list[tuple[Answer, Work]]:
    """The next `size` answers of a round and question after the one of that number, blank ones too, with their work.

    In the order they came, as a run over all of them that passes on the last one's number meets each once.
    """
    rows = db.conn.execute(_CHUNK, (after, *_place(db, round_key, question), size))
    answers = [Answer(row[0], Respondent(row[1], row[2], json.loads(row[3]), row[4]), row[5]) for row in rows]
    held = works.of_answers(db, [answer.id for answer in answers])
    return [(answer, held[answer.id]) for answer in answers]


def every(
    db: Database, round_key: str, question: str, who: Mapping[str, Respondent] = NOBODY, *, by_respondent: bool = False
) -> Iterator[list[tuple[Answer, Work]]]:
    """All answers of a round and question, blank ones too, some at a time in the order they came, with their work.

    With `by_respondent` they come in the order of the respondents' keys, which is the same however they were taken in.
    Of a respondent who is none of `who` nothing but the key is read. Call it inside a transaction, and do not write
    before it is through.
    """
    rows = db.conn.execute(_BY_RESPONDENT if by_respondent else _EVERY, _place(db, round_key, question))
    while some := rows.fetchmany(_AT_ONCE):
        held = works.of_answers(db, [row[0] for row in some])
        yield [(Answer(row[0], who.get(row[1]) or Respondent(row[1]), row[2]), held[row[0]]) for row in some]


def coded_by_hand(db: Database, round_key: str, question: str) -> Iterator[tuple[Answer, Work]]:
    """The answers of a round and question in which analysts have coded, in the order they came, with their work."""
    rows = db.conn.execute(_BY_HAND, (*_place(db, round_key, question), Origin.AUTO.value))
    while some := rows.fetchmany(_AT_ONCE):
        held = works.of_answers(db, [row[0] for row in some])
        for row in some:
            yield Answer(row[0], Respondent(row[1], row[2], json.loads(row[3]), row[4]), row[5]), held[row[0]]


def _place(db: Database, round_key: str, question: str) -> tuple[int, int]:
    """The numbers of a round and a question; 0 for what the project does not know."""
    found = [
        db.conn.execute(f"select id from {table} where key = ?", (key,)).fetchone()
        for table, key in (("round", round_key), ("question", question))
    ]
    return tuple(int(row[0]) if row else 0 for row in found)  # type: ignore[return-value] # two
