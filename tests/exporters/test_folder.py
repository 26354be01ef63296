"""A folder on a disk or in an object store: files whole or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from coder.domain.errors import CoderError
from coder.exporters.folder import Folder


@pytest.fixture(params=["disk", "store"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    """A folder on the disk, and one in a store that lives in memory."""
    if request.param == "disk":
        yield Folder(str(tmp_path / "ut"))
        return
    fsspec = pytest.importorskip("fsspec", reason="coder-workbench[cluster] is not installed")
    yield Folder("memory://ut/here/")
    system = fsspec.filesystem("memory")
    if system.exists("/ut"):
        system.rm("/ut", recursive=True)


def test_what_is_written_is_read_and_replaced(folder: Folder) -> None:
    folder.make()
    folder.put("a.csv", b"ett")
    folder.put("a.csv", "två".encode())
    folder.put("b.json", b"{}")
    assert folder.read("a.csv") == "två".encode()
    assert folder.names(".csv") == ["a.csv"]
    assert folder.read("nothing") is None


def test_an_empty_folder_has_no_files(folder: Folder) -> None:
    folder.make()
    assert folder.names(".csv") == []


def test_a_file_that_fails_half_way_is_not_there(folder: Folder) -> None:
    def write(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise CoderError("stopped")

    folder.make()
    folder.put("a.csv", b"whole")
    with pytest.raises(CoderError, match="stopped"):
        folder.write("a.csv", write)
    assert folder.read("a.csv") == b"whole"
    assert folder.names("") == ["a.csv"]


def test_what_a_killed_program_had_begun_goes_and_nothing_else(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.put("a.csv", b"whole")
    (tmp_path / ".coder-0123456789ab.tmp").write_bytes(b"half")
    folder.tidy()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CoderError, match="can't be made"):
        Folder(str(tmp_path / "file" / "ut")).make()


def test_it_knows_what_lies_in_it_and_not_below(folder: Folder) -> None:
    pytest.importorskip("fsspec", reason="coder-workbench[cluster] is not installed")
    folder.make()
    assert folder.holds(folder.path("a.parquet"))
    assert not folder.holds(folder.path("below/a.parquet"))
    assert not folder.holds("memory://elsewhere/a.parquet")
    assert not folder.holds(str(Path(__file__)))
