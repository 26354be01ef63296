"""Comparisons whose rounds a machine has coded in part, or nobody at all: what each format says of it, and where."""

import csv
import html
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from coder.domain.answers import Kind, Question, Round
from coder.domain.coding import Origin
from coder.domain.compared_rows import Occasion
from coder.domain.comparison import Comparison, compare
from coder.domain.sampling import Sampled
from coder.domain.tables import CodeRow, Count, Member, Membership, ThemeRow, ThemeTable
from coder.exporters import comparison_csv, comparison_file, comparison_text, comparison_words

BEFORE, AFTER = 60, 50


def occasion(key: str, number: int, base: int, table: Callable[[ThemeTable], ThemeTable]) -> Occasion:
    members = tuple(Member(f"{key}{place}", counted={1: ""} if place < number else {}) for place in range(base))
    theme = ThemeRow(1, "Möten", Count(number, base), (CodeRow(1, "täta", Count(number, base)),))
    made = table(ThemeTable("q", "Vad?", key, base, 0, 0, 0, {Origin.HAND: number}, (theme,)))
    return Occasion(Round(key), Question("q", "", Kind.OPEN, codebook="t"), made, Membership(members))


def by_machine(table: ThemeTable) -> ThemeTable:
    return replace(table, origins={Origin.HAND: 4, Origin.AUTO: 6}, uncoded=3)


def audited(table: ThemeTable) -> ThemeTable:
    """With 11 to 20 of 50 by an audit of each count, which is 10: the counts lie outside."""
    (theme,) = by_machine(table).themes
    count = replace(theme.count, low=11, high=20, estimate=15.0)
    rows = (replace(theme, count=count, codes=tuple(replace(code, count=count) for code in theme.codes)),)
    return replace(by_machine(table), themes=rows, sampled=Sampled(12, 40))


def stopped(table: ThemeTable) -> ThemeTable:
    return replace(table, ahead=7)


def untouched(table: ThemeTable) -> ThemeTable:
    return replace(table, origins={}, uncoded=table.base)


def made(after: Callable[[ThemeTable], ThemeTable]) -> Comparison:
    number = 0 if after is untouched else 10
    return compare(occasion("2023", 30, BEFORE, lambda one: one), occasion("2024", number, AFTER, after), interval=True)


def texts(one: Comparison, folder: Path) -> dict[str, str]:
    """What a reader meets, in their order, in every format that is read by people."""
    for suffix in ("docx", "html", "md", "xlsx"):
        comparison_file.write_comparison(one, folder / f"c.{suffix}")
    document = docx.Document(str(folder / "c.docx"))
    parts = [
        "\t".join(cell.text for row in part.rows for cell in row.cells) if hasattr(part, "rows") else part.text
        for part in document.iter_inner_content()
    ]
    sheet = CalamineWorkbook.from_path(str(folder / "c.xlsx")).get_sheet_by_index(0).to_python()
    found = {
        "terminal": comparison_text.render(one, 4_000),
        "docx": "\n".join(parts),
        "html": html.unescape((folder / "c.html").read_text(encoding="utf-8")),
        "md": (folder / "c.md").read_text(encoding="utf-8").replace("\\", ""),
        "xlsx": "\n".join("\t".join(str(cell) for cell in row) for row in sheet),
    }
    return {name: text.replace("\u00a0", " ") for name, text in found.items()}


def test_an_audited_count_share_and_change_bear_their_limits_in_every_format(tmp_path: Path) -> None:
    one = made(audited)
    (row, _) = one.rows
    assert comparison_words.cells(row, one) == ["30", "50 %", "10 (11–20)", "20 % (22–40)", "−30,0 (−28,0 till −10,0)"]
    found = texts(one, tmp_path)
    for name in ("terminal", "docx", "html", "md"):
        assert all(cell in found[name] for cell in comparison_words.cells(row, one)), name
    for name, text in found.items():
        assert "6 av 10 räknade kodningar är maskinens" in text, name
        assert "12 av de 40 svar" in text, name
        assert "Zou och Donner 2008" in text, name
        assert "lita på intervallet. Möten: uppskattat 15 (11–20); Möten · täta: uppskattat 15 (11–20)." in text, name
        assert "lita på gränserna. Möten: uppskattat −20,0 (−28,0 till −10,0); Möten · täta:" in text, name
        assert "Inget test och inget intervall för slumpen" in text, name
        assert "intervallen räknar med det" in text, name
        assert "McNemar" not in text, name
        assert "Fisher" not in text, name


@pytest.mark.parametrize(
    ("after", "warning"),
    [
        (by_machine, "Varning: i omgång 2024 är 6 av 10 räknade kodningar maskinens, och inget granskat urval säger"),
        (by_machine, "Varning: alla svar är ännu inte kodade i omgång 2024; antalen är därför för låga."),
        (untouched, "Varning: omgång 2024 är inte kodad; dess antal och ändringen visas inte. Ännu ej kodade svar: 50"),
        (lambda table: replace(by_machine(table), waiting=5), "Varning: omgång 2024. 5 svar väntar på att kodas"),
        (
            lambda table: replace(by_machine(table), outside=("a", "b")),
            "Varning: omgång 2024. 2 svar som inte kunde lottas för granskningen",
        ),
        (stopped, "Varning: maskinens senaste körning på omgång 2024 är inte slutförd. 7 svar återstod."),
    ],
    ids=["unmeasured", "uncoded", "untouched", "waiting", "late", "stopped"],
)
def test_a_warning_stands_before_the_first_number(
    after: Callable[[ThemeTable], ThemeTable], warning: str, tmp_path: Path
) -> None:
    for name, text in texts(made(after), tmp_path).items():
        assert warning in text, name
        assert text.index(warning) < text.index("Möten"), name


