"""Candidates for new codes in the project: where their texts stand, by the run that found them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from sqlite_utils import Database

from coder.domain.acceptance import Candidate
from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Segment
from coder.storage.journal import Change

OPEN, CODED, DISMISSED = "open", "coded", "dismissed"
# A run on files has looked at no answers of the project, and so finds no candidates among them.
_OF_QUESTION = "select id from run where round = ? and question = ? and files = ''"


@dataclass(frozen=True, slots=True)
class Held:
    """A candidate as the project holds it: the words that mark it and its texts, as answers and segments.

    What stands in an answer whose text was imported anew since is left out. `whole` says that answers were not split.
    """

    id: int
    words: tuple[str, ...]
    passages: tuple[tuple[Answer, Segment], ...]
    whole: bool


def keep(db: Database, run: int, found: Sequence[Candidate]) -> None:
    """Have these be the candidates of a run, the newest of its question; those that it has already stay as they are.

    So do those that somebody has dealt with, found again or not: what was done can be undone.
    """
    held = db.conn.execute("select id, words, passages, state from candidate where run = ?", (run,)).fetchall()
    there, now = {(words, passages) for _, words, passages, _ in held}, [_row(one) for one in found]
    gone = [(number,) for number, words, passages, state in held if state == OPEN and (words, passages) not in now]
    db.conn.executemany("delete from candidate where id = ?", gone)
    db.conn.executemany(
        "insert into candidate (run, words, passages, state) values (?, ?, ?, ?)",
        [(run, *row, OPEN) for row in now if row not in there],
    )


def open_ones(db: Database, round_key: str, question: str) -> list[Held]:
    """The candidates of the newest run on a question of a round that nobody has dealt with, the weightiest first.

    One all of whose texts have been dismissed together, after whichever run, is none of them.
    """
    asked = (round_key, question)
    gone = db.conn.execute(
        f"select passages from candidate where run in ({_OF_QUESTION}) and state = ?", (*asked, DISMISSED)
    ).fetchall()
    dismissed = [_places(passages) for (passages,) in gone]
    rows = db.conn.execute(
        f"""select candidate.id, words, passages, unit = 'answer' from candidate join run on run.id = run
        where run = (select max(id) from ({_OF_QUESTION})) and state = ? order by candidate.id""",
        (*asked, OPEN),
    ).fetchall()
    places = {number: json.loads(passages) for number, _, passages, _ in rows}
    answers = _answers(db, {place[0] for some in places.values() for place in some})
    return [
        Held(
            number,
            tuple(json.loads(words)),
            tuple(
                (answers[answer], Segment(start, end))
                for answer, start, end, mark in places[number]
                if answer in answers and _mark(answers[answer].text) == mark
            ),
            bool(whole),
        )
        for number, words, passages, whole in rows
        if not any(_places(passages) <= one for one in dismissed)
    ]


def closed(db: Database, number: int, state: str) -> Change:
    """The change that closes a candidate, as CODED or DISMISSED, for the journal to make and to take back."""
    cursor = db.conn.execute("select id, run, words, passages, state from candidate where id = ?", (number,))
    row: dict[str, Any] = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
    return Change("candidate", row, {**row, "state": state})


def _row(one: Candidate) -> tuple[str, str]:
    places = [[answer.id, segment.start, segment.end, _mark(answer.text)] for answer, segment in one.passages]
    return json.dumps(one.words, ensure_ascii=False), json.dumps(places)


def _places(passages: str) -> set[tuple[int, ...]]:
    return set(map(tuple, json.loads(passages)))


def _mark(text: str) -> int:
    """A number that tells whether a text is the one that segments were made of, without a second copy of it."""
    return crc32(text.encode())


def _answers(db: Database, numbers: Iterable[int]) -> dict[int, Answer]:
    rows = db.conn.execute(
        """select answer.id, respondent.key, participation.name, attributes, covers, text from answer
        join respondent on respondent.id = answer.respondent
        join participation on participation.round = answer.round and participation.respondent = answer.respondent
        where answer.id in (select value from json_each(?))""",
        (json.dumps(sorted(numbers)),),
    )
    return {row[0]: Answer(row[0], Respondent(row[1], row[2], json.loads(row[3]), row[4]), row[5]) for row in rows}
