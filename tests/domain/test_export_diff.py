"""Which decisions moved a count between two exports."""

import pytest

from coder.domain.counting import Status
from coder.domain.exchange import CodingRow
from coder.domain.export_diff import Move, Why, export_diff

COUNTED, ASIDE, PROVISIONAL = Status.COUNTED, Status.SET_ASIDE, Status.PROVISIONAL


def row(who: str, code: str, status: Status | None = COUNTED, theme: str = "A", question: str = "q") -> CodingRow:
    return CodingRow("1", question, who, None, "", theme, code, "eva", status=status)


def nothing(who: str) -> CodingRow:
    return CodingRow("1", "q", who, None, "", "", "", "eva")


BEFORE = [row("a", "ett"), row("b", "ett"), row("b", "två", ASIDE), row("c", "tre", theme="B")]


@pytest.mark.parametrize(
    ("after", "moves"),
    [
        pytest.param(BEFORE, {}, id="nothing"),
        pytest.param(list(reversed(BEFORE)), {}, id="order"),
        pytest.param(
            BEFORE[1:],
            {("A", "", 2, 1): [Move("a", False, Why.UNCODED)], ("A", "ett", 2, 1): [Move("a", False, Why.UNCODED)]},
            id="uncoded",
        ),
        pytest.param(
            [*BEFORE, row("d", "ett", PROVISIONAL)],
            {("A", "", 2, 3): [Move("d", True, Why.CODED)], ("A", "ett", 2, 3): [Move("d", True, Why.CODED)]},
            id="coded",
        ),
        pytest.param(
            [nothing("a"), *BEFORE[1:]],
            {("A", "", 2, 1): [Move("a", False, Why.NOTHING)], ("A", "ett", 2, 1): [Move("a", False, Why.NOTHING)]},
            id="nothing_to_code",
        ),
        pytest.param(
            [BEFORE[0], row("b", "ett", ASIDE), row("b", "två"), BEFORE[3]],
            {
                ("A", "ett", 2, 1): [Move("b", False, Why.CHOICE, ("A: två",))],
                ("A", "två", 0, 1): [Move("b", True, Why.CHOICE, ("A: ett",))],
            },
            id="choice_moves_the_codes_and_not_the_theme",
        ),
        pytest.param(
            [row("a", "tre", theme="B"), *BEFORE[1:]],
            {
                ("A", "", 2, 1): [Move("a", False, Why.RECODED, ("B: tre",))],
                ("A", "ett", 2, 1): [Move("a", False, Why.RECODED, ("B: tre",))],
                ("B", "", 1, 2): [Move("a", True, Why.RECODED, ("A: ett",))],
                ("B", "tre", 1, 2): [Move("a", True, Why.RECODED, ("A: ett",))],
            },
            id="recoded",
        ),
        pytest.param(
            [*BEFORE[:3], row("c", "tre", theme="C")],
            {
                ("B", "", 1, 0): [Move("c", False, Why.CODEBOOK, ("C: tre",))],
                ("B", "tre", 1, 0): [Move("c", False, Why.CODEBOOK, ("C: tre",))],
                ("C", "", 0, 1): [Move("c", True, Why.CODEBOOK, ("B: tre",))],
                ("C", "tre", 0, 1): [Move("c", True, Why.CODEBOOK, ("B: tre",))],
            },
            id="code_moved_to_another_theme",
        ),
        pytest.param(
            [row("a", "ett", theme="C"), row("b", "ett", theme="C"), row("b", "två"), BEFORE[3]],
            {
                ("A", "", 2, 1): [Move("a", False, Why.CODEBOOK, ("C: ett",))],
                ("A", "ett", 2, 0): [
                    Move("a", False, Why.CODEBOOK, ("C: ett",)),
                    Move("b", False, Why.CODEBOOK, ("A: två", "C: ett")),
                ],
                ("A", "två", 0, 1): [Move("b", True, Why.CODEBOOK, ("A: ett",))],
                ("C", "", 0, 2): [Move(who, True, Why.CODEBOOK, ("A: ett",)) for who in "ab"],
                ("C", "ett", 0, 2): [Move(who, True, Why.CODEBOOK, ("A: ett",)) for who in "ab"],
            },
            id="the_rival_moved_to_another_theme_and_nobody_chose",
        ),
        pytest.param(
            [*BEFORE, row("a", "fri", theme="", question="p")],
            {("", "fri", 0, 1): [Move("a", True, Why.ABSENT)]},
            id="a_question_that_was_not_exported",
        ),
    ],
)
def test_every_move_has_its_reason(after: list[CodingRow], moves: dict[tuple[str, str, int, int], list[Move]]) -> None:
    found = {(one.theme, one.code, one.before, one.after): list(one.moves) for one in export_diff(BEFORE, after)}
    assert found == moves


def test_two_analysts_with_one_code_are_one_respondent() -> None:
    assert export_diff(BEFORE, [*BEFORE, row("a", "ett", ASIDE)]) == []


def test_who_left_and_who_entered_explain_the_whole_difference() -> None:
    for one in export_diff(BEFORE, [row("x", "ett"), *BEFORE[1:]]):
        entered = sum(move.entered for move in one.moves)
        assert one.after - one.before == entered - (len(one.moves) - entered)


def test_a_theme_stands_before_its_codes_whatever_the_order_of_the_rows() -> None:
    rows = [row("a", "ett"), row("b", "tre", theme="B"), row("c", "två"), row("d", "fri", theme="")]
    places = [(one.theme, one.code) for one in export_diff([], rows)]
    assert places == [("A", ""), ("A", "ett"), ("A", "två"), ("B", ""), ("B", "tre"), ("", "fri")]
