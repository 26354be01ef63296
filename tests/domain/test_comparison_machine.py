"""Rounds side by side of which a machine has coded one, or nobody has: what then may not be said of a change."""

from dataclasses import replace

import pytest

from coder.domain.coding import Origin
from coder.domain.comparability import Mark
from coder.domain.compared_rows import Occasion
from coder.domain.comparison import compare
from coder.domain.sampling import Sampled
from coder.domain.tables import (
    Count,
    ThemeTable,
)
from tests.domain.occasions import FIRST, SECOND, row, themes


def by_machine(one: Occasion, codings: int = 1, limits: tuple[int, int, float] | None = None) -> Occasion:
    """The round with so many of its counted codings the machine's; with the limits that an audit gives every count."""
    assert isinstance(one.table, ThemeTable)
    table = replace(one.table, origins={Origin.HAND: 5, Origin.AUTO: codings})
    if limits is not None:
        low, high, estimate = limits

        def measured(count: Count) -> Count:
            return replace(count, low=low, high=high, estimate=estimate)

        rows = tuple(replace(theme, count=measured(theme.count)) for theme in table.themes)
        table = replace(table, themes=rows, sampled=Sampled(3, 5))
    return replace(one, table=table)


@pytest.mark.parametrize("turned", [False, True])
def test_a_machine_that_no_audit_measures_marks_the_rounds_and_leaves_no_test(turned: bool) -> None:
    first, second = themes(FIRST, "1"), by_machine(themes(SECOND, "2"))
    made = compare(*((second, first) if turned else (first, second)), interval=True)
    assert (made.estimated, made.by_machine, made.measured) == (False, True, False)
    assert made.marks == (Mark.UNMEASURED,)
    assert [(one.machine, one.unmeasured) for one in made.occasions] == (
        [(1, True), (0, False)] if turned else [(0, False), (1, True)]
    )
    assert {(one.estimate, one.limits) for one in made.rows} == {(None, None)}


def test_an_audited_change_has_limits_from_the_audit_and_not_from_the_count() -> None:
    made = compare(themes(FIRST, "1"), by_machine(themes(SECOND, "2"), limits=(3, 5, 4.5)), interval=True)
    tid = row(made, "Tid")
    assert made.marks == ()
    assert (made.estimated, made.measured) == (False, True)
    assert tid.after == Count(2, 5, 3, 5, estimate=4.5)
    # 3 of 5 is exact, and 3 to 5 of 5 belong in the later round: the counted change lies outside.
    assert tid.change == pytest.approx(-20)
    assert tid.limits == pytest.approx((0.0, 40.0))
    assert row(made, "Tid", "Väntan").limits is None  # no audit of it


def test_two_audits_widen_the_limits_of_a_change_together() -> None:
    first, second = (by_machine(themes(one, key), limits=(1, 4, 2.0)) for key, one in (("1", FIRST), ("2", SECOND)))
    made = row(compare(first, second), "Tid").limits
    assert made == pytest.approx((-100 * (0.2**2 + 0.4**2) ** 0.5, 100 * (0.4**2 + 0.2**2) ** 0.5))


def test_no_limits_are_given_where_the_other_round_is_measured_by_nothing() -> None:
    first, second = by_machine(themes(FIRST, "1")), by_machine(themes(SECOND, "2"), limits=(3, 5, 4.0))
    made = compare(first, second)
    assert made.marks == (Mark.UNMEASURED,)
    assert {one.limits for one in made.rows} == {None}


def test_an_estimate_outside_its_limits_is_taken_at_the_nearer_one() -> None:
    made = compare(themes(FIRST, "1"), by_machine(themes(SECOND, "2"), limits=(1, 3, 4.0)))
    assert row(made, "Tid").limits == pytest.approx((-40.0, 0.0))


@pytest.mark.parametrize("turned", [False, True])
def test_a_round_that_nobody_has_coded_has_no_counts_and_no_change(turned: bool) -> None:
    none = themes({who: set[int]() for who in SECOND}, "2")
    assert isinstance(none.table, ThemeTable)
    none = replace(none, table=replace(none.table, uncoded=none.table.base))
    made = compare(*((none, themes(FIRST, "1")) if turned else (themes(FIRST, "1"), none)), interval=True)
    assert (made.known, made.estimated, made.marks) == (False, False, (Mark.UNCODED,))
    for one in made.rows:
        told = (one.after, one.before) if turned else (one.before, one.after)
        assert told[0] is not None
        assert (told[1], one.change, one.estimate, one.limits, one.marks) == (None, None, None, None, ())


@pytest.mark.parametrize(("then", "now", "marked"), [(0, 0, False), (0, 2, True), (1, 0, True)])
def test_answers_that_nobody_has_coded_yet_mark_the_comparison(then: int, now: int, marked: bool) -> None:
    first, second = themes(FIRST, "1"), themes(SECOND, "2")
    assert isinstance(first.table, ThemeTable)
    assert isinstance(second.table, ThemeTable)
    made = compare(
        replace(first, table=replace(first.table, uncoded=then)),
        replace(second, table=replace(second.table, uncoded=now)),
    )
    assert (Mark.UNCODED in made.marks) is marked
    assert (made.before.uncoded, made.after.uncoded) == (then, now)
