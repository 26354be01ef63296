"""The line of long work: on a terminal only, not for what is done at once, with the time left or the time gone."""

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import pytest

from coder.cli.progress import progress_bar, progress_bars

LONG = 0.8  # seconds; more than is waited before the first drawing


@contextmanager
def terminal() -> Iterator[list[str]]:
    """Standard error as a terminal; the states of its lines stand in the list at the end."""
    reader, writer = os.openpty()
    shown: list[str] = []
    with os.fdopen(writer, "w", buffering=1, encoding="utf-8") as stream:
        try:
            with redirect_stderr(stream):
                yield shown
        finally:
            stream.flush()
            shown += [line.rstrip() for line in _read(reader).split("\r") if line.strip()]
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
        time.sleep(LONG / 2)
        tell(50, 100)
        time.sleep(LONG / 2)
        tell(100, 100)
        time.sleep(LONG / 2)
    assert shown[0].startswith("Reading  [##################------------------]  50/100  0:0")
    assert shown[0].endswith(" left")
    full = f"Reading  [{'#' * 36}]  100/100  "
    assert any(line.startswith(f"{full}finishing, 0:0") for line in shown)
    assert shown[-1].startswith(f"{full}0:0")


def test_what_cannot_be_counted_shows_the_time_that_has_gone() -> None:
    with terminal() as shown, progress_bar("Taking in"):
        time.sleep(LONG + 0.4)
    assert shown[0] != shown[-1]
    assert all(line.startswith("Taking in  0:0") for line in shown)


def test_parts_that_come_one_after_another_have_a_line_each() -> None:
    with terminal() as shown, progress_bars("Reading", "Writing") as (reading, writing):
        for tell in (reading, writing):
            time.sleep(LONG)
            tell(1, 2)
        time.sleep(LONG / 2)
    assert [line.split()[0] for line in shown] == sorted(line.split()[0] for line in shown)
    assert "1/2" in next(line for line in shown if line.startswith("Writing"))


def test_work_that_is_stopped_leaves_the_line_as_it_was_and_the_terminal_as_it_is() -> None:
    shown: list[str] = []

    def stopped() -> None:
        nonlocal shown
        with terminal() as shown, progress_bar("Reading") as tell:
            tell(50, 100)
            time.sleep(LONG)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert shown[-1].startswith(f"Reading  [{'#' * 18}{'-' * 18}]  50/100  0:0")
    assert "\x1b" not in "".join(shown)


def test_what_is_done_at_once_shows_nothing() -> None:
    with terminal() as shown, progress_bar("Reading") as tell:
        for done in range(101):
            tell(done, 100)
    assert shown == []


def test_nothing_is_shown_where_nobody_watches() -> None:
    stream = io.StringIO()
    with redirect_stderr(stream), progress_bar("Reading") as tell:
        tell(50, 100)
        time.sleep(LONG)
    assert stream.getvalue() == ""


def test_a_line_never_runs_over_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    with terminal() as shown, progress_bar("Importing a-file-of-a-long-name.csv") as tell:
        tell(50, 100)
        time.sleep(LONG)
    assert shown
    assert max(len(line) for line in shown) < 20
