"""Two rounds side by side: whose change, how sure, and what makes them hard to compare."""

from dataclasses import replace

import pytest

from coder.domain import intervals
from coder.domain.answers import Round
from coder.domain.comparability import Mark
from coder.domain.comparison import compare
from coder.domain.errors import ProjectChangedError
from coder.domain.estimates import Design
from coder.domain.lineage import Fate
from coder.domain.tables import (
    Count,
)
from tests.domain.occasions import ASKED, BOOK, FIRST, SECOND, options, row, themes


def test_shares_stand_with_their_own_base_and_the_change_in_points() -> None:
    made = compare(themes(FIRST, "1"), themes(SECOND, "2"))
    tid = row(made, "Tid")
    assert (tid.before, tid.after) == (Count(3, 5), Count(2, 5))
    assert tid.change == pytest.approx(-20)
    assert (made.both, made.left, made.entered) == (4, ("e",), ("f",))


def test_who_was_counted_before_only_and_after_only_is_told_among_those_who_answered_twice() -> None:
    made = compare(themes(FIRST, "1"), themes(SECOND, "2"))
    assert [(one.kept, one.lost, one.gained) for one in (row(made, "Tid"), row(made, "Roller"))] == [
        (1, 2, 0),
        (0, 1, 2),
    ]


def test_the_same_respondents_get_mcnemar_and_different_ones_fisher() -> None:
    paired = compare(themes(FIRST, "1"), themes(SECOND, "2"))
    tid = row(paired, "Tid").estimate
    assert paired.design is Design.PAIRED
    assert tid is not None
    assert tid.p == intervals.mcnemar(2, 0)
    assert tid.interval == intervals.newcombe_paired(1, 2, 0, 1)
    assert tid.change == pytest.approx(-2 / 4)

    others = {who.upper(): under for who, under in SECOND.items()}
    apart = compare(themes(FIRST, "1"), themes(others, "2"))
    tid = row(apart, "Tid").estimate
    assert (apart.design, apart.both) == (Design.INDEPENDENT, 0)
    assert tid is not None
    assert tid.p == intervals.fisher(3, 5, 2, 5)
    assert tid.interval == intervals.newcombe(3, 5, 2, 5)


@pytest.mark.parametrize(("shared", "design"), [(2, Design.PAIRED), (1, Design.INDEPENDENT)])
def test_half_of_the_smaller_base_answering_twice_makes_a_pair(shared: int, design: Design) -> None:
    first = {str(number): {1} for number in range(10)}
    second = {str(number + 10 - shared): {1} for number in range(4)}
    assert compare(themes(first, "1"), themes(second, "2")).design is design
    for asked_for in Design:
        assert compare(themes(first, "1"), themes(second, "2"), design=asked_for).design is asked_for


def test_p_values_are_adjusted_among_themes_and_among_codes() -> None:
    made = compare(themes(FIRST, "1"), themes(SECOND, "2"))
    for is_code in (False, True):
        sure = [one.estimate for one in made.rows if bool(one.code) is is_code and one.estimate]
        assert len(sure) == (3 if is_code else 2)
        assert [one.p_adjusted for one in sure] == intervals.benjamini_hochberg([one.p for one in sure])


@pytest.mark.parametrize(
    ("before", "after", "asked_for", "estimated"),
    [
        pytest.param(Round("1", frame=9), Round("2", frame=9), None, False, id="census"),
        pytest.param(Round("1", frame=9), Round("2", frame=9), True, True, id="census_asked_for"),
        pytest.param(Round("1", frame=9, drawn_from=90), Round("2", frame=9), None, True, id="one_was_drawn"),
        pytest.param(Round("1"), Round("2", frame=9), None, True, id="one_frame_unknown"),
        pytest.param(Round("1", frame=9, drawn_from=90), Round("2", frame=9), False, False, id="left_out"),
    ],
)
def test_a_census_has_no_interval_unless_somebody_asks(
    before: Round, after: Round, asked_for: bool | None, estimated: bool
) -> None:
    first, second = replace(themes(FIRST, "1"), round=before), replace(themes(SECOND, "2"), round=after)
    made = compare(first, second, interval=asked_for)
    assert (made.estimated, {one.estimate is not None for one in made.rows}) == (estimated, {estimated})
    assert made.census is (before.census and after.census)


