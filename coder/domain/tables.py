"""Theme tables and option tables: counts from the rule, percentages of the base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin
from coder.domain.counting import RULE_ORDER, Tally
from coder.domain.errors import ProjectChangedError
from coder.domain.sampling import Sampled


class Unit(StrEnum):
    """What a table counts: respondents, or the units they cover (one agreement may bind three municipalities)."""

    RESPONDENTS = "respondents"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of respondents and the base it is a share of; with `low` and `high` where an audit gives an interval."""

    count: int
    base: int
    low: int | None = None
    high: int | None = None

    @property
    def percent(self) -> float:
        """The share in percent, unrounded; 0 where nobody answered."""
        return 100 * self.count / self.base if self.base else 0.0


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


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option of a closed question."""

    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class OptionTable:
    """A closed question's answers in one round. `base` is how many answered it.

    `routing` states whom it was meant for, as (question, option) pairs, and `against_routing` names the respondents
    who answered though the routing does not lead to it.
    """

    question: str
    text: str
    round: str
    base: int
    options: tuple[OptionRow, ...]
    routing: tuple[tuple[str, str], ...] = ()
    against_routing: tuple[str, ...] = ()
    unit: Unit = Unit.RESPONDENTS


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """The examples chosen for publication, question by question: the codes of these tables that have any."""

    questions: tuple[ThemeTable, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One respondent of a table's base, and what they are counted under.

    `counted` holds the snippet that is counted, by the id of its code; for a closed question it holds an empty text by
    the place of the option, from 0. `text` is the whole answer.
    """

    key: str
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    counted: Mapping[int, str] = field(default_factory=dict)
    covers: int = 1


@dataclass(frozen=True, slots=True)
class Membership:
    """The respondents behind a table's numbers: everybody in its base, once."""

    members: tuple[Member, ...]

    def require_same(self, table: ThemeTable | OptionTable) -> None:
        """Raise ProjectChangedError unless these respondents give every number of the table."""
        held: dict[int, int] = {}
        for member in self.members:
            for place in member.counted:
                held[place] = held.get(place, 0) + 1
        if isinstance(table, OptionTable):
            wanted = {place: option.count.count for place, option in enumerate(table.options)}
        else:
            rows = [*(code for theme in table.themes for code in theme.codes), *table.unthemed]
            wanted = {row.id: row.count.count for row in rows}
        if len(self.members) != table.base or held != {place: count for place, count in wanted.items() if count}:
            raise ProjectChangedError(
                f"the table of {table.question} and the answers behind it were read at different moments",
                "Nothing was written; make the table again.",
            )


@dataclass(frozen=True, slots=True)
class MethodNote:
    """How a table's numbers came about: what a reader needs to judge them, and a colleague to make them again.

    `analysts` are who gave the counted codings, with how many. `made_at` is when the table was made, in any zone;
    `program` is the program with its version. A closed question has no codebook and nobody who codes it. `memos` are
    those on the project, the question, and its themes and codes, each with what it is about; those on single answers
    stay in the project.
    """

    question: str
    round: str
    base: int
    made_at: datetime
    program: str
    codebook: str = ""
    fingerprint: str = ""
    rule_order: tuple[str, ...] = RULE_ORDER
    analysts: tuple[tuple[str, int], ...] = ()
    origins: Mapping[Origin, int] = field(default_factory=dict)
    clashes: int = 0
    uncoded: int = 0
    nothing_to_code: int = 0
    unit: Unit = Unit.RESPONDENTS
    memos: tuple[str, ...] = ()


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


def theme_table(
    codebook: Codebook,
    tally: Tally,
    *,
    question: str,
    round_key: str,
    base: int,
    uncoded: int,
    nothing_to_code: int,
    examples: Mapping[int, Sequence[str]] | None = None,
) -> ThemeTable:
    """Lay a tally out in the codebook's order."""
    quotes = examples or {}

    def rows(theme: int | None) -> tuple[CodeRow, ...]:
        return tuple(
            CodeRow(
                code.id,
                code.name,
                Count(tally.codes[code.id], base),
                tuple(quotes.get(code.id, ())),
                codebook.is_retired(code.id),
            )
            for code in codebook.codes_of(theme)
            if tally.codes[code.id] or not codebook.is_retired(code.id)
        )

    themes = tuple(
        ThemeRow(theme.id, theme.name, Count(tally.themes[theme.id], base), rows(theme.id), theme.retired)
        for theme in codebook.themes
        if tally.themes[theme.id] or not theme.retired
    )
    unthemed = rows(None)
    return ThemeTable(
        question=question,
        text=codebook.question,
        round=round_key,
        base=base,
        uncoded=uncoded,
        nothing_to_code=nothing_to_code,
        clashes=tally.clashes,
        origins={origin: tally.origins[origin] for origin in Origin},
        themes=themes,
        unthemed=unthemed,
    )


def whole_percent(percent: float) -> int:
    """Rounded to whole percent, halves up, as printed tables do."""
    return int(percent + 0.5)
