"""Errors: two short lines on standard error, the right exit code, and nothing changed."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import ANSWERS, CODINGS, Coder


def two_lines(err: str) -> bool:
    """True for an error as users get it: what is wrong, what to do, no traceback."""
    lines = err.strip().splitlines()
    return len(lines) == 2 and lines[0].startswith("coder: ") and "Traceback" not in err


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (ANSWERS.replace("Fråga 1", "Svar"), "Fråga 1"),
        (ANSWERS.replace("0115", "0114"), "0114"),
        (ANSWERS.replace("Nej", "Kanske"), "Kanske"),
        ("", "empty"),
        ('id,namn,län,Fråga 1,Fråga 2,Fråga 3\n1,A,B,"x,Ja,\n2,B,C,y,Ja,\n', "quote"),
        (ANSWERS.replace(",Ja,Bra", ",Ja"), "line"),
    ],
    ids=["missing column", "duplicate respondent", "unknown option", "empty file", "open quote", "ragged row"],
)
def test_an_answers_file_that_is_wrong_is_refused_whole(coder: Coder, folder: Path, answers: str, said: str) -> None:
    coder("init", folder / "p.db", "--codebook", folder / "t.yaml")
    before = (folder / "p.db").read_bytes()
    (folder / "wrong.csv").write_text(answers, encoding="utf-8")
    outcome = coder("import", folder / "p.db", folder / "wrong.csv", "--survey", folder / "s.toml")
    assert outcome.code == 1
    assert two_lines(outcome.err)
    assert "wrong.csv" in outcome.err
    assert said in outcome.err
    assert (folder / "p.db").read_bytes() == before


def test_a_latin_1_file_is_read_and_said_to_be(coder: Coder, folder: Path) -> None:
    coder("init", folder / "p.db", "--codebook", folder / "t.yaml")
    (folder / "latin.csv").write_bytes(ANSWERS.encode("latin-1"))
    outcome = coder("import", folder / "p.db", folder / "latin.csv", "--survey", folder / "s.toml")
    assert outcome.code == 0
    assert "1252" in outcome.err
    assert "Åby" in coder("table", folder / "p.db", "-q", "varför", "-r", "1").out or outcome.err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,q,0114,0,99,,Nåbarhet,Telefon,eva,hand,,", "0-99"),
        ("1,q,0114,0,5,Någon,Nåbarhet,Telefon,eva,hand,,", "Någon"),
        ("1,q,0114,0,5,Ingen,Nåbarhet,Brev,eva,hand,,", "Brev"),
        ("1,q,0114,0,5,Ingen,,Telefon,eva,hand,,", "Telefon"),
        ("1,q,9,0,5,,Nåbarhet,Telefon,eva,hand,,", "9"),
        ("1,q,2,,,,Nåbarhet,Telefon,eva,hand,,", "blank"),
        ("2,q,0114,0,5,,Nåbarhet,Telefon,eva,hand,,", "'2'"),
        ("1,q,2,,,,,,eva,hand,,nothing_to_code", "blank"),
        ("1,nöjd,0114,0,5,,Nåbarhet,Telefon,eva,hand,,", "nöjd"),
    ],
    ids=[
        "offsets outside",
        "snippet differs",
        "unknown code",
        "no theme named",
        "unknown respondent",
        "blank answer",
        "unknown round",
        "mark on a blank answer",
        "closed question",
    ],
)
def test_a_codings_file_is_taken_whole_or_not_at_all(
    coder: Coder, folder: Path, project: Path, row: str, said: str
) -> None:
    before = project.read_bytes()
    (folder / "wrong.csv").write_text(f"{CODINGS}{row}\n", encoding="utf-8")
    outcome = coder("codings", "import", project, folder / "wrong.csv")
    assert outcome.code == 1
    assert two_lines(outcome.err)
    assert "line 5" in outcome.err
    assert said in outcome.err
    assert project.read_bytes() == before
    assert coder("codings", "export", project).out.count("\n") == 1


def test_two_codes_of_a_theme_cannot_both_be_counted(coder: Coder, folder: Path, project: Path) -> None:
    both = CODINGS.replace("hand,,\n", "hand,,counted\n")
    (folder / "both.csv").write_text(both, encoding="utf-8")
    outcome = coder("codings", "import", project, folder / "both.csv")
    assert outcome.code == 1
    assert "already chosen" in outcome.err


def test_a_changed_text_of_a_coded_answer_is_refused_and_listed(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    (folder / "new.csv").write_text(ANSWERS.replace("Ingen svarar", "Alla svarar"), encoding="utf-8")
    outcome = coder("import", project, folder / "new.csv", "--survey", folder / "s.toml")
    assert outcome.code == 1
    assert two_lines(outcome.err)
    assert "0114" in outcome.err


def test_an_existing_project_is_never_overwritten(coder: Coder, folder: Path, project: Path) -> None:
    before = project.read_bytes()
    outcome = coder("init", project, "--codebook", folder / "t.yaml")
    assert outcome.code == 1
    assert "exists already" in outcome.err
    assert project.read_bytes() == before


def test_init_without_a_codebook_says_that_an_empty_one_will_do(coder: Coder, folder: Path) -> None:
    outcome = coder("init", folder / "new.db")
    assert outcome.code == 2
    assert two_lines(outcome.err)
    assert "themes: []" in outcome.err
    assert not (folder / "new.db").exists()
    assert "themes: []" in coder("init", "--help").out
    empty = "codebook: t\nlanguage: sv\nquestion: Vad?\nthemes: []\n"
    (folder / "empty.yaml").write_text(empty, encoding="utf-8")
    assert coder("init", folder / "new.db", "--codebook", folder / "empty.yaml").code == 0


def test_a_mistyped_path_makes_no_file(coder: Coder, folder: Path) -> None:
    outcome = coder("table", folder / "typo.db", "-q", "q", "-r", "1")
    assert outcome.code == 1
    assert two_lines(outcome.err)
    assert not (folder / "typo.db").exists()


def test_a_codebook_that_cannot_be_read_leaves_no_project(coder: Coder, folder: Path) -> None:
    (folder / "bad.yaml").write_text("themes: [", encoding="utf-8")
    outcome = coder("init", folder / "new.db", "--codebook", folder / "bad.yaml")
    assert outcome.code == 1
    assert "bad.yaml" in outcome.err
    assert not (folder / "new.db").exists()


def test_a_file_that_is_no_project_is_left_alone(coder: Coder, folder: Path) -> None:
    outcome = coder("check", folder / "a.csv")
    assert outcome.code == 1
    assert "not a coder project" in outcome.err
    assert (folder / "a.csv").read_text(encoding="utf-8") == ANSWERS


def test_a_project_from_a_newer_version_is_left_alone(coder: Coder, project: Path) -> None:
    with sqlite3.connect(project) as connection:
        connection.execute("pragma user_version = 999")
    connection.close()
    before = project.read_bytes()
    outcome = coder("check", project)
    assert outcome.code == 1
    assert "newer version" in outcome.err
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("table", "p.db"),
        ("nonsense",),
        ("--bogus",),
        ("table", "p.db", "-q", "q", "-r", "1", "--format", "pdf"),
        ("code", "p.db"),
    ],
    ids=["missing option", "unknown command", "unknown option", "unknown format", "workbench without a terminal"],
)
def test_wrong_usage_ends_with_2(coder: Coder, arguments: tuple[str, ...]) -> None:
    outcome = coder(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert two_lines(outcome.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("table", "-q", "zzz", "-r", "1"), "q, nöjd, varför"),
        (("table", "-q", "q", "-r", "7"), "Rounds there: 1"),
        (("autocode", "--round", "7"), "Rounds there: 1"),
        (("table", "-q", "q", "-r", "1", "--out", "x.pdf"), ".xlsx"),
    ],
    ids=["question", "round", "autocode round", "suffix"],
)
def test_an_unknown_name_is_answered_with_those_there_are(
    coder: Coder, project: Path, arguments: tuple[str, ...], said: str
) -> None:
    outcome = coder(arguments[0], project, *arguments[1:])
    assert outcome.code == 1
    assert two_lines(outcome.err)
    assert said in outcome.err
