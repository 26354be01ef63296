"""Two printed tables side by side, and the line that says up to which decision a table's numbers stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.answers import one_line
from coder.domain.export_diff import Move, Moved, Name, Why
from coder.domain.method import Stand, stands
from coder.domain.printed import Printed, disagreeing, printed_diff

A, ETT, TVA, FRI = ("A", ""), ("A", "ett"), ("A", "två"), ("", "fri")
BEFORE: dict[Name, set[str]] = {A: {"a", "b"}, ETT: {"a", "b"}, TVA: set(), FRI: {"c"}}


def printed(members: dict[Name, set[str]], named: bool = True) -> Printed:
    counts = {name: len(who) for name, who in members.items()}
    found = {name: frozenset(who) for name, who in members.items()}
    return Printed("q", "1", 9, counts, members=found if named else None)


def moved(name: Name, before: int, after: int, *moves: tuple[str, bool, tuple[str, ...]]) -> Moved:
    told = tuple(Move(who, entered, Why.UNTOLD, instead) for who, entered, instead in moves)
    return Moved("1", "q", *name, before, after, told)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(BEFORE, [], id="nothing"),
        pytest.param({FRI: {"c"}, **BEFORE}, [], id="order"),
        pytest.param(
            {**BEFORE, ETT: {"a"}, TVA: {"b"}},
            [moved(ETT, 2, 1, ("b", False, ("A: två",))), moved(TVA, 0, 1, ("b", True, ("A: ett",)))],
            id="within_the_theme",
        ),
        pytest.param(
            {A: {"a", "c"}, ETT: {"a", "c"}, TVA: set(), FRI: set()},
            [
                moved(A, 2, 2, ("b", False, ()), ("c", True, ("fri",))),
                moved(ETT, 2, 2, ("b", False, ()), ("c", True, ("fri",))),
                moved(FRI, 1, 0, ("c", False, ("A: ett",))),
            ],
            id="the_same_count_of_others",
        ),
        pytest.param(
            {A: {"a", "b"}, ("A", "nya"): {"a", "b"}, FRI: {"c"}},
            [
                moved(("A", "nya"), 0, 2, ("a", True, ("A: ett",)), ("b", True, ("A: ett",))),
                moved(ETT, 2, 0, ("a", False, ("A: nya",)), ("b", False, ("A: nya",))),
            ],
            id="a_code_by_another_name",
        ),
    ],
)
def test_every_count_that_differs_is_told_with_who_moved(after: dict[Name, set[str]], expected: list[Moved]) -> None:
    assert printed_diff(printed(BEFORE), printed(after)) == expected


def test_without_respondents_the_counts_are_told_alone() -> None:
    after = {**BEFORE, ETT: {"a"}, TVA: {"b"}}
    for first, second in ((False, False), (True, False), (False, True)):
        assert printed_diff(printed(BEFORE, first), printed(after, second)) == [moved(ETT, 2, 1), moved(TVA, 0, 1)]


def test_an_option_stands_where_a_theme_does() -> None:
    before, after = ({("Ja", ""): one, ("Nej", ""): other} for one, other in (({"a"}, {"b"}), ({"a", "b"}, set())))
    assert printed_diff(printed(before), printed(after)) == [
        moved(("Ja", ""), 1, 2, ("b", True, ("Nej",))),
        moved(("Nej", ""), 1, 0, ("b", False, ("Ja",))),
    ]


def test_what_a_table_prints_is_held_against_who_is_counted() -> None:
    assert disagreeing(printed(BEFORE), BEFORE) == []
    assert disagreeing(printed(BEFORE), {A: {"a"}, ETT: {"a", "b"}, ("B", ""): {"c"}, FRI: {"c"}}) == [
        (A, 2, 1),
        (("B", ""), 0, 1),
    ]


keys = st.text(min_size=1).map(one_line).filter(bool).filter(lambda key: " i omgång " not in key)


@given(
    st.lists(
        st.builds(Stand, keys, keys, st.integers(0, 10**9), st.sampled_from(["", "2026-01-02T03:04:05.678+00:00"])),
        unique_by=lambda one: (one.question, one.round),
    )
)
def test_the_line_on_the_last_decision_reads_back(every: list[Stand]) -> None:
    lines = [line for one in every for line in ("Kodbok: x.", one.line, f"Anteckning. {one.line}")]
    assert stands("\n".join(lines)) == tuple(every)