def test_a_round_that_nobody_has_coded_has_dashes_and_nothing_else(tmp_path: Path) -> None:
    one = made(untouched)
    for row in one.rows:
        assert comparison_words.cells(row, one) == ["30", "50 %", "–", "–", "–"]
    for name, text in texts(one, tmp_path).items():
        assert "−50" not in text, name
    document = json.loads(comparison_file.format_comparison(one, "json"))
    assert [round_["coded"] for round_ in document["rounds"]] == [True, False]
    for told in document["rows"]:
        assert {told[key] for key in ("after", "change", "kept", "lost", "gained", "p", "interval")} == {None}
    (first, _) = csv.DictReader(io.StringIO(comparison_file.format_comparison(one, "csv")))
    assert (first["count_before"], first["count_after"], first["change"], first["lost"]) == ("30", "", "", "")


def test_a_round_that_nobody_answered_has_dashes_and_says_so(tmp_path: Path) -> None:
    one = compare(occasion("2023", 30, BEFORE, lambda one: one), occasion("2024", 0, 0, lambda one: one))
    for row in one.rows:
        assert comparison_words.cells(row, one) == ["30", "50 %", "–", "–", "–"]
    for name, text in texts(one, tmp_path).items():
        assert "Varning: i omgång 2024 har ingen svarat på frågan" in text, name
        assert "−50" not in text, name
    document = json.loads(comparison_file.format_comparison(one, "json"))
    for told in document["rows"]:
        assert {told[key] for key in ("after", "change", "p", "interval")} == {None}


def test_the_json_has_the_limits_how_codings_came_about_and_what_no_audit_measures() -> None:
    measured, blind = (
        json.loads(comparison_file.format_comparison(made(one), "json")) for one in (audited, by_machine)
    )
    for document, unmeasured in ((measured, False), (blind, True)):
        then, now = document["rounds"]
        assert (then["machine_unmeasured"], now["machine_unmeasured"]) == (False, unmeasured)
        assert now["origins"] == {"hand": 4, "accepted": 0, "auto": 6}
        assert ("machine_unmeasured" in document["marks"], "audit" in now) == (unmeasured, not unmeasured)
        assert (document["test"], document["interval"]) == (None, None)
    (first, _) = measured["rows"]
    after = {"count": 10, "percent": 20.0, "base": 50, "low": 11, "high": 20, "percent_low": 22.0, "percent_high": 40.0}
    assert first["after"] == after | {"estimate": 15.0}
    assert (first["change"], first["change_interval"]) == (-30.0, pytest.approx([-28.0, -10.0]))
    assert (first["change_estimate"], blind["rows"][0]["change_estimate"]) == (pytest.approx(-20.0), None)
    assert measured["change_interval"] == "Zou and Donner 2008 (MOVER)"
    assert {one["change_interval"] for one in blind["rows"]} == {None} == {blind["change_interval"]}


def test_the_csv_has_the_limits_in_columns_after_all_others_where_an_audit_gives_them() -> None:
    plain, rows = (
        list(csv.reader(io.StringIO(comparison_file.format_comparison(made(one), "csv"))))
        for one in (by_machine, audited)
    )
    assert rows[0] == [*plain[0], *comparison_csv.LIMITS]
    assert rows[1][-6:-2] == ["", "", "11", "20"]
    assert [float(cell) for cell in rows[1][-2:]] == pytest.approx([-28.0, -10.0])
    assert "machine_unmeasured" in plain[1][plain[0].index("marks")]


def test_json_and_csv_say_that_a_run_of_the_machine_is_unfinished_and_nothing_where_it_is_not() -> None:
    for after, ahead in ((stopped, 7), (lambda table: table, None)):
        document = json.loads(comparison_file.format_comparison(made(after), "json"))
        assert [one.get("ahead_of_autocode") for one in document["rounds"]] == [None, ahead]
        rows = csv.DictReader(io.StringIO(comparison_file.format_comparison(made(after), "csv")))
        for marks in (document["marks"], *(row["marks"].split() for row in rows)):
            assert ("machine_unfinished" in marks) == bool(ahead)


def test_a_workbook_has_every_number_of_the_json_as_a_number(tmp_path: Path) -> None:
    hand = compare(occasion("2023", 30, BEFORE, lambda one: one), occasion("2024", 10, AFTER, lambda one: one))
    for one in (hand, made(audited)):
        comparison_file.write_comparison(one, tmp_path / "c.xlsx")
        sheet = CalamineWorkbook.from_path(str(tmp_path / "c.xlsx")).get_sheet_by_index(0).to_python()
        (head,) = [row for row in sheet if row[0] == "Tema/Kod"]
        cells = dict(zip(head, sheet[sheet.index(head) + 1], strict=True))
        told = json.loads(comparison_file.format_comparison(one, "json"))["rows"][0]
        wanted = {"2023 antal": 30, "2023 andel": 0.5, "2024 antal": 10, "2024 andel": 0.2, "Ändring": told["change"]}
        if told["change_interval"]:
            wanted |= {"2024 minst": 11, "2024 högst": 20, "2024 andel minst": 0.22, "2024 andel högst": 0.4}
            wanted |= dict(zip(("Ändring minst", "Ändring högst"), told["change_interval"], strict=True))
        else:
            wanted |= dict(zip(("Intervall från", "Intervall till"), told["interval"], strict=True))
            wanted |= {"p": told["p"], "p just.": told["p_adjusted"]}
        assert {name: cells[name] for name in wanted} == pytest.approx(wanted)
        assert set(cells) == {"Tema/Kod", "Anmärkning", *wanted}
