"""Two rounds side by side: whose change, how sure, and what makes them hard to compare."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from coder.domain import intervals
from coder.domain.answers import Kind, Question, Round
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Origin
from coder.domain.comparability import Mark
from coder.domain.compared_rows import ComparedRow, Occasion
from coder.domain.comparison import Comparison, compare
from coder.domain.errors import ProjectChangedError
from coder.domain.estimates import Design
from coder.domain.lineage import Fate
from coder.domain.sampling import Sampled
from coder.domain.tables import (
    CodeRow,
    Count,
    Member,
    Membership,
    OptionRow,
    OptionTable,
    ThemeRow,
    ThemeTable,
)

BOOK = Codebook(
    "t", "sv", "", (Theme(1, "Tid"), Theme(2, "Roller")), (Code(1, "Väntan", 1), Code(2, "Möten", 1), Code(3, "Vem", 2))
)
ASKED = Question("q", "", Kind.OPEN, text="Vad?", codebook="t")
# Who answered and the codes each is counted under.
FIRST = {"a": {1}, "b": {1, 3}, "c": {2}, "d": set[int](), "e": {3}}
SECOND = {"a": {1}, "b": set[int](), "c": {3}, "d": {3}, "f": {1, 3}}


def themes(counted: Mapping[str, set[int]], key: str, book: Codebook = BOOK, coded: int = 0) -> Occasion:
    base = len(counted)

    def count(codes: set[int]) -> Count:
        return Count(sum(bool(codes & under) for under in counted.values()), base)

    rows = tuple(
        ThemeRow(
            theme.id,
            theme.name,
            count({code.id for code in BOOK.codes_of(theme.id)}),
            tuple(CodeRow(code.id, code.name, count({code.id})) for code in BOOK.codes_of(theme.id)),
        )
        for theme in BOOK.themes
    )
    members = Membership(tuple(Member(who, counted=dict.fromkeys(under, "")) for who, under in counted.items()))
    return Occasion(Round(key), ASKED, ThemeTable("q", "", key, base, 0, 0, 0, {}, rows), members, book, coded)


def options(given: Mapping[str, str], names: tuple[str, ...], key: str) -> Occasion:
    asked = Question("q", "", Kind.CLOSED, text="Vad?", options=names)
    base = len(given)
    rows = tuple(OptionRow(name, Count(list(given.values()).count(name), base)) for name in names)
    members = Membership(tuple(Member(who, counted={names.index(name): ""}) for who, name in given.items()))
    return Occasion(Round(key), asked, OptionTable("q", "", key, base, rows), members)


def row(made: Comparison, theme: str, code: str = "") -> ComparedRow:
    (found,) = [one for one in made.rows if (one.theme, one.code) == (theme, code)]
    return found


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


@pytest.mark.parametrize("answers", [{}, {"a": {1}}])
def test_a_round_that_nobody_or_one_answered_is_compared_too(answers: dict[str, set[int]]) -> None:
    made = compare(themes(answers, "1"), themes(SECOND, "2"), interval=True)
    assert row(made, "Tid").before == Count(len(answers), len(answers))
    assert all(one.estimate and -1 <= one.estimate.interval[0] <= one.estimate.interval[1] <= 1 for one in made.rows)


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
