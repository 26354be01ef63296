"""Memos: what an analyst notes about the project, a question, a theme, a code, an answer or a segment."""

from dataclasses import dataclass
from enum import StrEnum

from coder.domain.answers import canonical
from coder.domain.coding import Segment
from coder.domain.errors import CoderError


class Kind(StrEnum):
    """What a memo can be about."""

    PROJECT = "project"
    QUESTION = "question"
    THEME = "theme"
    CODE = "code"
    ANSWER = "answer"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is about: its kind, the project's number for it, and the segment of an answer."""

    kind: Kind = Kind.PROJECT
    id: int | None = None
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo. `where` names its subject in words, `at` is when it was last written, in ISO 8601.

    `round` and `question` are the keys it belongs to, empty where it belongs to no one of them.
    """

    id: int
    subject: Subject
    text: str
    analyst: str
    at: str
    where: str = ""
    question: str = ""
    round: str = ""


def memo_text(text: str) -> str:
    """A memo's text: clean, its line breaks kept. Raises CoderError for an empty one."""
    clean = canonical(text).strip()
    if not clean:
        raise CoderError("a memo without words", "Write something, or remove the memo.")
    return clean


def matching(memos: list[Memo], query: str) -> list[Memo]:
    """The memos that hold every word of the query, in their text, their subject or their author's name."""
    words = query.casefold().split()
    return [
        memo
        for memo in memos
        if all(word in f"{memo.text} {memo.where} {memo.question} {memo.analyst}".casefold() for word in words)
    ]
