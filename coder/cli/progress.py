"""Progress of long work: one line on standard error, and only where someone watches."""

import contextlib
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

_PATIENCE = 0.7  # seconds; what is done by then needs no line
_EVERY = 0.25  # seconds between two drawings
_WIDEST = 36  # columns of the bar

Tell = Callable[[int, int], None]


@contextmanager
def progress_bar(label: str) -> Iterator[Tell]:
    """A function to tell how many are done, of how many: on a terminal a bar shows it, with the time left.

    The line is drawn beside the work. Before the first word and after the last it shows the time that has gone, so that
    a step which cannot be counted is seen to go on too.
    """
    with progress_bars(label) as (tell,):
        yield tell


@contextmanager
def progress_bars(*labels: str) -> Iterator[list[Tell]]:
    """The same for parts of the work that come one after another: a function and a line each."""
    parts = [_Part(label) for label in labels]
    if not sys.stderr.isatty():
        yield [part.tell for part in parts]
        return
    drawing = _Drawing(parts, sys.stderr)
    drawing.start()
    try:
        yield [part.tell for part in parts]
    finally:
        drawing.over.set()
        drawing.join()


@dataclass(slots=True)
class _Part:
    """One part of the work: how much is done of how much, when that was said, and when and at what it began."""

    label: str
    began: float = field(default_factory=time.monotonic)
    first: tuple[float, int] | None = None
    done: int = 0
    total: int = 0
    said: float = 0.0

    def tell(self, done: int, total: int) -> None:
        """Say that so many are done, of so many."""
        self.said, self.done, self.total = time.monotonic(), done, total
        if self.first is None:
            self.first = self.said, done

    def line(self, columns: int, *, over: bool) -> str:
        """What a terminal of so many columns shows of it, while it is worked on or when that is over."""
        now = time.monotonic()
        if self.first is None:
            return f"{self.label}  {_clock(now - self.began)}"[:columns]
        since, at_first = self.first
        text = f"  {self.done}/{self.total}"
        if over:
            text += f"  {_clock(now - since)}"
        elif self.done >= self.total:
            text += f"  finishing, {_clock(now - self.said)}"
        elif self.done > at_first:
            text += f"  {_clock((now - since) / (self.done - at_first) * (self.total - self.done))} left"
        wide = max(0, min(_WIDEST, columns - len(self.label) - len(text) - 4))
        filled = wide * self.done // max(self.total, 1)
        return f"{self.label}  [{'#' * filled:-<{wide}}]{text}"[:columns]


class _Drawing(threading.Thread):
    """Draws the part that is being worked on, again and again until the work is over.

    It writes no control codes but the return to the line's beginning: where the program is stopped, however harshly,
    the terminal is as it was.
    """

    def __init__(self, parts: list[_Part], stream: TextIO) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self._parts, self._stream = parts, stream
        self._shown: _Part | None = None
        self._long = 0

    def run(self) -> None:
        """Draw, once the work has taken a while."""
        with contextlib.suppress(OSError):  # a terminal that is gone
            over = self.over.wait(_PATIENCE)
            while not over:
                self._draw(next((part for part in reversed(self._parts) if part.first), self._parts[0]))
                over = self.over.wait(_EVERY)
            self._leave()

    def _draw(self, part: _Part) -> None:
        if part is not self._shown:
            self._leave()
        self._write(part.line(_columns(), over=False))
        self._shown = part

    def _leave(self) -> None:
        """Leave the line as it is when its part is over, and go on to the next."""
        if self._shown is not None:
            self._write(self._shown.line(_columns(), over=True))
            self._stream.write("\n")
            self._stream.flush()
        self._shown, self._long = None, 0

    def _write(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(self._long))
        self._stream.flush()
        self._long = len(line)


def _columns() -> int:
    return shutil.get_terminal_size().columns - 1  # the last one would begin a new line


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
