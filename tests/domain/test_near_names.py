"""Names that are nearly those of codes there are, and what users call codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Merge, Retire
from coder.domain.errors import CoderError
from coder.domain.near_names import alike, code_called, in_vivo, theme_called

BOOK = Codebook(
    "t",
    "sv",
    "",
    (Theme(1, "Tid"), Theme(2, "Rum", aliases=("Plats",))),
    (
        Code(1, "Svåra att nå/Svar dröjer", 1, aliases=("Sena svar",)),
        Code(2, "Råd", 1),
        Code(3, "Otydliga roller", 1),
        Code(4, "Otydliga roller", 2),
        Code(5, "Väntan"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("svåra att nå / svar dröjer", [1]),
        ("Svara att nå/Svar dröjer", [1]),
        ("Svåra att nå Svar drjöer", [1]),
        ("sena svar", [1]),
        ("Sena svra", [1]),
        ("Rad", []),
        ("råd", [2]),
        ("Rådd", [2]),
        ("Otydlig roller", [3, 4]),
        ("Vantan", [5]),
        ("Vintern", []),
        ("", []),
        ("!", []),
    ],
)
def test_the_codes_that_a_name_may_be_meant_for(typed: str, found: list[int]) -> None:
    assert [code.id for code in alike(BOOK, typed)] == found


def test_codes_out_of_use_are_not_offered() -> None:
    assert alike(Retire(2).apply(BOOK), "råd") == []
    assert [code.id for code in alike(Merge((2,), 5).apply(BOOK), "råd")] == [5]


@pytest.mark.parametrize(
    ("words", "number"),
    [("Råd", 2), ("Sena svar", 1), ("Rum: Otydliga roller", 4), (": Väntan", 5), ("Väntan", 5)],
)
def test_a_code_is_called_by_its_name(words: str, number: int) -> None:
    assert code_called(BOOK, words).id == number


@pytest.mark.parametrize(
    ("words", "hint"), [("Otydliga roller", '"Tid: Otydliga roller", "Rum'), ("Vantan", "Is it Väntan?"), ("x", "name")]
)
def test_a_name_of_none_or_several_is_refused_with_what_may_be_meant(words: str, hint: str) -> None:
    with pytest.raises(CoderError) as found:
        code_called(BOOK, words)
    assert hint in found.value.hint


def test_a_theme_is_called_by_its_name_or_a_former_one() -> None:
    assert theme_called(BOOK, "Plats").id == theme_called(BOOK, "Rum").id == 2
    with pytest.raises(CoderError, match="no theme 'x'"):
        theme_called(BOOK, "x")


@given(st.text(max_size=200))
def test_a_segment_gives_a_name_of_one_line_in_its_own_words(snippet: str) -> None:
    name = in_vivo(snippet)
    assert len(name) <= 61
    assert len(name.splitlines()) <= 1
    assert name.rstrip("…") in " ".join(name.split()) or not name


def test_a_long_segment_is_cut_at_a_word() -> None:
    assert in_vivo("– Vi ringer,\n men ingen svarar!") == "Vi ringer, men ingen svarar"
    assert in_vivo("ord " * 40) == "ord " * 14 + "ord…"
