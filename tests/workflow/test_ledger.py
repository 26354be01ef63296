"""The ledger of the bundled corpus gives the published rates, and every published share has its base from it."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from coder.domain.accounted import Number, What
from coder.domain.errors import CoderError
from coder.domain.ledger import QuestionLedger
from coder.domain.non_response import Of
from coder.domain.review import accept
from coder.domain.tables import Count, OptionTable, whole_percent
from coder.workflow.ledger import accounts, round_ledgers
from coder.workflow.project import Project
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.machine import half_by_machine

PUBLISHED: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "published.yaml").read_text(encoding="utf-8")
)
SATISFIED = ("I mycket hög utsträckning", "I ganska hög utsträckning")


def published_shares() -> list[tuple[str, tuple[str, ...], int]]:
    """Question, rows and whole percent of every share in the published figures."""
    result: list[tuple[str, tuple[str, ...], int]] = []
    for one in PUBLISHED["published_figures"]:
        for key, shares in one.items():
            if not isinstance(shares, dict):
                continue
            for name, percent in shares.items():
                question = one.get("question", name)
                rows = ("Ja",) if key == "percent_ja" else SATISFIED if name == "mycket_eller_ganska_hog" else (name,)
                result.append((question, rows, percent))
    return result


def one_decimal(count: Count) -> float:
    return float((Decimal(100 * count.count) / count.base).quantize(Decimal("0.1"), ROUND_HALF_UP))


@pytest.fixture(scope="module")
def questions(corpus: Project) -> dict[str, QuestionLedger]:
    return {one.question: one for one in round_ledgers(corpus, ["2023"])[0].questions}


def test_the_response_rate_is_the_published_one_and_says_of_what(corpus: Project) -> None:
    there = round_ledgers(corpus, ["2023"])[0]
    assert (there.asked, there.listed, there.respondents) == (290, 227, 227)
    assert there.response is not None
    assert there.response.of is Of.FRAME
    assert one_decimal(there.response.count) == PUBLISHED["survey"]["response_rate_percent"]


def test_item_response_without_filtered_questions_spans_the_published_range(corpus: Project) -> None:
    extremes = round_ledgers(corpus, ["2023"])[0].item_response
    assert extremes is not None
    rates = [one.item_response for one in extremes]
    assert [one_decimal(rate.count) for rate in rates] == list(PUBLISHED["item_response_rate_percent"].values())
    assert {rate.of for rate in rates} == {Of.RESPONDENTS}
    assert [one.question for one in extremes] == ["mindre_bra", "tecknat"]


def test_every_base_is_the_published_number_of_answers(questions: dict[str, QuestionLedger]) -> None:
    wanted = {one["key"]: sum(count for _, count in one["options"]) for one in PUBLISHED["closed"]}
    wanted |= {one["question"]: one["respondents"] for one in PUBLISHED["open"]}
    assert {key: one.answered for key, one in questions.items()} == wanted


def test_there_are_eleven_published_shares() -> None:
    assert len(published_shares()) == 11


@pytest.mark.parametrize(
    ("question", "names", "percent"),
    published_shares(),
    ids=["/".join((one[0], *one[1])) for one in published_shares()],
)
def test_a_published_share_is_of_the_ledgers_base(
    corpus: Project, questions: dict[str, QuestionLedger], question: str, names: tuple[str, ...], percent: int
) -> None:
    made = table(corpus, question, "2023")
    rows = made.options if isinstance(made, OptionTable) else made.themes
    counts = [row.count for row in rows if row.name in names]
    assert {count.base for count in counts} == {questions[question].answered}
    assert whole_percent(Count(sum(count.count for count in counts), questions[question].answered).percent) == percent


def test_the_one_who_answered_against_the_routing_is_told(questions: dict[str, QuestionLedger]) -> None:
    rated = questions["webbsida_betyg"]
    assert (rated.routed, rated.answered, rated.against_routing, rated.filtered) == (117, 118, 1, 109)
    assert rated.item_response.count == Count(117, 117)


def test_every_answer_is_coded_or_has_nothing_to_code(questions: dict[str, QuestionLedger]) -> None:
    coded = [
        (questions[key].coded, questions[key].nothing_to_code, questions[key].uncoded) for key in ("bra", "mindre_bra")
    ]
    assert coded == [(173, 7, 0), (166, 8, 0)]


def test_groups_are_those_of_the_answers_file(corpus: Project) -> None:
    there = round_ledgers(corpus, ["2023"])[0]
    by_attribute: dict[str, int] = {}
    for group in there.groups:
        by_attribute[group.attribute] = by_attribute.get(group.attribute, 0) + group.respondents
    assert by_attribute == {"lan": 227, "grupp": 227}


def test_coded_answers_that_no_analyst_has_touched_are_the_machines(small: Project) -> None:
    half_by_machine(small)
    (there,) = round_ledgers(small, ["1"])
    (asked,) = [one for one in there.questions if one.question == "q"]
    assert (asked.coded, asked.by_hand, asked.by_machine, asked.uncoded) == (4, 1, 3, 1)
    session = Session(small, "1", "q", "eva")
    second = session.answers[1].id
    (first, *_) = session.standing(second).work.codings
    session.apply(second, "accept", lambda work: accept(work, first, "eva"))
    (there,), (behind,) = accounts(small, ["1"])
    (asked,) = [one for one in there.questions if one.question == "q"]
    found = [behind.behind[Number(what, "q")] for what in (What.CODED, What.BY_HAND, What.BY_MACHINE)]
    assert (asked.coded, asked.by_hand, asked.by_machine) == (4, 2, 2) == tuple(map(len, found))


def test_a_project_without_rounds_has_no_ledger(small: Project) -> None:
    with pytest.raises(CoderError, match="no rounds yet"):
        round_ledgers(small, [])
