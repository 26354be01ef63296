"""Rounds, questions, respondents and their answers."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """How a question is answered: in free text, or by one of its options."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    """One occasion a survey was run. `frame` is how many were asked, None where nobody said.

    `drawn_from` is how many the frame was drawn from, None where everybody there is was asked.
    """

    key: str
    opens: date | None = None
    closes: date | None = None
    frame: int | None = None
    drawn_from: int | None = None

    @property
    def census(self) -> bool:
        """True where everybody was asked, so that nothing is left to chance but who answered."""
        return self.frame is not None and self.drawn_from in (None, self.frame)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was put in one round; `key` is stable over rounds.

    `asked_if` is the routing: the question was meant for those who gave that option to that other question.
    """

    key: str
    column: str
    kind: Kind
    text: str = ""
    codebook: str = ""
    options: tuple[str, ...] = ()
    asked_if: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrameFile:
    """The file that lists everybody who was asked, a row each: where it lies, and what its columns are called."""

    path: Path
    id_column: str
    name_column: str | None
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey file says of the answers that lie beside it. `frame_file` is None where it names no such file."""

    round: Round
    id_column: str
    name_column: str | None
    attributes: tuple[str, ...]
    questions: tuple[Question, ...]
    covers_column: str | None = None
    frame_file: FrameFile | None = None


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers. `key` is stable over rounds and is text: `0114` keeps its zero.

    `covers` is how many units it stands for: one agreement may bind three municipalities.
    """

    key: str
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    covers: int = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """One respondent's row of an answers file: raw texts by question key, blank cells left out."""

    respondent: Respondent
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One respondent's text to one open question in one round, never edited after import.

    `text` is the canonical text that every offset refers to, in code points.
    """

    id: int
    respondent: Respondent
    text: str

    @property
    def blank(self) -> bool:
        """True for an answer of nothing but white space: it is no answer, and stands outside the base."""
        return is_blank(self.text)


def is_blank(text: str) -> bool:
    """True for the empty text and for white space alone."""
    return not text or text.isspace()


# Bidirectional controls, zero-width characters, tags and the byte order mark: invisible, and able to make a text read
# as something it is not. The zero-width joiner stays where it joins emoji; see `canonical`.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # lone surrogates too: no file can hold them
_ESCAPE = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\|$)"  # OSC, DCS, SOS, PM, APC: titles, links, clipboard
    "|\x1b[@-Z\\\\^_]"
)
_LINE_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_LONE_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")


def canonical(raw: str) -> str:
    """The one text that is shown, split and coded: what a reader sees, and nothing that a terminal would obey.

    Every kind of line break becomes a newline, tabs and non-breaking spaces become spaces; terminal escape sequences,
    control characters, zero-width and bidirectional controls go; what is left is composed (NFC). Applying it twice
    changes nothing.
    """
    # Most lines hold nothing to change. What else would go or become something else is not printable, but for one.
    if raw.isprintable() and "\u034f" not in raw and unicodedata.is_normalized("NFC", raw):
        return raw
    text = _LINE_BREAKS.sub("\n", raw)
    text = _ESCAPE.sub("", text)
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ").replace("\u00a0", " ").replace("\u202f", " ")
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    # Composed before the joiners are judged by their neighbours, and again for what a joiner held apart.
    text = _LONE_JOINER.sub("", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text)


def one_line(raw: str) -> str:
    """A name, label or option as one clean line: canonical, with runs of white space as one space."""
    return " ".join(canonical(raw).split())


# The three characters that follow z in Unicode stand for the three letters that follow it in Swedish.
_SWEDISH = {"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "ü": "y"}


def swedish_order(text: str) -> tuple[str, str]:
    """A sort key in Swedish alphabetical order: å, ä, ö come last, other accents and case only break ties."""
    letters = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in _SWEDISH:
            letters.append(_SWEDISH[letter])
        else:
            plain = unicodedata.normalize("NFD", letter)
            letters.append("".join(mark for mark in plain if not unicodedata.combining(mark)))
    return "".join(letters), text


def by_respondent(answer: Answer) -> tuple[tuple[str, str], str]:
    """A sort key of answers: their respondents' names in Swedish alphabetical order."""
    return swedish_order(answer.respondent.name or answer.respondent.key), answer.respondent.key
