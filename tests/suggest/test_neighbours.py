"""Constant comparison and contradictions."""

import pytest

from coder.domain.codebook import BORDER
from coder.domain.suggestion import Evidence
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.entries import affirmed, documents
from coder.suggest.features import Features
from tests.suggest.library import BOOK, evidence


@pytest.fixture(scope="module")
def suggester() -> CodebookSuggester:
    return CodebookSuggester().fit(BOOK, evidence(0, 5))


def test_the_most_similar_segments_of_a_code_come_first(suggester: CodebookSuggester) -> None:
    found = suggester.similar("Svår att hitta, parkeringen", 12, top=3)
    assert found[0].evidence.text == "Svårt att hitta parkering i närheten"
    assert {one.evidence.code for one in found} == {12}
    assert all(0 < one.likeness <= 1 for one in found)


def test_a_near_identical_segment_under_another_code_is_a_contradiction(suggester: CodebookSuggester) -> None:
    [found] = suggester.contradictions("Köp in mer poesi!", 22)
    assert (found.evidence.code, found.evidence.text) == (21, "Köp in mer poesi")
    assert suggester.contradictions("Köp in mer poesi!", 21) == []
    assert suggester.contradictions("Köp mer kaffe", 22) == []


def test_a_segment_with_both_codes_contradicts_neither() -> None:
    both = [Evidence("Köp in mer poesi", 21, "a"), Evidence("Köp in mer poesi", 22, "a")]
    suggester = CodebookSuggester().fit(BOOK, both)
    assert suggester.contradictions("Köp in mer poesi", 22) == []


def test_what_a_code_is_not_is_no_evidence_for_it() -> None:
    assert affirmed(f"Stolar och bord. {BORDER} prat (Ljud).") == "Stolar och bord."
    own = [document.text for document in documents(BOOK) if document.code == 32]
    assert all("prat" not in text for text in own)
    assert ("prat vid borden", 31) in [(document.text, document.code) for document in documents(BOOK)]


def test_the_parts_of_a_text_sum_to_its_row() -> None:
    text = "Stolar, bord och stolar vid fönstren (bord)"
    features = Features("sv").fit([text, "Fler bord", "Öppna mer"])
    runs, parts = features.parts(text)
    assert len(runs) == parts.shape[0] == len(set(text.split()))
    assert abs(parts.sum(axis=0) - features.transform([text])).max() == pytest.approx(0.0, abs=1e-9)
