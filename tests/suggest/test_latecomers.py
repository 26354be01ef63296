"""Codes that came late."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.latecomers import latecomers

MANY = 360


@pytest.mark.parametrize(
    ("rounds", "target", "expected"),
    [
        pytest.param([], [], [0.0, 0.0, 0.0], id="nothing_coded"),
        pytest.param([0] * MANY, [0, 1] * (MANY // 2), [0.0, 0.0, 0.0], id="one_round"),
        pytest.param([3] * MANY, [0, 1] * (MANY // 2), [0.0, 0.0, 0.0], id="the_first_round_coded_is_not_the_first"),
        pytest.param([0] * (MANY - 5) + [1] * 5, [0] * (MANY - 5) + [1] * 5, [0.0, np.log(8), 0.0], id="few_since"),
        pytest.param([0] * 180 + [1] * 180, [0] * 350 + [2] * 10, [0.0, 0.0, np.log(360 / 220)], id="many_since"),
        pytest.param([0] * 20 + [1] * 5, [0] * 20 + [1] * 5, [0.0, 0.0, 0.0], id="never_lowered"),
        pytest.param([0, 1], [1, 1], [0.0, 0.0, 0.0], id="given_before_too"),
    ],
)
def test_a_code_is_raised_by_what_was_coded_before_it_came(
    rounds: list[int], target: list[int], expected: list[float]
) -> None:
    assert latecomers(rounds, np.array(target, dtype=np.intp), 3) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=60), st.randoms())
def test_the_order_of_the_codings_does_not_matter(codings: list[tuple[int, int]], chance: object) -> None:
    def raised(some: list[tuple[int, int]]) -> list[float]:
        return list(latecomers([one for one, _ in some], np.array([code for _, code in some], dtype=np.intp), 5))

    shuffled = sorted(codings, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert raised(codings) == raised(shuffled)
    assert min(raised(codings)) >= 0


def test_a_code_that_came_in_the_second_round_is_suggested_after_a_few_codings() -> None:
    themes = tuple(Theme(number, f"Tema {number}") for number in (1, 2))
    codes = tuple(Code(number, f"Kod {number}", 1 + number % 2) for number in range(1, 9))
    book = Codebook("k", "sv", "Vad?", themes, (*codes, Code(9, "Ny", None)))
    subjects = ["möten", "telefon", "rutiner", "chefer", "lokaler", "avtal", "språk", "utbildning"]
    old = [
        Evidence(f"{subject} fungerar {how} hos {whom}", number, f"r{number}{how}{whom}")
        for number, subject in enumerate(subjects, 1)
        for how in ("bra", "illa", "ofta", "sällan", "numera")
        for whom in ("oss", "dem", "alla", "många", "kommunen", "myndigheten")
    ]
    new = [
        Evidence(f"{word} fungerar bra hos {whom}", 9, f"n{word}", 1)
        for word, whom in (("hundar", "oss"), ("katter", "dem"))
    ]

    def place(codings: list[Evidence]) -> int:
        suggester = CodebookSuggester(calibrate=False).fit(book, codings)
        return [one.code for one in suggester.suggest(["hundvalpar hos kommunen"], 9)[0]].index(9)

    as_if_always_there = [Evidence(one.text, one.code, one.group) for one in new]
    assert place(old + new) == 0 < place(old + as_if_always_there)
