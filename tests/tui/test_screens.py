"""What stands on the screen: lists, filters, help, the table, and texts that mean harm."""

from pathlib import Path
from typing import Any

import pytest

from coder.tui import keys
from coder.tui.keymap import bound
from coder.tui.screens.help import HelpPage, help_lines, help_rows
from coder.tui.screens.table import TableScreen
from coder.tui.widgets.row_list import RowList
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project
from tests.tui.conftest import SURVEY


async def test_the_list_is_in_swedish_order_with_signs_and_what_remains(open_app: Any) -> None:
    async with open_app() as at:
        shown = at.screen()
        places = [shown.index(f"○ {name}") for name in ("Alby", "Berga", "Crona", "Åby", "Ödby")]
        assert places == sorted(places)
        assert "5 of 5 remain" in shown
        await at.press("1", "1", "space", "1", "enter", "space", "0")
        shown = at.screen()
        assert ("▲ Alby" in shown, "● Berga" in shown, "● Åby" in shown) == (True, True, True)
        assert "3 of 5 remain" in shown


async def test_a_hostile_answer_is_text(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("space", "space")
        assert at.name == "Crona"
        shown = at.screen()
        assert "[/] [b]x[/b]" in shown
        assert "\x1b" not in shown
        assert "owned" not in shown
        await at.press("1", "m", *"[/]", "escape")
        assert "[/]" in at.screen()


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)])
async def test_every_size_works(open_app: Any, size: tuple[int, int]) -> None:
    async with open_app(size=size) as at:
        await at.press("1", "1", "1", "shift+tab", "tab", "tab", "down", "enter", "escape")
        shown = at.screen()
        assert "▌" in shown
        assert "remain" in shown
        assert at.name == "Berga"
        await at.press("p")
        assert len(at.codes()) == 3


async def test_the_list_comes_up_over_a_narrow_screen(open_app: Any) -> None:
    async with open_app(size=(80, 24)) as at:
        assert "○ Berga" not in at.screen()
        await at.press("tab")
        assert "○ Berga" in at.screen()
        await at.press("down", "enter")
        assert at.name == "Berga"
        assert "○ Crona" not in at.screen()


