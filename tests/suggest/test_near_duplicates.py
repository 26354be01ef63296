"""Texts that say the same in the same words, against a plain look at all pairs."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.suggest.features import Features
from coder.suggest.near_duplicates import near_duplicates
from coder.suggest.similar import NEAR_IDENTICAL
from coder.text.clauses import clauses
from tests.suggest.library import TEXTS

SENTENCES = [text for own in TEXTS.values() for text in own]
ENDINGS = ("", ".", "!", " tack", " tack så mycket", "; " + SENTENCES[0], "\n- " + SENTENCES[1], " och/eller af:s")


def plain(texts: list[str]) -> list[tuple[int, ...]]:
    """The groups by all pairs of the rows of the suggester's own features of words."""
    parts = dict.fromkeys(part.of(text) for text in texts for part in clauses(text, "sv"))
    features = Features("sv").fit(list(parts))
    rows = features.transform(texts)[:, : features.words]
    near = (rows @ rows.T).toarray() / (1.0 + features.lemma_weight**2) >= NEAR_IDENTICAL
    leader: list[int] = []
    groups: dict[int, list[int]] = {}
    for other in range(len(texts)):
        first = int(near[other].argmax())
        leader.append(leader[first] if first < other else other)
        groups.setdefault(leader[other], []).append(other)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def changed(text: str, chance: random.Random) -> str:
    """A text with some of its letters, words and endings others."""
    words = text.split()
    for place in range(len(words)):
        if chance.random() < 0.1:
            words[place] = chance.choice([words[place].upper(), words[place][1:], "inte"])
    return " ".join(words) + chance.choice(ENDINGS)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.integers(1, 20))
def test_the_groups_are_those_that_a_look_at_all_pairs_finds(seed: int, count: int, kinds: int) -> None:
    chance = random.Random(seed)
    some = chance.sample(SENTENCES, kinds)
    texts = [changed(" ".join(chance.choices(some, k=chance.choice((1, 1, 2, 3)))), chance) for _ in range(count)]
    assert near_duplicates(texts, "sv") == plain(texts)


def test_a_text_goes_with_the_first_one_before_it_that_is_like_it() -> None:
    texts = ["Fler stolar.", "Öppna mer", "fler stolar", "Fler stolar!", "Mer poesi"]
    assert near_duplicates(texts, "sv") == plain(texts) == [(0, 2, 3)]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ([], []),
        (["Mer poesi"], []),
        (["Mer poesi", "Mer poesi"], [(0, 1)]),
        (["", "-", "…"], []),
        (["Mer poesi", "", "mer  poesi", " "], [(0, 2)]),
    ],
)
def test_few_texts_and_texts_that_say_nothing(texts: list[str], groups: list[tuple[int, ...]]) -> None:
    assert near_duplicates(texts, "sv") == groups


def test_more_texts_than_are_read_at_once() -> None:
    chance = random.Random(1)
    texts = [changed(" ".join(chance.choices(SENTENCES, k=2)), chance) for _ in range(2500)]
    assert len(set(texts)) > 2000
    found = near_duplicates(texts, "sv")
    assert found == plain(texts)
    assert any(group[-1] > 2000 for group in found)
