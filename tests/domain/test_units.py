"""Respondents that stand for several units, counted as the units they cover."""

import pytest

from coder.domain.errors import ProjectChangedError
from coder.domain.tables import (
    CodeRow,
    Count,
    Member,
    Membership,
    OptionRow,
    OptionTable,
    ThemeRow,
    ThemeTable,
    Unit,
)
from coder.domain.units import in_units

MEMBERS = Membership(
    (
        Member("a", counted={1: "", 3: ""}, covers=3),
        Member("b", counted={2: ""}, covers=1),
        Member("c", covers=5),
        Member("d", counted={4: ""}, covers=2),
    )
)


def table(members: int = 4) -> ThemeTable:
    def code(number: int) -> CodeRow:
        return CodeRow(number, f"kod {number}", Count(1, members))

    themes = (ThemeRow(1, "A", Count(2, members), (code(1), code(2))), ThemeRow(2, "B", Count(1, members), (code(3),)))
    return ThemeTable("q", "", "1", members, 1, 1, 0, {}, themes, (code(4),))


def test_counts_and_base_are_of_units_and_codes_sum_to_their_theme() -> None:
    made = in_units(table(), MEMBERS)
    assert isinstance(made, ThemeTable)
    assert (made.base, made.unit) == (11, Unit.UNITS)
    assert [(one.count, [code.count.count for code in one.codes]) for one in made.themes] == [
        (Count(4, 11), [3, 1]),
        (Count(3, 11), [3]),
    ]
    assert ([one.count for one in made.unthemed], made.with_unthemed) == ([Count(2, 11)], 2)
    assert (made.uncoded, made.nothing_to_code) == (1, 1)


def test_options_are_counted_in_units_too() -> None:
    members = Membership((Member("a", counted={0: ""}, covers=3), Member("b", counted={1: ""})))
    made = in_units(
        OptionTable("q", "", "1", 2, (OptionRow("Ja", Count(1, 2)), OptionRow("Nej", Count(1, 2)))), members
    )
    assert isinstance(made, OptionTable)
    assert (made.base, made.unit, [one.count for one in made.options]) == (4, Unit.UNITS, [Count(3, 4), Count(1, 4)])


def test_other_respondents_than_the_tables_are_refused() -> None:
    with pytest.raises(ProjectChangedError):
        in_units(table(5), MEMBERS)
