"""What is unlike all that analysts have read, however sure the suggester is of it."""

import random
from dataclasses import replace

import numpy as np
import pytest

from coder.suggest.linear import Floats
from coder.suggest.novelty import LEVEL, Novelty, Said, level
from tests.suggest.library import TOPIC
from tests.suggest.rounds import AGAIN, NEW, READ, said


@pytest.fixture(scope="module")
def novelty() -> Novelty:
    return Novelty("sv").fit(READ, [*AGAIN, *NEW])


def test_a_new_topic_seems_stranger_than_what_was_said_before(novelty: Novelty) -> None:
    new, again = novelty.p_values(NEW), novelty.p_values(AGAIN)
    assert np.median(new) < 0.1
    assert np.median(again) > 0.4


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param("{} enligt vår samlade bedömning i ledningsgruppen", id="words_behind"),
        pytest.param("Vi bedömer samlat följande: {}, och det gäller hela verksamheten", id="words_around"),
    ],
)
def test_what_sets_a_whole_round_apart_makes_no_text_of_it_strange(wording: str) -> None:
    other = said([wording.format(one.text) for one in READ], [f"ny{place}" for place in range(len(READ))])
    novelty = Novelty("sv").fit(READ, other)
    assert np.median(novelty.p_values(other)) > 0.3
    assert sum(novelty.new(other)) <= LEVEL * len(other)


def test_what_the_gate_lets_through_is_held_where_it_is_strange(novelty: Novelty) -> None:
    assert sum(novelty.new(NEW)) >= len(NEW) // 2
    assert sum(novelty.new(AGAIN)) <= LEVEL * len(AGAIN)


def test_a_round_that_speaks_of_nothing_else_is_held_as_new() -> None:
    wordings = [
        wording.format(text) for text in TOPIC for wording in ("{}", "{} nu", "Vi vill: {}", "{}, tack", "Ja, {}")
    ]
    every = said(
        [f"{text} {place}" for text in wordings for place in ("här", "där")], [f"e{place}" for place in range(60)]
    )
    novelty = Novelty("sv").fit(READ, every)
    assert sum(novelty.new(every)) >= len(every) // 2


def weaker(one: Said) -> Said:
    assert one.best is not None
    return replace(one, best=replace(one.best, margin=one.best.margin - 2))


def test_more_is_held_where_most_of_a_round_fits_its_codes_badly() -> None:
    every = [one if place % 3 == 0 else weaker(one) for place, one in enumerate(AGAIN)]
    novelty = Novelty("sv").fit(READ, every)
    held = novelty.new(every)
    assert novelty.level_ > LEVEL
    assert sum(held[::3]) <= 2
    assert sum(held) >= len(every) // 2


def test_the_order_in_which_texts_come_makes_no_difference(novelty: Novelty) -> None:
    dice = random.Random(0)
    read, unread = dice.sample(READ, len(READ)), dice.sample([*AGAIN, *NEW], len(AGAIN) + len(NEW))
    other = Novelty("sv").fit(read, unread)
    assert other.level_ == novelty.level_
    assert other.p_values([*AGAIN, *NEW]).tolist() == novelty.p_values([*AGAIN, *NEW]).tolist()


KNOWN = np.arange(1, 101) / 100


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(KNOWN, LEVEL, id="nothing_new"),
        pytest.param(np.ones(40), LEVEL, id="all_fit_well"),
        pytest.param(np.zeros(0), LEVEL, id="nothing_that_would_be_coded"),
        pytest.param(np.append(KNOWN, [0.01] * 5), LEVEL, id="a_few_new"),
        pytest.param(np.append(KNOWN, [0.01] * 20), 0.19, id="one_in_six_new"),
        pytest.param(np.append(KNOWN[1::2], [0.1] * 20), 0.36, id="two_in_seven_new_and_not_very_strange"),
        pytest.param(np.append(KNOWN[1::2], [0.1] * 60), 0.5, id="most_new"),
        pytest.param(np.full(40, 0.1), 0.1, id="all_new"),
        pytest.param(np.array([0.4]), LEVEL, id="one_text"),
        pytest.param(np.array([0.2, 0.3, 0.4]), LEVEL, id="three_texts_as_chance_has_them"),
        pytest.param(KNOWN**0.5, LEVEL, id="all_less_strange_than_was_expected"),
    ],
)
def test_more_is_left_to_people_the_more_of_a_round_seems_new(values: Floats, expected: float) -> None:
    assert level(values) == pytest.approx(expected)


def test_what_the_gate_does_not_let_through_is_not_looked_at(novelty: Novelty) -> None:
    assert not any(novelty.new([Said(one.text, one.group, one.best) for one in NEW]))


def test_a_blank_text_is_not_new(novelty: Novelty) -> None:
    assert novelty.p_values([Said("…", "x", None)]).tolist() == [1.0]
    assert novelty.new([Said("…", "x", None)]) == [False]


def test_what_is_asked_together_changes_nothing(novelty: Novelty) -> None:
    every = [*AGAIN, *NEW]
    alone = [novelty.p_values([one])[0] for one in every[::9]]
    assert novelty.p_values(every)[::9].tolist() == alone


def test_what_a_respondent_repeats_does_not_make_it_more_common() -> None:
    """Only others who say the same make a text near to what nobody has read."""
    chatty = said(TOPIC, ["samma"] * len(TOPIC))
    alone, together = (Novelty("sv").fit(READ, [*AGAIN, *own]).strangeness(own) for own in (chatty, NEW))
    assert (alone < together).all()


@pytest.mark.parametrize(
    "unread",
    [
        pytest.param(NEW, id="few_unread"),
        pytest.param([], id="nothing_unread"),
    ],
)
def test_too_few_texts_tell_nothing(unread: list[Said]) -> None:
    novelty = Novelty("sv").fit(READ, unread)
    assert novelty.p_values(NEW).tolist() == [1.0] * len(NEW)
    assert not any(novelty.new(NEW))


def test_one_respondent_who_was_read_tells_nothing() -> None:
    one = [Said(text.text, "samma", text.best, taken=True) for text in READ]
    assert not any(Novelty("sv").fit(one, [*AGAIN, *NEW]).new(NEW))


def test_the_same_seed_says_the_same(novelty: Novelty) -> None:
    again = Novelty("sv").fit(READ, [*AGAIN, *NEW])
    assert again.p_values(NEW).tolist() == novelty.p_values(NEW).tolist()
