"""How a second look is begun, and how a new definition says that there is something to look at."""

from collections.abc import Sequence
from typing import Protocol

from coder.domain.errors import CoderError
from coder.tui.growing import GrowingBench
from coder.tui.screens.memo import Place
from coder.tui.screens.second_look import SecondLookScreen
from coder.workflow.second_look import Queue


class Going(Place, Protocol):
    """A screen that a second look can be begun on."""

    def went(self, answer: int | None) -> None:
        """Go on, at an answer where there is one."""


async def look_again(screen: Going, keymap: dict[str, str], codes: Sequence[int] | None = None) -> None:
    """Begin a second look at what was coded with some codes, with any where None."""
    bench = screen.bench
    try:
        queue = await bench.desk.do(lambda session: Queue.of(session, codes))
    except CoderError as error:
        bench.view.fail(error)
        return
    if queue.looks:
        screen.app.push_screen(SecondLookScreen(bench, queue, keymap, codes), screen.went)
    else:
        screen.say(f"nothing to look at again{f', {queue.elsewhere} in other rounds' if queue.elsewhere else ''}")


async def remark(bench: GrowingBench, code: int) -> str:
    """What a new definition of a code leaves to be looked at again, in words; nothing where that is nothing."""
    queue = await bench.desk.do(lambda session: Queue.of(session, [code]))
    number = len(queue.looks)
    return f"L looks again at {number} segment{'' if number == 1 else 's'}" if number else ""
