"""Answers in Parquet files: two columns of text, each respondent once, and an error that names what is wrong."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.errors import CoderError
from coder.importers import parquet

pyarrow = pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")
pytest.importorskip("fsspec", reason="coder-workbench[cluster] is not installed")


def write(path: Path, *, group: Any = None, **columns: Any) -> str:
    from pyarrow.parquet import write_table  # noqa: PLC0415 - only where it is there

    path.parent.mkdir(parents=True, exist_ok=True)
    write_table(pyarrow.table(columns), path, row_group_size=group)
    return str(path)


def read(place: str) -> list[list[tuple[str, str]]]:
    """What stands in a file of one part, as it comes."""
    (part,) = parquet.parts(place)
    return list(parquet.read(part))


def test_answers_are_read_as_a_project_holds_them(tmp_path: Path) -> None:
    place = write(
        tmp_path / "a.parquet",
        other=[1, 2, 3, 4],
        text=["Bra\r\ntelefon\x1b[31m", None, " \u200b ", "Nej"],
        respondent=[" 0114 ", "0115", "0116", "0117"],
    )
    assert read(place) == [[("0114", "Bra\ntelefon"), ("0117", "Nej")]]


def test_many_answers_come_some_at_a_time(tmp_path: Path) -> None:
    keys = [f"{number:05}" for number in range(4500)]
    place = write(tmp_path / "a.parquet", respondent=keys, text=["Ja"] * len(keys))
    (part,) = parquet.parts(place, rows=5000)
    chunks = list(parquet.read(part))
    assert len(chunks) > 1
    assert [key for chunk in chunks for key, _ in chunk] == keys


def test_text_may_be_stored_as_numbered_values(tmp_path: Path) -> None:
    place = write(
        tmp_path / "a.parquet",
        respondent=pyarrow.array(["1", "2"], pyarrow.large_string()),
        text=pyarrow.array(["Ja", "Ja"]).dictionary_encode(),
    )
    assert read(place) == [[("1", "Ja"), ("2", "Ja")]]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"respondent": ["1"]}, "no column 'text'"),
        ({"id": ["1"], "text": ["a"]}, "no column 'respondent'"),
        ({"respondent": [114], "text": ["a"]}, "holds int64, not text"),
        ({"respondent": ["1"], "text": [b"a"]}, "holds binary, not text"),
        ({"respondent": ["1", "2", "1"], "text": ["a", "b", "c"]}, "row 3, column respondent: '1' stands there before"),
        ({"respondent": ["1", None], "text": ["a", "b"]}, "row 2, column respondent: no id"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, columns: dict[str, list[Any]], says: str) -> None:
    with pytest.raises(CoderError, match=says) as raised:
        read(write(tmp_path / "a.parquet", **columns))
    assert "a.parquet" in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a;b\n1;2\n", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(CoderError, match="can't be read"):
        read(str(path))


def test_parts_are_named_by_their_paths_below_the_pattern(tmp_path: Path) -> None:
    for name in ("b/2", "a/1", "a/2", "c"):
        write(tmp_path / f"{name}.parquet", respondent=["1"], text=["a"])
    (tmp_path / "a" / "1.txt").write_text("", encoding="utf-8")
    found = parquet.parts(str(tmp_path / "**"))
    assert [part.name for part in found] == ["a-1", "a-2", "b-2", "c"]
    assert [chunk for part in found for chunk in parquet.read(part)] == [[("1", "a")]] * 4
    assert [part.name for part in parquet.parts(str(tmp_path / "a" / "*.parquet"))] == ["1", "2"]
    assert [part.name for part in parquet.parts(str(tmp_path / "c.parquet"))] == ["c"]


@pytest.mark.parametrize("group", [7, 100, 1000])
@pytest.mark.parametrize("rows", [1, 10, 64, 5000])
def test_the_parts_of_a_file_are_its_rows_in_order(tmp_path: Path, group: int, rows: int) -> None:
    """Whether its row groups are smaller than a part or larger."""
    keys = [f"{number:05}" for number in range(500)]
    place = write(tmp_path / "a.parquet", group=group, respondent=keys, text=["Ja"] * len(keys))
    found = parquet.parts(place, rows)
    assert [key for part in found for chunk in parquet.read(part) for key, _ in chunk] == keys
    assert max(part.count for part in found) <= rows
    assert [part.first for part in found] == [sum(one.count for one in found[:at]) for at in range(len(found))]
    assert len({part.name for part in found}) == len(found)
    assert [part.name for part in found] == sorted(part.name for part in found)


@given(st.lists(st.integers(0, 40), max_size=20), st.integers(1, 30))
def test_parts_hold_every_row_once_whatever_the_row_groups(sizes: list[int], rows: int) -> None:
    found = list(parquet.cut("p", "n", sizes, rows))
    begins = [sum(sizes[:group]) for group in range(len(sizes) + 1)]
    spans = [(begins[part.groups.start] + part.skip, part.count) for part in found]
    assert [row for start, count in spans for row in range(start, start + count)] == list(range(sum(sizes)))
    assert all(part.first == start for part, (start, _) in zip(found, spans, strict=True))
    assert all(start + count <= begins[part.groups.stop] for part, (start, count) in zip(found, spans, strict=True))
    assert all(count <= rows for _, count in spans)


@pytest.mark.parametrize(
    ("rows", "parts", "largest"),
    [(2_000, 1, 2_000), (2_001, 2, 1_001), (100_000, 50, 2_000), (1_000_000, 64, 15_625), (10_000_000, 500, 20_000)],
)
def test_a_file_is_cut_in_parts_of_a_size_that_suits_it(rows: int, parts: int, largest: int) -> None:
    found = [part.count for part in parquet.cut("p", "n", [rows])]
    assert (sum(found), len(found), max(found)) == (rows, parts, largest)


def test_a_file_of_several_parts_numbers_them(tmp_path: Path) -> None:
    write(tmp_path / "stor.parquet", respondent=["1", "2", "3"], text=["a", "b", "c"])
    write(tmp_path / "tom.parquet", respondent=pyarrow.array([], "string"), text=pyarrow.array([], "string"))
    found = parquet.parts(str(tmp_path / "*.parquet"), rows=2)
    assert [part.name for part in found] == ["stor-00001", "stor-00002", "tom"]
    assert [list(parquet.read(part)) for part in found] == [[[("1", "a")]], [[("2", "b"), ("3", "c")]], []]


def test_a_mistake_in_a_later_part_is_named_by_its_row_in_the_file(tmp_path: Path) -> None:
    place = write(tmp_path / "a.parquet", respondent=["1", "2", "3", None], text=["a", "b", "c", "d"])
    *_, last = parquet.parts(place, rows=2)
    with pytest.raises(CoderError, match="row 4, column respondent: no id"):
        list(parquet.read(last))


def test_a_file_that_has_lost_rows_since_it_was_cut_is_refused(tmp_path: Path) -> None:
    place = write(tmp_path / "a.parquet", respondent=["1", "2", "3"], text=["a", "b", "c"])
    (part,) = parquet.parts(place)
    write(tmp_path / "a.parquet", respondent=["1"], text=["a"])
    with pytest.raises(CoderError, match="has changed meanwhile"):
        list(parquet.read(part))


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a-1", "a/1"):
        write(tmp_path / f"{name}.parquet", respondent=["1"], text=["a"])
    with pytest.raises(CoderError, match="of one name, a-1"):
        parquet.parts(str(tmp_path / "**"))


@pytest.mark.parametrize("pattern", ["*.parquet", "nothing/*.parquet", "nothing.parquet"])
def test_a_pattern_that_names_no_file_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(CoderError, match=r"no \.parquet file"):
        parquet.parts(str(tmp_path / pattern))


@pytest.mark.skipif(find_spec("s3fs") is not None, reason="s3fs is installed, and would ask the net")
def test_an_s3_address_without_its_package_says_what_to_install() -> None:
    with pytest.raises(CoderError, match="a package that is not installed: Install s3fs") as raised:
        parquet.parts("s3://bucket/*.parquet")
    assert "coder-workbench[cluster]" in raised.value.hint


def test_a_store_that_is_not_known_is_refused() -> None:
    with pytest.raises(CoderError, match="can't be read"):
        parquet.parts("nosuchstore://bucket/*.parquet")
