"""Writing to a project: all or nothing, never for long, and never into another file."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError, ProjectBusyError, ProjectChangedError
from coder.storage.database import open_existing
from coder.workflow.project import Project

NOTE = "insert into work (answer, note) values (?, ?)"


@pytest.fixture
def notes(small: Project) -> Callable[[], list[str]]:
    """The notes that a connection of its own finds on disk."""

    def read() -> list[str]:
        connection = sqlite3.connect(small.path)
        try:
            return [row[0] for row in connection.execute("select note from work order by answer")]
        finally:
            connection.close()

    return read


@pytest.fixture
def another(small: Project) -> Iterator[sqlite3.Connection]:
    """Another program's connection to the same file."""
    connection = sqlite3.connect(small.path, isolation_level=None)
    yield connection
    connection.close()


def test_what_a_block_writes_is_on_disk_when_it_ends(small: Project, notes: Callable[[], list[str]]) -> None:
    with small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
        assert notes() == []
    assert notes() == ["a"]


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyboardInterrupt(), CoderError("x")], ids=["bug", "ctrl_c", "refusal"]
)
def test_a_block_that_raises_leaves_nothing(
    small: Project, notes: Callable[[], list[str]], error: BaseException
) -> None:
    def fail() -> None:
        with small.file.writing() as db:
            db.conn.execute(NOTE, (1, "a"))
            raise error

    with pytest.raises(type(error)):
        fail()
    assert notes() == []
    with small.file.writing() as db:
        db.conn.execute(NOTE, (1, "b"))
    assert notes() == ["b"]


def test_a_statement_outside_a_block_leaves_no_transaction_open(small: Project, notes: Callable[[], list[str]]) -> None:
    small.file.db.conn.execute(NOTE, (1, "a"))
    assert not small.file.db.conn.in_transaction
    assert notes() == ["a"]


def test_reading_sees_one_state_though_another_program_waits_to_write(
    small: Project, another: sqlite3.Connection
) -> None:
    another.execute("pragma busy_timeout=0")
    with small.file.reading() as db:
        before = db.conn.execute("select count(*) from work").fetchone()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            another.execute(NOTE, (1, "a"))
        assert db.conn.execute("select count(*) from work").fetchone() == before
    another.execute(NOTE, (1, "a"))


def test_reading_within_reading_sees_the_same_state_and_does_not_end_it(
    small: Project, another: sqlite3.Connection
) -> None:
    another.execute("pragma busy_timeout=0")
    with small.file.reading() as db:
        before = db.conn.execute("select count(*) from work").fetchone()
        with small.file.reading() as inner:
            assert inner.conn.execute("select count(*) from work").fetchone() == before
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            another.execute(NOTE, (1, "a"))
    another.execute(NOTE, (1, "a"))


@pytest.mark.parametrize("lock", ["begin immediate", "begin exclusive"])
def test_a_project_held_by_another_program_is_said_to_be_busy_at_once(
    small: Project, another: sqlite3.Connection, notes: Callable[[], list[str]], lock: str
) -> None:
    another.execute(lock)
    begun = time.monotonic()
    with pytest.raises(ProjectBusyError, match="another program"), small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
    assert time.monotonic() - begun < 1.5
    another.execute("rollback")
    assert notes() == []
    with small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
    assert notes() == ["a"]


def test_a_reader_that_holds_up_the_commit_undoes_the_block(
    small: Project, another: sqlite3.Connection, notes: Callable[[], list[str]]
) -> None:
    another.execute("begin")
    another.execute("select count(*) from work").fetchone()
    with pytest.raises(ProjectBusyError), small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
    another.execute("rollback")
    assert notes() == []


def test_opening_a_project_that_is_held_says_busy(small: Project, another: sqlite3.Connection) -> None:
    another.execute("begin exclusive")
    with pytest.raises(ProjectBusyError):
        open_existing(small.path)


def test_the_version_moves_when_another_program_has_written_and_only_then(
    small: Project, another: sqlite3.Connection
) -> None:
    before = small.file.version()
    with small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
    assert small.file.version() == before
    another.execute(NOTE, (2, "b"))
    assert small.file.version() != before


def _replaced(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    os.replace(copy, path)  # noqa: PTH105 - as a synchronisation program does


def _made_anew(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


@pytest.mark.parametrize(
    "meddle",
    [
        pytest.param(_replaced, id="replaced"),
        pytest.param(Path.unlink, id="deleted"),
        pytest.param(_made_anew, id="deleted_and_made_anew"),
        pytest.param(lambda path: path.rename(path.with_name("moved.db")), id="moved"),
    ],
)
def test_a_file_that_is_no_longer_the_one_that_was_opened_is_not_written_to(
    small: Project, meddle: Callable[[Path], Any]
) -> None:
    meddle(small.path)
    before = {path.name: path.read_bytes() for path in small.path.parent.glob("*.db")}
    with pytest.raises(ProjectChangedError, match="no longer the file"), small.file.writing() as db:
        db.conn.execute(NOTE, (1, "a"))
    assert {path.name: path.read_bytes() for path in small.path.parent.glob("*.db")} == before


def test_a_full_disk_leaves_nothing_half_written(small: Project, notes: Callable[[], list[str]]) -> None:
    db = small.file.db
    pages = db.conn.execute("pragma page_count").fetchone()[0]
    db.conn.execute(f"pragma max_page_count={pages}")
    before = small.path.read_bytes()
    with pytest.raises(CoderError, match="full") as caught, small.file.writing():
        db.conn.executemany(NOTE, [(1, "a"), (2, "b" * 100_000)])
    assert "half-written" in caught.value.hint
    assert (notes(), small.path.stat().st_size) == ([], len(before))
    db.conn.execute("pragma max_page_count=1000000")
    with small.file.writing():
        db.conn.execute(NOTE, (1, "a"))
    assert notes() == ["a"]
