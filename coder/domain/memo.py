"""Memos: what an analyst notes about the project, a question, a theme, a code, an answer or a segment."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.answers import canonical
from coder.domain.coding import Segment
from coder.domain.errors import CoderError

LONGEST = 50_000  # characters of a memo


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

    `round` and `question` are the keys it belongs to, empty where it belongs to no one of them; `name` is what the
    respondent was called in that round.
    """

    id: int
    subject: Subject
    text: str
    analyst: str
    at: str
    where: str = ""
    question: str = ""
    round: str = ""
    name: str = ""


def memo_text(text: str) -> str:
    """A memo's text: clean, its line breaks kept. Raises CoderError for an empty one, and for one that is too long."""
    clean = canonical(text).strip()
    if not clean:
        raise CoderError("a memo without words", "Write something, or remove the memo.")
    if len(clean) > LONGEST:
        raise CoderError(
            f"a memo of {len(clean)} characters, where {LONGEST} is the most",
            "Write it in a document of its own, and say in the memo where that lies.",
        )
    return clean


def beside(now: str, text: str) -> str:
    """One memo's text from two that were written at the same time: what stands now, and the other below it."""
    return now if text in now else f"{now}\n\n{text}"


def matching(memos: Iterable[Memo], query: str) -> list[Memo]:
    """The memos that hold every word of the query: in their text, their subject, their round or their author's name.

    Upper and lower case are the same; å, ä and ö are letters of their own, however they are typed.
    """
    words = canonical(query).casefold().split()
    return [memo for memo in memos if _holds(memo, words)]


def _holds(memo: Memo, words: list[str]) -> bool:
    parts = (memo.text, memo.subject.kind, memo.where, memo.name, memo.question, memo.round, memo.analyst)
    text = " ".join(parts).casefold()
    return all(word in text for word in words)
