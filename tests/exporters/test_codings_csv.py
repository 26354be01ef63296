"""A codings file holds every row exactly, whatever the snippets."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.exchange import CODING_COLUMNS, CodingRow
from coder.exporters import codings_csv

TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["=1+1", 'a "b"', "\n", "\r", "\U0001f937", ";,"]
)
SEGMENTS = st.builds(lambda start, length: Segment(start, start + length), st.integers(0, 99), st.integers(1, 99))
ROWS = st.builds(
    CodingRow,
    round=TEXT,
    question=TEXT,
    respondent=TEXT,
    segment=st.none() | SEGMENTS,
    snippet=TEXT,
    theme=TEXT,
    code=TEXT,
    analyst=TEXT,
    origin=st.sampled_from(Origin),
    score=st.none() | st.floats(0, 1),
    status=st.none() | st.sampled_from(Status),
)


def _written(*rows: CodingRow) -> str:
    stream = io.StringIO(newline="")
    codings_csv.write(rows, stream)
    return stream.getvalue()


def _row(cells: dict[str, str]) -> CodingRow:
    segment = Segment(int(cells["start"]), int(cells["end"])) if cells["start"] else None
    return CodingRow(
        round=cells["round"],
        question=cells["question"],
        respondent=cells["respondent"],
        segment=segment,
        snippet=cells["snippet"],
        theme=cells["theme"],
        code=cells["code"],
        analyst=cells["analyst"],
        origin=Origin(cells["origin"]),
        score=float(cells["score"]) if cells["score"] else None,
        status=Status(cells["status"]) if cells["status"] in set(Status) else None,
    )


@given(st.lists(ROWS.filter(lambda row: bool(row.code)), max_size=4))
def test_every_coding_comes_back_as_it_was(rows: list[CodingRow]) -> None:
    reader = csv.DictReader(io.StringIO(_written(*rows), newline=""), strict=True)
    assert [_row(cells) for cells in reader] == rows


def test_the_file_looks_as_agreed() -> None:
    coding = CodingRow(
        "2023", "bra", "0114", Segment(3, 9), "=ja", "T", "K", "anna", Origin.AUTO, 0.5, Status.SET_ASIDE
    )
    whole = CodingRow("2023", "bra", "0115", None, "Ja.", "", "K", "anna", status=Status.COUNTED)
    nothing = CodingRow("2023", "bra", "0116", None, "", "", "", "anna")
    assert _written(coding, whole, nothing) == (
        ",".join(CODING_COLUMNS)
        + "\n2023,bra,0114,3,9,=ja,T,K,anna,auto,0.5,set_aside"
        + "\n2023,bra,0115,,,Ja.,,K,anna,hand,,counted"
        + "\n2023,bra,0116,,,,,,anna,hand,,nothing_to_code\n"
    )


def test_no_codings_leave_the_column_names() -> None:
    assert _written() == ",".join(CODING_COLUMNS) + "\n"
