"""Progress of long work: on standard error, and only where someone watches."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_PATIENCE = 0.7  # seconds; what is done by then needs no bar


def announce(what: str) -> None:
    """Say what is begun that takes a while without steps to count."""
    if sys.stderr.isatty():
        click.echo(what, err=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function to tell how many are done, of how many; it draws a bar with the time left on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    bar = _Bar(label)
    try:
        yield bar.tell
    finally:
        bar.end()


class _Bar:
    """A bar that comes up once work has taken a while; the time left is by the pace since the first word."""

    def __init__(self, label: str) -> None:
        self._began = time.monotonic()
        self._first: tuple[float, int] | None = None
        self._bar = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True)
        self._up = False

    def tell(self, done: int, total: int) -> None:
        """Say that so many are done, of so many."""
        now = time.monotonic()
        self._first = self._first or (now, done)
        if not self._up and (now - self._began < _PATIENCE or done >= total):
            return
        self._bar.length = max(total, 1)
        if not self._up:
            self._up = True
            self._bar.__enter__()
        since, at_first = self._first
        if done > at_first:
            self._bar.avg = [(now - since) / (done - at_first)]
            self._bar.last_eta = time.time()  # or click would mix in a pace of its own
            self._bar.eta_known = True
        self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        """Leave the line to what comes after."""
        if self._up:
            self._bar.render_finish()
