"""What fits the answers that analysts have finished, by suggesters that had not seen the respondents."""

from collections import Counter
from collections.abc import Collection

import numpy as np
import pytest

from coder.domain.codebook import Codebook
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.gate import Marked, Trial, left_out, trials
from tests.suggest.library import BOOK, TEXTS, evidence


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
