"""`coder evaluate`, as an analyst and a script run it."""

import json
from pathlib import Path

import pytest

from coder.cli.main import run
from coder.domain.exchange import CODING_COLUMNS
from tests.cli.conftest import SURVEY, Coder
from tests.suggest.library import BOOK, TEXTS


@pytest.fixture
def library(tmp_path: Path, coder: Coder) -> Path:
    """A made-up library's project: sixty answers of as many respondents, each with one code."""
    themes = [
        {
            "name": theme.name,
            "codes": [{"name": code.name, "definition": code.definition} for code in BOOK.codes_of(theme.id)],
        }
        for theme in BOOK.themes
    ]
    book = {"codebook": "t", "language": "sv", "question": BOOK.question, "themes": themes}
    (tmp_path / "t.yaml").write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "s.toml").write_text(SURVEY.partition('[[question]]\nkey = "nöjd"')[0], encoding="utf-8")
    answers, codings = ["id,namn,län,Fråga 1"], [",".join(CODING_COLUMNS)]
    for code, texts in TEXTS.items():
        for place, text in enumerate(texts):
            answers.append(f'{code}{place},N{code}{place},L,"{text}"')
            name = BOOK.code_by_id[code].name
            codings.append(f"1,q,{code}{place},,,,{BOOK.theme_name(code)},{name},eva,hand,,")
    (tmp_path / "a.csv").write_text("\n".join(answers), encoding="utf-8")
    (tmp_path / "c.csv").write_text("\n".join(codings), encoding="utf-8")
    path = tmp_path / "p.db"
    assert coder("init", path, "--codebook", tmp_path / "t.yaml").code == 0
    assert coder("import", path, tmp_path / "a.csv", "--survey", tmp_path / "s.toml").code == 0
    assert coder("codings", "import", path, tmp_path / "c.csv").code == 0
    return path


def test_the_figures_come_as_json_and_as_a_picture(coder: Coder, library: Path, tmp_path: Path) -> None:
    found = coder("evaluate", library, "-q", "q", "--json", "--folds", "3", "--out", tmp_path / "e.svg")
    assert found.code == 0
    made = json.loads(found.out)
    assert (made["codings"], made["respondents"], made["folds"]) == (60, 60, 3)
    assert made["ours"]["top3"] > made["defaults"]["top3"]
    assert made["ours"]["calibration_error"] is None
    assert sum(code["support"] for code in made["codes"]) == 60
    assert (tmp_path / "e.svg").exists()
    assert "e.svg.alt.txt" in found.err


def test_the_text_ends_with_what_to_do(coder: Coder, library: Path) -> None:
    found = coder("evaluate", library, "-q", "q", "--folds", "2")
    assert found.code == 0
    assert "Definitions that need work" in found.out
    assert "60 codings of 60 respondents" in " ".join(found.out.split())
    assert found.err == ""


def test_too_little_evidence_is_a_plain_error(coder: Coder, project: Path, folder: Path) -> None:
    assert coder("evaluate", project, "-q", "q").code == 1
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    found = coder("evaluate", project, "-q", "q", "--json")
    assert (found.code, found.out) == (1, "")
    assert found.err.splitlines() == [
        "coder: 3 codings of 2 respondents are too few to evaluate suggestions on",
        "  Code at least 10 segments of several respondents by hand first.",
    ]


@pytest.mark.parametrize(("arguments", "code"), [(["--out", "e.gif"], 2), (["--folds", "1"], 2), (["-q", "annan"], 1)])
def test_what_cannot_be_meant_is_said_before_the_work(library: Path, arguments: list[str], code: int) -> None:
    assert run(["evaluate", str(library), "-q", "q", *arguments]) == code
