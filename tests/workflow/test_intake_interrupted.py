"""An import that is killed, stopped or runs out of room leaves the project as it was, and the next one completes."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError, ProjectBusyError
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
_MANY = 8_000

# Imports, with so little room in memory that what is not finished stands in the file already, and waits half-way.
IMPORT = """
import sys, time
from pathlib import Path
from coder.workflow.intake import import_answers
from coder.workflow.project import open_project

def told(done, total):
    if done > total // 2:
        print(done, flush=True)
        time.sleep(60)

project, answers, survey = map(Path, sys.argv[1:])
with open_project(project) as held:
    held.file.db.conn.execute("pragma cache_size=10")
    import_answers(held, answers, survey, told)
"""

# The command itself, on a disk with room for what is there and a little more.
FULL = """
import resource, sys
from pathlib import Path
from coder.cli.main import run

room = Path(sys.argv[1]).stat().st_size + 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
sys.exit(run(["import", sys.argv[1], sys.argv[2], "--survey", sys.argv[3]]))
"""


@pytest.fixture
def files(small_files: Path) -> list[str]:
    """A project of six answers, a file that holds one of them changed and thousands more, and the survey file."""
    rows = [f"n{place:05},N,stad,svar {place} {'om ett och annat ' * 4},Ja" for place in range(_MANY)]
    text = "\n".join(["id,namn,grupp,svar,sluten", "0118,Bo,stad,något annat,Nej", *rows, ""])
    (small_files / "many.csv").write_text(text, encoding="utf-8")
    return [str(small_files / name) for name in ("small.db", "many.csv", "survey.toml")]


def completes(project: Path, answers: str, survey: str) -> None:
    with open_project(project) as held:
        report = import_answers(held, Path(answers), Path(survey))
        assert (report.respondents, report.new, report.changed.first) == (_MANY + 1, _MANY, ["0118"])
        assert import_answers(held, Path(answers), Path(survey)).unchanged == _MANY + 1


def test_a_killed_import_leaves_nothing_of_itself(files: list[str], root: Path, rows_of: Rows) -> None:
    path = Path(files[0])
    before, size = rows_of(path), path.stat().st_size
    with subprocess.Popen([sys.executable, "-c", IMPORT, *files], stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert int(child.stdout.readline()) > _MANY // 2
        assert path.stat().st_size > size
        child.send_signal(signal.SIGKILL)
    open_project(path).close()
    assert rows_of(path) == before
    completes(path, *files[1:])


def test_ctrl_c_ends_with_130_and_a_word_that_nothing_was_imported(files: list[str], root: Path, rows_of: Rows) -> None:
    path = Path(files[0])
    before, size = rows_of(path), path.stat().st_size
    command = [sys.executable, "-m", "coder", "import", *files[:2], "--survey", files[2]]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=root) as child:
        journal = path.with_name(f"{path.name}-journal")
        while child.poll() is None and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.002)
        child.send_signal(signal.SIGINT)
        assert child.stderr is not None
        said = child.stderr.read()
    assert (child.returncode, said.split("\n")[0]) == (130, "Nothing was imported; the project is as it was.")
    assert said.endswith("stopped\n")
    assert (rows_of(path), path.stat().st_size) == (before, size)
    completes(path, *files[1:])


def test_a_full_disk_is_named_and_leaves_the_project_as_it_was(files: list[str], root: Path, rows_of: Rows) -> None:
    path = Path(files[0])
    before = rows_of(path)
    child = subprocess.run([sys.executable, "-c", FULL, *files], check=False, capture_output=True, text=True, cwd=root)
    assert (child.returncode, child.stdout) == (1, "")
    assert f"{path} can't be read or written: disk I/O error" in child.stderr
    assert "Traceback" not in child.stderr
    assert rows_of(path) == before
    completes(path, *files[1:])


def test_a_second_import_meanwhile_is_told_who_is_in_its_way(files: list[str], small: Project, rows_of: Rows) -> None:
    before = rows_of(small.path)
    told: list[tuple[int, int]] = []

    def second(done: int, total: int) -> None:
        if not told:
            with open_project(small.path) as other, pytest.raises(ProjectBusyError, match="held by another program"):
                import_answers(other, Path(files[1]), Path(files[2]))
            told.append((done, total))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_answers(small, Path(files[1]), Path(files[2]), second)
    assert told == [(1001, _MANY + 2)]
    assert rows_of(small.path) == before
    completes(small.path, *files[1:])


def test_what_is_wrong_at_the_very_end_of_a_file_leaves_the_project_as_it_was(
    files: list[str], small: Project, rows_of: Rows
) -> None:
    before = rows_of(small.path)
    with Path(files[1]).open("a", encoding="utf-8") as stream:
        stream.write("n00007,N,stad,igen,Ja\n,N,stad,ingen,Ja\nx1,N,stad,y,Kanske\nn00007,N,stad,åter,Ja\n")
    with pytest.raises(CoderError, match="line 8004, column id: no id"):
        import_answers(small, Path(files[1]), Path(files[2]))
    Path(files[1]).write_text(Path(files[1]).read_text(encoding="utf-8").replace("\n,N,", "\nx2,N,"), encoding="utf-8")
    with pytest.raises(CoderError) as caught:
        import_answers(small, Path(files[1]), Path(files[2]))
    first, second = ('line 8003, column id: "n00007" stands on line 10 too', "line 8006")
    assert first in caught.value.message
    assert second in caught.value.message
    assert rows_of(small.path) == before
