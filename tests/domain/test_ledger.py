"""From all who were asked to each question's base, nobody lost and nobody twice."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.ledger import Ledger, Reason, ledger
from coder.domain.non_response import Of
from coder.domain.tables import Count, OptionRow, OptionTable, ThemeTable

USED = Question("använd", "", Kind.CLOSED, options=("Ja", "Nej"))
RATED = Question("betyg", "", Kind.CLOSED, options=("Bra", "Dåligt"), asked_if=(("använd", "Ja"),))
OPEN = Question("bra", "", Kind.OPEN, codebook="t")
QUESTIONS = (USED, RATED, OPEN)

Row = tuple[str | None, str | None, bool, str]
rows = st.lists(
    st.tuples(
        st.sampled_from(["Ja", "Nej", None]),
        st.sampled_from(["Bra", "Dåligt", None]),
        st.booleans(),
        st.sampled_from(["A", "Ö", ""]),
    ),
    max_size=30,
)


def made(given_rows: list[Row], frame: int | None = None, uncoded: int = 0) -> Ledger:
    respondents = {str(n): Respondent(str(n), "", {"län": county}) for n, (_, _, _, county) in enumerate(given_rows)}
    replies: Mapping[str, dict[str, str]] = {
        "använd": {str(n): used for n, (used, _, _, _) in enumerate(given_rows) if used},
        "betyg": {str(n): rated for n, (_, rated, _, _) in enumerate(given_rows) if rated},
    }
    wrote = [str(n) for n, (_, _, text, _) in enumerate(given_rows) if text]
    tables: dict[str, ThemeTable | OptionTable] = {
        one.key: OptionTable(
            one.key,
            "",
            "1",
            len(replies[one.key]),
            tuple(
                OptionRow(option, Count(list(replies[one.key].values()).count(option), len(replies[one.key])))
                for option in one.options
            ),
        )
        for one in (USED, RATED)
    }
    tables["bra"] = ThemeTable("bra", "", "1", len(wrote), min(uncoded, len(wrote)), 0, 0, {}, ())
    answered = {**{key: list(who) for key, who in replies.items()}, "bra": wrote}
    return ledger(Round("1", frame=frame), QUESTIONS, respondents, answered=answered, replies=replies, tables=tables)


@given(rows, st.integers(0, 40), st.integers(0, 5))
def test_everybody_asked_is_in_the_base_or_outside_it_for_one_reason(
    given_rows: list[Row], more: int, uncoded: int
) -> None:
    there = made(given_rows, frame=len(given_rows) + more, uncoded=uncoded)
    assert there.asked is not None
    for one in there.questions:
        assert one.answered + sum(one.excluded.values()) == there.asked
        assert one.answered - one.against_routing + one.blank == one.routed
        assert one.answered + one.blank + one.filtered == one.respondents == there.respondents
        assert one.item_response.count.count <= one.item_response.count.base
        assert one.response is not None
        assert one.response.count == Count(one.answered, there.asked)
        if one.kind is Kind.OPEN:
            assert (one.coded or 0) + (one.nothing_to_code or 0) + (one.uncoded or 0) == one.answered


@given(rows)
def test_groups_add_up_to_the_whole(given_rows: list[Row]) -> None:
    there = made(given_rows)
    assert sum(group.listed for group in there.groups) == there.listed == len(given_rows)
    assert sum(group.respondents for group in there.groups) == there.respondents
    for place, one in enumerate(there.questions):
        counts = [group.answered[place] for group in there.groups]
        assert sum(count.count for count in counts) == one.item_response.count.count
        assert sum(count.base for count in counts) == one.item_response.count.base


def test_somebody_who_answered_nothing_is_no_respondent() -> None:
    there = made([("Ja", "Bra", True, "A"), (None, None, False, "A"), ("Nej", None, False, "Ö")], frame=4)
    assert (there.listed, there.respondents) == (3, 2)
    assert there.response is not None
    assert (there.response.count, there.response.of) == (Count(2, 4), Of.FRAME)
    assert there.questions[0].excluded == {Reason.NO_RESPONSE: 2, Reason.FILTERED: 0, Reason.BLANK: 0}
    assert [(group.value, group.listed, group.respondents) for group in there.groups] == [("A", 2, 1), ("Ö", 1, 1)]


def test_who_answers_against_the_routing_is_in_the_base_and_not_in_the_rate() -> None:
    there = made(
        [("Ja", "Bra", False, ""), ("Nej", "Dåligt", False, ""), ("Nej", None, False, ""), ("Ja", None, True, "")]
    )
    rated = there.questions[1]
    assert (rated.routed, rated.answered, rated.against_routing, rated.blank, rated.filtered) == (2, 2, 1, 1, 1)
    assert (rated.item_response.count, rated.item_response.of) == (Count(1, 2), Of.ROUTED)


def test_without_a_frame_there_is_no_response_rate() -> None:
    there = made([("Ja", None, True, "")])
    assert there.response is None
    assert there.questions[0].response is None
    assert Reason.NO_RESPONSE not in there.questions[0].excluded


def test_filtered_questions_are_left_out_of_lowest_and_highest() -> None:
    there = made([("Ja", None, True, ""), ("Nej", None, False, ""), ("Nej", "Bra", False, "")])
    assert there.item_response is not None
    assert [one.question for one in there.item_response] == ["bra", "använd"]


def test_nobody_at_all_makes_no_shares() -> None:
    there = made([], frame=10)
    assert there.response is not None
    assert there.response.count == Count(0, 10)
    assert {one.item_response.count.percent for one in there.questions} == {0.0}
