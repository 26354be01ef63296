"""The gate: what evidence on left-out respondents lets a machine do alone."""

import random
import time
from collections import Counter
from collections.abc import Callable, Collection

import numpy as np
import pytest

from coder.domain.acceptance import Gate, Verdict
from coder.domain.codebook import Codebook
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.gate import RISK, Marked, Trial, gate, left_out, trials
from tests.suggest.library import BOOK, TEXTS, evidence

ENOUGH = dict.fromkeys((1, 2, 3, 4), 20)


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
        found = gate([Trial(1, 1.0, True)] * trials_of_it, [1], ENOUGH, promise)
        assert found.shut == (trials_of_it < enough)


@pytest.mark.parametrize("promise", [0.999999, 1 - 1e-12, 1 - 2**-53])
def test_a_promise_near_certainty_is_refused_at_once(promise: float) -> None:
    begun = time.process_time()
    assert gate(drawn(1, 400, lambda _score: 1.0), [1], ENOUGH, promise).shut
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "found",
    [
        pytest.param([], id="nothing_tried"),
        pytest.param(drawn(1, 20, lambda _score: 1.0), id="too_few_however_right"),
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
    found = gate([Trial(1, 0.7, place < 95) for place in range(100)], [1], ENOUGH, 0.85)
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


def marked() -> list[Marked]:
    return [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in evidence(0, 8)]


def tried(answers: list[Marked], learnt: list[Evidence], seed: int = 0) -> list[Trial]:
    suggester = CodebookSuggester(calibrate=False).fit(BOOK, learnt)
    return list(trials(answers, left_out(suggester, answers, seed)))


def test_what_an_analyst_read_and_gave_no_code_counts_as_wrong() -> None:
    answers = [Marked(one.group, one.texts, (frozenset(),)) for one in marked()]
    found = tried(answers, evidence(0, 8))
    assert len(found) == len(answers)
    assert not any(one.right for one in found)


def test_a_code_is_tried_once_an_answer_at_its_surest_place() -> None:
    texts = ("Håll öppet på söndagar", "Längre öppettider på sommaren", "Sant")
    answer = Marked("ny", texts, (frozenset({11}), frozenset({11}), frozenset()))
    found = tried([answer], evidence(2, 10))
    assert Counter(one.code for one in found)[11] == 1
    assert next(one for one in found if one.code == 11).right


def test_no_respondent_is_judged_by_what_it_taught() -> None:
    """Each text is worded as no other is: it would be recognised at once by a suggester that had learnt it."""
    codes = list(TEXTS)
    own = [f"{chr(97 + place) * 9} {chr(98 + place) * 8}" for place in range(20)]
    learnt = [*evidence(0, 4)]
    for place, text in enumerate(own):
        learnt.append(type(learnt[0])(text, codes[place % 6], f"ny{place}"))
    answers = [Marked(f"ny{place}", (text,), (frozenset({codes[place % 6]}),)) for place, text in enumerate(own)]
    found = tried(answers, learnt)
    assert sum(one.right for one in found) <= 8


class Many(CodebookSuggester):
    """Holds that it learnt from many, and tells how many respondents are left out at a time."""

    few = False

    def without(self, groups: Collection[str]) -> CodebookSuggester:
        self.left = [*getattr(self, "left", ()), len(groups)]
        return super().without(groups)


def folds_of(suggester: Many, answers: list[Marked]) -> list[int]:
    left_out(suggester, answers)
    return getattr(suggester, "left", [])


class Few(Many):
    """Learnt from few, and tells the same."""

    few = True


def test_of_five_respondents_each_is_a_fold_and_of_six_none_is() -> None:
    five = [Evidence(item.text, item.code, f"r{place % 5}") for place, item in enumerate(evidence(0, 4))]
    six = [Evidence(item.text, item.code, f"r{place % 6}") for place, item in enumerate(evidence(0, 4))]
    answers = [Marked(f"r{place}", ("Öppettider",), (frozenset(),)) for place in range(6)]
    assert folds_of(Few().fit(BOOK, five), answers[:5]) == [1] * 5
    assert folds_of(Few().fit(BOOK, six), answers) == []


def test_of_long_answers_a_fifth_is_left_out_at_a_time() -> None:
    answers = [Marked(item.group, (f"{item.text}. " * 400,), (frozenset(),)) for item in evidence(0, 8)]
    assert sum(len(one.texts[0]) for one in answers) > 500_000
    assert len(folds_of(Few(calibrate=False).fit(BOOK, evidence(0, 8)), answers)) == 5


@pytest.mark.parametrize("background", [0, 1200], ids=["by words", "with a graph"])
@pytest.mark.parametrize("learnt", [0, 8])
def test_who_taught_nothing_is_told_what_everyone_is(learnt: int, background: int) -> None:
    uncoded = [f"Parkering och laddstolpe nummer {place}" for place in range(background)]
    suggester = CodebookSuggester(calibrate=False).fit(BOOK, evidence(0, learnt), uncoded)
    answers = [Marked(f"ny{place}", ("Öppet sent", "Fler stolar", ""), (frozenset(),) * 3) for place in range(3)]
    first = suggester.suggest(["Öppet sent"], 1)
    for own in left_out(suggester, answers):
        assert own[2] is None
        assert own[0] is not None
        assert own[0].code == first[0][0].code
        assert own[0].score == pytest.approx(first[0][0].score)
    assert left_out(suggester, []) == []


def test_without_codes_nothing_fits() -> None:
    book = Codebook("t", "sv", "?", (), ())
    assert left_out(CodebookSuggester().fit(book, []), [Marked("a", ("Bra", "Illa"), (frozenset(),) * 2)]) == [
        [None] * 2
    ]


def test_of_many_respondents_a_fifth_is_left_out_at_a_time() -> None:
    answers = [Marked(f"svar{place}", ("Öppettider",), (frozenset(),)) for place in range(51)]
    suggester = Many(calibrate=False).fit(BOOK, evidence(0, 2))
    told: list[tuple[int, int]] = []
    left_out(suggester, answers, progress=lambda done, total: told.append((done, total)))
    assert suggester.left == [11, 10, 10, 10, 10]
    assert told == [(place, 5) for place in range(1, 6)]


def test_few_respondents_are_each_left_out_alone_and_many_are_told_much_the_same() -> None:
    few = tried(marked(), evidence(0, 8))
    suggester = Many(calibrate=False).fit(BOOK, evidence(0, 8))
    many = list(trials(marked(), left_out(suggester, marked())))
    assert sum(one.code == other.code for one, other in zip(few, many, strict=True)) >= 0.8 * len(few)
    assert np.corrcoef([one.score for one in few], [one.score for one in many])[0, 1] > 0.8


def said(suggester: CodebookSuggester, answers: list[Marked], seed: int) -> dict[str, tuple[int, float]]:
    found = left_out(suggester, answers, seed)
    return {
        answer.group: (best.code, best.score)
        for answer, (best,) in zip(answers, found, strict=True)
        if best is not None
    }


def test_of_few_neither_the_order_nor_the_seed_changes_anything() -> None:
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 8))
    first = said(suggester, marked(), 0)
    for answers, seed in ((marked()[::-1], 0), (marked(), 1)):
        again = said(suggester, answers, seed)
        assert {group: code for group, (code, _) in again.items()} == {
            group: code for group, (code, _) in first.items()
        }
        assert [again[group][1] for group in first] == pytest.approx([score for _, score in first.values()], abs=1e-9)


def test_of_many_the_order_changes_nothing_and_the_seed_does() -> None:
    suggester = Many().fit(BOOK, evidence(0, 8))
    first = said(suggester, marked(), 0)
    assert said(suggester, marked()[::-1], 0) == first
    assert said(suggester, marked(), 1) != first
