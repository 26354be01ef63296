"""Cutting an answer into segments: split, join, draw and snap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.coding import Segment
from coder.domain.segmenting import draw, join_next, snap, split_at

TEXT = "Bra dialog, men sällan. Ring oss!"
#       0         1         2         3
#       0123456789012345678901234567890123


def cut(*pairs: tuple[int, int]) -> tuple[Segment, ...]:
    return tuple(Segment(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        pytest.param(cut((0, 23)), 11, cut((0, 11), (12, 23)), id="white_space_at_the_cut_belongs_to_neither"),
        pytest.param(cut((0, 23)), 12, cut((0, 11), (12, 23)), id="before_a_word"),
        pytest.param(cut((0, 23)), 6, cut((0, 6), (6, 23)), id="inside_a_word"),
        pytest.param(cut((0, 23)), 0, cut((0, 23)), id="at_the_start"),
        pytest.param(cut((0, 23)), 23, cut((0, 23)), id="at_the_end"),
        pytest.param(cut((0, 11), (12, 23)), 20, cut((0, 11), (12, 20), (20, 23)), id="the_segment_around_the_place"),
        pytest.param(cut((0, 4)), 3, cut((0, 3)), id="a_part_of_white_space_goes"),
        pytest.param(cut((0, 11)), 30, cut((0, 11)), id="outside_every_segment"),
    ],
)
def test_split(before: tuple[Segment, ...], place: int, after: tuple[Segment, ...]) -> None:
    assert split_at(before, place, TEXT) == after


@pytest.mark.parametrize(
    ("index", "after"),
    [
        pytest.param(0, cut((0, 23), (24, 33)), id="the_first_two"),
        pytest.param(1, cut((0, 11), (12, 33)), id="the_last_two"),
        pytest.param(2, cut((0, 11), (12, 23), (24, 33)), id="the_last_has_none_to_join"),
        pytest.param(-1, cut((0, 11), (12, 23), (24, 33)), id="before_the_first"),
    ],
)
def test_join_with_the_next(index: int, after: tuple[Segment, ...]) -> None:
    assert join_next(cut((0, 11), (12, 23), (24, 33)), index) == after


@pytest.mark.parametrize(
    ("drawn", "after"),
    [
        pytest.param((4, 10), cut((0, 3), (4, 10), (12, 23), (24, 33)), id="inside_one_what_holds_words_stays"),
        pytest.param((4, 15), cut((0, 3), (4, 15), (16, 23), (24, 33)), id="over_a_border"),
        pytest.param((0, 33), cut((0, 33)), id="over_all"),
        pytest.param((12, 23), cut((0, 11), (12, 23), (24, 33)), id="one_that_is_there"),
    ],
)
def test_draw(drawn: tuple[int, int], after: tuple[Segment, ...]) -> None:
    assert draw(cut((0, 11), (12, 23), (24, 33)), Segment(*drawn), TEXT) == after


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(5, 7, "dialog", id="inside_a_word"),
        pytest.param(1, 5, "Bra dialog", id="over_two_words"),
        pytest.param(3, 11, "dialog,", id="outer_white_space_goes"),
        pytest.param(10, 4, "dialog", id="drawn_backwards"),
        pytest.param(-5, 2, "Bra", id="before_the_text"),
        pytest.param(28, 99, "Ring oss!"[5:], id="past_the_text"),
        pytest.param(3, 4, "", id="white_space_alone"),
        pytest.param(50, 60, "", id="wholly_past_the_text"),
    ],
)
def test_snap(start: int, end: int, expected: str) -> None:
    assert snap(TEXT, start, end).of(TEXT) == expected


texts = st.text(st.sampled_from("abåö .,-!\n\U0001f937"), min_size=1, max_size=40)
places = st.integers(-5, 50)


def assert_fits(segments: tuple[Segment, ...], text: str) -> None:
    """In order, none overlapping another, none empty, all inside the text."""
    assert all(0 <= one.start < one.end <= len(text) for one in segments)
    assert all(one.end <= other.start for one, other in pairwise(segments))


@given(texts, st.lists(st.tuples(st.sampled_from(["split", "join", "draw"]), places, places), max_size=15))
def test_segments_stay_in_order_and_inside_the_text(text: str, sequence: list[tuple[str, int, int]]) -> None:
    segments: tuple[Segment, ...] = (Segment(0, len(text)),)
    for what, one, other in sequence:
        if what == "split":
            segments = split_at(segments, one, text)
        elif what == "join":
            segments = join_next(segments, one)
        elif drawn := snap(text, one, other):
            segments = draw(segments, drawn, text)
            assert drawn in segments
        assert_fits(segments, text)


@given(texts, places, places)
def test_a_split_loses_no_word_and_a_join_loses_nothing(text: str, place: int, index: int) -> None:
    before = (Segment(0, len(text)),)
    after = split_at(before, place, text)
    assert "".join("".join(one.of(text) for one in after).split()) == "".join(text.split())
    joined = join_next(after, index)
    assert not after or (joined[0].start, joined[-1].end) == (after[0].start, after[-1].end)


@given(st.text(max_size=40), places, places)
def test_a_snapped_range_is_inside_the_text_and_ends_at_word_borders(text: str, start: int, end: int) -> None:
    found = snap(text, start, end)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.of(text) == found.of(text).strip()
    if found:
        for border in (found.start, found.end):
            assert not (0 < border < len(text) and text[border - 1].isalnum() and text[border].isalnum())
        low, high = (min(max(place, 0), len(text)) for place in sorted((start, end)))
        assert text[low:high].strip() in found.of(text)
        assert snap(text, found.start, found.end) == found
