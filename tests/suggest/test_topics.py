"""Candidates for new codes: what is strange together."""

from collections.abc import Sequence

import numpy as np
import pytest

from coder.suggest.novelty import Novelty, Said
from coder.suggest.topics import topics
from tests.suggest.library import TOPIC
from tests.suggest.rounds import AGAIN, LOOKED_AT, NEW, READ, said


@pytest.fixture(scope="module")
def novelty() -> Novelty:
    return Novelty("sv").fit(READ, [*AGAIN, *NEW])


def offered(novelty: Novelty, left: list[Said]) -> list[tuple[set[str], set[str], int]]:
    """Candidates as (words, texts, respondents)."""
    found = topics(left, novelty.p_values(left), READ, LOOKED_AT, "sv")
    return [(set(one.words), {left[at].text for at in places}, one.answers) for one, places in found]


def test_a_new_topic_is_offered_as_a_candidate_with_its_words(novelty: Novelty) -> None:
    words, texts, answers = offered(novelty, [*AGAIN[::3], *NEW])[0]
    assert texts <= set(TOPIC)
    assert answers == len(texts) >= len(TOPIC) // 2
    assert any("ladd" in word or "elbil" in word for word in words)


def test_a_candidate_names_up_to_five_of_its_respondents(novelty: Novelty) -> None:
    left = [*AGAIN[::3], *NEW]
    found = topics(left, novelty.p_values(left), READ, LOOKED_AT, "sv")
    for one, places in found:
        assert set(one.respondents) <= {left[at].group for at in places}
        assert len(set(one.respondents)) == len(one.respondents) == min(5, one.answers)
    assert found


def test_one_respondent_alone_is_no_topic() -> None:
    chatty = said(TOPIC, ["samma"] * len(TOPIC))
    novelty = Novelty("sv").fit(READ, [*AGAIN, *chatty])
    assert not any(texts <= set(TOPIC) for _, texts, _ in offered(novelty, [*AGAIN[::3], *chatty]))


def test_two_respondents_with_a_word_of_their_own_are_offered(novelty: Novelty) -> None:
    found = offered(novelty, [*AGAIN[::3], *NEW[:2]])
    assert any(set(TOPIC[:2]) <= texts and "elbil" in words for words, texts, _ in found)


def test_a_text_is_in_one_candidate_at_most(novelty: Novelty) -> None:
    left = [*AGAIN, *NEW]
    found = topics(left, novelty.p_values(left), READ, LOOKED_AT, "sv")
    places = [at for _, own in found for at in own]
    assert len(places) == len(set(places))


def test_examples_are_of_different_respondents_and_none_twice(novelty: Novelty) -> None:
    twice = said([TOPIC[0]] * 3, ["x", "y", "z"])
    left = [*AGAIN[::3], *NEW, *twice]
    for one, _ in topics(left, novelty.p_values(left), READ, LOOKED_AT, "sv"):
        assert len(set(one.examples)) == len(one.examples)


def test_nothing_left_offers_nothing(novelty: Novelty) -> None:
    assert offered(novelty, []) == []


# Texts among others that are not strange, as (respondent, text).
CYCLES = [("a", "Elcyklar borde få låna plats"), ("b", "Lastcyklar ryms inte"), ("c", "Var är cyklarna tänkta")]
CAFE = [("d", "Kafeterian saknas"), ("e", "Öppna en kafeteria"), ("f", "Kaffe i kafeterian")]
OTHERS = [(f"g{place}", f"{one.text} nu") for place, one in enumerate(READ) if "cykel" not in one.text]


def candidates(strange: dict[float, list[tuple[str, str]]], read: Sequence[str] = ()) -> list[set[str]]:
    """The texts of each candidate among texts with given p values."""
    every = [(value, *one) for value, some in {**strange, 0.5: OTHERS}.items() for one in some]
    left = [Said(text, group, None) for _, group, text in every]
    before = [*READ, *(Said(text, f"r{place}", None) for place, text in enumerate(read))]
    respondents = len({one.group for one in left})
    found = topics(left, np.array([value for value, *_ in every]), before, respondents, "sv")
    return [{left[at].text for at in places} for _, places in found]


def test_words_with_a_part_in_common_meet() -> None:
    assert candidates({0.01: CYCLES}) == [{text for _, text in CYCLES}]


def test_the_stranger_topic_comes_first() -> None:
    first, second = candidates({0.02: CYCLES, 0.01: CAFE})
    assert (first, second) == ({text for _, text in CAFE}, {text for _, text in CYCLES})


