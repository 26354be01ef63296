"""Respondents and what they answered, taken in some hundreds at a time, whatever the project holds of them already.

Everything here goes by numbers of respondents, and belongs inside the transaction that takes a file in.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from coder.domain.answers import Respondent, canonical, is_blank

_THOSE = "(select value from json_each(?))"
# Whether there is anything that a row of `answer` says, and whether people have said it.
_BY_PEOPLE = """exists (select 1 from coding where coding.answer = answer.id and origin <> 'auto')
    or exists (select 1 from choice where choice.answer = answer.id)
    or exists (select 1 from memo where memo.answer = answer.id)
    or exists (select 1 from work where work.answer = answer.id and nothing_by <> '')"""
_TOUCHED = f"exists (select 1 from coding where coding.answer = answer.id) or {_BY_PEOPLE}"
_DRAWN = """exists (select 1 from audit_answer join audit on audit.id = audit_answer.audit
    where audit_answer.answer = answer.id and place is not null and not withdrawn)"""


@dataclass(frozen=True, slots=True)
class Held:
    """An open answer as the project holds it: its number and its raw text.

    `touched` says that it has a coding, a memo or the mark *nothing to code*, and `by_people` that a person gave any of
    these or chose among a machine's. Segments that were drawn, and no longer have a code, say nothing. `drawn` says
    that an audit that stands has drawn it; one that is blank has left the sample.
    """

    id: int
    raw: str
    touched: bool
    by_people: bool
    drawn: bool


@contextmanager
def record_of_met(db: Database) -> Iterator[None]:
    """Keep the record that `met` goes by: beside the project, in no more memory for more respondents."""
    db.conn.execute("create temp table met (respondent integer primary key, line integer not null) strict")
    try:
        yield
    finally:
        db.conn.execute("drop table if exists temp.met")


def met(db: Database, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of respondents who had been met, each with the line it was on first; the others are met now."""
    lines = list(lines)
    numbers = json.dumps([number for number, _ in lines])
    before = dict(db.conn.execute(f"select respondent, line from temp.met where respondent in {_THOSE}", (numbers,)))
    new: dict[int, int] = {}
    for number, line in lines:
        first = before.get(number) or new.get(number)
        if first is None:
            new[number] = line
        else:
            yield line, first
    db.conn.executemany("insert into temp.met (respondent, line) values (?, ?)", new.items())


def numbers(db: Database, keys: Collection[str]) -> dict[str, int]:
    """The respondents' numbers by key; those the project has not met get theirs, in this order."""
    db.conn.executemany("insert into respondent (key) values (?) on conflict do nothing", ((key,) for key in keys))
    return dict(db.conn.execute(f"select key, id from respondent where key in {_THOSE}", (json.dumps(list(keys)),)))


def participants(db: Database, round_id: int, wanted: Collection[int]) -> dict[int, Respondent]:
    """Those of the wanted who take part in the round, as it holds them."""
    rows = db.conn.execute(
        f"""select respondent, key, name, attributes, covers from participation
        join respondent on respondent.id = participation.respondent
        where round = ? and respondent in {_THOSE}""",
        (round_id, json.dumps(list(wanted))),
    )
    return {row[0]: Respondent(row[1], row[2], json.loads(row[3]), row[4]) for row in rows}


def answers(db: Database, round_id: int, question: int, wanted: Collection[int]) -> dict[int, Held]:
    """The open answers of the wanted respondents to a question."""
    rows = db.conn.execute(
        f"""select respondent, answer.id, raw, {_TOUCHED}, {_BY_PEOPLE}, {_DRAWN} from answer
        where round = ? and question = ? and respondent in {_THOSE}""",
        (round_id, question, json.dumps(list(wanted))),
    )
    return {
        number: Held(answer, raw, bool(touched), bool(by_people), bool(drawn) and not is_blank(canonical(raw)))
        for number, answer, raw, touched, by_people, drawn in rows
    }


def replies(db: Database, round_id: int, question: int, wanted: Collection[int]) -> dict[int, str]:
    """The options that the wanted respondents chose in a closed question."""
    return dict(
        db.conn.execute(
            f"select respondent, option from reply where round = ? and question = ? and respondent in {_THOSE}",
            (round_id, question, json.dumps(list(wanted))),
        )
    )


def save_participants(db: Database, round_id: int, by_number: Mapping[int, Respondent]) -> None:
    """Take respondents in, with the name and attributes of this round."""
    db.conn.executemany(
        """insert into participation (round, respondent, name, attributes, covers) values (?, ?, ?, ?, ?)
        on conflict (round, respondent) do update set name = excluded.name, attributes = excluded.attributes,
        covers = excluded.covers""",
        (
            (round_id, number, one.name, json.dumps(dict(one.attributes), ensure_ascii=False), one.covers)
            for number, one in by_number.items()
        ),
    )


def save_answers(db: Database, round_id: int, question: int, raw: Mapping[int, str]) -> None:
    """Take open answers in, raw and canonical; a text that nobody has touched may be replaced."""
    db.conn.executemany(
        """insert into answer (round, question, respondent, raw, text) values (?, ?, ?, ?, ?)
        on conflict (round, question, respondent) do update set raw = excluded.raw, text = excluded.text""",
        ((round_id, question, number, text, canonical(text)) for number, text in raw.items()),
    )


def save_replies(db: Database, round_id: int, question: int, options: Mapping[int, str]) -> None:
    """Take closed answers in; an empty one is taken out."""
    db.conn.executemany(
        "delete from reply where round = ? and question = ? and respondent = ?",
        ((round_id, question, number) for number, option in options.items() if not option),
    )
    db.conn.executemany(
        """insert into reply (round, question, respondent, option) values (?, ?, ?, ?)
        on conflict (round, question, respondent) do update set option = excluded.option""",
        ((round_id, question, number, option) for number, option in options.items() if option),
    )
