"""Making, recognising and opening a project file."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from coder.domain.errors import CoderError
from coder.storage import exports, migrations
from coder.storage.database import APPLICATION_ID, create, open_existing


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    """A new project, closed."""
    path = tmp_path / "p.db"
    create(path).close()
    return path


def test_a_new_project_says_what_it_is_and_is_its_owners_alone(project_path: Path) -> None:
    header = project_path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == migrations.latest()
    assert stat.S_IMODE(project_path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "umask",
    [pytest.param(0o000, id="open_to_all"), pytest.param(0o077, id="owner_only"), pytest.param(0o022, id="usual")],
)
def test_the_mode_of_a_new_project_does_not_hang_on_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        create(tmp_path / "p.db").close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "p.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("held", [b"", b"text", b"SQLite format 3\x00"], ids=["empty", "text", "database"])
def test_making_a_project_refuses_an_existing_file_and_leaves_it(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "p.db"
    path.write_bytes(held)
    with pytest.raises(CoderError, match="exists already"):
        create(path)
    assert path.read_bytes() == held


def test_making_a_project_refuses_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "p.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(CoderError, match="exists already"):
        create(tmp_path / "p.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_making_a_project_in_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="can't be made"):
        create(tmp_path / "nowhere" / "p.db")
    assert not (tmp_path / "nowhere").exists()


def test_opening_a_missing_project_is_refused_and_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="no project"):
        open_existing(tmp_path / "typo.db")
    assert list(tmp_path.iterdir()) == []


def test_opening_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="is a folder"):
        open_existing(tmp_path)


def _another_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table notes (text)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.write_text("kommunkod,svar\n", encoding="utf-8"), id="text"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(bytes(4096)), id="zeros"),
        pytest.param(_another_database, id="another_database"),
    ],
)
def test_opening_what_is_no_project_is_refused_and_leaves_it(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    path = tmp_path / "p.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(CoderError, match="not a coder project"):
        open_existing(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_project_of_a_newer_version_is_refused_and_left_alone(project_path: Path) -> None:
    connection = sqlite3.connect(project_path)
    connection.execute(f"pragma user_version={migrations.latest() + 1}")
    connection.close()
    before = project_path.read_bytes()
    with pytest.raises(CoderError, match="newer version") as caught:
        open_existing(project_path)
    assert "Update" in caught.value.hint
    assert project_path.read_bytes() == before


def test_a_project_of_the_first_schema_is_brought_to_the_newest_and_keeps_what_it_held(project_path: Path) -> None:
    old = project_path.with_name("old.db")
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute(f"pragma application_id={APPLICATION_ID}")
    db = Database(connection)
    later = [step.name for step in migrations.steps.pending(db)][1:]
    migrations.steps.apply(db, stop_before=later[:1])
    connection.execute("pragma user_version=1")
    connection.execute("insert into round (key, frame) values ('2023', 290)")
    connection.executescript(_NOTED)
    connection.close()
    with open_existing(old) as file, file.reading() as now, open_existing(project_path) as new:
        assert now.conn.execute("pragma user_version").fetchone()[0] == migrations.latest()
        assert now.conn.execute("select key, frame from round").fetchall() == [("2023", 290)]
        schema = "select sql from sqlite_schema where name not like '\\_sqlite%' escape '\\' order by name"
        assert now.conn.execute(schema).fetchall() == new.db.conn.execute(schema).fetchall()
        said = now.conn.execute("select answer, text, analyst, at from memo order by answer").fetchall()
        assert said == [(1, "ring Bo", "eva", "klockan två"), (2, "hm", "unknown", "")]


def test_of_a_file_written_before_options_were_noted_down_none_are_known(project_path: Path) -> None:
    old = project_path.with_name("old.db")
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute(f"pragma application_id={APPLICATION_ID}")
    migrations.steps.apply(Database(connection), stop_before=["m011_what_an_export_was_asked_for"])
    connection.execute("pragma user_version=10")
    connection.execute("insert into export values ('/t.csv', '1', 'q', 'table', '2026-01-01T00:00:00+00:00', 3)")
    connection.close()
    with open_existing(old) as file, file.reading() as db:
        assert exports.load(db) == [exports.Export("/t.csv", "1", "q", "table", "2026-01-01T00:00:00+00:00", 3, ())]


# One answer's note was written twice, another's by nobody that the journal knows.
_NOTED = """
    insert into codebook (key, language, question) values ('b', 'sv', 'Vad?');
    insert into question (key, kind, codebook) values ('q', 'open', 1);
    insert into respondent (key) values ('0114'), ('0115');
    insert into answer (round, question, respondent, raw, text) values (1, 1, 1, 'ja', 'ja'), (1, 1, 2, 'nej', 'nej');
    insert into work (answer, note) values (1, 'ring Bo'), (2, 'hm');
    insert into event (at, analyst, what, answer, changes)
        values ('klockan ett', 'ola', 'note', 1, '[]'), ('klockan två', 'eva', 'note', 1, '[]'),
        ('klockan tre', 'ola', 'code', 1, '[]');
"""


def _cut_to(size: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:size]


def _overwritten(data: bytes) -> bytes:
    return data[:200] + b"\xff" * 8000 + data[8200:]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_cut_to(100), id="cut_to_its_header"),
        pytest.param(_cut_to(5000), id="cut_inside_a_page"),
        pytest.param(_cut_to(4096 * 3), id="cut_between_pages"),
        pytest.param(_overwritten, id="overwritten"),
    ],
)
def test_a_damaged_project_is_refused(project_path: Path, damage: Callable[[bytes], bytes]) -> None:
    project_path.write_bytes(damage(project_path.read_bytes()))
    with pytest.raises(CoderError, match="damaged"):
        open_existing(project_path)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "truncate"), ("synchronous", 3), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_connection_keeps_decisions_safe(project_path: Path, pragma: str, value: object) -> None:
    with open_existing(project_path) as file:
        assert file.db.conn.execute(f"pragma {pragma}").fetchone()[0] == value


def test_opening_a_project_changes_no_byte_of_it(project_path: Path) -> None:
    before = project_path.read_bytes()
    with open_existing(project_path) as file, file.reading() as db:
        assert db.conn.execute("select count(*) from answer").fetchone()[0] == 0
    assert project_path.read_bytes() == before


def test_a_path_with_signs_that_mean_something_in_an_address_opens(tmp_path: Path) -> None:
    path = tmp_path / "år 1? #2%20&mode=memory.db"
    create(path).close()
    with open_existing(path) as file:
        assert Path(file.db.conn.execute("pragma database_list").fetchone()[2]).name == path.name
