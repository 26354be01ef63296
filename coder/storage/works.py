"""The work on answers: codings, choices and marks, read as `Work` values and written as row changes."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from coder.domain.coding import Coding, Identity, Origin, Segment, Work
from coder.domain.errors import ProjectChangedError
from coder.storage.journal import Change, Row, differences

_SCOPE = """select answer.id from answer join round on round.id = answer.round
    join question on question.id = answer.question where round.key = ? and question.key = ?"""
_NONE: Mapping[Any, Any] = MappingProxyType({})
_ORIGINS = {origin.value: origin for origin in Origin}  # twice as quick to look up as to make
_AT_ONCE = 500  # answers asked for in one query
_CODING = "id, answer, code, start, end, whole, analyst, origin, score, example, run, kept"


def load(db: Database, round_key: str, question: str) -> dict[int, Work]:
    """The work on every answer of a round and question that anybody or anything has touched, by answer."""
    return _load(db, f"answer in ({_SCOPE})", (round_key, question))


def choosers(db: Database, round_key: str, question: str) -> dict[tuple[int, int], str]:
    """Who has chosen which code is counted, by answer and theme."""
    rows = db.conn.execute(
        f"select answer, theme, analyst from choice where answer in ({_SCOPE})", (round_key, question)
    )
    return {(answer, theme): analyst for answer, theme, analyst in rows}


def numbers(db: Database, round_key: str, question: str) -> dict[tuple[int, Identity], int]:
    """The numbers that the codings of a round and question have in the journal, by answer and identity."""
    rows = db.conn.execute(f"select {_CODING} from coding where answer in ({_SCOPE})", (round_key, question))
    return {(row[1], (row[2], Segment(row[3], row[4]), row[6])): row[0] for row in rows}


def row_of(db: Database, answer: int, identity: Identity) -> Row | None:
    """The row of one coding, None where it is there no more."""
    code, segment, analyst = identity
    where = "answer = ? and code = ? and start = ? and end = ? and analyst = ?"
    rows = _rows(db, f"select {_CODING} from coding where {where}", (answer, code, segment.start, segment.end, analyst))
    return rows[0] if rows else None


def of_answer(db: Database, answer: int) -> Work:
    """The work on one answer, empty where there is none."""
    return _load(db, "answer = ?", (answer,)).get(answer, Work())


def of_answers(db: Database, answers: Collection[int]) -> dict[int, Work]:
    """The work on each of these answers, empty where there is none."""
    listed = sorted(answers)
    found: dict[int, Work] = dict.fromkeys(listed, Work())
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        found.update(_load(db, f"answer in ({', '.join('?' for _ in some)})", tuple(some)))
    return found


def changes(db: Database, answer: int, before: Work, after: Work, analyst: str) -> list[Change]:
    """The row changes that lead from `before` to `after`; `analyst` is who makes the choices that are new.

    Raises ProjectChangedError where the project no longer holds `before`. Call it inside the transaction that writes.
    """
    if not same(of_answer(db, answer), before):
        raise ProjectChangedError(
            "somebody else has changed this answer meanwhile",
            "Nothing was written; it is shown as it is now: decide again.",
        )
    return _changes(answer, _Held.of(db, [answer])[answer], after, analyst, _NONE)


def replacements(
    db: Database, works: Mapping[int, Work], analyst: str, *, dealt: Mapping[int, Mapping[Identity, int]] = _NONE
) -> list[Change]:
    """The row changes that put these works in place of what the answers have; `analyst` is who makes new choices.

    `dealt` names, by answer, the codings that get another code and stay the rows they are. What is there is read in a
    few queries for all. Call it inside the transaction that has seen that it may go.
    """
    held = _Held.of(db, sorted(works))
    found = (_changes(answer, held[answer], work, analyst, dealt.get(answer, _NONE)) for answer, work in works.items())
    return [change for changes in found for change in changes]


@dataclass
class _Held:
    """The rows that the project holds of one answer."""

    codings: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    works: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, db: Database, answers: Sequence[int]) -> "dict[int, _Held]":
        """The rows of each of these answers."""
        found = {answer: cls() for answer in answers}
        for start in range(0, len(answers), _AT_ONCE):
            some = tuple(answers[start : start + _AT_ONCE])
            where = f"where answer in ({', '.join('?' for _ in some)})"
            for row in _rows(db, f"select {_CODING} from coding {where} order by id", some):
                found[row["answer"]].codings.append(row)
            for row in _rows(db, f"select answer, theme, code, analyst from choice {where}", some):
                found[row["answer"]].choices.append(row)
            for row in _rows(db, f"select answer, cuts, nothing_by, done from work {where}", some):
                found[row["answer"]].works.append(row)
        return found


def _changes(answer: int, held: _Held, after: Work, analyst: str, dealt: Mapping[Identity, int]) -> list[Change]:
    key = ("answer", "code", "start", "end", "analyst")
    if dealt:  # dealing does nothing else to the codings of an answer
        result = _dealt(held.codings, dealt)
    else:
        result = differences("coding", held.codings, [_coding_row(answer, coding) for coding in after.codings], key)
    chosen = [{"answer": answer, "theme": theme, "code": code} for theme, code in sorted(after.choices.items())]
    result += [_signed(one, analyst) for one in differences("choice", held.choices, chosen, ("answer", "theme"))]
    return result + differences("work", held.works, _work_row(answer, after, bool(held.works)), ("answer",))


def _dealt(rows: list[Row], dealt: Mapping[Identity, int]) -> list[Change]:
    """The changes that deal codings to other codes; one that would be there twice goes."""
    result: list[Change] = []
    there: set[Identity] = set()
    for row in rows:
        identity = row["code"], Segment(row["start"], row["end"]), row["analyst"]
        code = dealt.get(identity)
        if code is not None:
            identity = code, *identity[1:]
            result.append(Change("coding", row, None if identity in there else {**row, "code": code}))
        there.add(identity)
    return result


def same(one: Work, other: Work) -> bool:
    """True where two values state the same work; the order in which codings were given makes no difference."""

    def plain(work: Work) -> Work:
        codings = sorted(work.codings, key=lambda coding: coding.identity)
        return replace(work, codings=tuple(codings), choices=dict(sorted(work.choices.items())))

    return plain(one) == plain(other)


def _signed(change: Change, analyst: str) -> Change:
    if change.table != "choice" or change.after is None:
        return change
    return Change(change.table, change.before, {**change.after, "analyst": analyst})


def _load(db: Database, where: str, values: tuple[Any, ...]) -> dict[int, Work]:
    codings: dict[int, list[Coding]] = defaultdict(list)
    for row in db.conn.execute(f"select {_CODING} from coding where {where} order by id", values):
        segment, origin = Segment(row[3], row[4]), _ORIGINS[row[7]]
        codings[row[1]].append(
            Coding(
                *(row[2], segment, row[6], origin, row[8], bool(row[5]), bool(row[9]), row[10]),
                kept=tuple(Segment(start, end) for start, end in json.loads(row[11])) if row[11] != "[]" else (),
            )
        )
    choices: dict[int, dict[int, int]] = defaultdict(dict)
    for answer, theme, code in db.conn.execute(f"select answer, theme, code from choice where {where}", values):
        choices[answer][theme] = code
    works = {
        answer: Work(tuple(codings.get(answer, ())), choices.get(answer, {}))
        for answer in codings.keys() | choices.keys()
    }
    for answer, cuts, nothing_by, done in db.conn.execute(
        f"select answer, cuts, nothing_by, done from work where {where}",
        values,
    ):
        drawn = None if cuts is None else tuple(Segment(start, end) for start, end in json.loads(cuts))
        works[answer] = replace(works.get(answer, Work()), cuts=drawn, nothing_by=nothing_by, done=bool(done))
    return works


def _rows(db: Database, query: str, values: tuple[Any, ...]) -> list[Row]:
    cursor = db.conn.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _coding_row(answer: int, coding: Coding) -> dict[str, Any]:
    return {
        "answer": answer,
        "code": coding.code,
        "start": coding.segment.start,
        "end": coding.segment.end,
        "whole": int(coding.whole),
        "analyst": coding.analyst,
        "origin": coding.origin.value,
        "score": coding.score,
        "example": int(coding.example),
        "run": coding.run,
        "kept": json.dumps([[part.start, part.end] for part in coding.kept]) if coding.kept else "[]",
    }


def _work_row(answer: int, work: Work, present: bool) -> list[Mapping[str, Any]]:
    if not present and work.cuts is None and not (work.nothing or work.done):
        return []
    cuts = None if work.cuts is None else json.dumps([[cut.start, cut.end] for cut in work.cuts])
    return [{"answer": answer, "cuts": cuts, "nothing_by": work.nothing_by, "done": int(work.done)}]
