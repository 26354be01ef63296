"""Which shares stand in which bars."""

from dataclasses import replace

import pytest

from coder.domain.coding import Origin
from coder.domain.errors import CoderError
from coder.domain.figures import Coded, Figure, Shape, change, option_bars, stacked, theme_bars
from coder.domain.sampling import Sampled
from coder.domain.tables import CodeRow, Count, OptionRow, OptionTable, ThemeRow, ThemeTable, by_count


def _themes(round_key: str, base: int, counts: dict[str, int], question: str = "q") -> ThemeTable:
    rows = tuple(ThemeRow(ord(name), name, Count(count, base), ()) for name, count in counts.items())
    return ThemeTable(question, "Vad?", round_key, base, 0, 0, 1, {Origin.HAND: 3, Origin.AUTO: 2}, rows)


def _options(question: str, base: int, counts: dict[str, int], round_key: str = "1") -> OptionTable:
    rows = tuple(OptionRow(name, Count(count, base)) for name, count in counts.items())
    return OptionTable(question, f"{question}?", round_key, base, rows)


def _shown(figure: Figure) -> dict[str, list[tuple[int, int] | None]]:
    return {
        label: [(c.count, c.base) if (c := one.counts[place]) else None for one in figure.series]
        for place, label in enumerate(figure.labels)
    }


def test_themes_come_with_the_most_common_first_and_ties_in_published_order() -> None:
    figure = theme_bars(_themes("1", 9, {"A": 2, "B": 5, "C": 2}), top=2)
    assert _shown(figure) == {"B": [(5, 9)], "A": [(2, 9)]}
    assert (figure.shown_of, figure.bases, figure.coded) == (3, (9,), (Coded(9, codings=5, machine=2, clashes=1),))


def test_options_stay_as_offered_unless_only_some_are_shown() -> None:
    table = _options("q", 9, {"bra": 2, "dåligt": 7})
    assert list(_shown(option_bars(table))) == ["bra", "dåligt"]
    assert list(_shown(option_bars(table, top=1))) == ["dåligt"]


def test_stacked_questions_keep_their_own_bases_and_tell_not_offered_from_none() -> None:
    figure = stacked([_options("a", 4, {"Ja": 4, "Nej": 0}), _options("b", 5, {"Ja": 1, "Nej": 0, "Vet ej": 4})])
    assert [one.name for one in figure.series] == ["Ja", "Nej", "Vet ej"]
    assert _shown(figure) == {"a?": [(4, 4), (0, 4), None], "b?": [(1, 5), (0, 5), (4, 5)]}
    assert figure.bases == (4, 5)


@pytest.mark.parametrize("other", [{"Bra": 1}, {"Ja": 1, "Kanske": 0}])
def test_questions_on_different_scales_are_not_stacked(other: dict[str, int]) -> None:
    with pytest.raises(CoderError, match="not answered on one scale"):
        stacked([_options("a", 1, {"Ja": 1, "Nej": 0}), _options("b", 1, other)])


def test_change_follows_themes_by_entry_in_the_order_of_the_latest_round() -> None:
    figure = change([_themes("1", 10, {"A": 9, "B": 1, "C": 1}), _themes("2", 8, {"A": 1, "B": 5, "C": 0})], top=2)
    assert figure.shape is Shape.CHANGE
    assert _shown(figure) == {"B": [(1, 10), (5, 8)], "A": [(9, 10), (1, 8)]}
    assert figure.rounds == ("1", "2")


def test_change_of_options_keeps_one_that_has_gone() -> None:
    figure = change([_options("q", 4, {"Ja": 1, "Kanske": 3}), _options("q", 4, {"Ja": 4}, "2")])
    assert _shown(figure) == {"Ja": [(1, 4), (4, 4)], "Kanske": [(3, 4), None]}


@pytest.mark.parametrize(
    "tables",
    [
        [_themes("1", 1, {"A": 1}), _themes("1", 1, {"A": 1})],
        [_themes("1", 1, {"A": 1}), _themes("2", 1, {"A": 1}, question="r")],
    ],
    ids=["one round twice", "two questions"],
)
def test_change_is_of_one_question_over_different_rounds(tables: list[ThemeTable]) -> None:
    with pytest.raises(CoderError, match="one question over different rounds"):
        change(tables)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (_themes("1", 0, {"A": 0}), "nobody has answered q in round 1"),
        (_themes("1", 3, {}), "has no themes"),
    ],
)
def test_what_has_no_shares_is_refused_in_words(table: ThemeTable, message: str) -> None:
    with pytest.raises(CoderError, match=message):
        theme_bars(table)


def test_a_round_that_nobody_has_coded_has_no_shares_in_a_figure() -> None:
    none = replace(_themes("2", 8, {"A": 0, "B": 0}), uncoded=8)
    assert _shown(theme_bars(none)) == {"A": [None], "B": [None]}
    figure = change([_themes("1", 10, {"A": 1, "B": 9}), none], top=1)
    assert _shown(figure) == {"B": [(9, 10), None]}
    assert [one.base for one in figure.coded] == [10, 8]


def test_a_figure_knows_who_is_not_shown_and_what_its_intervals_rest_on() -> None:
    table = replace(_themes("1", 9, {"A": 2}), with_unthemed=3, waiting=4, sampled=Sampled(5, 8))
    (coded,) = theme_bars(table).coded
    assert (coded.unthemed, coded.waiting, coded.sampled) == (3, 4, Sampled(5, 8))


def test_a_table_by_count_keeps_every_row_and_orders_codes_within_themes() -> None:
    codes = (CodeRow(1, "a", Count(1, 9)), CodeRow(2, "b", Count(4, 9)))
    themes = (ThemeRow(1, "A", Count(0, 9), ()), ThemeRow(2, "B", Count(5, 9), codes))
    made = by_count(ThemeTable("q", "", "1", 9, 0, 0, 0, {}, themes, codes))
    assert isinstance(made, ThemeTable)
    assert [theme.name for theme in made.themes] == ["B", "A"]
    assert [code.name for code in made.themes[0].codes] == ["b", "a"]
    assert [code.name for code in made.unthemed] == ["b", "a"]
