"""Rounds of a small question, to be set side by side."""

from collections.abc import Mapping

from coder.domain.answers import Kind, Question, Round
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison
from coder.domain.tables import (
    CodeRow,
    Count,
    Member,
    Membership,
    OptionRow,
    OptionTable,
    ThemeRow,
    ThemeTable,
)

BOOK = Codebook(
    "t", "sv", "", (Theme(1, "Tid"), Theme(2, "Roller")), (Code(1, "Väntan", 1), Code(2, "Möten", 1), Code(3, "Vem", 2))
)
ASKED = Question("q", "", Kind.OPEN, text="Vad?", codebook="t")
# Who answered and the codes each is counted under.
FIRST = {"a": {1}, "b": {1, 3}, "c": {2}, "d": set[int](), "e": {3}}
SECOND = {"a": {1}, "b": set[int](), "c": {3}, "d": {3}, "f": {1, 3}}


def themes(counted: Mapping[str, set[int]], key: str, book: Codebook = BOOK, coded: int = 0) -> Occasion:
    base = len(counted)

    def count(codes: set[int]) -> Count:
        return Count(sum(bool(codes & under) for under in counted.values()), base)

    rows = tuple(
        ThemeRow(
            theme.id,
            theme.name,
            count({code.id for code in BOOK.codes_of(theme.id)}),
            tuple(CodeRow(code.id, code.name, count({code.id})) for code in BOOK.codes_of(theme.id)),
        )
        for theme in BOOK.themes
    )
    members = Membership(tuple(Member(who, counted=dict.fromkeys(under, "")) for who, under in counted.items()))
    return Occasion(Round(key), ASKED, ThemeTable("q", "", key, base, 0, 0, 0, {}, rows), members, book, coded)


def options(given: Mapping[str, str], names: tuple[str, ...], key: str) -> Occasion:
    asked = Question("q", "", Kind.CLOSED, text="Vad?", options=names)
    base = len(given)
    rows = tuple(OptionRow(name, Count(list(given.values()).count(name), base)) for name in names)
    members = Membership(tuple(Member(who, counted={names.index(name): ""}) for who, name in given.items()))
    return Occasion(Round(key), asked, OptionTable("q", "", key, base, rows), members)


def row(made: Comparison, theme: str, code: str = "") -> ComparedRow:
    (found,) = [one for one in made.rows if (one.theme, one.code) == (theme, code)]
    return found
