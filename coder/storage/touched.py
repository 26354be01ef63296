"""Answers that people have finished, and answers that a machine must leave to people."""

import json
from collections.abc import Iterator

from sqlite_utils import Database

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Work
from coder.storage import works

_FINISHED = """select answer.id, respondent.key, participation.name, attributes, covers, answer.text from answer
    join work on work.answer = answer.id join respondent on respondent.id = answer.respondent
    join participation on participation.round = answer.round and participation.respondent = answer.respondent
    join question on question.id = answer.question
    where question.key = ? and (work.nothing_by <> '' or (work.done and exists (
        select 1 from coding where coding.answer = answer.id and coding.origin <> 'auto')))
    order by answer.id"""
# Crosswise, so that it goes by the memos, which are few, and not by the answers: a run asks at every chunk.
_NOTED = """select distinct memo.answer from memo cross join answer on answer.id = memo.answer
    join round on round.id = answer.round join question on question.id = answer.question
    where memo.answer is not null and round.key = ? and question.key = ?"""
_AT_ONCE = 500


def finished(db: Database, question: str) -> Iterator[tuple[Answer, Work]]:
    """The answers to a question, over all rounds, that analysts have coded to the end or marked as nothing to code."""
    rows = db.conn.execute(_FINISHED, (question,))
    while some := rows.fetchmany(_AT_ONCE):
        held = works.of_answers(db, [row[0] for row in some])
        for number, key, name, attributes, covers, text in some:
            yield Answer(number, Respondent(key, name, json.loads(attributes), covers), text), held[number]


def noted(db: Database, round_key: str, question: str) -> frozenset[int]:
    """The answers that an analyst has written a memo on, on all of it or on a segment."""
    return frozenset(row[0] for row in db.conn.execute(_NOTED, (round_key, question)))
