"""What the writers of the made-up round of 2024 meant: its true codings, and those of its new topics."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from coder.domain.exchange import CodingRow

Row = dict[str, str]
# A respondent, a theme and a code.
Pair = tuple[str, str, str]


def true_pairs(question: str) -> set[Pair]:
    """What the answers to a question were meant to carry."""
    return {(row["respondent"], row["theme"], row["code"]) for row in _rows(question)}


def new_topics(question: str) -> dict[str, list[Row]]:
    """The segments on each topic that nobody spoke of in 2023."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(question):
        if not row["theme"]:
            found[row["code"]].append(row)
    return found


def known_segments(question: str) -> list[Row]:
    """The segments on what the codebook has a code for."""
    return [row for row in _rows(question) if row["theme"]]


def given_pairs(codings: Sequence[CodingRow]) -> set[Pair]:
    """What codings give to answers, in the same form."""
    return {(one.respondent, one.theme, one.code) for one in codings}


def forced(row: Row, codings: Sequence[CodingRow]) -> bool:
    """True where any of these codings has characters of a segment; what has no place stands for the whole answer."""
    return any(_covers(one, row) for one in codings)


def examples_on(topic: Sequence[Row], examples: Sequence[str]) -> int:
    """How many of a candidate's examples are of segments on a topic."""
    return sum(any(_overlap(text, row["snippet"]) for row in topic) for text in examples)


def _rows(question: str) -> list[Row]:
    with (Path(__file__).parent / "data" / "af-2024-true-codings.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["code"] and row["question"] == question]


def _covers(coding: CodingRow, row: Row) -> bool:
    if (coding.question, coding.respondent) != (row["question"], row["respondent"]):
        return False
    if coding.segment is None or not row["end"]:
        return True
    return coding.segment.start < int(row["end"]) and int(row["start"]) < coding.segment.end


def _overlap(text: str, snippet: str) -> bool:
    return text.strip(" .") in snippet or snippet.strip(" .") in text
