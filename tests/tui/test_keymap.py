"""The keys file: other keys for named actions, and errors that name what is wrong."""

from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError
from coder.tui import keys
from coder.tui.app import SCOPES, run
from coder.tui.keymap import bound, read_keymap


@pytest.mark.parametrize("scope", SCOPES)
def test_no_two_actions_of_a_screen_lie_on_one_key(scope: str) -> None:
    owners: dict[str, str] = {}
    for one in bound(SCOPES[scope], {}):
        assert one.tooltip, one.id
        for key in one.keys:
            assert owners.setdefault(key, one.action) == one.action


def test_no_key_needs_altgr() -> None:
    names = {"at", "left_curly_bracket", "left_square_bracket", "right_square_bracket", "right_curly_bracket"}
    awkward = names | {"backslash", "vertical_line", "tilde", "dollar_sign"}
    assert not awkward & {key for one in bound(keys.WORKBENCH, {}) for key in one.keys}


def test_a_missing_file_changes_nothing(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "keys.toml", SCOPES) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[keys]\n"answer.dome" = "d"', ["answer.dome", "answer.done"]),
        ('[keys]\nanswer.done = "u"', ["answer.done", "work.undo", "'u'"]),
        ("[keys]\nanswer.done = 3", ["answer.done"]),
        ('[keys]\nanswer.done = ""', ["answer.done"]),
        ("[kyes]\n", ["kyes"]),
        ("keys = [", ["keys.toml"]),
    ],
    ids=["unknown id", "two on one key", "no text", "no key", "other table", "no toml"],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, words: list[str]) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CoderError) as caught:
        read_keymap(path, SCOPES)
    said = f"{caught.value.message} {caught.value.hint}"
    assert str(path) in said
    for word in words:
        assert word in said


def test_a_wrong_file_stops_before_the_screen_opens(tmp_path: Path, project: Path) -> None:
    (tmp_path / "keys.toml").write_text('[keys]\nwork.unddo = "z"', encoding="utf-8")
    with pytest.raises(CoderError, match="unddo"):
        run(project, round_key=None, question=None, analyst="anna", keys_at=tmp_path / "keys.toml")


@pytest.mark.parametrize(
    ("path", "question", "words"), [("none.db", None, "no project"), ("p.db", "fel", "'fel'"), ("x.txt", None, "not a")]
)
def test_a_project_that_cannot_be_opened_stops_before_the_screen(
    tmp_path: Path, project: Path, path: str, question: str | None, words: str
) -> None:
    (tmp_path / "x.txt").write_text("hej", encoding="utf-8")
    with pytest.raises(CoderError, match=words):
        run(tmp_path / path, round_key=None, question=question, analyst="anna", keys_at=tmp_path / "keys.toml")


async def test_a_users_keys_work_and_the_old_ones_no_more(tmp_path: Path, open_app: Any) -> None:
    (tmp_path / "keys.toml").write_text('[keys]\nanswer.next = "z,å"\nwork.undo = "ctrl+b"', encoding="utf-8")
    keymap = read_keymap(tmp_path / "keys.toml", SCOPES)
    async with open_app(keymap=keymap, size=(120, 80)) as at:
        await at.press("z")
        assert at.name == "Berga"
        await at.press("å")
        assert at.name == "Crona"
        await at.press("space")
        assert at.name == "Crona"
        await at.press("question_mark")
        assert "z å" in at.screen()
