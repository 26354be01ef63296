"""Comparisons and ledgers as text, JSON, CSV and Markdown: the same numbers, and nothing that a reader would obey."""

import csv
import html
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

from coder.domain.answers import Kind, Question, Round
from coder.domain.comparability import Mark
from coder.domain.comparison import Comparison, Occasion, compare
from coder.domain.errors import CoderError
from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.method import Made, MethodNote
from coder.domain.non_response import GroupLedger
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import (
    comparison_file,
    comparison_text,
    comparison_words,
    ledger_file,
    ledger_text,
    ledger_words,
    method_file,
    swedish,
    wording,
)
from coder.exporters.terminal import columns

EVIL = "=cmd|' /C calc'!A0 [b]| \x1b[31m"


def themes(key: str, counts: tuple[int, int], base: int) -> Occasion:
    members = tuple(
        Member(f"{key}{n}", counted={number: "" for number, count in enumerate(counts, 1) if n < count})
        for n in range(base)
    )
    rows = tuple(
        ThemeRow(n, name, Count(count, base), (CodeRow(n, f"kod {n}", Count(count, base)),))
        for n, (name, count) in enumerate(zip((EVIL, "Möten"), counts, strict=True), 1)
    )
    asked = Question("q", "", Kind.OPEN, text=f"Vad, {EVIL}?", codebook="t")
    return Occasion(Round(key), asked, ThemeTable("q", "", key, base, 0, 0, 0, {}, rows), Membership(members))


@pytest.fixture
def made() -> Comparison:
    return compare(themes("2023", (30, 2), 60), themes("2024", (12, 9), 55))


@pytest.fixture
def options() -> Comparison:
    def one(key: str, names: tuple[str, ...]) -> Occasion:
        rows = tuple(OptionRow(name, Count(int(n == 0), 1)) for n, name in enumerate(names))
        members = Membership((Member("a", counted={0: ""}),))
        asked = Question("s", "", Kind.CLOSED, options=names)
        return Occasion(Round(key, frame=9), asked, OptionTable("s", "", key, 1, rows), members)

    return compare(one("1", ("Ja", "Nej")), one("2", ("Ja", "Vet ej")))


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


def test_the_json_has_every_number_unrounded(made: Comparison) -> None:
    document = json.loads(comparison_file.format_comparison(made, "json"))
    assert [one["base"] for one in document["rounds"]] == [60, 55]
    assert (document["design"], document["test"], document["both"]) == ("independent", "Fisher's exact", 0)
    assert (document["entered"], document["left"]) == (55, 60)
    for told, row in zip(document["rows"], made.rows, strict=True):
        assert row.before
        assert row.after
        assert row.estimate
        assert told["before"] == {"count": row.before.count, "percent": row.before.percent, "base": row.before.base}
        assert (told["change"], told["p"], told["p_adjusted"]) == (row.change, row.estimate.p, row.estimate.p_adjusted)
        assert told["interval"] == [100 * end for end in row.estimate.interval]


def test_the_keys_of_respondents_are_told_only_where_somebody_asks(made: Comparison) -> None:
    assert "entered_respondents" not in comparison_file.format_comparison(made, "json")
    told = json.loads(comparison_file.format_comparison(made, "json", respondents=True))
    assert (len(told["entered_respondents"]), told["left_respondents"][0]) == (55, "20230")


def test_the_csv_has_the_numbers_of_the_json(made: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(comparison_file.format_comparison(made, "csv"))))
    document = json.loads(comparison_file.format_comparison(made, "json"))
    assert [
        (row["theme"], row["code"], int(row["count_before"]), int(row["base_after"]), float(row["change"]))
        for row in rows
    ] == [
        (one["theme"], one["code"], one["before"]["count"], one["after"]["base"], one["change"])
        for one in document["rows"]
    ]
    assert [float(row["p_adjusted"]) for row in rows] == [one["p_adjusted"] for one in document["rows"]]


def test_the_text_rounds_says_of_what_and_names_the_test(made: Comparison) -> None:
    text = comparison_text.render(made, 120)
    assert "Antal svarande: 60 (2023) och 55 (2024); 0 svarade båda gångerna" in text
    assert "30   50 %    12   22 %    −28,2  −43,3 till −10,6" in text
    assert "Fishers exakta test" in text
    assert "Benjamini och Hochberg" in text


def test_a_census_says_why_there_is_no_interval_and_differing_options_warn(options: Comparison) -> None:
    text = comparison_text.render(options)
    assert "Varning: svarsalternativen är inte desamma." in text
    assert "totalundersökning" in text
    assert "Intervall" not in text
    assert "Vet ej (nytt alternativ)" in text
    assert options.marks == (Mark.OPTIONS,)
    told = json.loads(comparison_file.format_comparison(options, "json"))
    assert (told["census"], told["level"], told["rows"][0]["interval"], told["rows"][2]["after"]) == (
        True,
        None,
        None,
        None,
    )


