"""The gate: what evidence on left-out respondents lets a machine do alone."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from coder.domain.acceptance import Gate, Verdict
from coder.suggest.gate import RISK, Trial, gate
from tests.growth import spent

ENOUGH = dict.fromkeys((1, 2, 3, 4), 20)
# Of a code that the gates below do not know: as much as shows when another code would be wrong.
ANYTHING_ELSE = [Trial(9, 0.0, True)] * 7


def drawn(code: int, count: int, chance: Callable[[float], float], seed: int = 0) -> list[Trial]:
    """Trials of a code with scores spread over 0..1; `chance` is that of being right at a score."""
    rng = random.Random(seed)
    scores = [(place + 0.5) / count for place in range(count)]
    return [Trial(code, score, rng.random() < chance(score)) for score in scores]


def verdicts(found: Gate) -> dict[int, str]:
    return {one.code: one.verdict.value for one in found.codes}


def test_a_code_with_much_evidence_has_a_score_of_its_own() -> None:
    found = gate(drawn(1, 400, lambda score: 1.0 if score > 0.4 else 0.1), [1], ENOUGH, 0.9)
    (one,) = found.codes
    assert (one.verdict, one.pooled) == (Verdict.AUTOMATIC, False)
    assert one.threshold is not None
    assert 0.3 < one.threshold < 0.45
    assert one.at_least is not None
    assert 0.9 <= one.at_least < one.right / one.tried
    assert found.pooled is None


@pytest.mark.parametrize("others", [0, 6, 7])
def test_a_code_is_not_given_where_hardly_anything_else_was_seen(others: int) -> None:
    found = gate([*[Trial(1, 1.0, True)] * 200, *[Trial(2, 0.5, True)] * others], [1], ENOUGH, 0.9)
    assert verdicts(found) == {1: "automatic" if others == 7 else "insufficient_evidence"}
    assert (found.codes[0].tried, found.codes[0].right) == (200, 200)


def test_codes_with_little_evidence_share_one() -> None:
    few = [trial for code in (1, 2, 3, 4) for trial in drawn(code, 30, lambda score: 1.0 if score > 0.4 else 0.0)]
    found = gate(few, [1, 2, 3, 4], ENOUGH, 0.9)
    assert set(verdicts(found).values()) == {"automatic"}
    assert {one.threshold for one in found.codes} == {found.pooled}
    assert all(one.pooled for one in found.codes)


def test_a_code_with_fewer_than_seven_examples_is_never_given() -> None:
    found = gate(drawn(1, 400, lambda _score: 1.0), [1, 2], {1: 6, 2: 7}, 0.9)
    assert verdicts(found) == {1: "insufficient_evidence", 2: "weak"}
    assert found.shut


@pytest.mark.parametrize(("promise", "enough"), [(0.5, 6), (0.9, 39), (0.99, 408), (0.999, 4093)])
def test_a_code_that_is_never_wrong_opens_from_as_many_trials_as_a_promise_takes(promise: float, enough: int) -> None:
    # A sixtieth of samples without an error among n would come from worse than promised: promise ** n <= 1/60.
    for trials_of_it in (enough - 1, enough):
        found = gate([*[Trial(1, 1.0, True)] * trials_of_it, *ANYTHING_ELSE], [1], ENOUGH, promise)
        assert found.shut == (trials_of_it < enough)


@pytest.mark.parametrize("promise", [0.999999, 1 - 1e-12, 1 - 2**-53])
def test_a_promise_near_certainty_is_refused_at_once(promise: float) -> None:
    never_wrong = [*drawn(1, 400, lambda _score: 1.0), *ANYTHING_ELSE]
    assert gate(never_wrong, [1], ENOUGH, promise).shut
    usual, near = (spent(partial(gate, never_wrong, [1], ENOUGH, one)) for one in (0.99, promise))
    assert near < 10 * usual


@pytest.mark.parametrize(
    "found",
    [
        pytest.param([], id="nothing_tried"),
        pytest.param([*drawn(1, 20, lambda _score: 1.0), *ANYTHING_ELSE], id="too_few_however_right"),
        pytest.param(drawn(1, 2000, lambda _score: 0.85), id="wrong_too_often"),
        pytest.param(drawn(1, 400, lambda _score: 0.0), id="always_wrong"),
    ],
)
def test_the_gate_says_no(found: list[Trial]) -> None:
    answer = gate(found, [1], ENOUGH, 0.9)
    assert answer.shut
    assert verdicts(answer) == {1: "weak"}


def test_a_code_that_errs_is_not_carried_by_its_pool() -> None:
    few = [trial for code in (1, 2, 3) for trial in drawn(code, 40, lambda _score: 1.0)]
    found = gate([*few, *(Trial(4, 0.3, place < 5) for place in range(8))], [1, 2, 3, 4], ENOUGH, 0.9)
    assert verdicts(found) == {1: "automatic", 2: "automatic", 3: "automatic", 4: "weak"}


def test_a_code_that_never_reached_the_pools_score_is_not_given() -> None:
    few = [Trial(code, 0.5 + place / 200, True) for code in (1, 2, 3) for place in range(40)]
    low = [Trial(4, 0.1, False) for _ in range(40)]
    assert verdicts(gate([*few, *low], [1, 2, 3, 4], ENOUGH, 0.9))[4] == "weak"


def test_equal_scores_are_decided_alike() -> None:
    found = gate([*(Trial(1, 0.7, place < 95) for place in range(100)), *ANYTHING_ELSE], [1], ENOUGH, 0.85)
    assert found.codes[0].threshold is not None
    assert found.codes[0].threshold < 0.7


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("count", [80, 300])
def test_a_promise_is_broken_in_fewer_draws_than_the_risk(slope: float, count: int) -> None:
    """What is right at a score is known here, so the precision above any threshold is too."""
    broken = 0
    for seed in range(150):
        found = gate(drawn(1, count, lambda score: 0.92 - slope * (1 - score), seed), [1], ENOUGH, 0.9)
        least = found.codes[0].threshold
        if least is not None:
            broken += 0.92 - slope * (1 - least) / 2 < 0.9
    assert broken / 150 <= RISK
