"""Finding codes, by name and by search, and the Swedish alphabet."""

import random

import pytest

from coder.domain.answers import swedish_order
from coder.domain.codebook import Code, Codebook, Theme, search

REACH, ROLES, LATE, SAME, ROLES_TOO, MEETINGS, LOOSE = range(1, 8)

BOOK = Codebook(
    "t",
    "sv",
    "Vad?",
    (Theme(1, "Otillgänglig"), Theme(2, "Kompletterande aktörer")),
    (
        Code(REACH, "Svåra att nå", 1, "Ingen svarar i telefon.", aliases=("Upptaget", "Svår att få tag i")),
        Code(ROLES_TOO, "Otydliga roller", 2),
        Code(LATE, "Återkoppling dröjer", 1),
        Code(ROLES, "Otydliga roller", 1, "Vem gör vad hos myndigheten."),
        Code(SAME, "Samsyn", 2),
        Code(LOOSE, "Annat", None),
        Code(MEETINGS, "Möten/Träffar", 2, "Att ses på plats."),
    ),
)


def test_published_order_goes_theme_by_theme_with_codes_without_one_last() -> None:
    assert [code.id for code in BOOK.in_order()] == [REACH, LATE, ROLES, ROLES_TOO, SAME, MEETINGS, LOOSE]
    assert BOOK.rank[LOOSE] == 6


@pytest.mark.parametrize(
    ("theme", "name", "found"),
    [
        pytest.param("Otillgänglig", "Otydliga roller", ROLES, id="name_in_its_theme"),
        pytest.param("Kompletterande aktörer", "Otydliga roller", ROLES_TOO, id="same_name_in_another_theme"),
        pytest.param("Otillgänglig", "Upptaget", REACH, id="alias"),
        pytest.param("", "Annat", LOOSE, id="without_a_theme"),
        pytest.param("", "Samsyn", None, id="a_themed_code_needs_its_theme"),
        pytest.param("Otillgänglig", "Samsyn", None, id="wrong_theme"),
        pytest.param("Otillgänglig", "svåra att nå", None, id="names_keep_their_case"),
    ],
)
def test_a_code_is_found_by_theme_and_name(theme: str, name: str, found: int | None) -> None:
    code = BOOK.find(theme, name)
    assert (code and code.id) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("sv", [REACH], id="beginning_of_the_name"),
        pytest.param("s", [REACH, SAME, MEETINGS], id="names_before_definitions"),
        pytest.param("roll", [ROLES, ROLES_TOO], id="beginning_of_a_later_word_in_published_order"),
        pytest.param("OTYD", [ROLES, ROLES_TOO], id="case_makes_no_difference"),
        pytest.param("tag", [REACH], id="alias"),
        pytest.param("akt", [ROLES_TOO, SAME, MEETINGS], id="theme"),
        pytest.param("träff", [MEETINGS], id="after_a_slash"),
        pytest.param("telefon", [REACH], id="definition"),
        pytest.param("otyd komp", [ROLES_TOO], id="every_word_must_be_found"),
        pytest.param("nå", [REACH], id="å_finds_å"),
        pytest.param("traff", [], id="a_does_not_find_ä"),
        pytest.param("ater", [], id="a_does_not_find_å_first_in_a_word"),
        pytest.param("mot", [], id="o_does_not_find_ö"),
        pytest.param("xyz", [], id="nothing_found"),
    ],
)
def test_search_finds_codes_best_first(query: str, found: list[int]) -> None:
    assert [code.id for code in search(BOOK, query)] == found


def test_an_empty_search_gives_recent_codes_first_then_published_order() -> None:
    found = [code.id for code in search(BOOK, "", recent=(SAME, LATE))]
    assert found == [SAME, LATE, REACH, ROLES, ROLES_TOO, MEETINGS, LOOSE]


def test_recent_codes_come_first_among_equal_matches() -> None:
    assert [code.id for code in search(BOOK, "otyd", recent=(ROLES_TOO,))] == [ROLES_TOO, ROLES]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Ale", "Zorn", "Åmål", "Ängelholm", "Örebro"], id="å_ä_ö_last"),
        pytest.param(["Zinkgruvan", "Ål"], id="å_after_z_and_what_follows_it"),
        pytest.param(["Hagfors", "Håbo", "Härnösand", "Höör"], id="inside_a_word"),
        pytest.param(["Ed", "Éden", "Edsbyn"], id="accents_make_no_letter"),
        pytest.param(["ale", "Bo", "dal"], id="case_makes_no_order"),
        pytest.param(["Vara", "Ödeshög", "Östhammar"], id="after_a_shared_ö"),
    ],
)
def test_names_sort_by_the_swedish_alphabet(names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=swedish_order) == names
