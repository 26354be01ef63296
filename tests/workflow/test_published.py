"""The bundled corpus gives the published figures, count by count."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from coder.domain.tables import OptionTable, ThemeTable, whole_percent
from coder.workflow.intake import IntakeReport
from coder.workflow.project import Project
from coder.workflow.report import table

PUBLISHED = yaml.safe_load((Path(__file__).parents[1] / "data" / "published.yaml").read_text(encoding="utf-8"))
OPEN = {one["question"]: one for one in PUBLISHED["open"]}
CLOSED = {one["key"]: one for one in PUBLISHED["closed"]}
THEMES = [(key, theme["theme"], theme["count"]) for key, one in OPEN.items() for theme in one["themes"]]
CODES = [
    (key, theme["theme"], code["code"], code["count"])
    for key, one in OPEN.items()
    for theme in one["themes"]
    for code in theme["codes"]
]
OPTIONS = [(key, option, count) for key, one in CLOSED.items() for option, count in one["options"]]
SHARES: list[tuple[str, str, list[str], int]] = [
    ("5-1", "bra", ["Prioriterat"], 28),
    ("5-1", "bra", ["Operativ samverkan"], 20),
    ("5-1", "bra", ["Kommunikation"], 19),
    ("5-2", "diskussioner", ["Ja"], 86),
    ("5-3", "samsyn_grupper", ["Ja"], 82),
    ("5-3", "samsyn_insatser", ["Ja"], 68),
    ("5-3", "samsyn_vem_gor_vad", ["Ja"], 53),
    ("5-4", "mindre_bra", ["Bristande operativ samverkan"], 16),
    ("5-5", "kontakt_strategisk", ["Ja"], 88),
    ("5-5", "kontakt_operativ", ["Ja"], 69),
    ("5-6", "process", ["I mycket hög utsträckning", "I ganska hög utsträckning"], 80),
]


def open_table(corpus: Project, question: str) -> ThemeTable:
    found = table(corpus, question, "2023")
    assert isinstance(found, ThemeTable)
    return found


def closed_table(corpus: Project, question: str) -> OptionTable:
    found = table(corpus, question, "2023")
    assert isinstance(found, OptionTable)
    return found


def one_decimal(numerator: int, base: int) -> float:
    return float((Decimal(100 * numerator) / base).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_there_are_21_themes_and_49_codes_to_give() -> None:
    assert (len(THEMES), len(CODES)) == (21, 49)


@pytest.mark.parametrize(("question", "theme", "count"), THEMES, ids=[f"{one[0]}/{one[1]}" for one in THEMES])
def test_theme_count(corpus: Project, question: str, theme: str, count: int) -> None:
    (found,) = [one.count for one in open_table(corpus, question).themes if one.name == theme]
    assert (found.count, found.base) == (count, OPEN[question]["respondents"])


@pytest.mark.parametrize(("question", "theme", "code", "count"), CODES, ids=["/".join(one[:3]) for one in CODES])
def test_code_count(corpus: Project, question: str, theme: str, code: str, count: int) -> None:
    rows = [row for one in open_table(corpus, question).themes if one.name == theme for row in one.codes]
    (found,) = [row.count for row in rows if row.name == code]
    assert (found.count, found.base) == (count, OPEN[question]["respondents"])


@pytest.mark.parametrize("question", OPEN)
def test_themes_and_codes_stand_in_published_order_and_nothing_is_left_over(corpus: Project, question: str) -> None:
    found = open_table(corpus, question)
    assert [(one.name, [row.name for row in one.codes]) for one in found.themes] == [
        (one["theme"], [code["code"] for code in one["codes"]]) for one in OPEN[question]["themes"]
    ]
    assert (found.unthemed, found.clashes, found.uncoded, found.text) == ((), 0, 0, OPEN[question]["text"])


@pytest.mark.parametrize(("question", "option", "count"), OPTIONS, ids=[f"{one[0]}/{one[1]}" for one in OPTIONS])
def test_option_count_and_percent(corpus: Project, question: str, option: str, count: int) -> None:
    base = sum(number for _, number in CLOSED[question]["options"])
    (found,) = [one.count for one in closed_table(corpus, question).options if one.name == option]
    assert (found.count, found.base) == (count, base)
    assert found.percent == pytest.approx(100 * count / base)


@pytest.mark.parametrize("question", CLOSED)
def test_options_stand_in_published_order_with_their_routing(corpus: Project, question: str) -> None:
    found = closed_table(corpus, question)
    assert [one.name for one in found.options] == [option for option, _ in CLOSED[question]["options"]]
    assert dict(found.routing) == CLOSED[question].get("asked_if", {})


def test_one_respondent_answered_a_question_that_was_not_meant_for_them(corpus: Project) -> None:
    followed = closed_table(corpus, "webbsida_betyg")
    led_there = closed_table(corpus, "webbsida_anvand").options[0]
    assert (followed.base, led_there.name, led_there.count.count) == (118, "Ja", 117)
    assert len(followed.against_routing) == 1
    assert closed_table(corpus, "process").against_routing == ()


@pytest.mark.parametrize(
    ("figure", "question", "rows", "percent"), SHARES, ids=[f"{one[0]}/{one[1]}/{one[2][0]}" for one in SHARES]
)
def test_share_in_a_published_figure(
    corpus: Project, figure: str, question: str, rows: list[str], percent: int
) -> None:
    found = table(corpus, question, "2023")
    if isinstance(found, ThemeTable):
        counts = [one.count for one in found.themes if one.name in rows]
    else:
        counts = [one.count for one in found.options if one.name in rows]
    assert len(counts) == len(rows)
    assert whole_percent(100 * sum(one.count for one in counts) / counts[0].base) == percent


def test_every_published_figure_is_among_the_shares() -> None:
    published: dict[tuple[str, str], list[int]] = {}
    for one in PUBLISHED["published_figures"]:
        for key, shares in one.items():
            if isinstance(shares, dict):
                for name, percent in shares.items():
                    published.setdefault((one["figure"], one.get("question", name)), []).append(percent)
                assert key.startswith(("top_themes", "theme", "percent"))
    tested: dict[tuple[str, str], list[int]] = {}
    for figure, question, _, percent in SHARES:
        tested.setdefault((figure, question), []).append(percent)
    assert tested == published


def test_the_response_rate_is_of_all_who_were_asked(corpus: Project, intake_report: IntakeReport) -> None:
    survey = PUBLISHED["survey"]
    asked = corpus.round("2023")
    assert (asked.opens, asked.closes, asked.frame) == (survey["opens"], survey["closes"], survey["frame"])
    assert intake_report.respondents == survey["respondents"]
    assert asked.frame
    assert one_decimal(intake_report.respondents, asked.frame) == survey["response_rate_percent"]


def test_response_rates_by_question_span_the_published_range(corpus: Project, intake_report: IntakeReport) -> None:
    filtered = {key for key, one in CLOSED.items() if "asked_if" in one}
    answered: dict[str, Any] = {key: n for key, n in intake_report.answered.items() if key not in filtered}
    rates = [one_decimal(number, intake_report.respondents) for number in answered.values()]
    assert len(rates) == 11
    assert {"lowest": min(rates), "highest": max(rates)} == PUBLISHED["item_response_rate_percent"]
    for key, number in answered.items():
        found = table(corpus, key, "2023")
        assert found.base == number
