"""A Parquet file of codings holds what the CSV file holds, each column of its own type."""

import errno
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.answers import one_line
from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS, CodingRow
from coder.exporters import codings_file
from coder.importers.codings import read_codings

pa = pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="coder-workbench[cluster] is not installed")

CODING = CodingRow("2023", "bra", "0114", Segment(3, 9), "=ja", "T", "K", "anna", Origin.AUTO, 0.5, Status.SET_ASIDE)
WHOLE = CodingRow("2023", "bra", "0115", None, "Ja.\r\n", "", "K", "anna", status=Status.COUNTED)
NOTHING = CodingRow("2023", "bra", "0116", None, "", "", "", "anna")


def written(*rows: CodingRow, name: str = "parquet") -> bytes:
    stream = io.BytesIO()
    codings_file.write(rows, stream, name)
    return stream.getvalue()


def test_the_columns_are_those_of_csv_with_types_of_their_own() -> None:
    table = pq.read_table(io.BytesIO(written(CODING, WHOLE, NOTHING)))
    assert tuple(table.column_names) == CODING_COLUMNS
    types = {name: str(table.schema.field(name).type) for name in CODING_COLUMNS}
    assert {name: kind for name, kind in types.items() if kind != "string"} == {
        "start": "int64",
        "end": "int64",
        "score": "double",
    }
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        ("2023", "bra", "0114", 3, 9, "=ja", "T", "K", "anna", "auto", 0.5, "set_aside"),
        ("2023", "bra", "0115", None, None, "Ja.\r\n", "", "K", "anna", "hand", None, "counted"),
        ("2023", "bra", "0116", None, None, "", "", "", "anna", "hand", None, "nothing_to_code"),
    ]


def test_no_codings_leave_the_columns() -> None:
    table = pq.read_table(io.BytesIO(written()))
    assert (tuple(table.column_names), table.num_rows) == (CODING_COLUMNS, 0)


NAME = st.text("åäöab ", min_size=1, max_size=8).map(one_line).filter(bool)
ROWS = st.builds(
    CodingRow,
    round=NAME,
    question=NAME,
    respondent=NAME,
    segment=st.none() | st.builds(lambda at, many: Segment(at, at + many), st.integers(0, 99), st.integers(1, 99)),
    snippet=st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(["\r", '"']),
    theme=st.just("") | NAME,
    code=NAME,
    analyst=NAME,
    origin=st.sampled_from(Origin),
    score=st.none() | st.floats(0, 1) | st.sampled_from([0.0, 1.0]),
    status=st.none() | st.sampled_from(Status),
)


@settings(max_examples=50)
@given(rows=st.lists(ROWS, max_size=5))
def test_what_is_written_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, rows: list[CodingRow]) -> None:
    path = tmp_path_factory.getbasetemp() / "codings.parquet"
    path.write_bytes(written(*rows))
    assert written(*rows) == path.read_bytes()
    assert read_codings(path) == tuple(replace(row, line=line) for line, row in enumerate(rows, start=2))


def test_more_than_one_group_of_rows_comes_back_whole_and_as_from_csv(tmp_path: Path) -> None:
    rows = [
        CodingRow("1", "q", f"{n:05}", Segment(n, n + 2), "ja", "T", "K", "m", Origin.AUTO, 0.5) for n in range(10_001)
    ]
    found = {}
    for name in codings_file.FORMATS:
        path = tmp_path / f"codings.{name}"
        path.write_bytes(written(*rows, name=name))
        found[name] = read_codings(path)
    assert found["parquet"] == found["csv"]
    assert len(found["parquet"]) == len(rows)


class _Full(io.RawIOBase):
    """A disk with room for so many bytes."""

    left = 2_000

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        size = memoryview(data).nbytes  # type: ignore[arg-type]
        self.left -= size
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return size


def test_a_full_disk_is_told_as_one() -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        codings_file.write([CODING] * 20_000, _Full(), "parquet")  # type: ignore[arg-type]
    assert raised.value.errno == errno.ENOSPC


def test_without_the_package_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CoderError, match="writing Parquet needs pyarrow") as raised:
        written(CODING)
    assert "coder-workbench[cluster]" in raised.value.hint
