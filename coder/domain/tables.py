"""Theme tables and option tables: counts from the rule, percentages of the base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin
from coder.domain.counting import Tally


@dataclass(frozen=True, slots=True)
class Count:
    """A number of respondents and the base it is a share of."""

    count: int
    base: int

    @property
    def percent(self) -> float:
        """The share in percent, unrounded; 0 where nobody answered."""
        return 100 * self.count / self.base if self.base else 0.0


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a theme table, with the snippets flagged for publication. `id` is the codebook entry."""

    id: int
    name: str
    count: Count
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme of a theme table and its codes, whose counts sum to the theme's."""

    id: int
    name: str
    count: Count
    codes: tuple[CodeRow, ...]


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """An open question's answers in one round: how many respondents under each theme and code.

    `base` is the number of answers that are not blank. `uncoded` answers have neither a coding nor the mark *nothing
    to code*. `clashes` are (answer, theme) pairs that are counted provisionally.
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

    def row(code: int, name: str) -> CodeRow:
        return CodeRow(code, name, Count(tally.codes[code], base), tuple(quotes.get(code, ())))

    themes = tuple(
        ThemeRow(
            theme.id,
            theme.name,
            Count(tally.themes[theme.id], base),
            tuple(row(code.id, code.name) for code in codebook.codes_of(theme.id)),
        )
        for theme in codebook.themes
    )
    unthemed = tuple(row(code.id, code.name) for code in codebook.codes_of(None))
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
