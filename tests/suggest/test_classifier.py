"""The suggester: what it ranks first, why, and how it follows new codings."""

from dataclasses import replace

import numpy as np
import pytest

from coder.domain.codebook import Code, Codebook
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.entries import Document
from coder.suggest.ranker import Ranker
from tests.suggest.library import BOOK, TEXTS, evidence

SCORED = evidence(5, 10)


def share_first(suggester: CodebookSuggester, top: int) -> float:
    found = suggester.suggest([item.text for item in SCORED], top)
    return float(np.mean([item.code in {one.code for one in ones} for item, ones in zip(SCORED, found, strict=True)]))


@pytest.mark.parametrize(
    ("examples", "top1", "top3"), [(0, 0.733, 0.967), (1, 0.80, 0.933), (3, 0.80, 0.967), (5, 0.90, 0.967)]
)
def test_the_ladder_stands(examples: int, top1: float, top3: float) -> None:
    """How good suggestions are is pinned: a change for the worse, or for the better, is seen here."""
    suggester = CodebookSuggester().fit(BOOK, evidence(0, examples), [item.text for item in SCORED])
    assert share_first(suggester, 1) == pytest.approx(top1, abs=0.035)
    assert share_first(suggester, 3) == pytest.approx(top3, abs=0.035)


def test_a_code_without_examples_is_suggested_by_its_definition() -> None:
    [[first, *_]] = CodebookSuggester().fit(BOOK, ()).suggest(["Parkering saknas"])
    assert first.code == 12
    assert not first.known


def test_scores_are_shares_best_first() -> None:
    [found] = CodebookSuggester().fit(BOOK, evidence(0, 3)).suggest(["Öppna tidigare"], top=6)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1.0)
    assert {one.code for one in found} == set(TEXTS)


def test_ties_go_by_the_order_of_the_codebook() -> None:
    [found] = CodebookSuggester().fit(replace(BOOK, codes=_nameless()), ()).suggest(["något"], top=3)
    assert [one.code for one in found] == [3, 1, 2]


def _nameless() -> tuple[Code, ...]:
    return (Code(1, "?", None), Code(2, "!", None), Code(3, "-", 1))


def test_reasons_are_words_of_the_text() -> None:
    text = "Tyvärr: (parkering) saknas, och bussen går sällan!"
    [found] = CodebookSuggester().fit(BOOK, evidence(0, 5)).suggest([text])
    assert found[0].code == 12
    assert "parkering" in found[0].because
    assert all(word in text and len(one.because) <= 3 for one in found for word in one.because)


def test_blank_texts_get_no_suggestion() -> None:
    assert CodebookSuggester().fit(BOOK, ()).suggest(["", "  ", "-"]) == [[], [], []]


def test_no_texts_get_no_lists() -> None:
    assert CodebookSuggester().fit(BOOK, ()).suggest([]) == []


@pytest.mark.parametrize("codes", [(), BOOK.codes[:1], BOOK.codes[:2]])
def test_a_small_codebook_works(codes: tuple[Code, ...]) -> None:
    suggester = CodebookSuggester().fit(replace(BOOK, codes=codes), evidence(0, 2), ["Öppna mer"])
    [found] = suggester.suggest(["Öppna på söndagar"])
    assert len(found) == len(codes)


def test_an_empty_codebook_still_takes_updates() -> None:
    suggester = CodebookSuggester().fit(Codebook("k", "sv", "Vad?"), ())
    suggester.update(Evidence("Öppna mer", 11))
    suggester.forget(Evidence("Öppna mer", 11))
    assert suggester.similar("Öppna mer") == []


def test_a_code_outside_the_codebook_is_never_suggested() -> None:
    """A retired code is not in the codebook; its codings teach nothing."""
    kept = replace(BOOK, codes=tuple(code for code in BOOK.codes if code.id != 11))
    suggester = CodebookSuggester().fit(kept, evidence(0, 5))
    suggester.update(Evidence("Öppna mer", 11))
    [found] = suggester.suggest(["Håll öppet på söndagar"], top=9)
    assert 11 not in {one.code for one in found}


def test_the_same_input_gives_the_same_suggestions() -> None:
    texts = [item.text for item in SCORED]
    one, two = (CodebookSuggester().fit(BOOK, evidence(0, 4), texts).suggest(texts) for _ in range(2))
    assert one == two


def test_an_answer_of_several_clauses_shows_each_of_its_codes() -> None:
    text = "Stolarna är obekväma och borden för få. Håll öppet längre på kvällen. Det pratas högt i telefoner."
    [found] = CodebookSuggester().fit(BOOK, evidence(0, 5)).suggest([text], top=3)
    assert {one.code for one in found} == {11, 31, 32}


