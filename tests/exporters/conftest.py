"""One theme table and one option table that hold every awkward thing at once."""

import pytest

from coder.domain.coding import Origin
from coder.domain.tables import CodeRow, Count, OptionRow, OptionTable, ThemeRow, ThemeTable

BASE = 40


def _code(number: int, name: str, count: int, *examples: str) -> CodeRow:
    return CodeRow(number, name, Count(count, BASE), examples)


@pytest.fixture
def themes() -> ThemeTable:
    return ThemeTable(
        question="mindre_bra",
        text="Vad fungerar mindre bra?",
        round="2023",
        base=BASE,
        uncoded=3,
        nothing_to_code=4,
        clashes=2,
        origins={Origin.HAND: 10, Origin.ACCEPTED: 5, Origin.AUTO: 2},
        themes=(
            ThemeRow(
                1,
                "Otillgänglig",
                Count(14, BASE),
                (
                    _code(1, "Svåra att nå/Svar dröjer", 13, "Vi ringer; ingen svarar.", "Två\nrader, \U0001f937"),
                    _code(2, "=1+1", 1, "=cmd|' /C calc'!A0"),
                ),
            ),
            ThemeRow(2, "Organisation | *roller*", Count(3, BASE), (_code(3, "Otydliga roller", 3),)),
            ThemeRow(3, "Tomt tema", Count(0, BASE), ()),
        ),
        unthemed=(_code(4, "Ny kod", 1),),
    )


@pytest.fixture
def options() -> OptionTable:
    return OptionTable(
        question="webbsida_betyg",
        text="Hur bra är webbsidan?",
        round="2023",
        base=8,
        options=(OptionRow("Mycket bra", Count(5, 8)), OptionRow("-", Count(3, 8))),
        routing=(("webbsida_anvand", "Ja"),),
        against_routing=("0114", "0115"),
    )


@pytest.fixture
def nobody() -> ThemeTable:
    return ThemeTable("bra", "", "2024", 0, 0, 0, 0, {}, (ThemeRow(1, "Tema", Count(0, 0), ()),))
