"""What is unlike all that analysts have read, and what may be a new topic."""

import pytest

from coder.suggest.novelty import Novelty, Said
from tests.suggest.library import TEXTS

READ = [Said(text, f"r{place}") for place, text in enumerate(text for texts in TEXTS.values() for text in texts)]
TOPIC = [
    "Laddstolpar för elbilar vid entrén",
    "Det behövs laddstolpar för elbilar",
    "Ingen laddstolpe till elbilen",
    "Sätt upp en laddstolpe för elbilar",
    "Elbilar kan inte ladda, laddstolpar saknas",
    "Fler laddstolpar för elbil tack",
]
# Said again by others, as a second round does.
AGAIN = [Said(f"{one.text} tycker jag", f"ny{place}") for place, one in enumerate(READ)]
NEW = [Said(text, f"el{place}") for place, text in enumerate(TOPIC)]


@pytest.fixture(scope="module")
def novelty() -> Novelty:
    return Novelty("sv").fit(READ, [*AGAIN, *NEW])


def test_a_new_topic_seems_newer_than_what_was_said_before(novelty: Novelty) -> None:
    new, again = novelty.p_values(NEW), novelty.p_values(AGAIN)
    assert new.max() <= 0.1
    assert (again <= 0.1).mean() <= 0.1


def test_a_new_topic_is_offered_as_a_candidate_with_its_words(novelty: Novelty) -> None:
    (first, *_) = novelty.topics([*AGAIN, *NEW], [0.5] * (len(AGAIN) + len(NEW)))
    assert first.answers == len(TOPIC)
    assert set(first.examples) <= set(TOPIC)
    assert any("ladd" in word or "elbil" in word for word in first.words)


def test_one_respondent_alone_is_no_topic() -> None:
    chatty = [Said(text, "samma") for text in TOPIC]
    novelty = Novelty("sv").fit(READ, [*AGAIN, *chatty])
    assert not any(
        set(one.examples) <= set(TOPIC) for one in novelty.topics([*AGAIN, *chatty], [0.5] * (len(AGAIN) + 6))
    )


def test_too_few_texts_tell_nothing() -> None:
    novelty = Novelty("sv").fit(READ[:20], NEW)
    assert novelty.p_values(NEW).tolist() == [1.0] * len(NEW)
    assert novelty.topics(NEW, [1.0] * len(NEW)) == []


def test_the_same_seed_says_the_same(novelty: Novelty) -> None:
    again = Novelty("sv").fit(READ, [*AGAIN, *NEW])
    assert again.p_values(NEW).tolist() == novelty.p_values(NEW).tolist()
