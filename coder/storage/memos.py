"""Memos in the project, read as values and written as row changes."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from coder.domain.coding import Segment
from coder.domain.errors import ProjectChangedError
from coder.domain.memo import Kind, Memo, Subject
from coder.storage.journal import Change

_COLUMNS = ("id", "question", "theme", "code", "answer", "start", "end", "text", "analyst", "at")
# Two questions may be coded with one codebook: a memo on its codes is one on both, and is named by the first.
_LOAD = """select memo.id, memo.question, memo.theme, memo.code, memo.answer, memo.start, memo.end, memo.text,
        memo.analyst, memo.at, coalesce(question.key,
            (select min(key) from question where codebook = coalesce(theme.codebook, code.codebook)), ''),
        theme.name, code.name, home.name, round.key, respondent.key, answer.text, coalesce(participation.name, '')
    from memo left join theme on theme.id = memo.theme left join code on code.id = memo.code
    left join theme as home on home.id = code.theme
    left join answer on answer.id = memo.answer left join round on round.id = answer.round
    left join respondent on respondent.id = answer.respondent
    left join participation on participation.round = answer.round and participation.respondent = answer.respondent
    left join question on question.id = coalesce(memo.question, answer.question)
    where ? = '' or question.key = ?
        or coalesce(theme.codebook, code.codebook) = (select codebook from question where key = ?)
    order by memo.id"""


def load(db: Database, question: str = "") -> list[Memo]:
    """Every memo, or those of a question, its codebook and its answers, in the order they were first written."""
    return [_memo(row) for row in db.conn.execute(_LOAD, (question,) * 3)]


def text_of(db: Database, memo: int) -> str | None:
    """A memo's text, None where there is no memo of that number."""
    row = db.conn.execute("select text from memo where id = ?", (memo,)).fetchone()
    return None if row is None else str(row[0])


def latest(db: Database, subject: Subject, analyst: str) -> int | None:
    """The number of the memo that an analyst wrote last on a subject, None where they wrote none."""
    wanted = _where(subject)
    found = " and ".join(f"{column} is ?" for column in wanted)
    row = db.conn.execute(
        f"select max(id) from memo where {found} and analyst = ?", (*wanted.values(), analyst)
    ).fetchone()
    return None if row[0] is None else int(row[0])


def adding(subject: Subject, text: str, analyst: str, at: str) -> Change:
    """The row change that adds a memo."""
    return Change("memo", None, {**_where(subject), "text": text, "analyst": analyst, "at": at})


def revising(db: Database, memo: int, **values: str) -> Change:
    """The row change that writes a memo anew; raises ProjectChangedError where there is none of that number."""
    row = _row(db, memo)
    return Change("memo", row, {**row, **values})


def removing(db: Database, memo: int) -> Change:
    """The row change that removes a memo; raises ProjectChangedError where there is none of that number."""
    return Change("memo", _row(db, memo), None)


def _where(subject: Subject) -> dict[str, Any]:
    where: dict[str, Any] = dict.fromkeys(("question", "theme", "code", "answer", "start", "end"))
    if subject.kind is not Kind.PROJECT:
        where["answer" if subject.kind is Kind.SEGMENT else subject.kind.value] = subject.id
    if subject.segment is not None:
        where |= {"start": subject.segment.start, "end": subject.segment.end}
    return where


def _row(db: Database, memo: int) -> Mapping[str, Any]:
    row = db.conn.execute(f"select {', '.join(_COLUMNS)} from memo where id = ?", (memo,)).fetchone()
    if row is None:
        raise ProjectChangedError(f"there is no memo number {memo}", "It may have been removed or undone: look again.")
    return dict(zip(_COLUMNS, row, strict=True))


def _memo(row: tuple[Any, ...]) -> Memo:
    number, question, theme, code, answer, start, end, text, analyst, at, asked, *names = row
    theme_name, code_name, home, round_key, respondent, words, called = names
    if answer is not None:
        segment = None if start is None else Segment(start, end)
        snippet = "" if segment is None else f": {segment.of(words)}"
        subject = Subject(Kind.ANSWER if segment is None else Kind.SEGMENT, answer, segment)
        return Memo(number, subject, text, analyst, at, f"{respondent}{snippet}", asked, round_key, called)
    if code is not None:
        where = f"{home}: {code_name}" if home else code_name
        return Memo(number, Subject(Kind.CODE, code), text, analyst, at, where, asked)
    if theme is not None:
        return Memo(number, Subject(Kind.THEME, theme), text, analyst, at, theme_name, asked)
    if question is not None:
        return Memo(number, Subject(Kind.QUESTION, question), text, analyst, at, "", asked)
    return Memo(number, Subject(), text, analyst, at)