async def test_an_answer_is_found_by_name_and_by_its_words(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("g", *"ödb", "enter")
        assert at.name == "Ödby"
        await at.press("g", *"ledtid", "down", "enter")
        assert at.name == "Åby"


async def test_the_segment_with_the_words_that_an_answer_was_found_by_is_active(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("g", *"ledtid", "down", "enter")
        assert (at.name, at.segment) == ("Åby", "Det är lång ledtid.")
        await at.press("g", *"Alby", "enter")
        assert at.segment == "Svar dröjer."
        await at.press("g", *"lång ledtid", "tab")
        assert (at.name, at.segment) == ("Alby", "Lång ledtid.")


async def test_help_lists_every_key_of_the_screen(open_app: Any) -> None:
    lines = help_lines(bound(keys.WORKBENCH, {}))
    said = {what for _, what in lines}
    titles = [
        name
        for name, what in help_lines([*bound(RowList.BINDINGS, {}), *bound(keys.WORKBENCH, {})])
        if name and not what
    ]
    assert titles[-2:] == ["In a list", "The work"], "what every list does comes after what the screen does"
    assert all(one.tooltip in said for one in bound(keys.WORKBENCH, {}))
    async with open_app(size=(120, 92)) as at:
        await at.press("question_mark")
        shown = at.screen()
        for _, what in lines:
            assert what[:60] in shown
        await at.press("escape")
        assert at.app.screen is at.app.workbench


async def test_the_help_is_in_full_on_a_narrow_screen_and_scrolls_at_the_first_key(open_app: Any) -> None:
    async with open_app(size=(80, 24)) as at:
        await at.press("question_mark")
        window = at.app.screen.query_one(HelpPage)
        rows = ["".join(text for text, _ in row) for row in help_rows(window._help, window.size.width)]
        assert all(len(row) <= window.size.width for row in rows)
        assert "near-duplicates that no analyst has touched" in " ".join(" ".join(rows).split())
        await at.press("down")
        assert window.scroll_target_y == 1


async def test_what_was_said_is_not_said_again_after_another_screen(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("x")
        assert "the active segment carries no code" in at.screen()
        await at.press("t", "escape")
        assert "the active segment carries no code" not in at.screen()
        assert "? keys" in at.screen()


@pytest.mark.parametrize(("width", "height"), [(80, 2), (160, 1)])
async def test_the_table_shows_its_keys_and_what_it_rests_on_in_full(open_app: Any, width: int, height: int) -> None:
    async with open_app(size=(width, 24)) as at:
        await at.press("t")
        await at.until("Enter the answers behind a count  Esc back  ? keys")
        assert "base 5, 5 uncoded, 0 with nothing to code, no clashes" in at.screen()
        assert at.app.screen.query_one("#status").size.height == height


async def test_the_command_palette_has_every_action(open_app: Any) -> None:
    async with open_app() as at:
        offered = {one.title for one in at.app.get_system_commands(at.app.screen)}
        assert {one.description for one in bound(keys.WORKBENCH, {})} <= offered
        at.bench.desk.waiting  # noqa: B018 - the palette itself is Textual's
        await next(one for one in at.app.get_system_commands(at.app.screen) if one.title == "Next answer").callback()
        await at.settle()
        assert at.name == "Berga"


async def test_the_table_opens_to_the_answers_behind_a_count(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "1", "enter", "1", "t")
        assert isinstance(at.app.screen, TableScreen)
        shown = at.screen()
        assert "base 5, 3 uncoded, 0 with nothing to code, 1 clash" in shown
        assert "Ineffektiv" in shown
        assert "40 %" in shown
        assert "█" in shown
        await at.press("down", "down", "down", "enter")
        assert "Ineffektiv: 2 answers" in at.screen()
        await at.press("down", "enter")
        assert at.app.screen is at.app.workbench
        assert at.name == "Berga"


async def test_the_table_opens_an_answer_at_the_segment_that_was_counted(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("1", "1", "1", "t", "down", "down", "down", "down", "enter")
        assert "Lång ledtid: 1 answer" in at.screen()
        await at.press("enter")
        assert (at.name, at.segment) == ("Alby", "Lång ledtid.")


async def test_the_table_opens_to_what_is_left(open_app: Any) -> None:
    async with open_app() as at:
        await at.press("t", "end", "up", "up", "enter")
        assert "uncoded: 5 answers" in at.screen()
        await at.press("escape", "escape")
        assert at.app.screen is at.app.workbench


async def test_a_huge_answer_shows_a_part_and_says_so(open_app: Any, tmp_path: Path, project: Path) -> None:
    (tmp_path / "s.toml").write_text(SURVEY, encoding="utf-8")
    text = "Svar dröjer här. " * 100_000
    (tmp_path / "a.csv").write_text(f'kod,kommun,lan,F1\n09,Aaby,X,"{text}"\n', encoding="utf-8")
    with open_project(project) as handle:
        import_answers(handle, tmp_path / "a.csv", tmp_path / "s.toml")
    async with open_app() as at:
        assert at.name == "Aaby"
        await at.press("1", "down")
        rows = at.app.workbench.query_one("#answer")._rows
        assert len(rows) < 1000
        assert "more characters are not shown" in rows[-1].label.text
        await at.press("end")
        assert "are not shown" in at.app.workbench.query_one("#answer")._rows[0].label.text
        assert at.segment == "Svar dröjer här."


async def test_a_screenshot_is_written_into_the_folder_one_works_in(
    open_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app() as at:
        at.app.deliver_screenshot("seen.svg")
        for _ in range(100):
            await at.pilot.pause(0.02)
            if (tmp_path / "seen.svg").exists():
                break
    assert (tmp_path / "seen.svg").read_text(encoding="utf-8").startswith("<svg")


async def test_a_screenshot_names_no_server(open_app: Any) -> None:
    async with open_app() as at:
        picture = at.app.export_screenshot()
        assert "Alby" in picture
        assert "@font-face" not in picture
        assert "cdnjs" not in picture


async def test_without_colour_all_is_there(open_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app() as at:
        await at.press("1", "1")
        shown = at.screen()
        for sign in ("▲ Alby", "▲ Närvaro saknas · provisional", "– Svar dröjer · set aside", "▌"):
            assert sign in shown
