"""Whom a ledger counts: as many for every number as the number says, everybody where they belong."""

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.accounted import Number, What, behind_ledger
from coder.domain.answers import Respondent, Round
from coder.domain.ledger import ledger
from coder.domain.tables import OptionTable, ThemeTable
from tests.domain.test_ledger import QUESTIONS, Row, rows

kinds = st.lists(st.sampled_from(["nothing", "uncoded", "coded", "machine"]), min_size=30, max_size=30)
asked = st.none() | st.sets(st.integers(0, 35), min_size=1)


@given(rows, kinds, asked)
def test_as_many_stand_behind_a_number_as_it_says(given_rows: list[Row], kind: list[str], who: set[int] | None) -> None:
    respondents = {str(n): Respondent(str(n), "", {"län": county}) for n, (_, _, _, county) in enumerate(given_rows)}
    frame = {str(n): Respondent(str(n), "", {"län": "A" if n % 2 else "Ö"}) for n in who or ()}
    replies = {
        "använd": {str(n): used for n, (used, _, _, _) in enumerate(given_rows) if used},
        "betyg": {str(n): rated for n, (_, rated, _, _) in enumerate(given_rows) if rated},
    }
    wrote = [str(n) for n, (_, _, text, _) in enumerate(given_rows) if text]
    nothing, uncoded, by_machine = (
        [key for key in wrote if kind[int(key)] == one] for one in ("nothing", "uncoded", "machine")
    )
    tables: dict[str, ThemeTable | OptionTable] = {
        key: OptionTable(key, "", "1", len(given_there), ()) for key, given_there in replies.items()
    }
    tables["bra"] = ThemeTable("bra", "", "1", len(wrote), len(uncoded), len(nothing), 0, {}, ())
    answered = {**{key: list(given_there) for key, given_there in replies.items()}, "bra": wrote}
    made = ledger(
        Round("1", frame=len(frame)),
        QUESTIONS,
        respondents,
        answered=answered,
        replies=replies,
        tables=tables,
        frame=frame,
        by_machine={"bra": by_machine},
    )
    found = behind_ledger(
        QUESTIONS,
        respondents,
        answered=answered,
        replies=replies,
        frame=frame,
        nothing={"bra": nothing},
        uncoded={"bra": uncoded},
        by_machine={"bra": by_machine},
    )

    def number(what: What, question: str = "", value: str | None = None) -> int:
        group = ("", "") if value is None else ("län", value)
        return len(found.get(Number(what, question, *group), ()))

    assert number(What.LISTED) == made.listed == made.respondents + number(What.SILENT)
    assert number(What.RESPONDENTS) == made.respondents
    assert (number(What.ASKED), number(What.UNINVITED)) == (len(frame), made.uninvited)
    for one in made.questions:
        key = one.question
        assert number(What.ANSWERED, key) + number(What.AGAINST, key) == one.answered
        assert (number(What.AGAINST, key), number(What.ROUTED, key)) == (one.against_routing, one.routed)
        assert (number(What.BLANK, key), number(What.FILTERED, key)) == (one.blank, one.filtered)
        if one.coded is not None:
            assert number(What.CODED, key) == one.coded == (one.by_hand or 0) + (one.by_machine or 0)
            assert (number(What.BY_HAND, key), number(What.BY_MACHINE, key)) == (one.by_hand, len(by_machine))
            assert (number(What.NOTHING_TO_CODE, key), number(What.UNCODED, key)) == (len(nothing), len(uncoded))
    for group in made.groups:
        assert number(What.LISTED, value=group.value) == group.listed
        assert number(What.RESPONDENTS, value=group.value) == group.respondents
        if group.asked is not None:
            assert number(What.ASKED, value=group.value) == group.asked.base
            assert number(What.INVITED, value=group.value) == group.asked.count
            assert number(What.NO_RESPONSE, value=group.value) == group.asked.base - group.asked.count