def test_nothing_in_a_name_is_obeyed(made: Comparison, ledger: Ledger, tmp_path: Path) -> None:
    for text in (
        comparison_text.render(made),
        comparison_file.format_comparison(made, "md"),
        ledger_text.render(ledger),
        ledger_file.format_ledgers([ledger], "md"),
    ):
        assert "\x1b" not in text
    assert "\\[b\\]\\|" in comparison_file.format_comparison(made, "md")
    comparison_file.write_comparison(made, tmp_path / "c.csv")
    ledger_file.write_ledgers([ledger], tmp_path / "l.csv")
    for name in ("c.csv", "l.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert not [line for line in text.splitlines() if line.startswith("=") or ";=" in line]


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal_where_the_columns_fit(made: Comparison, ledger: Ledger, width: int) -> None:
    for text, least in ((comparison_text.render(made, width), 90), (ledger_text.render(ledger, width), 96)):
        assert max(columns(line) for line in text.splitlines()) <= max(width, least)


@pytest.mark.parametrize("suffix", ["json", "md", "csv"])
def test_files_are_written_by_their_suffix(made: Comparison, ledger: Ledger, tmp_path: Path, suffix: str) -> None:
    comparison_file.write_comparison(made, tmp_path / f"c.{suffix}", raw=True)
    ledger_file.write_ledgers([ledger], tmp_path / f"l.{suffix}", raw=True)
    assert (tmp_path / f"c.{suffix}").read_bytes().decode() == comparison_file.format_comparison(made, suffix)
    assert (tmp_path / f"l.{suffix}").read_bytes().decode() == ledger_file.format_ledgers([ledger], suffix)


def test_an_unknown_suffix_is_refused(made: Comparison, ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="can't write a comparison"):
        comparison_file.write_comparison(made, tmp_path / "c.odt")
    with pytest.raises(CoderError, match="can't write a ledger"):
        ledger_file.write_ledgers([ledger], tmp_path / "l.odt")


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


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [(2.5, 0, "3"), (-2.5, 0, "−3"), (0.25, 1, "0,3"), (-0.04, 1, "0,0"), (76.65, 1, "76,7"), (1e6, 0, "1000000")],
)
def test_numbers_round_halves_away_from_zero(value: float, decimals: int, printed: str) -> None:
    assert swedish.number(value, decimals) == printed


def test_changes_bear_their_sign_and_small_p_values_their_bound() -> None:
    assert [swedish.signed(value) for value in (1.25, -1.25, 0.0, 0.04)] == ["+1,3", "−1,3", "0,0", "0,0"]
    assert [swedish.p_value(value) for value in (0.0004, 0.0005, 0.0499, 1.0)] == ["<0,001", "0,001", "0,050", "1,000"]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".md"])
def test_files_say_when_and_with_what_they_were_made(
    made: Comparison, ledger: Ledger, tmp_path: Path, suffix: str
) -> None:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    note = MethodNote("q", "1", 3, at, "coder 1", codebook="t", also=(MethodNote("q", "2", 4, at, "coder 1"),))
    ledger_path, comparison_path = tmp_path / f"l{suffix}", tmp_path / f"c{suffix}"
    ledger_file.write_ledgers([ledger], ledger_path, Made(at, "coder 1"))
    comparison_file.write_comparison(made, comparison_path, note=note)
    words = {
        ledger_path: "Procent i tabeller och figurer är av dem som svarat på frågan.",
        comparison_path: "Frågan q, omgång 2. Andelarna avser de 4 svarande",
    }
    for path, said in words.items():
        text = (method_file.method_path(path) if suffix == ".csv" else path).read_text(encoding="utf-8")
        assert "Framställd 2026-01-02 kl. 03.04 (UTC) med coder 1." in text
        assert said in text


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
    assert cells == [list(ledger_words.HEAD), *(ledger_words.row(one, in_full=True) for one in ledger.questions)]


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


def test_a_word_comparison_says_what_the_terminal_says(made: Comparison, options: Comparison, tmp_path: Path) -> None:
    for one in (made, options):
        comparison_file.write_comparison(one, tmp_path / "c.docx")
        document = docx.Document(str(tmp_path / "c.docx"))
        head, *rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in document.tables[0].rows]
        assert head == comparison_words.head(one)
        assert rows == [[comparison_words.name(row), *comparison_words.cells(row, one)] for row in one.rows]
        said = [paragraph.text for paragraph in document.paragraphs]
        assert all(note in said for note in comparison_words.notes(one))


def test_a_page_of_a_comparison_says_the_same_and_runs_nothing(made: Comparison, tmp_path: Path) -> None:
    comparison_file.write_comparison(made, tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\x1b" not in page
    plain = html.unescape(page).replace("\u00a0", " ")
    for row in made.rows:
        assert all(cell in plain for cell in (comparison_words.name(row), *comparison_words.cells(row, made)))


def test_a_page_holds_hostile_names_as_text(tmp_path: Path) -> None:
    foul = compare(*(replace(themes(key, (3, 2), 9), question=_foul()) for key in ("2023", "2024")))
    comparison_file.write_comparison(foul, tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "&lt;img" in page


def _foul() -> Question:
    return Question("q", "", Kind.OPEN, text="<img src=x onerror=alert(1)>", codebook="t")