def test_what_a_code_is_not_speaks_for_its_neighbour() -> None:
    [[first, *_]] = CodebookSuggester().fit(BOOK, ()).suggest(["långt att resa"])
    assert first.code == 12


def test_an_update_is_known_at_once() -> None:
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 3), ["Toaletterna är smutsiga"])
    suggester.update(Evidence("Toaletterna är smutsiga", 32, "ny"))
    [[first, *_]] = suggester.suggest(["Smutsiga toaletter"])
    assert first.code == 32
    assert suggester.similar("Toaletterna är smutsiga", 32)[0].likeness == pytest.approx(1.0)


def test_an_update_taken_back_leaves_nothing() -> None:
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 3), ["Toaletterna är smutsiga"])
    before = suggester.shares(["Smutsiga toaletter"])
    suggester.update(Evidence("Toaletterna är smutsiga", 32, "ny"))
    suggester.forget(Evidence("Toaletterna är smutsiga", 32, "ny"))
    suggester.forget(Evidence("Aldrig lärd", 32, "ny"))
    assert np.allclose(suggester.shares(["Smutsiga toaletter"]), before, atol=0.02)


def test_updates_rank_as_a_full_refit_does() -> None:
    """The fast path leaves the other codes and the themes alone, and the order of suggestions hardly knows it."""
    texts = [item.text for item in SCORED]
    fast = CodebookSuggester().fit(BOOK, evidence(0, 3), texts)
    for item in evidence(3, 4):
        fast.update(item)
    full = Ranker(fast.theme_of_).fit(fast.ranker_.corpus_)
    rows = fast.features_.transform(texts)
    same = np.argmax(fast.ranker_.scores(rows), axis=1) == np.argmax(full.scores(rows), axis=1)
    assert same.mean() >= 0.9


def test_thousands_of_uncoded_texts_are_used() -> None:
    """With a graph of near texts, a word that no code has heard of takes the code of the texts it is seen with."""
    background = [f"Parkering och laddstolpe nummer {place}" for place in range(1200)]
    plain = CodebookSuggester().fit(BOOK, evidence(0, 2)).shares(["laddstolpe"])
    spread = CodebookSuggester().fit(BOOK, evidence(0, 2), background).shares(["laddstolpe"])
    place = [code.id for code in BOOK.in_order()].index(12)
    assert spread[0, place] > plain[0, place]
    assert spread[0].argmax() == place


@pytest.mark.parametrize("background", [0, 30, 1200], ids=["none", "some", "with a graph"])
def test_without_some_respondents_it_is_to_the_last_bit_what_it_would_have_learnt_from_the_others(
    background: int,
) -> None:
    uncoded = [f"Parkering och laddstolpe nummer {place}" for place in range(background)]
    every, gone = evidence(0, 5), {item.group for item in evidence(1, 3)}
    whole = CodebookSuggester().fit(BOOK, every, uncoded)
    other = whole.without(gone)
    alone = CodebookSuggester().fit(BOOK, [item for item in every if item.group not in gone], uncoded)
    alone.sharpness_ = whole.sharpness_
    texts = [*(item.text for item in SCORED), "Stolarna är hårda. Laddstolpe nummer 7 saknas", ""]
    assert np.array_equal(other.shares(texts), alone.shares(texts))
    assert [one.evidence for one in other.similar("Parkering", top=99)] == [
        one.evidence for one in alone.similar("Parkering", top=99)
    ]


def test_texts_of_signs_alone_can_be_learnt_from_and_left_out() -> None:
    book = Codebook("t", "sv", "?", (), (Code(1, "!", None), Code(2, "?", None)))
    suggester = CodebookSuggester().fit(book, [Evidence("Bra", 1, "a"), Evidence("Dåligt", 2, "b")])
    assert suggester.without({"a", "b"}).shares(["Bra"]) == pytest.approx(np.array([[0.5, 0.5]]))


@pytest.mark.parametrize(
    ("codings", "documents", "few"), [(2000, 2000, True), (2001, 10, False), (10, 3990, True), (10, 3991, False)]
)
def test_what_few_is_goes_by_the_codings_and_by_all_rows(codings: int, documents: int, few: bool) -> None:
    suggester = CodebookSuggester()
    suggester.own_ = [Document("Öppet", 11, 1.0)] * documents
    suggester.coded_ = [Evidence("Öppet", 11, "a")] * codings
    assert suggester.few is few
