"""How coding goes: what the first suggestion was worth, and how fast new codes appear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.progress import Known, rank_in, running, saturation, with_rank


@given(st.text(), st.one_of(st.none(), st.integers(0, 99)))
def test_a_rank_is_read_as_it_was_written(what: str, rank: int | None) -> None:
    assert rank_in(with_rank(f"code {what}", rank)) == rank


@pytest.mark.parametrize(
    "what", ["code suggestion 1: X", "undo suggestion 1: code X", "code X (suggestion 1)", "suggestion 1", ""]
)
def test_a_name_that_looks_like_a_rank_is_none(what: str) -> None:
    assert rank_in(what) is None


def test_the_share_is_of_the_last_decisions() -> None:
    points = running([1, 2, 1, 0, 1], window=3)
    assert [(one.decisions, one.right, one.of) for one in points] == [
        (1, 1, 1),
        (2, 1, 2),
        (3, 2, 3),
        (4, 1, 3),
        (5, 2, 3),
    ]
    assert points[2].share == pytest.approx(2 / 3)
    assert running([]) == ()


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(1, 50))
def test_a_point_counts_what_stands_in_its_window(ranks: list[int], window: int) -> None:
    for place, point in enumerate(running(ranks, window)):
        last = ranks[max(0, place + 1 - window) : place + 1]
        assert (point.right, point.of) == (last.count(1), len(last))


def test_codes_are_counted_when_they_first_appear() -> None:
    found = saturation([(7, 1), (7, 2), (8, 1), (7, 3), (9, 4)])
    assert found.points == (Known(1, 2), Known(2, 3), Known(3, 4))
    assert (found.new_in_last(1), found.new_in_last(2), found.new_in_last(50)) == (1, 2, 4)
    assert saturation([]).new_in_last() == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_the_curve_never_falls_and_ends_with_all(codings: list[tuple[int, int]]) -> None:
    points = saturation(codings).points
    assert [one.answers for one in points] == list(range(1, len({answer for answer, _ in codings}) + 1))
    assert [one.codes for one in points] == sorted(one.codes for one in points)
    assert not points or points[-1].codes == len({code for _, code in codings})
