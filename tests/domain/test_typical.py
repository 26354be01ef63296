"""Candidates for publication: typical, short, and from different respondents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.typical import Candidate, is_quotable, propose, typicality

REACH = ["Vi når ingen i telefon", "Svårt att nå någon i telefon", "Telefon besvaras inte", "Helt annat står här"]


def candidates(*pairs: tuple[str, str]) -> list[Candidate]:
    return [Candidate(who, text) for who, text in pairs]


def test_what_shares_its_words_with_the_others_is_typical() -> None:
    scores = typicality({1: REACH, 2: ["Lång tid till beslut", "Beslut tar lång tid"]})
    assert min(scores[1][:3]) > 0
    assert min(scores[1]) == scores[1][3]


def test_a_long_text_loses_in_proportion_and_a_word_or_two_say_nothing() -> None:
    short, long = typicality({1: [REACH[0], REACH[0] + " " * 300, "Vi når ingen i telefon"]})[1][:2]
    assert short > long > 0
    assert typicality({1: ["telefon", "telefon telefon"]})[1] == [0.0, 0.0]


def test_nobody_is_quoted_twice_while_others_are_left() -> None:
    same = "Vi når ingen i telefon"
    given_candidates = {1: candidates(("a", same), ("b", same + " alls")), 2: candidates(("a", "Beslut tar lång tid"))}
    assert propose(given_candidates, 1, frozenset()) == {1: [1], 2: [0]}
    assert propose(given_candidates, 1, frozenset({"a", "b"}))[1] in ([0], [1])


@given(
    st.dictionaries(
        st.integers(0, 3),
        st.lists(
            st.builds(
                Candidate,
                st.sampled_from("abcd"),
                st.sampled_from(["Vi når ingen", "ingen svar", "Lång väntan på beslut", "a", "å" * 301]),
            ),
            max_size=6,
        ),
        max_size=4,
    ),
    st.integers(0, 4),
)
def test_a_code_never_quotes_one_respondent_twice_nor_more_than_asked(
    given_candidates: dict[int, list[Candidate]], number: int
) -> None:
    chosen = propose(given_candidates, number, frozenset())
    assert chosen.keys() == given_candidates.keys()
    for code, places in chosen.items():
        who = [given_candidates[code][place].respondent for place in places]
        able = {one.respondent for one in given_candidates[code] if is_quotable(one.text)}
        assert len(set(who)) == len(who) == min(number, len(able))


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("Bra dialog", True),
        ("- Vi når ingen.", True),
        ("Vi når ingen " * 23, True),
        ("Vi når ingen " * 24, False),
        ("@SUM(A1)", False),
        ('=HYPERLINK("x";"klicka här")', False),
        ("2023-01-09", False),
        ("Bra", False),
    ],
)
def test_a_proposal_has_words_and_an_end(text: str, quotable: bool) -> None:
    assert is_quotable(text) == quotable
    assert propose({1: candidates(("a", text))}, 1, frozenset()) == {1: [0] if quotable else []}
