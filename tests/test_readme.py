"""The README tells the truth: its commands run, its map names what is there."""

import os
import re
import select
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coder.workflow.command_line import typed

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DAY = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
SET_UP = re.findall(r"```sh set-up\n(.*?)\n```", README)


def run(arguments: list[str], folder: Path) -> None:
    """Run a command as a user without a terminal would, and see that it ends well."""
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    # `check` ends with 3 on the uncoded round: it has found something, as it should.
    assert done.returncode == (3 if "check" in arguments else 0), done.stderr


def run_on_a_terminal(arguments: list[str], folder: Path) -> None:
    """Open the workbench on a pseudo-terminal, wait for it to paint, and leave it with `q`."""
    pty = pytest.importorskip("pty")
    process, terminal = pty.fork()
    if process == 0:  # the child becomes the command
        os.chdir(folder)
        os.execve(arguments[0], arguments, {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"})
    painted = b""
    deadline = time.monotonic() + 30
    left = False
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                painted += os.read(terminal, 65536)
            except OSError:  # the child has closed its side
                break
        if not left and b"remain" in painted:
            os.write(terminal, b"q")
            left = True
    _, status = os.waitpid(process, 0)
    assert left, painted[-2000:]
    assert os.waitstatus_to_exitcode(status) == 0


def test_the_days_commands_run_in_their_order(tmp_path: Path) -> None:
    assert DAY is not None
    for folder in ("codebooks", "corpora"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    commands = [shlex.split(line) for line in DAY[1].splitlines()]
    assert [command[1] for command in commands] == ["init", "import", "code", "check", "table"]
    for command in commands:
        arguments = [sys.executable, "-m", "coder", *command[1:]]
        (run_on_a_terminal if command[1] == "code" else run)(arguments, tmp_path)
    assert (tmp_path / "bra.xlsx").exists()


def test_the_demo_without_a_terminal_prints_the_tables_of_both_rounds(tmp_path: Path) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "coder", "demo", "min mapp"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    for title in ("fungerar bra", "fungerar mindre bra"):
        for key in ("2023", "2024"):
            assert re.search(rf"{title} .*\({key}\)", demo.stdout)
    assert "Antal svarande: 180" in demo.stdout
    assert "Antal svarande: 178" in demo.stdout
    assert f"`coder code {typed(Path('min mapp', 'demo.db'))}`" in demo.stderr
    told = re.findall(r"(\S+): (\d+) answers; (\d+) coded .*, (\d+) left for review", demo.stderr)
    assert [(key, int(coded) + int(left)) for key, _, coded, left in told] == [("bra", 178), ("mindre_bra", 186)]


def test_there_are_two_set_up_commands_and_the_second_runs_the_gate() -> None:
    assert len(SET_UP) == 2
    assert SET_UP[0].endswith("coder demo")
    assert SET_UP[1].endswith("python .ci/gate.py")
    assert (ROOT / ".ci" / "gate.py").exists()


def test_the_map_names_every_package_and_no_other() -> None:
    named = set(re.findall(r"`coder/(\w+)`", README))
    there = {path.name for path in (ROOT / "coder").iterdir() if (path / "__init__.py").exists()}
    assert named == there


def test_the_picture_is_there_and_loads_nothing_from_elsewhere() -> None:
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", README):
        text = (ROOT / picture).read_text(encoding="utf-8")
        assert text.startswith("<svg")
        assert "url(" not in text.replace("url(#", "")
        assert "Rich" not in text
