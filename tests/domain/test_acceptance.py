"""What a gate lets through, and what becomes of it."""

import pytest

from coder.domain.acceptance import MACHINE, CodeGate, Gate, Verdict, codings
from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Coding, Origin, Segment
from coder.domain.suggestion import Suggestion

OPEN = CodeGate(1, Verdict.AUTOMATIC, 0.8, 30, 40, 40, at_least=0.92)
SHUT = CodeGate(2, Verdict.WEAK, None, 12, 20, 11)


@pytest.mark.parametrize(
    ("gate", "suggestion", "taken"),
    [
        pytest.param(Gate(0.9, codes=(OPEN, SHUT)), Suggestion(1, 0.8), True, id="at_the_score"),
        pytest.param(Gate(0.9, codes=(OPEN, SHUT)), Suggestion(1, 0.79), False, id="below_it"),
        pytest.param(Gate(0.9, codes=(OPEN, SHUT)), Suggestion(2, 1.0), False, id="a_weak_code_never"),
        pytest.param(Gate(0.9, codes=(OPEN, SHUT)), Suggestion(3, 1.0), False, id="an_unknown_code_never"),
        pytest.param(Gate(least=0.5), Suggestion(3, 0.5), True, id="without_a_promise_any_code_from_a_score"),
        pytest.param(Gate(least=0.5), Suggestion(3, 0.4), False, id="and_none_below_it"),
    ],
)
def test_a_gate_takes_what_its_code_allows(gate: Gate, suggestion: Suggestion, taken: bool) -> None:
    assert gate.takes(suggestion) is taken


def test_a_gate_is_shut_where_no_code_may_be_given() -> None:
    assert Gate(0.9, codes=(SHUT,)).shut
    assert not Gate(0.9, codes=(OPEN, SHUT)).shut
    assert not Gate(least=1.0).shut


TEXT = "Svårt att nå dem. Ingen svarar! Men mötena är bra. Kö."


def found(*parts: tuple[str, int, float]) -> list[tuple[Segment, Suggestion]]:
    return [
        (Segment(TEXT.index(part), TEXT.index(part) + len(part)), Suggestion(code, score))
        for part, code, score in parts
    ]


def test_neighbours_with_one_code_are_one_coding_with_the_higher_score() -> None:
    taken = found(("Svårt att nå dem.", 1, 0.7), ("Ingen svarar!", 1, 0.9), ("Men mötena är bra.", 2, 0.8))
    given = codings(Answer(1, Respondent("1"), TEXT), taken, whole=False, run=4)
    assert [(one.segment.of(TEXT), one.code, one.score) for one in given] == [
        ("Svårt att nå dem. Ingen svarar!", 1, 0.9),
        ("Men mötena är bra.", 2, 0.8),
    ]
    assert {(one.analyst, one.origin, one.run) for one in given} == {(MACHINE, Origin.AUTO, 4)}


def test_words_between_keep_two_codings_apart() -> None:
    taken = found(("Svårt att nå dem.", 1, 0.7), ("Kö.", 1, 0.9))
    assert len(codings(Answer(1, Respondent("1"), TEXT), taken, whole=False)) == 2


def test_a_whole_answer_is_marked_as_such() -> None:
    whole = Segment(0, len(TEXT))
    assert codings(Answer(1, Respondent("1"), TEXT), [(whole, Suggestion(1, 0.9))], whole=True) == (
        Coding(1, whole, MACHINE, Origin.AUTO, 0.9, whole=True),
    )
