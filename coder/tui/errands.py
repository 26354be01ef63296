"""What is found out for the screen off its own thread, and what is told where that fails."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from coder.domain.errors import CoderError

T = TypeVar("T")


def carry_out(errand: Callable[[], T], found: "Future[T]") -> None:
    """Find something out for whoever waits for it; where nobody does any more, nothing is done."""
    if not found.set_running_or_notify_cancel():
        return
    try:
        found.set_result(errand())
    except Exception as problem:  # noqa: BLE001, RUF100 - told to whoever asked
        found.set_exception(CoderError(in_words(problem), "Coding goes on without it."))


def in_words(problem: Exception) -> str:
    """What is said of a problem that nobody foresaw."""
    return problem.message if isinstance(problem, CoderError) else f"{type(problem).__name__}: {problem}"


class Apart:
    """Long errands, one after another and beside all else: each in a thread that nobody waits for at the end."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def find(self, errand: Callable[[], T]) -> "Future[T]":
        """Have something found out, once what was asked for before it is; at once forgotten where that is cancelled."""
        found: Future[T] = Future()

        def run() -> None:
            with self._turn:
                carry_out(errand, found)

        threading.Thread(target=run, name="apart", daemon=True).start()
        return found