@pytest.mark.parametrize("asked_for", [None, True])
@pytest.mark.parametrize("turned", [False, True])
def test_a_round_that_nobody_answered_has_no_share_no_change_no_interval_and_no_test(
    turned: bool, asked_for: bool | None
) -> None:
    for answered, silent in (
        (themes(FIRST, "1"), themes({}, "2")),
        (options({"a": "Ja"}, ("Ja", "Nej"), "1"), options({}, ("Ja", "Nej"), "2")),
    ):
        made = compare(*((silent, answered) if turned else (answered, silent)), interval=asked_for)
        assert (made.known, made.estimated) == (False, False)
        assert made.rows
        for one in made.rows:
            there, nothing = (one.after, one.before) if turned else (one.before, one.after)
            assert (there is not None, nothing) == (True, None)
            assert (one.change, one.estimate, one.limits) == (None, None, None)


def test_a_pair_without_anybody_who_answered_twice_has_no_interval_and_no_test() -> None:
    others = {who.upper(): under for who, under in SECOND.items()}
    made = compare(themes(FIRST, "1"), themes(others, "2"), design=Design.PAIRED)
    assert {one.estimate for one in made.rows} == {None}
    assert row(made, "Tid").change == pytest.approx(-20)


def test_an_option_that_only_one_round_had_has_no_change() -> None:
    made = compare(
        options({"a": "Ja", "b": "Nej"}, ("Ja", "Nej"), "1"), options({"a": "Vet ej", "c": "Ja"}, ("Ja", "Vet ej"), "2")
    )
    assert [(one.option, one.change is None, one.marks) for one in made.rows] == [
        ("Ja", False, ()),
        ("Vet ej", True, (Mark.NEW,)),
        ("Nej", True, (Mark.GONE,)),
    ]
    assert made.marks == (Mark.OPTIONS,)
    assert [one.estimate is None for one in made.rows] == [False, True, True]


def test_a_changed_wording_and_routing_are_marked() -> None:
    first, second = themes(FIRST, "1"), themes(SECOND, "2")
    other = replace(second, question=replace(ASKED, text="Vad då?", asked_if=(("x", "Ja"),)))
    assert compare(first, other).marks == (Mark.WORDING, Mark.ROUTING)
    assert compare(first, second).marks == ()


@pytest.mark.parametrize("turned", [False, True])
def test_a_code_that_means_something_else_is_a_break_whichever_round_was_coded_first(turned: bool) -> None:
    later = replace(BOOK, codes=(replace(BOOK.codes[0], definition="annat"), *BOOK.codes[1:]))
    books = [(BOOK, 3), (later, 9)]
    (one, at), (other, then) = reversed(books) if turned else books
    made = compare(themes(FIRST, "1", one, at), themes(SECOND, "2", other, then))
    assert made.marks == (Mark.CODEBOOK,)
    assert (row(made, "Tid", "Väntan").marks, row(made, "Tid", "Väntan").fates) == ((Mark.BREAK,), (Fate.REDEFINED,))
    assert row(made, "Roller").marks == ()


def test_a_new_name_is_told_and_is_no_break() -> None:
    later = replace(BOOK, codes=(replace(BOOK.codes[0], name="Kö"), *BOOK.codes[1:]))
    made = compare(themes(FIRST, "1", BOOK, 1), themes(SECOND, "2", later, 2))
    assert (row(made, "Tid", "Väntan").marks, row(made, "Tid", "Väntan").fates) == ((), (Fate.RENAMED,))


def test_respondents_that_do_not_give_the_table_are_refused() -> None:
    wrong = replace(themes(FIRST, "1"), behind=themes(SECOND, "2").behind)
    with pytest.raises(ProjectChangedError, match="different moments"):
        compare(wrong, themes(SECOND, "2"))


def test_a_round_that_one_answered_is_compared_too() -> None:
    made = compare(themes({"a": {1}}, "1"), themes(SECOND, "2"), interval=True)
    assert row(made, "Tid").before == Count(1, 1)
    assert all(one.estimate and -1 <= one.estimate.interval[0] <= one.estimate.interval[1] <= 1 for one in made.rows)
