"""Everybody who was asked in a round, where the project has been told: those who never answered, too."""

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from coder.domain.answers import Respondent


def load(db: Database, round_key: str) -> dict[str, Respondent]:
    """Those who were asked in a round, by key, in the order of their file; empty where nobody has said."""
    rows = db.conn.execute(
        """select frame.respondent, name, attributes from frame join round on round.id = frame.round
        where round.key = ? order by frame.rowid""",
        (round_key,),
    )
    return {row[0]: Respondent(row[0], row[1], json.loads(row[2])) for row in rows}


def replace(db: Database, round_key: str, asked: Iterable[Respondent]) -> None:
    """Put these in the place of those whom the round had. Call it inside a transaction."""
    round_id = db.conn.execute("select id from round where key = ?", (round_key,)).fetchone()[0]
    db.conn.execute("delete from frame where round = ?", (round_id,))
    db.conn.executemany(
        "insert into frame (round, respondent, name, attributes) values (?, ?, ?, ?)",
        ((round_id, one.key, one.name, json.dumps(dict(one.attributes), ensure_ascii=False)) for one in asked),
    )


def told_apart(db: Database, round_key: str) -> Iterator[tuple[Respondent, Respondent]]:
    """Each respondent whose name or attributes are not quite those of the frame: as answered, and as asked."""
    rows = db.conn.execute(
        """select respondent.key, participation.name, participation.attributes, frame.name, frame.attributes
        from participation
        join respondent on respondent.id = participation.respondent
        join round on round.id = participation.round
        join frame on frame.round = round.id and frame.respondent = respondent.key
        where round.key = ? and (participation.name, participation.attributes) <> (frame.name, frame.attributes)
        order by participation.rowid""",
        (round_key,),
    )
    for key, name, own, asked_name, asked_own in rows:
        yield Respondent(key, name, json.loads(own)), Respondent(key, asked_name, json.loads(asked_own))


def strangers(db: Database, round_key: str) -> list[str]:
    """The keys of those who answered in a round and are not among those who were asked, in order of intake.

    Nobody where it is not known who was asked.
    """
    rows = db.conn.execute(
        """select respondent.key from participation
        join respondent on respondent.id = participation.respondent
        join round on round.id = participation.round
        where round.key = ? and exists (select 1 from frame where frame.round = round.id) and not exists (
            select 1 from frame where frame.round = round.id and frame.respondent = respondent.key
        ) order by participation.rowid""",
        (round_key,),
    )
    return [row[0] for row in rows]
