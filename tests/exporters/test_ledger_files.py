"""Ledgers as text, JSON, CSV, Markdown, workbooks and documents: the same numbers, and nothing that is obeyed."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from coder.domain.answers import Kind
from coder.domain.errors import CoderError
from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.method import Made, method_path
from coder.domain.non_response import GroupLedger
from coder.domain.tables import Count
from coder.exporters import ledger_file, ledger_text, ledger_words, wording
from coder.exporters.terminal import columns

EVIL = "=cmd|' /C calc'!A0 [b]| \x1b[31m"


def machined(ledger: Ledger) -> Ledger:
    """The same round, with two of its three coded answers coded by the machine alone."""
    *closed, coded = ledger.questions
    return replace(ledger, questions=(*closed, replace(coded, by_machine=2)))


@pytest.fixture
def ledger() -> Ledger:
    def asked(key: str, answered: int, **more: int) -> QuestionLedger:
        routing = (("använd", "Ja"),) if key == "betyg" else ()
        kind = Kind.OPEN if more else Kind.CLOSED
        return QuestionLedger(
            key,
            "",
            kind,
            routing,
            9,
            6,
            4 if routing else 6,
            answered,
            int(bool(routing)),
            1,
            1 if routing else 0,
            **more,
        )

    questions = (asked("använd", 5), asked("betyg", 4), asked(EVIL, 5, coded=3, nothing_to_code=1, uncoded=1))
    groups = (GroupLedger("län", "Östra", 6, 6, (Count(5, 6), Count(3, 4), Count(5, 6))),)
    return Ledger("2023", 9, 6, 6, questions, groups)


def test_the_ledgers_json_names_every_base(ledger: Ledger) -> None:
    (told,) = json.loads(ledger_file.format_ledgers([ledger], "json"))["rounds"]
    assert told["response_rate"] == {"count": 6, "base": 9, "percent": pytest.approx(200 / 3), "of": "frame"}
    assert told["item_response"]["lowest"]["question"] == "använd"
    assert [one["item_response_rate"]["of"] for one in told["questions"]] == ["respondents", "routed", "respondents"]
    assert told["questions"][1]["excluded"] == {"no_response": 3, "filtered": 1, "blank": 1}
    assert told["questions"][2]["coded"] == 3
    assert told["groups"][0]["answered"]["betyg"]["base"] == 4


def test_the_ledgers_csv_is_a_row_a_number(ledger: Ledger) -> None:
    rows = list(csv.DictReader(io.StringIO(ledger_file.format_ledgers([ledger], "csv"))))
    assert {row["of"] for row in rows} == {"", "frame", "respondents", "routed"}
    assert all(bool(row["of"]) == bool(row["percent"]) == bool(row["base"]) for row in rows)
    (rate,) = [row for row in rows if (row["question"], row["what"]) == ("", "response_rate")]
    assert (rate["count"], rate["base"]) == ("6", "9")


def test_the_ledger_as_text_says_what_each_share_is_of(ledger: Ledger) -> None:
    text = ledger_text.render(ledger, 120)
    assert "Tillfrågade: 9. Svarande: 6. Svarsandel: 66,7 % (6 av tillfrågade 9)." in text
    assert "lägst 83,3 % (5 av svarande 6)" in text
    assert "3 (+1)" in text


def test_nothing_in_a_name_is_obeyed(ledger: Ledger, tmp_path: Path) -> None:
    for text in (ledger_text.render(ledger), ledger_file.format_ledgers([ledger], "md")):
        assert "\x1b" not in text
    ledger_file.write_ledgers([ledger], tmp_path / "l.csv")
    text = (tmp_path / "l.csv").read_text(encoding="utf-8-sig")
    assert not [line for line in text.splitlines() if line.startswith("=") or ";=" in line]


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal_where_the_columns_fit(ledger: Ledger, width: int) -> None:
    assert max(columns(line) for line in ledger_text.render(ledger, width).splitlines()) <= max(width, 96)


@pytest.mark.parametrize("suffix", ["json", "md", "csv"])
def test_files_are_written_by_their_suffix(ledger: Ledger, tmp_path: Path, suffix: str) -> None:
    ledger_file.write_ledgers([ledger], tmp_path / f"l.{suffix}", raw=True)
    assert (tmp_path / f"l.{suffix}").read_bytes().decode() == ledger_file.format_ledgers([ledger], suffix)


def test_an_unknown_suffix_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="can't write a ledger"):
        ledger_file.write_ledgers([ledger], tmp_path / "l.odt")


@pytest.mark.parametrize("suffix", [".csv", ".json", ".md"])
def test_files_say_when_and_with_what_they_were_made(ledger: Ledger, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"l{suffix}"
    ledger_file.write_ledgers([ledger], path, Made(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "coder 1"))
    text = (method_path(path) if suffix == ".csv" else path).read_text(encoding="utf-8")
    assert "Framställd 2026-01-02 kl. 03.04 (UTC) med coder 1." in text
    assert "Procent i tabeller och figurer är av dem som svarat på frågan." in text


def test_the_ledger_as_a_workbook_has_its_shares_as_formulas(ledger: Ledger, tmp_path: Path) -> None:
    ledger_file.write_ledgers([ledger], tmp_path / "l.xlsx", Made(datetime(2026, 1, 2, tzinfo=UTC), "coder 1"))
    book = CalamineWorkbook.from_path(tmp_path / "l.xlsx")
    assert book.sheet_names == ["Frågor", "Grupper", "Metod"]
    rows = book.get_sheet_by_name("Frågor").to_python()
    shares: list[object] = [(row[1], row[10], row[11]) for row in rows[1:]]
    wanted = [(wording.name(one.question), one.item_response.count, one.response) for one in ledger.questions]
    assert shares == [
        (key, pytest.approx(item.percent / 100), pytest.approx(whole.count.percent / 100))
        for key, item, whole in wanted
        if whole is not None
    ]
    with zipfile.ZipFile(tmp_path / "l.xlsx") as archive:
        found = re.findall(r"<f>([^<]*)</f>", archive.read("xl/worksheets/sheet1.xml").decode())
    assert found[:2] == ["(G2-H2)/F2", "(G2-0)/D2"]
    for line, row in enumerate(rows[1:]):
        asked, _, routed, answered, against = (float(str(cell)) for cell in row[3:8])
        assert [row[10], row[11]] == [pytest.approx((answered - against) / routed), pytest.approx(answered / asked)]
        assert len(found) == 2 * len(ledger.questions), line


def test_the_ledger_as_a_document_numbers_its_tables(ledger: Ledger, tmp_path: Path) -> None:
    ledger_file.write_ledgers([ledger], tmp_path / "l.docx", Made(datetime(2026, 1, 2, tzinfo=UTC), "coder 1"))
    document = docx.Document(str(tmp_path / "l.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in texts if text.startswith("Tabell ")] == [
        "Tabell 1. Svar och bortfall, omgång 2023",
        "Tabell 2. Svar efter län, omgång 2023",
    ]
    assert texts[-1].endswith("med coder 1.")
    cells = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in document.tables[0].rows]
    rows = [ledger_words.row(one, divided=False, in_full=True) for one in ledger.questions]
    assert cells == [list(ledger_words.head(ledger)), *rows]


@pytest.mark.parametrize("divided", [False, True])
def test_coded_answers_are_divided_where_a_machine_has_coded_and_only_there(
    ledger: Ledger, divided: bool, tmp_path: Path
) -> None:
    one = machined(ledger) if divided else ledger
    (told,) = json.loads(ledger_file.format_ledgers([one], "json"))["rounds"]
    by_whom = [(row["coded_by_hand"], row["coded_by_machine"]) for row in told["questions"] if "coded_by_hand" in row]
    assert by_whom == ([(None, None), (None, None), (1, 2)] if divided else [])
    rows = csv.DictReader(io.StringIO(ledger_file.format_ledgers([one], "csv")))
    wanted = {"coded": "3"} | ({"coded_by_hand": "1", "coded_by_machine": "2"} if divided else {})
    assert {row["what"]: row["count"] for row in rows if row["what"].startswith("coded")} == wanted
    cells = zip(ledger_words.head(one), ledger_words.row(one.questions[2], divided), strict=True)
    parts = [("Hand", "1"), ("Maskin", "2")] if divided else []
    assert list(cells)[6:] == [("Kodade", "3"), *parts, ("Inget", "1"), ("Okodade", "1")]
    ledger_file.write_ledgers([ledger, one], tmp_path / "l.xlsx")
    head, *_, last = CalamineWorkbook.from_path(tmp_path / "l.xlsx").get_sheet_by_name("Frågor").to_python()
    in_excel = [("därav hand", 1), ("därav maskin", 2)] if divided else []
    assert list(zip(head, last, strict=True))[12:-2] == [("Kodade", 3), *in_excel]
    for name in ("docx", "html", "md"):
        ledger_file.write_ledgers([one], tmp_path / f"l.{name}")
    (first, *_) = docx.Document(str(tmp_path / "l.docx")).tables
    texts = [(tmp_path / f"l.{name}").read_text(encoding="utf-8") for name in ("html", "md")]
    for text in ("".join(cell.text for cell in first.rows[0].cells), *texts, ledger_text.render(one)):
        assert ("Maskin" in text) == divided


def test_groups_of_a_frame_tell_how_many_of_those_asked_answered(ledger: Ledger) -> None:
    groups = (
        GroupLedger("län", "Östra", 6, 6, (Count(5, 6), Count(3, 4), Count(5, 6)), Count(6, 8)),
        GroupLedger("län", "Västra", 0, 0, (Count(0, 0), Count(0, 0), Count(0, 0)), Count(0, 1)),
    )
    framed = replace(ledger, groups=groups, by_name=True)
    text = ledger_text.render(framed, 120)
    assert "Östra             8         6      75,0 %          2" in text
    assert "Västra            1         0       0,0 %          1             –" in text
    assert "också dem som inte svarat på något" in text
    assert "hur de fördelar sig på grupper är okänt" in ledger_text.render(ledger, 200)
    (told,) = json.loads(ledger_file.format_ledgers([framed], "json"))["rounds"]
    assert (told["asked_by_name"], told["groups"][0]["response_rate"]["base"]) == (True, 8)
    assert told["groups"][0]["response_rate"]["of"] == "frame"
