"""Starting lean and leaving cleanly."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coder.tui.app import WorkbenchApp
from coder.tui.desk import Desk
from coder.workflow.intake import import_answers, new_project

ROOT = Path(__file__).parents[2]


def test_the_first_paint_waits_for_no_heavy_library() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, coder.tui.app; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()
    heavy = {"matplotlib", "python_calamine", "simplemma", "sklearn", "spacy", "xlsxwriter"}
    assert not heavy & set(found)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_what_was_decided_is_there(project: Path, ending: signal.Signals) -> None:
    code = (
        "import sys; from pathlib import Path; from coder.tui.app import run;"
        f"run(Path({str(project)!r}), round_key=None, question=None, analyst='anna', keys_at=Path('none'))"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-c", code])
    seen = b""
    try:
        seen += _read_until(terminal, "remain")
        os.write(terminal, b"0")
        seen += _read_until(terminal, "saved")
        os.kill(pid, ending)
        deadline = time.monotonic() + 10
        status = None
        while status is None and time.monotonic() < deadline:
            seen += _read(terminal, 0.05)
            done, code_ = os.waitpid(pid, os.WNOHANG)
            status = code_ if done else None
        assert status is not None, "it ends by itself"
        if ending is signal.SIGTERM:
            assert b"\x1b[?1049l" in seen, "the terminal is given back"
    finally:
        if status is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(terminal)
    desk = Desk.open(project, round_key=None, question=None, analyst="anna")
    assert len(desk.glance(lambda session: session.nothing_to_code())) == 1
    desk.close()


def _read(terminal: int, patience: float) -> bytes:
    if not select.select([terminal], [], [], patience)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def _read_until(terminal: int, word: str) -> bytes:
    seen, deadline = b"", time.monotonic() + 20
    while word.encode() not in seen and time.monotonic() < deadline:
        seen += _read(terminal, 0.1)
    assert word.encode() in seen
    return seen


async def test_the_real_adviser_answers(tmp_path: Path) -> None:
    survey = (ROOT / "corpora/af-2023/survey.toml").read_text(encoding="utf-8")
    (tmp_path / "survey.toml").write_text(survey, encoding="utf-8")
    rows = (ROOT / "corpora/af-2023/answers.csv").read_text(encoding="utf-8").splitlines()[:6]
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    books = [ROOT / "codebooks/af-bra.yaml", ROOT / "codebooks/af-mindre-bra.yaml"]
    project = new_project(tmp_path / "p.db", books)
    import_answers(project, tmp_path / "answers.csv", tmp_path / "survey.toml")
    project.close()
    desk = Desk.open(tmp_path / "p.db", round_key=None, question="bra", analyst="anna")
    app = WorkbenchApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        bench = app.workbench.bench
        deadline = time.monotonic() + 60
        while bench.suggestions() is None and time.monotonic() < deadline:
            await pilot.pause(0.1)
        assert len(bench.suggestions() or ()) == 9
        await pilot.press("1")
        await bench.finished()
        assert bench.counts.states
    desk.close()
