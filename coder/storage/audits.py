"""Audits in the project: which answers were drawn from which, and what the machine had decided about all of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from coder.domain.answers import is_blank
from coder.domain.coding import Coding, Origin, Segment, Work

_PLACE = "{0}.round = (select id from round where key = ?) and {0}.question = (select id from question where key = ?)"
_WHERE, _OF_AUDIT = _PLACE.format("answer"), _PLACE.format("audit")
# A text that holds more than white space, as `is_blank` has it.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
THERE = f"trim(answer.text, '{_SPACES}') <> ''"
_ANSWERS = "audit join audit_answer on audit_answer.audit = audit.id join answer on answer.id = audit_answer.answer"
_HAS_AUTO = "exists (select 1 from coding where coding.answer = answer.id and origin = 'auto')"
_DONE = "exists (select 1 from work where work.answer = answer.id and (done or nothing_by <> ''))"


@dataclass(frozen=True, slots=True)
class Audit:
    """A sample of a round and question: who drew it when, from how many answers, by which seed.

    `event` is the journal's, of the drawing. A withdrawn audit measures nothing. An answer that is blank by now
    has left the base, and so the population, and the sample if it was drawn: what is left of a random sample is one of
    what is left of its population.
    """

    id: int
    round: str
    question: str
    analyst: str
    at: str
    seed: str
    event: int
    withdrawn: bool
    drawn: int
    population: int


@dataclass(frozen=True, slots=True)
class Decided:
    """An answer of an audit's population and the work on it at the drawing; `place` is that in the sample.

    The work is the machine's, and what a person had begun.
    """

    answer: int
    place: int | None
    work: Work


def of(db: Database, round_key: str, question: str) -> list[Audit]:
    """The audits of a round and question, oldest first."""
    rows = db.conn.execute(
        f"""select audit.id, analyst, at, seed, event, withdrawn, count(place), count(*)
        from {_ANSWERS} where {_OF_AUDIT} and {THERE} group by audit.id order by audit.id""",
        (round_key, question),
    )
    return [
        Audit(number, round_key, question, analyst, at, seed, event, bool(withdrawn), drawn, population)
        for number, analyst, at, seed, event, withdrawn, drawn, population in rows
    ]


def candidates(db: Database, round_key: str, question: str) -> Iterator[tuple[int, str, bool]]:
    """The answers that no person is done with, but blank ones: number, respondent, and whether a machine coded them."""
    rows = db.conn.execute(
        f"""select answer.id, respondent.key, answer.text, {_HAS_AUTO}
        from answer join respondent on respondent.id = answer.respondent
        where {_WHERE} and ({_HAS_AUTO} or not {_DONE}) order by answer.id""",
        (round_key, question),
    )
    return ((number, key, bool(auto)) for number, key, text, auto in rows if not is_blank(text))


def add(db: Database, round_key: str, question: str, *, analyst: str, at: str, seed: str) -> int:
    """A new audit, to be filled with `copy` and tied to its event. Returns its number."""
    row = db.conn.execute(
        """insert into audit (round, question, analyst, at, seed)
        select round.id, question.id, ?, ?, ? from round, question where round.key = ? and question.key = ?
        returning id""",
        (analyst, at, seed, round_key, question),
    ).fetchone()
    return int(row[0])


def copy(db: Database, audit: int, population: Iterable[int], sample: Sequence[int]) -> None:
    """Keep what stands about the answers of the population; call it before anything is taken off."""
    places = {answer: place for place, answer in enumerate(sample)}
    db.conn.executemany(
        """insert into audit_answer (audit, answer, place, codings, choices) values (?1, ?2, ?3,
        (select json_group_array(json_array(code, start, end, whole, analyst, score, origin)) from coding
            where coding.answer = ?2),
        (select json_group_array(json_array(theme, code)) from choice where choice.answer = ?2))""",
        ((audit, answer, places.get(answer)) for answer in population),
    )


def with_event(db: Database, audit: int, event: int) -> None:
    """Note the event that took the machine's codings off the sample."""
    db.conn.execute("update audit set event = ? where id = ?", (event, audit))


def latest(db: Database, round_key: str, question: str) -> Audit | None:
    """The newest audit that stands, None where there is none: only it measures."""
    standing = [one for one in of(db, round_key, question) if not one.withdrawn]
    return standing[-1] if standing else None


def withdraw(db: Database, audit: int) -> None:
    """Let an audit measure nothing any more."""
    db.conn.execute("update audit set withdrawn = 1 where id = ?", (audit,))


def sample(db: Database, audit: int) -> list[int]:
    """The answers drawn, in the order they are to be read."""
    rows = db.conn.execute(
        f"select answer from {_ANSWERS} where audit = ? and place is not null and {THERE} order by place", (audit,)
    )
    return [row[0] for row in rows]


def sampled(db: Database, round_key: str, question: str) -> list[int]:
    """The answers drawn by the audits that stand, in the order they are to be read."""
    rows = db.conn.execute(
        f"""select answer from {_ANSWERS} where {_OF_AUDIT} and not withdrawn and place is not null and {THERE}
        order by audit.id, place""",
        (round_key, question),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def leave(db: Database, answers: Iterable[int]) -> int:
    """Take answers out of the audits that stand, as their texts are others than were drawn from; how many were in."""
    gone = db.conn.execute(
        """delete from audit_answer where audit in (select id from audit where not withdrawn)
        and answer in (select value from json_each(?)) returning answer""",
        (json.dumps(list(answers)),),
    )
    return len({answer for (answer,) in gone})


def others(db: Database, audit: Audit) -> list[int]:
    """The answers of the audit's round and question that are not of its population, blank ones too."""
    rows = db.conn.execute(
        f"select id from answer where {_WHERE} and id not in (select answer from audit_answer where audit = ?)",
        (audit.round, audit.question, audit.id),
    )
    return [row[0] for row in rows]


def population(db: Database, audit: int) -> Iterator[Decided]:
    """What stood about every answer of the population, at the drawing."""
    rows = db.conn.execute(
        f"select answer, place, codings, choices from {_ANSWERS} where audit = ? and {THERE} order by answer", (audit,)
    )
    for answer, place, codings, choices in rows:
        work = Work(
            tuple(
                Coding(code, Segment(start, end), analyst, Origin(*origin or [Origin.AUTO]), score, bool(whole))
                for code, start, end, whole, analyst, score, *origin in json.loads(codings)
            ),
            dict(json.loads(choices)),
        )
        yield Decided(answer, place, work)
