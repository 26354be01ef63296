"""Being done with answers in the very same words by one key."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, give
from coder.domain.counting import State
from coder.workflow.audit import draw_audit
from coder.workflow.intake import import_answers, new_project
from coder.workflow.project import open_project
from coder.workflow.review import hidden
from coder.workflow.session import Session
from tests.tui.conftest import BOOK, SURVEY
from tests.workflow.machine import in_places

SAME = "Svar dröjer ofta. Närvaro saknas."
TEXTS = {
    "Anby": SAME,
    "Beby": SAME,
    "Ceby": SAME,
    "Deby": SAME.replace(". N", "! N"),  # merely alike
    "Eby": "Lång ledtid för alla.",
}


@pytest.fixture
def alike(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "survey.toml").write_text(SURVEY, encoding="utf-8")
    rows = "\n".join(f'{key},{name},Län,"{text}"' for key, (name, text) in enumerate(TEXTS.items()))
    (tmp_path / "answers.csv").write_text(f"kod,kommun,lan,F1\n{rows}\n", encoding="utf-8")
    with new_project(tmp_path / "alike.db", [tmp_path / "book.yaml"]) as project:
        import_answers(project, tmp_path / "answers.csv", tmp_path / "survey.toml")
    return tmp_path / "alike.db"


async def test_d_gives_the_very_same_words_the_same_segments_and_what_is_merely_alike_the_code_alone(
    open_app: Any, alike: Path
) -> None:
    async with open_app(path=alike) as at:
        await at.press("down", "2", "d")
        found = {one.answer.respondent.name: one.work.codings for one in at.bench.standings.values()}
        same = (Segment(18, 33), False)
        assert {name: [(one.segment, one.whole) for one in codings] for name, codings in found.items()} == {
            **{name: [same] for name in ("Anby", "Beby", "Ceby")},
            "Deby": [(Segment(0, 33), True)],
            "Eby": [],
        }


async def test_answers_in_the_very_same_words_are_ended_together_by_one_key_and_undone_by_one(
    open_app: Any, alike: Path
) -> None:
    def done() -> set[str]:
        return {one.answer.respondent.name for one in at.bench.standings.values() if one.state is State.DONE}

    async with open_app(path=alike) as at:
        await at.press("1", "D")
        assert "no other answer in the very same words is coded the same and not done" in at.screen()
        await at.press("d")
        assert "3 near-duplicates coded Svar dröjer; D ends this and 2 worded the same: Beby, Ceby, Deby" in at.screen()
        await at.press("down")
        assert "D done, with 2 more worded and coded the same  Enter this one alone" in at.screen()
        await at.press("D")
        assert "Ended 3 answers worded the same" in at.screen()
        assert (at.name, done()) == ("Deby", {"Anby", "Beby", "Ceby"})
        assert "D done" not in at.screen()
        await at.press("u")
        assert "undone: end 3 answers worded the same" in at.screen()
        assert (at.name, done()) == ("Anby", set())
        await at.press("enter", "down")
        assert (at.name, done()) == ("Beby", {"Anby"})
        assert "D done, with 1 more worded" in at.screen()


async def test_an_audits_sample_is_ended_one_by_one(open_app: Any, alike: Path) -> None:
    ids = in_places(alike, "hinder", "2023", {"Eby": {1: 0.9}})
    with open_project(alike) as held:
        draw_audit(held, "hinder", "2023", analyst="bo", size=3, seed="a")
        session = Session(held, "2023", "hinder", "anna")
        for name in ("Anby", "Beby", "Ceby"):
            coding = Coding(1, Segment(0, 16), "anna")
            session.apply(ids[name], "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
        sample = {name for name in ids if ids[name] in hidden(held, "hinder", "2023")}
    assert {"Anby", "Beby", "Ceby"} - sample
    assert {"Anby", "Beby", "Ceby"} & sample
    async with open_app(path=alike) as at:
        for name in ("Anby", "Beby", "Ceby"):
            at.bench.go(ids[name])
            await at.settle()
            others = set() if name in sample else {"Anby", "Beby", "Ceby"} - {name} - sample
            assert set(at.bench.same_words()) == {ids[one] for one in others}
