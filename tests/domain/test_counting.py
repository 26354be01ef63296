"""The counting rule, case by case, on a codebook of two themes and a code without one."""

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.counting import State, Status, decide, state, statuses, tally

A, B = 1, 2
ONE, TWO, ROLES_A, THREE, ROLES_B, LOOSE, LOOSER = 11, 12, 13, 21, 22, 31, 32

BOOK = Codebook(
    "t",
    "sv",
    "Vad?",
    (Theme(A, "A"), Theme(B, "B")),
    (
        Code(ONE, "ett", A),
        Code(TWO, "två", A),
        Code(ROLES_A, "Otydliga roller", A),
        Code(THREE, "tre", B),
        Code(ROLES_B, "Otydliga roller", B),
        Code(LOOSE, "lös", None),
        Code(LOOSER, "lösare", None),
    ),
)


def coding(code: int, start: int, end: int, analyst: str = "eva", origin: Origin = Origin.HAND) -> Coding:
    return Coding(code, Segment(start, end), analyst, origin)


def work(*codings: Coding, **choices: int) -> Work:
    themes = {"a": A, "b": B}
    return Work(codings, {themes[name]: code for name, code in choices.items()})


@pytest.mark.parametrize(
    ("given", "counted", "clashes"),
    [
        pytest.param(work(), {}, 0, id="nothing_given"),
        pytest.param(work(coding(ONE, 0, 3)), {A: ONE}, 0, id="one_code"),
        pytest.param(work(coding(ONE, 0, 3), coding(THREE, 4, 6)), {A: ONE, B: THREE}, 0, id="a_code_in_each_theme"),
        pytest.param(work(coding(ONE, 0, 3), coding(ONE, 5, 8)), {A: ONE}, 0, id="one_code_on_two_segments"),
        pytest.param(work(coding(ONE, 0, 3), coding(ONE, 0, 3, "ola")), {A: ONE}, 0, id="one_code_by_two_analysts"),
        pytest.param(work(coding(ONE, 0, 3), coding(TWO, 4, 9)), {A: TWO}, 1, id="clash_goes_to_most_characters"),
        pytest.param(
            work(coding(TWO, 0, 4), coding(ONE, 5, 8), coding(ONE, 9, 12)), {A: ONE}, 1, id="segments_add_up_by_code"
        ),
        pytest.param(
            work(coding(TWO, 20, 25), coding(ONE, 0, 4), coding(ONE, 0, 4, "ola")),
            {A: TWO},
            1,
            id="overlap_counts_once",
        ),
        pytest.param(work(coding(TWO, 0, 3), coding(ONE, 4, 7)), {A: TWO}, 1, id="then_the_earliest_segment"),
        pytest.param(work(coding(TWO, 0, 3), coding(ONE, 0, 3)), {A: ONE}, 1, id="then_published_order"),
        pytest.param(work(coding(ONE, 0, 3), coding(TWO, 4, 9), a=ONE), {A: ONE}, 0, id="a_choice_wins"),
        pytest.param(
            work(coding(ONE, 0, 3), coding(TWO, 4, 9), a=ROLES_A), {A: TWO}, 1, id="a_choice_of_an_absent_code_is_none"
        ),
        pytest.param(
            work(coding(ONE, 0, 3), coding(TWO, 4, 9), b=ONE), {A: ONE}, 1, id="a_choice_in_a_former_theme_pins"
        ),
        pytest.param(
            work(coding(ROLES_A, 0, 3), coding(ROLES_B, 0, 3)), {A: ROLES_A, B: ROLES_B}, 0, id="same_name_two_themes"
        ),
        pytest.param(
            work(coding(LOOSE, 0, 3), coding(LOOSER, 4, 9)),
            {LOOSE: LOOSE, LOOSER: LOOSER},
            0,
            id="unthemed_never_clash",
        ),
    ],
)
def test_each_theme_counts_one_code(given: Work, counted: dict[int, int], clashes: int) -> None:
    decision = decide(given, BOOK)
    found = {one.counted.code if one.theme is None else one.theme: one.counted.code for one in decision}
    assert (found, sum(one.clash for one in decision)) == (counted, clashes)


