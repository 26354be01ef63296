"""Rounds, questions, respondents and answers in the project."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from sys import intern

from sqlite_utils import Database

from coder.domain.answers import Answer, Kind, Question, Respondent, Round


def save_round(db: Database, one: Round) -> int:
    """Take a round in, or bring its field period and frame up to date. Returns its number."""
    row = db.conn.execute(
        """insert into round (key, opens, closes, frame, drawn_from) values (?, ?, ?, ?, ?)
        on conflict (key) do update set opens = excluded.opens, closes = excluded.closes, frame = excluded.frame,
        drawn_from = excluded.drawn_from returning id""",
        (
            one.key,
            one.opens and one.opens.isoformat(),
            one.closes and one.closes.isoformat(),
            one.frame,
            one.drawn_from,
        ),
    ).fetchone()
    return int(row[0])


def save_question(db: Database, round_id: int, question: Question, place: int) -> int:
    """Take a question in as it was put in a round. Returns the question's number.

    Its kind and codebook hold for every round and must not differ; see `standing`.
    """
    row = db.conn.execute(
        """insert into question (key, kind, codebook) values (?, ?, (select id from codebook where key = ?))
        on conflict (key) do update set key = excluded.key returning id""",
        (question.key, question.kind.value, question.codebook),
    ).fetchone()
    db.conn.execute(
        """insert into asked (round, question, text, options, asked_if, position) values (?, ?, ?, ?, ?, ?)
        on conflict (round, question) do update set text = excluded.text, options = excluded.options,
        asked_if = excluded.asked_if, position = excluded.position""",
        (
            round_id,
            row[0],
            question.text,
            json.dumps(question.options, ensure_ascii=False),
            json.dumps(question.asked_if, ensure_ascii=False),
            place,
        ),
    )
    return int(row[0])


def question_number(db: Database, key: str) -> int | None:
    """The project's number for a question, None for one it has not met."""
    row = db.conn.execute("select id from question where key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def standing(db: Database, key: str) -> tuple[Kind, str] | None:
    """A question's kind and codebook as the project has them, None for a question it has not met."""
    row = db.conn.execute(
        """select kind, coalesce(codebook.key, '') from question left join codebook on codebook.id = question.codebook
        where question.key = ?""",
        (key,),
    ).fetchone()
    return None if row is None else (Kind(row[0]), row[1])


def held_respondents(db: Database, round_key: str) -> dict[str, Respondent]:
    """The respondents of a round, by key."""
    rows = db.conn.execute(
        """select respondent.key, name, attributes, covers from participation
        join respondent on respondent.id = participation.respondent
        join round on round.id = participation.round where round.key = ?""",
        (round_key,),
    )
    # Many respondents have the same attributes, and each such set is there once.
    known: dict[str, Mapping[str, str]] = {}
    for _, _, text, _ in (held := rows.fetchall()):
        if text not in known:
            known[text] = json.loads(text)
    return {row[0]: Respondent(row[0], row[1], known[row[2]], row[3]) for row in held}


def raws(db: Database, round_key: str, question: str) -> Iterator[tuple[str, str, str]]:
    """The key of each respondent who answered an open question, the answer as it was imported, and its stored text."""
    rows: Iterator[tuple[str, str, str]] = db.conn.execute(
        """select respondent.key, answer.raw, answer.text from answer
        join respondent on respondent.id = answer.respondent
        join round on round.id = answer.round join question on question.id = answer.question
        where round.key = ? and question.key = ?""",
        (round_key, question),
    )
    return rows


def called(db: Database, round_key: str, keys: Collection[str]) -> dict[str, str]:
    """The names that these respondents had in a round, by key."""
    rows = db.conn.execute(
        """select respondent.key, name from participation join respondent on respondent.id = participation.respondent
        where round = (select id from round where key = ?) and respondent.key in (select value from json_each(?))""",
        (round_key, json.dumps(sorted(keys))),
    )
    return dict(rows.fetchall())


def names(db: Database) -> set[str]:
    """The names that respondents of any round have."""
    return {row[0] for row in db.conn.execute("select distinct name from participation")}


def attribute_values(db: Database) -> set[str]:
    """The values that respondents' attributes have in any round."""
    rows = db.conn.execute("select distinct attributes from participation")
    return {value for row in rows for value in json.loads(row[0]).values()}


def respondents(db: Database, round_key: str) -> int:
    """How many respondents a round has."""
    row = db.conn.execute(
        "select count(*) from participation where round = (select id from round where key = ?)", (round_key,)
    )
    return int(row.fetchone()[0])


def rounds(db: Database) -> list[Round]:
    """The project's rounds in order of field period, then of intake."""
    rows = db.conn.execute(
        "select key, opens, closes, frame, drawn_from from round order by coalesce(opens, '9999'), id"
    )
    return [Round(row[0], _date(row[1]), _date(row[2]), row[3], row[4]) for row in rows]


def questions(db: Database, round_key: str) -> list[Question]:
    """The questions of a round in the order they were put."""
    rows = db.conn.execute(
        """select question.key, kind, asked.text, coalesce(codebook.key, ''), options, asked_if
        from asked join question on question.id = asked.question join round on round.id = asked.round
        left join codebook on codebook.id = question.codebook where round.key = ? order by asked.position""",
        (round_key,),
    )
    return [
        Question(
            key=row[0],
            column="",
            kind=Kind(row[1]),
            text=row[2],
            codebook=row[3],
            options=tuple(json.loads(row[4])),
            asked_if=tuple((first, second) for first, second in json.loads(row[5])),
        )
        for row in rows
    ]


def answers(db: Database, round_key: str, question: str) -> list[Answer]:
    """The open answers of a round and question, blank ones too, in the order they came."""
    who = held_respondents(db, round_key)
    rows = db.conn.execute(
        """select answer.id, respondent.key, answer.text from answer
        join respondent on respondent.id = answer.respondent
        join round on round.id = answer.round join question on question.id = answer.question
        where round.key = ? and question.key = ? order by answer.id""",
        (round_key, question),
    )
    return [Answer(row[0], who[row[1]], row[2]) for row in rows]


def text_of(db: Database, answer: int) -> str | None:
    """The canonical text of one open answer, None where there is no such answer."""
    row = db.conn.execute("select text from answer where id = ?", (answer,)).fetchone()
    return None if row is None else str(row[0])


def whose(db: Database, answers: Iterable[int]) -> list[str]:
    """The keys of the respondents whose open answers these are, in the order the answers came."""
    rows = db.conn.execute(
        """select respondent.key from answer join respondent on respondent.id = answer.respondent
        where answer.id in (select value from json_each(?)) order by answer.id""",
        (json.dumps(sorted(answers)),),
    )
    return [row[0] for row in rows]


def replies(db: Database, round_key: str, question: str) -> Mapping[str, str]:
    """The closed answers to a question in a round: respondent key to option."""
    rows: Iterable[tuple[str, str]] = db.conn.execute(
        """select respondent.key, option from reply join respondent on respondent.id = reply.respondent
        join round on round.id = reply.round join question on question.id = reply.question
        where round.key = ? and question.key = ?""",
        (round_key, question),
    )
    return {key: intern(option) for key, option in rows}


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
