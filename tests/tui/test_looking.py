"""Looking things up beside the coding: reasons, similar segments, contradictions, orders, and learning anew."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Origin, Segment
from coder.tui.answer_rows import word_places
from coder.workflow.intake import import_answers, new_project
from coder.workflow.order import Order
from coder.workflow.progress import first_right
from tests.tui.conftest import BOOK, SURVEY
from tests.workflow.machine import in_places

TWINS = [
    ("01", "Anby", "Svar dröjer."),
    ("02", "Beby", "Lång ledtid för alla."),
    ("03", "Ceby", "Svar dröjer."),
    ("04", "Deby", "Närvaro saknas på orten, och det är ett stort hinder."),
    ("05", "Eby", "Svar dröjer."),
]


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    rows = "\n".join(f'{key},{name},Län,"{text}"' for key, name, text in TWINS)
    (tmp_path / "answers.csv").write_text(f"kod,kommun,lan,F1\n{rows}\n", encoding="utf-8")
    with new_project(tmp_path / "twins.db", [tmp_path / "book.yaml"]) as project:
        import_answers(project, tmp_path / "answers.csv", tmp_path / "survey.toml")
    return tmp_path / "twins.db"


@pytest.mark.parametrize(
    ("text", "segment", "words", "found"),
    [
        ("Svar dröjer. Svaret dröjer", Segment(0, 26), ("svar",), ["Svar"]),
        ("Lång ledtid, LÅNG väntan", Segment(0, 24), ("lång", "väntan"), ["Lång", "LÅNG", "väntan"]),
        ("ett. Svar", Segment(0, 4), ("svar",), []),
        ("a (b.c) bxc", Segment(0, 11), ("b.c", ""), ["b.c"]),
        ("inget", Segment(0, 5), (), []),
    ],
)
def test_reasons_are_found_as_whole_words_in_their_segment(
    text: str, segment: Segment, words: tuple[str, ...], found: list[str]
) -> None:
    assert [one.of(text) for one in word_places(text, segment, words)] == found


def _underlined(at: Any) -> str:
    view = at.app.screen.query_one("#answer")
    strips = [view.render_line(y) for y in range(view.size.height)]
    return "|".join(cells.text for strip in strips for cells in strip if cells.style and cells.style.underline)


async def test_the_reasons_of_the_first_suggestion_are_underlined_in_the_active_segment(open_app: Any) -> None:
    async with open_app() as at:
        assert _underlined(at) == "Svar dröjer"
        before = at.screen()
        await at.press("down")
        assert _underlined(at) == "Närvaro saknas"
        assert before.count("\n") == at.screen().count("\n")


async def test_reasons_are_underlined_where_the_answer_wraps(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins, size=(80, 24)) as at:
        at.bench.counsel._adviser.because = ("ett stort hinder", "närvaro")
        await at.press("g", *"deby", "enter")
        first, *rest = _underlined(at).split("|")
        assert (first, " ".join(" ".join(rest).split())) == ("Närvaro", "ett stort hinder")
        assert len(rest) == 2, "it goes over the end of a line"


async def test_the_rank_of_every_given_code_is_in_the_journal_and_makes_the_curve(open_app: Any, project: Path) -> None:
    async with open_app() as at:
        await at.press("1", "slash", *"svar", "enter", "2")
        ranks = await at.bench.desk.do(lambda one: first_right(one.project, one.question, one.round, one.analyst))
        assert [(one.right, one.of) for one in ranks] == [(1, 1), (1, 2), (1, 3)]
        await at.press("u")
        assert "undone: code " in at.screen()
        await at.press("e")
        assert "First suggestion right" in at.screen()
        assert "50 %: 1 of the last 2; 2 decisions" in at.screen()
        assert "1 code so far" in at.screen()
        await at.press("escape")


async def test_w_shows_the_segments_that_carry_the_code_already(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        await at.press("w")
        await at.until("none yet: Svar dröjer")
        await at.press("escape", "1", "g", *"eby", "enter")
        await at.press("g", *"ceby", "enter", "w")
        await at.until("most like this, coded Svar dröjer")
        assert "Anby" in at.screen()
        await at.press("escape")
        assert at.name == "Ceby"


async def test_another_code_for_the_same_words_is_said_once(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        await at.press("1", "g", *"ceby", "enter", "2")
        await at.until("1 near-identical segment was coded Svar dröjer")
        await at.press("x", "3")
        await asyncio.sleep(0.1)
        await at.settle()
        assert "near-identical" not in at.screen()


async def test_the_order_of_reading_is_chosen_shown_and_followed_by_enter(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        await at.press("y", "2")
        await at.until("least sure · 5 left")
        assert at.name == "Deby"
        await at.press("1", "enter")
        assert at.name == "Beby"
        await at.press("y", "1")
        assert [one.respondent.name for one in at.bench.shown] == [name for _, name, _ in TWINS]
        assert (at.bench.order, at.name) == (Order.AS_THEY_CAME, "Beby")


async def test_while_the_answers_are_put_in_order_suggestions_come_and_the_status_says_what_is_done(
    open_app: Any, twins: Path
) -> None:
    async with open_app(path=twins) as at:
        may_order = at.bench.counsel._adviser.may_order
        may_order.clear()
        await at.press("y", "2", "space")
        await at.until("putting the answers in order…")
        await at.press("1", "enter")
        assert "putting the answers in order…" in at.screen()
        assert at.bench.counts.remaining == 4, "the suggestion was there to be taken"
        may_order.set()
        await at.until("least sure · 4 left")
        assert "putting the answers in order…" not in at.screen()


async def test_the_order_asked_for_last_stands_also_where_one_before_is_still_looked_for(
    open_app: Any, twins: Path
) -> None:
    async with open_app(path=twins) as at:
        may_order = at.bench.counsel._adviser.may_order
        may_order.clear()
        await at.press("y", "2", "y", "1")
        may_order.set()
        await asyncio.sleep(0.1)
        await at.settle()
        assert at.bench.order is Order.AS_THEY_CAME
        assert "in order: as listed, by name" in at.screen()


async def test_where_no_order_can_be_found_that_is_said_and_the_list_stays(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        at.bench.counsel._adviser.problem = MemoryError("too many")
        await at.press("y", "2")
        await at.until("? keys")
        assert [one.message for one in at.app._notifications][-1].startswith("MemoryError: too many")
        assert at.bench.order is Order.AS_THEY_CAME


async def test_near_duplicates_stand_together_and_d_codes_them_a_decision_each(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        await at.press("d")
        assert "no code yet to give to the near-duplicates" in at.screen()
        await at.press("y", "4")
        await at.until("duplicates · 5 left")
        assert [one.respondent.name for one in at.bench.shown[:3]] == ["Anby", "Ceby", "Eby"]
        await at.press("1")
        assert "d codes 2 near-duplicates like this answer" in at.screen()
        await at.press("d")
        assert "2 near-duplicates coded Svar dröjer" in at.screen()
        code = at.standing.work.codings[0].code
        assert at.bench.counts.codes[code] == 3
        await at.press("u")
        assert at.bench.counts.codes[code] == 2


async def test_d_finds_the_near_duplicates_itself_in_any_order_and_names_them(open_app: Any, twins: Path) -> None:
    async with open_app(path=twins) as at:
        await at.press("1", "d", "enter")
        assert at.name == "Beby", "the key that waited for them comes after"
        await at.press("p", "d")
        assert "no near-duplicate is left to code" in at.screen()
        coded = {one.answer.respondent.name for one in at.bench.standings.values() if one.work.codings}
        assert coded == {"Anby", "Ceby", "Eby"}
        assert at.bench.order is Order.AS_THEY_CAME
        await at.press("space", "1", "d")
        assert "it has no near-duplicate" in at.screen()


async def test_d_decides_about_near_duplicates_that_a_machine_has_coded(open_app: Any, twins: Path) -> None:
    delay, slow = 1, 3
    ids = in_places(twins, "hinder", "2023", {"Anby": {delay: 0.9}, "Ceby": {delay: 0.9}, "Eby": {slow: 0.8}})
    async with open_app(path=twins) as at:
        await at.press("d")
        assert "only a machine has coded this answer: i accepts its codes" in at.screen()
        await at.press("i", "d")
        assert "2 near-duplicates coded Svar dröjer; D ends this and 2 worded the same: Ceby, Eby" in at.screen()
        works = [at.bench.standings[ids[name]].work for name in ("Ceby", "Eby")]
        assert [[(one.code, one.origin) for one in work.codings] for work in works] == [
            [(delay, Origin.ACCEPTED)],
            [(delay, Origin.HAND)],
        ]
        await at.press("u")
        assert [one.code for one in at.bench.standings[ids["Eby"]].work.codings] == [slow]


async def test_all_is_learnt_anew_when_idle_and_the_list_being_read_stays(open_app: Any) -> None:
    async with open_app() as at:
        adviser, counsel = at.bench.counsel._adviser, at.bench.counsel
        before, counsel._idle = at.bench.suggestions(), 0.05
        adviser.stale = True
        await at.press("down", "up")
        for _ in range(100):
            if adviser.refits:
                break
            await asyncio.sleep(0.02)
        assert "Svar dröjer. Närvaro saknas. Lång ledtid." in adviser.refits[0], "from what nobody has coded"
        assert at.bench.suggestions() == before
        await asyncio.sleep(0.15)
        assert len(adviser.refits) == 1
