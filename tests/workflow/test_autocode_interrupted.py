"""Real processes that are killed, stopped, or run out of room: no half-written answer, and the next run completes."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coder.cli.main import run
from coder.exporters import figure_words, method_words, wording
from coder.storage import streams
from coder.workflow.autocode import autocode
from coder.workflow.checking import check
from coder.workflow.machine import Terms
from coder.workflow.method import noted
from coder.workflow.project import Project
from coder.workflow.provenance import ran
from coder.workflow.publication import figure, publication
from coder.workflow.publishing import gate
from coder.workflow.report import table
from coder.workflow.session import Session

ALL = Terms(promise=None, least=0.0)

# Codes a chunk, says so, and waits inside the call that tells of progress.
RUN = """
import sys, time
from pathlib import Path
from coder.workflow.autocode import autocode
from coder.workflow.machine import Terms
from coder.workflow.project import open_project

def told(done, total):
    print(done, flush=True)
    time.sleep(60)

with open_project(Path(sys.argv[1])) as project:
    autocode(project, "q", "1", Terms(promise=None, least=0.0), at_once=250, progress=told)
"""


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file can become longer than so many bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def codings(path: Path) -> Counter[int]:
    """How many codings each answer has."""
    connection = sqlite3.connect(path)
    try:
        return Counter(row[0] for row in connection.execute("select answer from coding"))
    finally:
        connection.close()


def completes(project: Project) -> None:
    report = autocode(project, "q", "1", ALL)
    assert (report.coded, report.left) == (600, 0)
    assert sum(codings(project.path).values()) == report.codings


def test_ahead_of_a_stopped_run_are_answers_that_are_not_blank(small: Project) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        autocode(small, "q", "1", ALL, at_once=1, progress=stop)
    with small.file.reading() as db:
        rows = [answer.blank for answer, _ in streams.chunk(db, "1", "q", 100)]
    assert rows[0] is False
    assert any(rows)
    assert [one.run.ahead for one in ran(small)] == [rows.count(False) - 1]


def test_a_killed_run_leaves_whole_chunks(many: Project, root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(many.path)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "250"
        child.send_signal(signal.SIGKILL)
    assert sorted(codings(many.path)) == list(range(1, 251))
    assert [one.run.ahead for one in ran(many)] == [350]
    again = f"`coder autocode {many.path} -q q -r 1 --min-score 0.0` completes it."
    (told,) = [one for one in check(many) if one.kind == "stopped"]
    assert (told.round, told.question, told.count, told.todo) == ("1", "q", 350, again)
    assert told in gate(many).notes
    unfinished = "Varning: maskinens senaste körning är inte slutförd. 350 svar återstod."
    tables = [table(many, "q", "1"), publication(many, "q", "1").table, Session(many, "1", "q", "eva").table()]
    assert [unfinished in wording.notes(one) for one in tables] == [True] * 3
    assert unfinished in figure_words.base(figure(many, ["q"], ["1"])[0])
    notes = [publication(many, "q", "1").note, noted(many, "q", "1")[1]]
    assert [unfinished in method_words.lines(one) for one in notes] == [True] * 2
    completes(many)
    assert [one.run.ahead for one in ran(many)] == [0]
    assert not [one for one in (*check(many), *gate(many).notes) if one.kind == "stopped"]
    assert unfinished not in wording.notes(table(many, "q", "1"))
    assert unfinished not in method_words.lines(publication(many, "q", "1").note)


def test_ctrl_c_ends_with_130_and_a_word_on_what_is_kept(many: Project, root: Path) -> None:
    """The run waits for the file, which this process has taken while it learnt; there ctrl-c meets it."""
    command = [sys.executable, "-X", "importtime", "-m", "coder", "autocode", str(many.path), "-r", "1"]
    with subprocess.Popen([*command, "--min-score", "0"], stderr=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stderr is not None
        assert any("coder.suggest.classifier" in line for line in child.stderr)  # it has begun to learn
        with many.file.writing():
            assert any("coder.suggest.novelty" in line for line in child.stderr)  # the last that it loads
            time.sleep(2)  # now it has coded, and waits for as long again and more
            child.send_signal(signal.SIGINT)
            said = child.stderr.read()
    assert child.returncode == 130
    assert "kept, in whole answers; run it again to go on" in said
    assert said.strip().endswith("stopped")
    assert not codings(many.path)
    completes(many)


def test_a_full_disk_is_named_and_leaves_no_half_answer(many: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with full_disk(many.path.stat().st_size + 20_000):
        assert run(["autocode", str(many.path), "--round", "1", "--min-score", "0"]) == 1
    said = capsys.readouterr().err
    assert f"{many.path} can't be read or written: disk I/O error" in said
    assert "Traceback" not in said
    assert not codings(many.path)
    completes(many)