def scored(code: int, start: int, end: int, score: float | None, origin: Origin = Origin.AUTO) -> Coding:
    return Coding(code, Segment(start, end), "auto" if origin is Origin.AUTO else "eva", origin, score)


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        pytest.param(work(scored(ONE, 0, 3, 0.9), scored(TWO, 4, 19, 0.8)), ONE, id="the_highest_score"),
        pytest.param(
            work(scored(ONE, 0, 3, 0.7), scored(ONE, 20, 23, 0.9), scored(TWO, 4, 19, 0.8)), ONE, id="at_any_segment"
        ),
        pytest.param(work(scored(ONE, 0, 3, 0.8), scored(TWO, 4, 19, 0.8)), TWO, id="then_most_characters"),
        pytest.param(work(scored(ONE, 0, 3, None), scored(TWO, 4, 6, 0.1)), TWO, id="a_score_before_none"),
        pytest.param(
            work(scored(ONE, 0, 3, 0.9), scored(TWO, 4, 19, None, Origin.HAND)), TWO, id="no_score_beside_an_analyst"
        ),
    ],
)
def test_a_clash_of_a_machine_is_counted_by_score_and_stays_provisional(given: Work, counted: int) -> None:
    (settled,) = decide(given, BOOK)
    assert (settled.code, settled.clash) == (counted, True)
    assert statuses((settled,))[settled.counted.identity] is Status.PROVISIONAL


def test_themes_are_settled_in_published_order_and_codes_without_one_come_last() -> None:
    given = work(coding(LOOSER, 0, 1), coding(LOOSE, 1, 2), coding(THREE, 2, 3), coding(ONE, 3, 4))
    assert [one.counted.code for one in decide(given, BOOK)] == [ONE, THREE, LOOSE, LOOSER]


def test_the_longest_segment_of_the_counted_code_stands_for_it_and_the_rest_are_set_aside() -> None:
    short, long, other = coding(ONE, 0, 3), coding(ONE, 5, 10), coding(TWO, 12, 30)
    (settled,) = decide(work(short, long, other, a=ONE), BOOK)
    assert settled.counted == long
    assert settled.set_aside == (other, short)


@pytest.mark.parametrize("origin", [Origin.HAND, Origin.ACCEPTED])
def test_what_a_person_has_given_stands_for_a_code_before_what_a_machine_has(origin: Origin) -> None:
    by_machine, by_eva = scored(ONE, 0, 30, 0.9), coding(ONE, 0, 3, origin=origin)
    (settled,) = decide(work(by_machine, by_eva), BOOK)
    assert (settled.counted, settled.set_aside) == (by_eva, (by_machine,))
    assert tally([(settled,)]).origins == {origin: 1}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(work(coding(ONE, 0, 3)), {ONE: Status.COUNTED}, id="alone"),
        pytest.param(
            work(coding(ONE, 0, 3), coding(TWO, 4, 9)), {ONE: Status.SET_ASIDE, TWO: Status.PROVISIONAL}, id="clash"
        ),
        pytest.param(
            work(coding(ONE, 0, 3), coding(TWO, 4, 9), a=ONE), {ONE: Status.COUNTED, TWO: Status.SET_ASIDE}, id="chosen"
        ),
        pytest.param(work(coding(LOOSE, 0, 3)), {LOOSE: Status.COUNTED}, id="without_a_theme"),
    ],
)
def test_every_coding_has_a_status(given: Work, expected: dict[int, Status]) -> None:
    found = statuses(decide(given, BOOK))
    assert {one.code: found[one.identity] for one in given.codings} == expected


def test_a_tally_adds_respondents_up_by_theme_code_and_origin() -> None:
    answers = [
        work(coding(ONE, 0, 3), coding(TWO, 4, 9)),
        work(coding(ONE, 0, 3, origin=Origin.AUTO), coding(LOOSE, 4, 9)),
        work(coding(TWO, 0, 3, origin=Origin.ACCEPTED), coding(THREE, 4, 9)),
        work(),
    ]
    total = tally(decide(one, BOOK) for one in answers)
    assert dict(total.themes) == {A: 3, B: 1}
    assert dict(total.codes) == {TWO: 2, ONE: 1, THREE: 1, LOOSE: 1}
    assert dict(total.origins) == {Origin.HAND: 3, Origin.AUTO: 1, Origin.ACCEPTED: 1}
    assert total.clashes == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(Work(), State.UNTOUCHED, id="untouched"),
        pytest.param(work(coding(ONE, 0, 3, origin=Origin.AUTO)), State.AUTO, id="coded_by_the_machine"),
        pytest.param(work(coding(ONE, 0, 3)), State.BEGUN, id="coded_and_not_left"),
        pytest.param(Work(cuts=(Segment(0, 3),)), State.BEGUN, id="segments_drawn"),
        pytest.param(Work(done=True), State.BEGUN, id="skipped_without_a_code"),
        pytest.param(Work((coding(ONE, 0, 3),), done=True), State.DONE, id="coded_and_left"),
        pytest.param(Work(nothing_by="eva"), State.DONE, id="nothing_to_code"),
        pytest.param(Work((coding(ONE, 0, 3), coding(TWO, 4, 9)), done=True), State.CLASH, id="a_clash_before_all"),
    ],
)
def test_an_answer_shows_how_far_it_has_come(given: Work, expected: State) -> None:
    assert state(given, decide(given, BOOK)) is expected
