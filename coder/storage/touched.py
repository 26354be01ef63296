"""Answers that people have finished, and answers that a machine must leave to people."""

from collections.abc import Iterator

from sqlite_utils import Database

from coder.domain.answers import Answer
from coder.domain.coding import Work
from coder.storage import surveys, works

_FINISHED = """select answer.id, round.key, respondent.key, answer.text from answer
    join work on work.answer = answer.id join respondent on respondent.id = answer.respondent
    join round on round.id = answer.round join question on question.id = answer.question
    where question.key = ? and (work.nothing_by <> '' or (work.done and exists (
        select 1 from coding where coding.answer = answer.id and coding.origin <> 'auto')))
    order by answer.id"""
_UNDER_AUDIT = """select audit_answer.answer from audit_answer join audit on audit.id = audit_answer.audit
    join round on round.id = audit.round join question on question.id = audit.question
    where audit_answer.place is not null and not audit.withdrawn and round.key = ? and question.key = ?"""
_AT_ONCE = 500


def finished(db: Database, question: str) -> Iterator[tuple[Answer, Work]]:
    """The answers to a question, over all rounds, that analysts have coded to the end or marked as nothing to code."""
    rows = db.conn.execute(_FINISHED, (question,))
    who = {one.key: surveys.held_respondents(db, one.key) for one in surveys.rounds(db)}
    while some := rows.fetchmany(_AT_ONCE):
        held = works.of_answers(db, [row[0] for row in some])
        for number, round_key, respondent, text in some:
            yield Answer(number, who[round_key][respondent], text), held[number]


def under_audit(db: Database, round_key: str, question: str) -> frozenset[int]:
    """The answers that were drawn to be coded by a person who does not see what the machine says of them."""
    return frozenset(row[0] for row in db.conn.execute(_UNDER_AUDIT, (round_key, question)))


def span(db: Database, round_key: str, question: str) -> tuple[int, int]:
    """The numbers of the first and the last answer to a question in a round, (0, 0) where there is none."""
    row = db.conn.execute(
        """select min(answer.id), max(answer.id) from answer join round on round.id = answer.round
        join question on question.id = answer.question where round.key = ? and question.key = ?""",
        (round_key, question),
    ).fetchone()
    return int(row[0] or 0), int(row[1] or 0)
