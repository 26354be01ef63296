"""Decisions in the order they were made, as the journal remembers them."""

from dataclasses import dataclass

from sqlite_utils import Database

from coder.storage.journal import UNDONE

_SCOPE = """select answer.id from answer join round on round.id = answer.round
    join question on question.id = answer.question where question.key = ? and coalesce(round.key = ?, 1)"""


@dataclass(frozen=True, slots=True)
class Given:
    """A code that stands at an answer. `event` gave it first; `imported` where a whole file did."""

    answer: int
    code: int
    event: int
    imported: bool


def names(db: Database, question: str, round_key: str | None = None, analyst: str | None = None) -> list[str]:
    """The names of the decisions about single answers that have not been undone, oldest first."""
    rows = db.conn.execute(
        f"""select what from event where answer in ({_SCOPE}) and reverses is null
        and coalesce(analyst = ?, 1) and id not in ({UNDONE}) order by id""",
        (question, round_key, analyst),
    )
    return [row[0] for row in rows]


def given(db: Database, question: str, round_key: str | None = None) -> list[Given]:
    """The codes by analysts that stand, in the order they were first given; in one decision in the order of it."""
    rows = db.conn.execute(
        f"""with first as (
            select json_extract(value, '$[2].id') as coding, min(event.id) as event
            from event, json_each(event.changes)
            where json_extract(value, '$[0]') = 'coding' and json_type(value, '$[1]') = 'null'
            group by coding
        )
        select coding.answer, coding.code, coalesce(first.event, 0), event.answer is null
        from coding left join first on first.coding = coding.id left join event on event.id = first.event
        where coding.origin <> 'auto' and coding.answer in ({_SCOPE}) order by 3, coding.id""",
        (question, round_key),
    )
    return [Given(row[0], row[1], row[2], bool(row[3])) for row in rows]
