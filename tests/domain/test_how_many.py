"""A number goes with the word for that many."""

import pytest

from coder.domain.how_many import form, how_many


@pytest.mark.parametrize(
    ("number", "one", "several", "words"),
    [
        (0, "answer", "", "0 answers"),
        (1, "answer", "", "1 answer"),
        (2, "answer", "", "2 answers"),
        (1, "clash is", "clashes are", "1 clash is"),
        (11, "clash is", "clashes are", "11 clashes are"),
    ],
)
def test_only_one_of_a_thing_is_called_one(number: int, one: str, several: str, words: str) -> None:
    assert how_many(number, one, several) == words
    assert f"{number} {form(number, one, several)}" == words
