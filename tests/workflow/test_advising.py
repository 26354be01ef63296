"""An adviser that follows each decision, and is made exact when idle."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.suggestion import Evidence
from coder.workflow.advising import Adviser
from coder.workflow.suggesting import uncoded_parts
from tests.suggest.library import BOOK, evidence

NEW = Evidence("Toaletterna är smutsiga", 32, "ny")
BACKGROUND = [item.text for item in evidence(5, 10)] + [NEW.text]


def advised(start: list[Evidence] | None = None, *, quick: bool = True) -> Adviser:
    return Adviser(BOOK, evidence(0, 3) if start is None else start, BACKGROUND, quick=quick)


def ranked(adviser: Adviser, text: str) -> list[int]:
    return [one.code for one in adviser.suggest([text])[0]]


def learn_one(adviser: Adviser, item: Evidence) -> None:
    adviser.learn([*adviser.evidence, item])


def forget_one(adviser: Adviser, item: Evidence) -> None:
    adviser.learn([one for one in adviser.evidence if one != item])


def many() -> list[Evidence]:
    """Enough of them for scores to be known."""
    return [*evidence(0, 10), *(Evidence(f"{item.text} tycker vi", item.code, item.group) for item in evidence(0, 10))]


def test_what_is_learnt_is_known_to_the_next_suggestion_and_forgotten_by_undo() -> None:
    adviser = advised()
    before = adviser.suggest(["Smutsiga toaletter"])[0]
    learn_one(adviser, NEW)
    assert ranked(adviser, "Smutsiga toaletter")[0] == 32
    assert adviser.stale
    forget_one(adviser, NEW)
    after = adviser.suggest(["Smutsiga toaletter"])[0]
    assert [one.code for one in after][:3] == [one.code for one in before][:3]
    assert list(adviser.evidence) == evidence(0, 3)
    assert NEW not in [one.evidence for one in adviser.similar(NEW.text, 32)]


def test_the_fast_path_ranks_first_what_the_exact_refit_does() -> None:
    adviser = advised()
    adviser.suggest(["x"])
    for item in evidence(3, 5):
        learn_one(adviser, item)
    texts = [item.text for item in evidence(5, 10)]
    fast = [found[0].code for found in adviser.suggest(texts)]
    assert adviser.refit()
    assert not adviser.stale
    exact = [found[0].code for found in adviser.suggest(texts)]
    assert np.mean([one == other for one, other in zip(fast, exact, strict=True)]) >= 0.9


def test_scores_are_unknown_until_the_first_refit_and_known_from_then_on() -> None:
    adviser = advised(many())
    assert not adviser.suggest(["Öppna tidigare"])[0][0].known
    assert adviser.stale
    adviser.refit()
    assert adviser.suggest(["Öppna tidigare"])[0][0].known
    adviser.learn(evidence(0, 10))
    assert adviser.stale
    assert adviser.suggest(["Öppna tidigare"])[0][0].known


def test_an_adviser_that_is_not_quick_is_exact_at_once() -> None:
    adviser = advised(many(), quick=False)
    assert adviser.suggest(["Öppna tidigare"])[0][0].known
    assert not adviser.stale


@pytest.mark.parametrize("top", [1, 3, 99])
def test_the_best_are_the_suggestions_without_reasons_whatever_has_been_learnt_since(top: int) -> None:
    adviser, texts = advised(many()), [*BACKGROUND, "Öppna tidigare. Stolarna är hårda.", "", "-", "xyz"]
    for step in (lambda: None, lambda: learn_one(adviser, NEW), adviser.refit, lambda: forget_one(adviser, NEW)):
        step()
        stale = adviser.stale
        for best, found in zip(adviser.best(texts, top), adviser.suggest(texts, top), strict=True):
            assert [(one.code, one.because, one.known) for one in best] == [(one.code, (), one.known) for one in found]
            assert [one.score for one in best] == pytest.approx([one.score for one in found], abs=1e-9)
        assert adviser.stale or not stale


def test_a_refit_in_another_thread_loses_nothing_that_is_coded_meanwhile() -> None:
    adviser = advised(many())
    adviser.suggest(["x"])
    idle = threading.Thread(target=adviser.refit)
    idle.start()
    for _ in range(5):
        learn_one(adviser, NEW)
        forget_one(adviser, NEW)
    learn_one(adviser, NEW)
    assert adviser.suggest(["Smutsiga toaletter"])[0]
    idle.join()
    assert ranked(adviser, "Smutsiga toaletter")[0] == 32
    assert [one.evidence for one in adviser.similar(NEW.text, 32, 1)] == [NEW]


def test_concurrent_refits_learn_the_same_as_one_alone() -> None:
    alone, *others = (advised(many()) for _ in range(3))
    alone.refit()
    threads = [threading.Thread(target=one.refit) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [item.text for item in evidence(5, 10)]
    assert all(one.suggest(texts) == alone.suggest(texts) for one in others)


def test_a_refit_for_a_codebook_that_is_no_more_is_dropped() -> None:
    renamed = replace(BOOK, codes=tuple(replace(code, definition="") for code in BOOK.codes))

    class Changing(list[Evidence]):
        """Evidence under which the codebook changes while it is learnt from."""

        def __iter__(self):  # type: ignore[no-untyped-def]
            adviser.follow(renamed)
            return super().__iter__()

    adviser = advised(Changing(evidence(0, 3)))
    assert not adviser.refit()
    assert adviser.stale
    assert adviser.codebook == renamed


@pytest.mark.parametrize("change", [{"retired": True}, {"merged_into": 12}], ids=["retired", "merged"])
def test_a_code_that_is_retired_or_merged_is_never_suggested(change: dict[str, int]) -> None:
    book = replace(BOOK, codes=tuple(replace(code, **change) if code.id == 11 else code for code in BOOK.codes))  # type: ignore[arg-type]
    adviser = advised()
    adviser.suggest(["x"])
    adviser.follow(book)
    learn_one(adviser, Evidence("Håll öppet på söndagar", 11, "ny"))
    found = {one.code for one in adviser.suggest(["Håll öppet på söndagar", "Öppettider"], top=9)[0]}
    assert 11 not in found
    now = [one.evidence for one in adviser.similar("Håll öppet på söndagar", 11)]
    assert now == [] if "retired" in change else Evidence("Håll öppet på söndagar", 12, "ny") in now


def test_similar_segments_and_contradictions_leave_the_answer_itself_out() -> None:
    adviser = advised()
    learn_one(adviser, NEW)
    assert adviser.similar(NEW.text, 32)[0].evidence == NEW
    assert all(one.evidence != NEW for one in adviser.similar(NEW.text, 32, but="ny"))
    assert [one.evidence for one in adviser.contradictions("Toaletterna är smutsiga!", 31)] == [NEW]
    assert adviser.contradictions("Toaletterna är smutsiga!", 31, but="ny") == []
    assert adviser.contradictions("Toaletterna är smutsiga!", 32) == []


def test_a_codebook_without_codes_can_be_advised_on() -> None:
    adviser = Adviser(replace(BOOK, codes=()), (), BACKGROUND)
    learn_one(adviser, NEW)
    assert adviser.suggest(["x"]) == adviser.best(["x"]) == [[]]
    assert adviser.least_sure(["a", "b"]) == [0, 1]
    assert adviser.refit()


TEXT = "Långa köer. Stolarna är hårda. Öppna tidigare."


def _coding(start: int, end: int, origin: Origin = Origin.HAND) -> Coding:
    return Coding(22, Segment(start, end), "eva", origin)


@pytest.mark.parametrize(
    ("work", "parts"),
    [
        (Work(), [TEXT]),
        (Work((_coding(12, 30),)), ["Långa köer.", "Öppna tidigare."]),
        (Work((_coding(12, 30), _coding(0, 20))), ["Öppna tidigare."]),
        (Work((_coding(0, len(TEXT)),)), []),
        (Work((_coding(0, len(TEXT), Origin.AUTO),)), [TEXT]),
        (Work((_coding(0, 11),), done=True), []),
        (Work(nothing_by="eva"), []),
    ],
    ids=["none", "middle", "overlapping", "whole", "machine", "done", "nothing"],
)
def test_the_parts_that_wait_for_an_analyst(work: Work, parts: list[str]) -> None:
    assert uncoded_parts(Answer(1, Respondent("r"), TEXT), work) == parts
