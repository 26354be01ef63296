"""Tables and figures as files, as scripts ask for them."""

import json
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from coder.domain.coding import flag
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.cli.conftest import Coder


@pytest.fixture
def coded(project: Path, folder: Path, coder: Coder) -> Path:
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    return project


def test_a_word_table_holds_what_json_says(coded: Path, folder: Path, coder: Coder) -> None:
    made = coder("table", coded, "-q", "q", "-r", "1", "--out", folder / "t.docx", "--format", "json")
    assert (made.code, made.err) == (0, f"wrote {folder / 't.docx'}\n")
    document = docx.Document(str(folder / "t.docx"))
    rows = [[cell.text for cell in row.cells][:2] for row in document.tables[0].rows][1:]
    expected = []
    for theme in json.loads(made.out)["themes"]:
        expected.append([theme["theme"], str(theme["count"])])
        expected += [[code["code"], str(code["count"])] for code in theme["codes"]]
    assert rows[: len(expected)] == expected
    assert any("Räkneregel" in paragraph.text for paragraph in document.paragraphs)


def test_a_workbook_names_the_respondents_unless_told_not_to(coded: Path, folder: Path, coder: Coder) -> None:
    made = coder("table", coded, "-q", "q", "-r", "1", "--out", folder / "t.xlsx")
    assert made.err.endswith("t.xlsx, which names the respondents\n")
    names = CalamineWorkbook.from_path(folder / "t.xlsx").sheet_names
    assert names == ["Tabell", "Diagram", "Svarande", "Metod"]
    made = coder("table", coded, "-q", "q", "-r", "1", "--out", folder / "t.xlsx", "--without-respondents")
    assert made.err.endswith("t.xlsx\n")
    assert "Svarande" not in CalamineWorkbook.from_path(folder / "t.xlsx").sheet_names


def test_a_page_holds_the_answers_unless_told_not_to(coded: Path, folder: Path, coder: Coder) -> None:
    page = folder / "t.html"
    assert coder("table", coded, "-q", "q", "-r", "1", "--out", page).code == 0
    assert "Vi träffas varje månad" in page.read_text(encoding="utf-8")
    assert coder("table", coded, "-q", "q", "-r", "1", "--out", page, "--without-respondents").code == 0
    assert "Vi träffas varje månad" not in page.read_text(encoding="utf-8")


def test_rows_come_by_count_where_asked(coded: Path, coder: Coder) -> None:
    made = coder("table", coded, "-q", "nöjd", "-r", "1", "--sort", "count", "--format", "csv")
    assert [line.split(",")[2] for line in made.out.splitlines()[1:]] == ["Ja", "Nej"]
    made = coder("table", coded, "-q", "q", "-r", "1", "--format", "json")
    assert [theme["theme"] for theme in json.loads(made.out)["themes"]] == ["Nåbarhet", "Möten"]


def test_examples_are_printed_or_written(coded: Path, folder: Path, coder: Coder) -> None:
    made = coder("table", coded, "-q", "q", "-r", "1", "--examples")
    assert made.out.startswith("## Exempel på kodning (1)\n")
    assert coder("table", coded, "-q", "q", "-r", "1", "--examples", "--out", folder / "e.docx").code == 0
    assert docx.Document(str(folder / "e.docx")).tables[0].rows[0].cells[2].text == "Exempel"


@pytest.mark.parametrize(
    "case",
    [
        (["-q", "q", "-q", "nöjd"], 2, "a table is of one question"),
        (["-q", "q", "--examples", "--format", "json"], 2, "examples can't be printed as json"),
        (["-q", "q", "--examples", "--out", "t.csv"], 1, "can't write a table to t.csv"),
        (["-q", "nöjd", "--examples"], 1, "nöjd is a closed question"),
        (["-q", "q", "--out", "t.xlsx", "--template", "mall.docx"], 1, "only a Word document has a template"),
        (["-q", "q", "--out", "t.docx", "--template", "mall.docx"], 1, "the template mall.docx can't be read"),
    ],
)
def test_what_cannot_be_is_refused_with_a_word(
    coded: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch, case: tuple[list[str], int, str]
) -> None:
    arguments, code, words = case
    monkeypatch.chdir(coded.parent)
    before = sorted(path.name for path in coded.parent.iterdir())
    made = coder("table", coded, "-r", "1", *arguments)
    assert made.code == code
    assert words in made.err
    assert sorted(path.name for path in coded.parent.iterdir()) == before


def test_a_figure_is_drawn_with_its_text_beside_it(coded: Path, folder: Path, coder: Coder) -> None:
    made = coder("figure", coded, "-q", "q", "-r", "1", "--out", folder / "f.svg", "--title", "Vår titel", "--top", "1")
    assert made.code == 0
    assert made.err == (
        f"wrote {folder / 'f.svg'} and, in words, {folder / 'f.svg.alt.txt'} and {folder / 'f.svg.method.txt'}\n"
    )
    words = (folder / "f.svg.alt.txt").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Vår titel" in words
    assert "av de 3 som besvarat frågan" in words
    assert "Nåbarhet 33 % (1)" in words


def test_a_figure_without_a_file_is_drawn_in_the_terminal(coded: Path, coder: Coder) -> None:
    made = coder("figure", coded, "-q", "nöjd", "-r", "1")
    assert made.out.splitlines()[2].split()[0] == "Ja"
    assert made.out.splitlines()[2].endswith("67 %")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-q", "nöjd", "-q", "varför"], "not answered on one scale"),
        (["-q", "q", "-q", "nöjd"], "only closed questions"),
        (["-q", "q", "--out", "f.gif"], "can't draw a figure in f.gif"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(coded: Path, coder: Coder, arguments: list[str], words: str) -> None:
    made = coder("figure", coded, "-r", "1", *arguments)
    assert made.code == 1
    assert words in made.err


def test_a_quote_is_shortened_by_leaving_words_out_and_every_export_keeps_it(
    coded: Path, folder: Path, coder: Coder
) -> None:
    with open_project(coded) as held:
        session = Session(held, "1", "q", "eva")
        answer = next(one for one in session.answers if session.work(one.id).codings)
        coding = session.work(answer.id).codings[0]
        session.apply(answer.id, "example", lambda work: flag(work, coding))
        first, *rest = coding.segment.of(answer.text).split()
    assert rest
    scope = ("-q", "q", "-r", "1")
    refused = coder("examples", coded, *scope, "--shorten", answer.respondent.key, f"{first}s …")
    assert (refused.code, "leaving words out" in refused.err) == (1, True)
    made = coder("examples", coded, *scope, "--shorten", answer.respondent.key, f"{first} [...]", "-a", "eva")
    assert (made.code, f"”{first} …”" in made.out) == (0, True)
    for name in ("1.md", "2.md"):
        assert coder("table", coded, *scope, "--out", folder / name).code == 0
        text = (folder / name).read_text(encoding="utf-8")
        assert (f"{first} …" in text, coding.segment.of(answer.text) in text) == (True, False)