def test_what_was_read_before_comes_after_what_is_new() -> None:
    first, second = candidates({0.01: CYCLES, 0.02: CAFE}, ["Fler cyklar att låna", "Cyklarna är trasiga"])
    assert (first, second) == ({text for _, text in CAFE}, {text for _, text in CYCLES})


def test_what_a_respondent_repeats_weighs_as_if_said_once() -> None:
    """Many texts of three respondents weigh less than three texts of three that are stranger."""
    repeated = [*CAFE, *(("d", f"Kafeterian {place}") for place in range(20))]
    first, second = candidates({0.001: CYCLES, 0.01: repeated})
    assert (first, second) == ({text for _, text in CYCLES}, {text for _, text in repeated})


def test_what_is_strange_alone_is_no_topic() -> None:
    assert candidates({0.01: [CYCLES[0], CAFE[0]]}) == []


# Texts of a field that share no word.
VIOLENCE = [
    ("h", "En man drog kniv"),
    ("i", "Dödshot i väntrummet"),
    ("j", "Vakten blev överfallen"),
    ("k", "Någon hade pistol"),
    ("l", "Ett rån i kassan"),
]


def test_what_has_many_words_is_found_by_its_field() -> None:
    assert candidates({0.25: VIOLENCE}) == [{text for _, text in VIOLENCE}]


@pytest.mark.parametrize(
    ("value", "texts", "read"),
    [
        pytest.param(0.25, VIOLENCE[:2], [], id="two_respondents"),
        pytest.param(0.25, [("h", text) for _, text in VIOLENCE], [], id="one_respondent"),
        pytest.param(0.9, VIOLENCE, [], id="no_stranger_than_others"),
        pytest.param(0.25, VIOLENCE, ["Hot och våld", "Pistolhot", "Slagsmål", "Vapen"], id="spoken_of_before"),
    ],
)
def test_a_field_is_not_new_without_cause(value: float, texts: list[tuple[str, str]], read: list[str]) -> None:
    assert candidates({value: texts}, read) == []


def test_a_field_that_grows_no_more_than_chance_would_have_it_is_not_new() -> None:
    """Of a round ten times as large as what was read it says nothing; of one half as large it does."""
    left = [Said(text, group, None) for group, text in VIOLENCE]
    assert topics(left, np.array([0.25] * len(left)), READ, 10 * len(READ), "sv") == []
    assert len(topics(left, np.array([0.25] * len(left)), READ, len(READ) // 2, "sv")) == 1


def test_a_field_is_marked_by_its_words() -> None:
    left = [Said(text, group, None) for group, text in VIOLENCE]
    ((candidate, _),) = topics(left, np.array([0.25] * len(left)), READ, len(READ) // 2, "sv")
    assert set(candidate.words) == {"kniv", "dödshot", "överfalla", "pistol", "råna"}


def test_texts_of_a_word_in_common_are_not_offered_again_by_their_field() -> None:
    knives = [(f"k{place}", f"Kniven {place}") for place in range(3)]
    first, second = candidates({0.01: knives, 0.25: VIOLENCE[1:]})
    assert (first, second) == ({text for _, text in knives}, {text for _, text in VIOLENCE[1:]})


def test_what_has_too_few_texts_of_its_own_may_share_as_many() -> None:
    """Two who drew knives are offered by the word; with two others of the field they are offered once more."""
    knives = [("k", "Kniven i kön"), ("m", "Kniven i foajén")]
    shared = candidates({0.01: knives, 0.25: VIOLENCE[1:3]})
    assert shared == [{text for _, text in knives}, {text for _, text in [*knives, *VIOLENCE[1:3]]}]


def test_what_has_perhaps_grown_comes_last_of_all() -> None:
    few = VIOLENCE[:3]
    pair = [("n", "Kaffe i kafeterian"), ("o", "Kafeterian saknas")]
    assert candidates({0.2: few, 0.01: pair}) == [{text for _, text in pair}, {text for _, text in few}]


WEATHER = [("p", "Snöstorm"), ("q", "Åskväder och hagel"), ("r", "Blåst och dimma"), ("s", "Det regnar in")]


def test_of_what_has_perhaps_grown_the_likeliest_comes_first() -> None:
    first, second = candidates({0.2: VIOLENCE[:3], 0.3: WEATHER})
    assert {text for _, text in WEATHER} <= first
    assert {text for _, text in VIOLENCE[:3]} <= second
