"""Theme tables and option tables: counts from the rule, percentages of the base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from coder.domain.coding import Origin
from coder.domain.errors import ProjectChangedError
from coder.domain.sampling import Sampled


class Unit(StrEnum):
    """What a table counts: respondents, or the units they cover (one agreement may bind three municipalities)."""

    RESPONDENTS = "respondents"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Origins:
    """How the codings behind a count came about; the three sum to the count."""

    hand: int = 0
    accepted: int = 0
    auto: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """A number of respondents and the base it is a share of; with `low` and `high` where an audit gives an interval.

    `estimate` is then how many belong by the audit: the limits are about it, and not about the count. `origins` splits
    the number by how the counted codings came about, None where it counts something else.
    """

    count: int
    base: int
    low: int | None = None
    high: int | None = None
    origins: Origins | None = None
    estimate: float | None = None

    @property
    def percent(self) -> float:
        """The share in percent, unrounded; 0 where nobody answered."""
        return 100 * self.count / self.base if self.base else 0.0

    @property
    def percent_limits(self) -> tuple[float, float] | None:
        """The limits of the share in percent, unrounded; None where no audit gives any."""
        if self.low is None or self.high is None or not self.base:
            return None
        return 100 * self.low / self.base, 100 * self.high / self.base

    @property
    def likely(self) -> float:
        """How many belong: by the audit, and never outside its limits; where there is none, the count itself."""
        # Where a part of the answers has no sampled one, the estimate may lie outside.
        belong = self.count if self.estimate is None else self.estimate
        return belong if self.low is None or self.high is None else min(max(belong, self.low), self.high)

    @property
    def beyond(self) -> bool:
        """True where an audit says that the count is too low or too high."""
        return self.low is not None and self.high is not None and not self.low <= self.count <= self.high


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a theme table, with the snippets flagged for publication. `id` is the codebook entry.

    A retired code has a row only while it counts somebody.
    """

    id: int
    name: str
    count: Count
    examples: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme of a theme table and its codes, whose counts sum to the theme's."""

    id: int
    name: str
    count: Count
    codes: tuple[CodeRow, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """An open question's answers in one round: how many respondents under each theme and code.

    `base` is the number of answers that are not blank. `uncoded` answers have neither a coding nor the mark *nothing
    to code*. `clashes` are (answer, theme) pairs that are counted provisionally. `sampled` is what intervals rest on.
    `with_unthemed` answers are counted under a code that has no theme yet, be it one or several.
    `waiting` answers are in an audit's sample and yet to be coded without a clash: a machine's codings were taken off
    them. `outside` are the respondents whose answers an audit that is read could not draw, and that nobody is done
    with: until they are, it gives no intervals.
    `ahead` answers are those that the machine's last run has not come to: it was stopped, or is under way.
    """

    question: str
    text: str
    round: str
    base: int
    uncoded: int
    nothing_to_code: int
    clashes: int
    origins: Mapping[Origin, int]
    themes: tuple[ThemeRow, ...]
    unthemed: tuple[CodeRow, ...] = ()
    unit: Unit = Unit.RESPONDENTS
    sampled: Sampled | None = None
    waiting: int = 0
    outside: tuple[str, ...] = ()
    ahead: int = 0
    with_unthemed: int = 0

    @property
    def by_machine(self) -> bool:
        """True where some of what is counted is a machine's alone, so that counts are to be shown by origin."""
        rows = (*self.unthemed, *(code for theme in self.themes for code in theme.codes))
        return any(row.count.origins is not None and row.count.origins.auto for row in rows)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option of a closed question."""

    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class OptionTable:
    """A closed question's answers in one round. `base` is how many answered it.

    `routing` states whom it was meant for, as (question, option) pairs, and `against_routing` names the respondents
    who answered though the routing does not lead to it. `routing_texts` are those questions as they were put.
    """

    question: str
    text: str
    round: str
    base: int
    options: tuple[OptionRow, ...]
    routing: tuple[tuple[str, str], ...] = ()
    against_routing: tuple[str, ...] = ()
    routing_texts: tuple[str, ...] = ()
    unit: Unit = Unit.RESPONDENTS


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """The examples chosen for publication, question by question: the codes of these tables that have any."""

    questions: tuple[ThemeTable, ...]


# One for all: there are hundreds of thousands of members.
_EMPTY: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Member:
    """One respondent of a table's base, and what they are counted under.

    `counted` holds the snippet that is counted, by the id of its code; for a closed question it holds an empty text by
    the place of the option, from 0. `came` says how each counted coding came about, `provisional` which of them are of
    a clash. `text` is the whole answer; `uncoded` and `nothing` say that nobody has coded it yet, or that there is
    nothing to code in it, and `uncalled` that the routing does not lead them to the question.
    """

    key: str
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    text: str = ""
    counted: Mapping[int, str] = field(default_factory=lambda: _EMPTY)
    covers: int = 1
    uncalled: bool = False
    came: Mapping[int, Origin] = field(default_factory=lambda: _EMPTY)
    provisional: frozenset[int] = frozenset()
    uncoded: bool = False
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """The respondents behind a table's numbers: everybody in its base, once."""

    members: tuple[Member, ...]

    def require_same(self, table: ThemeTable | OptionTable) -> None:
        """Raise ProjectChangedError unless these respondents, or their units, give every number of the table."""
        held: dict[int, int] = {}
        base = 0
        for member in self.members:
            times = member.covers if table.unit is Unit.UNITS else 1
            base += times
            for place in member.counted:
                held[place] = held.get(place, 0) + times
        if isinstance(table, OptionTable):
            wanted = {place: option.count.count for place, option in enumerate(table.options)}
        else:
            rows = [*(code for theme in table.themes for code in theme.codes), *table.unthemed]
            wanted = {row.id: row.count.count for row in rows}
        if base != table.base or held != {place: count for place, count in wanted.items() if count}:
            raise ProjectChangedError(
                f"the table of {table.question} and the answers behind it were read at different moments",
                "Nothing was written; make the table again.",
            )


def named_counts(table: ThemeTable | OptionTable) -> Iterator[tuple[tuple[str, ...], Count]]:
    """Every count of a table under its name: an option, a theme, a theme and a code, or a code without a theme."""
    if isinstance(table, OptionTable):
        yield from (((option.name,), option.count) for option in table.options)
        return
    for theme in table.themes:
        yield (theme.name,), theme.count
        yield from (((theme.name, code.name), code.count) for code in theme.codes)
    yield from (((code.name,), code.count) for code in table.unthemed)


def by_count(table: ThemeTable | OptionTable) -> ThemeTable | OptionTable:
    """The table with the most common first, codes within their themes; ties stay in published order."""
    if isinstance(table, OptionTable):
        return replace(table, options=tuple(sorted(table.options, key=_rarity)))
    themes = (replace(theme, codes=tuple(sorted(theme.codes, key=_rarity))) for theme in table.themes)
    return replace(
        table, themes=tuple(sorted(themes, key=_rarity)), unthemed=tuple(sorted(table.unthemed, key=_rarity))
    )


def _rarity(row: ThemeRow | CodeRow | OptionRow) -> int:
    return -row.count.count


def whole_percent(percent: float) -> int:
    """Rounded to whole percent, halves up, as printed tables do."""
    return int(percent + 0.5)
