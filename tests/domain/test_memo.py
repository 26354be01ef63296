"""What a memo's text is, which memos words find, and two texts that become one."""

import unicodedata

import pytest

from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.memo import LONGEST, Kind, Memo, Subject, beside, matching, memo_text

MEMOS = [
    Memo(1, Subject(), "Gränsen mot Återkoppling är oklar", "eva", "2023-02-01T08:00:00"),
    Memo(2, Subject(Kind.CODE, 3), "Aterkoppling stavat fel", "ola", "", "Otillgänglig: Kö", "hinder"),
    Memo(3, Subject(Kind.SEGMENT, 7, Segment(0, 4)), "[/] läs om", "eva", "", "0114: Ingen", "hinder", "2023", "Ödby"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("ÅTERKOPPLING", [1]),
        ("aterkoppling", [2]),
        (unicodedata.normalize("NFD", "återkoppling är"), [1]),
        ("oklar gränsen", [1]),
        ("oklar stavat", []),
        ("kö ola", [2]),
        ("ödby", [3]),
        ("0114 segment 2023", [3]),
        ("[/]", [3]),
    ],
)
def test_memos_are_found_by_all_words_in_any_case_and_a_is_not_a_with_a_ring(query: str, found: list[int]) -> None:
    assert [memo.id for memo in matching(MEMOS, query)] == found


def test_a_memo_is_clean_text_with_its_lines() -> None:
    assert memo_text(" A\u030a\r\n\x1b[31mb\x1b[0m \x07[/] ") == "Å\nb [/]"


@pytest.mark.parametrize(("text", "words"), [(" \n", "without words"), ("x" * 100_000, "100000 characters")])
def test_a_memo_without_words_or_beyond_all_measure_is_refused(text: str, words: str) -> None:
    assert memo_text("x" * LONGEST)
    with pytest.raises(CoderError, match=words):
        memo_text(text)


@pytest.mark.parametrize(("now", "text", "both"), [("a", "b", "a\n\nb"), ("a b c", "b", "a b c"), ("a", "a", "a")])
def test_two_texts_become_one_and_nothing_is_lost(now: str, text: str, both: str) -> None:
    assert beside(now, text) == both
