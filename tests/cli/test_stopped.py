"""Ctrl-c at the worst moment, when a file is written and not yet in its place: 130, one word, and nothing is left."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Coder

# Runs one command after another, and interrupts itself as each is about to put its file where it belongs, or to learn.
RUN = """
import signal, sys
from coder.cli.main import run

def press(event, arguments):
    if event == "os.rename" or (event == "import" and arguments[0] == "sklearn"):
        signal.raise_signal(signal.SIGINT)

sys.addaudithook(press)
for line in sys.stdin:
    print(run(line.split()), line.strip(), file=sys.stderr)
"""
COMMANDS = (
    "table p.db -q q -r 1 -o t.docx",
    "table p.db -q q -r 1 -o t.xlsx",
    "table p.db -q q -r 1 -o t.html",
    "table p.db -q q -r 1 -o t.csv",
    "table p.db -q q -r 1 --examples -o e.md",
    "figure p.db -q q -r 1 -o f.svg",
    "compare p.db -q q -r 1 -r 2 -o c.html",
    "ledger p.db -o l.xlsx",
    "codings export p.db -o c.csv",
    "qdpx export p.db -o p.qdpx",
    "codebook export p.db -q q -o t.yaml",
    "evaluate p.db -q q",
)


def test_nothing_is_half_written(project: Path, folder: Path, root: Path, coder: Coder) -> None:
    again = (folder / "s.toml").read_text(encoding="utf-8").replace('key = "1"', 'key = "2"', 1)
    (folder / "s2.toml").write_text(again, encoding="utf-8")
    assert coder("import", project, folder / "a.csv", "--survey", folder / "s2.toml").code == 0
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input="\n".join(COMMANDS),
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stderr.split("\n") == [line for one in COMMANDS for line in ("", "stopped", f"130 {one}")] + [""]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
