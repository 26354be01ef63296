"""Comparisons as text, JSON, CSV, Markdown, pages and documents: the same numbers, and nothing that is obeyed."""

import csv
import html
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from coder.domain.answers import Kind, Question, Round
from coder.domain.comparability import Mark
from coder.domain.compared_rows import Occasion
from coder.domain.comparison import Comparison, compare
from coder.domain.errors import CoderError
from coder.domain.method import MethodNote, method_path
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import (
    comparison_file,
    comparison_text,
    comparison_words,
    swedish,
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


def test_nothing_in_a_name_is_obeyed(made: Comparison, tmp_path: Path) -> None:
    for text in (comparison_text.render(made), comparison_file.format_comparison(made, "md")):
        assert "\x1b" not in text
    assert "\\[b\\]\\|" in comparison_file.format_comparison(made, "md")
    comparison_file.write_comparison(made, tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert not [line for line in text.splitlines() if line.startswith("=") or ";=" in line]


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_the_terminal_where_the_columns_fit(made: Comparison, width: int) -> None:
    assert max(columns(line) for line in comparison_text.render(made, width).splitlines()) <= max(width, 90)


@pytest.mark.parametrize("suffix", ["json", "md", "csv"])
def test_files_are_written_by_their_suffix(made: Comparison, tmp_path: Path, suffix: str) -> None:
    comparison_file.write_comparison(made, tmp_path / f"c.{suffix}", raw=True)
    assert (tmp_path / f"c.{suffix}").read_bytes().decode() == comparison_file.format_comparison(made, suffix)


def test_an_unknown_suffix_is_refused(made: Comparison, tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="can't write a comparison"):
        comparison_file.write_comparison(made, tmp_path / "c.odt")


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
def test_files_say_when_and_with_what_they_were_made(made: Comparison, tmp_path: Path, suffix: str) -> None:
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    note = MethodNote("q", "1", 3, at, "coder 1", codebook="t", also=(MethodNote("q", "2", 4, at, "coder 1"),))
    path = tmp_path / f"c{suffix}"
    comparison_file.write_comparison(made, path, note=note)
    text = (method_path(path) if suffix == ".csv" else path).read_text(encoding="utf-8")
    assert "Framställd 2026-01-02 kl. 03.04 (UTC) med coder 1." in text
    assert "Frågan q, omgång 2. Andelarna avser de 4 svarande" in text


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
