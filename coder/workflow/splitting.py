"""How a machine splits answers: those that it codes, and those that analysts have finished, which it is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from coder.domain.answers import Answer
from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Segment, Work

if TYPE_CHECKING:
    from coder.suggest.gate import Marked


def parts(answer: Answer, language: str, *, whole: bool) -> tuple[Segment, ...]:
    """What of an answer is coded by itself: its clauses, as at the workbench, or all of it."""
    from coder.text.clauses import clauses  # noqa: PLC0415 - brings spaCy

    return (Segment(0, len(answer.text)),) if whole else clauses(answer.text, language)


def once(answer: Answer, split: Iterable[Segment]) -> list[Segment]:
    """The first of all parts that are worded alike: what is said over and over is one thing that is said."""
    found: dict[str, Segment] = {}
    for part in split:
        found.setdefault(part.of(answer.text), part)
    return list(found.values())


def marked(finished: Sequence[tuple[Answer, Work]], codebook: Codebook, *, whole: bool) -> Iterator[Marked]:
    """The answers that analysts finished, split as the machine splits them, with what was given to each part."""
    from coder.suggest.gate import Marked  # noqa: PLC0415 - brings scikit-learn

    for answer, work in finished:
        split = parts(answer, codebook.language, whole=whole)
        given = [
            frozenset(
                codebook.stands_for(one.code)
                for one in work.codings
                if one.origin is not Origin.AUTO and one.segment.start < part.end and part.start < one.segment.end
            )
            for part in split
        ]
        yield Marked(answer.respondent.key, tuple(part.of(answer.text) for part in split), tuple(given))
