"""Text that knows whom its numbers count, and what those respondents are called as targets on a page."""

import re
from typing import Self

from coder.domain.accounted import Number

# Targets that a page has once, or once for each round.
TABLE = "tabell"
EVERYBODY = "svar"
UNCODED = "okodade"
NOTHING_TO_CODE = "inget"
PROVISIONAL = "preliminara"
UNCALLED = "ej-stallda"
SIDES = ("fore", "efter")  # the parts of a page that the two rounds of a comparison have
BOTH, LEFT, ENTERED = "bada", "bara-fore", "bara-efter"

_FOREIGN = re.compile("[^A-Za-z0-9_]")


class Linked(str):
    """A line of text with parts that lead to whom they count; to all that is no page it is plain text.

    It is made of strings, which may be such lines themselves. With a target for `to` all of it leads there.
    """

    __slots__ = ("pieces",)
    pieces: tuple[tuple[str, str], ...]

    def __new__(cls, *parts: str, to: str = "") -> Self:
        """The line that the parts make."""
        line = super().__new__(cls, "".join(parts))
        line.pieces = ((str(line), to),) if to else tuple(piece for part in parts for piece in pieces(part))
        return line


def pieces(line: str) -> tuple[tuple[str, str], ...]:
    """A line as pieces of text, each with the target it leads to or none."""
    return line.pieces if isinstance(line, Linked) else ((line, ""),)


def linked(number: str, to: str) -> str:
    """A number as printed that leads to whom it counts; one that counts nobody leads nowhere."""
    return Linked(number, to=to) if to and number[:1] in set("123456789") else number


def unbroken(line: str) -> str:
    """A line that is never broken at its spaces."""
    return Linked(*(Linked(text.replace(" ", "\u00a0"), to=to) for text, to in pieces(line)))


def theme_anchor(number: int, of: str = "") -> str:
    """The target of a theme; `of` is the round, or the way codings came about, where a page has several of each."""
    return within(of, f"tema-{number}")


def code_anchor(number: int, of: str = "") -> str:
    """The target of a code, or of an option's place."""
    return within(of, f"kod-{number}")


def number_target(number: Number) -> str:
    """The target of a number of a ledger."""
    parts = (number.question, number.attribute, number.value)
    # What a key or a name holds that no target may is told by its number, between marks that nothing else bears.
    return "-".join([number.what.value, *(_FOREIGN.sub(lambda one: f".{ord(one[0]):x}.", part) for part in parts)])


def within(of: str, target: str) -> str:
    """A target that a page has once in each of several parts."""
    return f"{of}-{target}" if of else target
