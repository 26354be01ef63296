"""Printed tables side by side: which counts moved, as far as the files themselves can tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coder.domain.export_diff import Move, Moved, Name, Why
from coder.domain.method import Stand
from coder.domain.tables import Unit


@dataclass(frozen=True, slots=True)
class Printed:
    """The counts of one table as a file prints them, in its order, by theme and code; an option stands as a theme.

    `members` are who is counted under each, None where the file doesn't name them.
    """

    question: str
    round: str
    base: int
    counts: Mapping[Name, int]
    unit: Unit = Unit.RESPONDENTS
    members: Mapping[Name, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What a published file says: its table, where it is one that can be read back, and what its numbers hold."""

    table: Printed | None = None
    stands: tuple[Stand, ...] = ()


def printed_diff(before: Printed, after: Printed) -> list[Moved]:
    """Every count that differs between two tables, in the later one's order; who moved, where both name respondents."""
    told = before.members is not None and after.members is not None
    result = []
    for name in dict.fromkeys((*after.counts, *before.counts)):
        was, now = before.counts.get(name, 0), after.counts.get(name, 0)
        gone = _moves(name, before, after, entered=False) if told else ()
        come = _moves(name, after, before, entered=True) if told else ()
        moves = (*gone, *come)
        if was != now or moves:
            result.append(Moved(after.round, after.question, *name, was, now, moves))
    return result


def _moves(name: Name, there: Printed, elsewhere: Printed, *, entered: bool) -> Iterator[Move]:
    """The respondents of a count in one table that the other doesn't have there; a table doesn't say why."""
    here, others = there.members or {}, elsewhere.members or {}
    coded = any(code for _, code in others)
    for respondent in sorted(here.get(name, frozenset()) - others.get(name, frozenset())):
        instead = sorted(
            f"{theme}: {code}" if theme and code else code or theme
            for (theme, code), who in others.items()
            if (code or not coded) and respondent in who and respondent not in here.get((theme, code), frozenset())
        )
        yield Move(respondent, entered, Why.UNTOLD, tuple(instead))


def disagreeing(printed: Printed, counted: Mapping[Name, set[str]]) -> list[tuple[Name, int, int]]:
    """The counts of a table of respondents that differ from who is counted: what, as printed, as counted."""
    names = dict.fromkeys((*printed.counts, *counted))
    both = ((name, printed.counts.get(name, 0), len(counted.get(name, ()))) for name in names)
    return [one for one in both if one[1] != one[2]]
