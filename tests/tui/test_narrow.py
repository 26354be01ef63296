"""What must be seen is seen on a screen of 80 columns and of 100."""

from typing import Any

import pytest

from coder.domain.coding import Origin
from coder.tui.reviewing import READ

SIZES = pytest.mark.parametrize("size", [(80, 24), (100, 30), (119, 30)])


@SIZES
async def test_that_a_machine_gave_a_code_stands_before_its_name_until_it_is_accepted(
    open_app: Any, machine_coded: dict[str, int], size: tuple[int, int]
) -> None:
    async with open_app(size=size) as at:
        at.bench.go(machine_coded["Åby"])
        await at.settle()
        assert "✓ ◇ Lång ledtid · " in at.screen()
        await at.press("i")
        assert [origin for _, _, origin in at.came()] == [Origin.ACCEPTED]
        assert "✓ Lång ledtid · " in at.screen()
        assert "◇" not in at.screen()


@SIZES
async def test_a_clash_and_the_key_that_ends_it_are_read_in_full(open_app: Any, size: tuple[int, int]) -> None:
    async with open_app(size=size) as at:
        await at.press("1", "1")
        shown = at.screen()
        for words in ("Clash in Otillgänglig", "counted for now: Närvaro saknas", "chooses which one is counted"):
            assert words in shown


@SIZES
async def test_what_is_said_takes_as_many_rows_as_it_needs_up_to_three_and_one_again_after_the_next_key(
    open_app: Any, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as at:
        await at.press("1")
        rows = at.screen().splitlines()
        said = f"{READ}; next, 88 answers until the top themes are sure"
        at.bench.view.say(said)
        await at.settle()
        shown = at.screen().splitlines()[-2:] if size[0] < 119 else at.screen().splitlines()[-1:]
        assert " ".join(row.partition("  saved")[0].strip() for row in shown) == said
        assert "saved " in shown[0]
        at.bench.view.say("ord " * 200)
        await at.settle()
        assert at.screen().splitlines()[-1].rstrip().endswith("…")
        assert "ord" not in at.screen().splitlines()[-4]
        await at.press("down", "up")
        assert at.screen().splitlines()[:-1] == rows[:-1], "nothing else has moved"


async def test_a_long_text_is_cut_anew_where_the_screen_changes(open_app: Any) -> None:
    async with open_app(size=(200, 30)) as at:
        said = f"{READ}; next, 88 answers until the top themes are sure"
        at.bench.view.say(said)
        await at.settle()
        assert said in at.screen()
        await at.pilot.resize_terminal(80, 30)
        await at.settle()
        assert " ".join(" ".join(at.screen().splitlines()[-2:]).split()) == said
