"""The bar of long work: on a terminal only, not for what is done at once, and with the time left."""

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import pytest

from coder.cli.progress import announce, progress_bar

LONG = 0.75  # seconds


@contextmanager
def terminal() -> Iterator[list[str]]:
    """Standard error as a terminal; what was written there stands in the list at the end."""
    reader, writer = os.openpty()
    shown: list[str] = []
    with os.fdopen(writer, "w", buffering=1, encoding="utf-8") as stream:
        try:
            with redirect_stderr(stream):
                yield shown
        finally:
            stream.flush()
            shown.append(_read(reader))
    os.close(reader)


def _read(reader: int) -> str:
    os.set_blocking(reader, False)
    parts = []
    while True:
        try:
            parts.append(os.read(reader, 1_000_000))
        except BlockingIOError:
            return b"".join(parts).decode()


def test_what_takes_a_while_shows_how_much_is_done_and_how_long_it_still_takes() -> None:
    with terminal() as shown, progress_bar("Reading") as tell:
        tell(0, 100)
        time.sleep(LONG)
        for done in (50, 75, 100):
            tell(done, 100)
    (text,) = shown
    assert "Reading" in text
    assert "75/100  00:00:0" in text
    assert "100/100" in text


def test_the_cursor_comes_back_where_the_work_was_stopped() -> None:
    shown: list[str] = []

    def stopped() -> None:
        nonlocal shown
        with terminal() as shown, progress_bar("Reading") as tell:
            tell(0, 100)
            time.sleep(LONG)
            tell(50, 100)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert shown[0].rstrip().endswith("\x1b[?25h")


def test_what_is_done_at_once_shows_nothing() -> None:
    with terminal() as shown, progress_bar("Reading") as tell:
        for done in range(101):
            tell(done, 100)
    assert shown == [""]


def test_nothing_is_shown_where_nobody_watches() -> None:
    stream = io.StringIO()
    with redirect_stderr(stream), progress_bar("Reading") as tell:
        time.sleep(LONG)
        tell(50, 100)
    assert stream.getvalue() == ""


def test_what_has_no_steps_is_announced_on_a_terminal_only() -> None:
    with terminal() as shown:
        announce("looking...")
    assert shown == ["looking...\r\n"]
    with redirect_stderr(io.StringIO()) as nobody:
        announce("looking...")
    assert nobody.getvalue() == ""
