"""A file is written as a whole or not at all."""

import errno
import os
from pathlib import Path
from typing import BinaryIO, TextIO

import pytest

from coder.domain.errors import CoderError
from coder.exporters.files import remove_begun, write_file, write_text_file


def _new(stream: BinaryIO) -> None:
    stream.write(b"new")


def _full_disk(stream: BinaryIO) -> None:
    stream.write(b"half")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _interrupted(stream: BinaryIO) -> None:
    stream.write(b"half")
    raise KeyboardInterrupt


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_file(path, _new)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_is_as_open_as_the_user_makes_files(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", _new)
    (tmp_path / "b.txt").write_bytes(b"")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(CoderError, match="no space left") as caught:
        write_file(path, _full_disk)
    assert "of this file nothing has been written" in caught.value.hint  # others beside it may have been
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.txt", _interrupted)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody take away what is being written")
def test_what_another_program_took_away_while_it_was_written_is_told(tmp_path: Path) -> None:
    def taken_away(stream: BinaryIO) -> None:
        stream.write(b"new")
        remove_begun(tmp_path)

    with pytest.raises(CoderError, match=r"a\.txt: what was written of it was taken away") as told:
        write_file(tmp_path / "a.txt", taken_away)
    assert "Another program is at work" in told.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_file(link, _new)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("where", "says"),
    [("missing/a.txt", "no such file"), ("file/a.txt", "not a directory"), ("folder", "it is a folder")],
)
def test_a_place_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path, where: str, says: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CoderError, match=says) as caught:
        write_file(tmp_path / where, _new)
    assert where in caught.value.message
    assert caught.value.hint


def test_a_read_only_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write to every file
    with pytest.raises(CoderError, match="read-only"):
        write_file(path, _new)
    assert path.read_bytes() == b"old"


def test_text_is_utf_8_and_line_ends_are_left_alone(tmp_path: Path) -> None:
    def text(stream: TextIO) -> None:
        stream.write("å\nä\r\n\r")

    write_text_file(tmp_path / "a.txt", text)
    assert (tmp_path / "a.txt").read_bytes() == "å\nä\r\n\r".encode()
