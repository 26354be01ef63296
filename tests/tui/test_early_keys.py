"""What is typed before the workbench is there."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coder.tui.desk import Desk

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

import pty
import termios

ROOT = Path(__file__).parents[2]


def _shown(terminal: int) -> bool:
    """Whether the terminal shows what is typed. It still waits for whole lines: the workbench has not begun."""
    flags = termios.tcgetattr(terminal)[3]
    assert flags & termios.ICANON
    return bool(flags & termios.ECHO)


def _read_until(terminal: int, review: "subprocess.Popen[bytes]", word: str = "") -> bytes:
    """What comes until there is this word, and without one until the end."""
    seen, deadline = b"", time.monotonic() + 20
    while review.poll() is None if not word else word.encode() not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536)
    return seen


def test_keys_typed_while_a_review_looks_for_what_is_worth_reading_are_neither_shown_nor_obeyed(project: Path) -> None:
    terminal, theirs = pty.openpty()
    command = ["review", str(project), "-q", "hinder", "-r", "2023", "-a", "anna"]
    code = f"import sys; from coder.cli.main import run; sys.exit(run({command!r}))"
    env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], stdin=theirs, stdout=theirs, stderr=theirs, env=env) as review:
        try:
            deadline = time.monotonic() + 30
            while _shown(terminal):
                assert time.monotonic() < deadline
                time.sleep(0.005)
            os.write(terminal, b"0000k")
            before = _read_until(terminal, review, "\x1b[?1049h")
            _read_until(terminal, review, "review")
            os.write(terminal, b"q")
            seen = _read_until(terminal, review)
        finally:
            review.kill()
    assert review.returncode == 0
    assert b"0000k" not in before
    assert b"Without a theme" not in seen, "k has not opened the codebook"
    assert _shown(terminal), "the terminal is as it was"
    os.close(terminal)
    os.close(theirs)
    desk = Desk.open(project, round_key=None, question=None, analyst="anna")
    assert desk.glance(lambda session: session.nothing_to_code()) == []
    desk.close()
