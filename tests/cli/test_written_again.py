"""A file that a decision has overtaken is written again by the very command that the gate prints."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from coder.cli.main import run
from coder.exporters.figures import alt_path
from tests.cli.conftest import ANSWERS, CODEBOOK, CODINGS, SURVEY, Coder
from tests.workflow.test_command_line import read_by_bash

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the printed command is read by bash")

TITLE = 'It\'s 5 % of "all"  `now` $HOME!\n\\ ett; två & tre'
_COVERS = ("1", "9", "5", "2")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    lines = ANSWERS.splitlines()
    answers = "\n".join([f"{lines[0]},antal", *map(",".join, zip(lines[1:], _COVERS, strict=True)), ""])
    survey = SURVEY.replace('name = "namn"', 'name = "namn"\ncovers = "antal"')
    for name, text in (
        ("t.yaml", CODEBOOK),
        ("c.csv", CODINGS),
        ("more.csv", f"{CODINGS.splitlines()[0]}\n1,q,3,,,,Möten,Avstämning,eva,hand,,\n"),
        ("1.toml", survey),
        ("1.csv", answers),
        ("2.toml", survey.replace('key = "1"', 'key = "2"')),
        ("2.csv", answers.replace("0115", "0119")),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    template = docx.Document()
    template.add_paragraph("En mall")
    template.save(str(folder / "en mall.docx"))
    project = folder / "p q.db"
    commands: list[tuple[object, ...]] = [("init", project, "--codebook", folder / "t.yaml")]
    commands += [("import", project, folder / f"{key}.csv", "--survey", folder / f"{key}.toml") for key in ("1", "2")]
    for command in (*commands, ("codings", "import", project, folder / "c.csv")):
        assert run([str(part) for part in command]) == 0
    return folder


@pytest.fixture
def two(_made: Path, tmp_path: Path) -> Path:
    """A project of two rounds, the first one coded, in a folder whose name needs quotes; with a template beside it."""
    return Path(shutil.copytree(_made, tmp_path / "it's $x (1)")) / "p q.db"


def _holds(words: str) -> Callable[[Path], bool]:
    return lambda path: words in path.read_text(encoding="utf-8")


def _lacks(words: str) -> Callable[[Path], bool]:
    return lambda path: words not in path.read_text(encoding="utf-8")


def _in_documents(path: Path) -> bool:
    return any(one.text == "En mall" for one in docx.Document(str(path)).paragraphs)


def _independent(path: Path) -> bool:
    made = json.loads(path.read_text(encoding="utf-8"))
    order = [one["round"] for one in made["rounds"]]
    return (made["design"], order, "0119" in made.get("left_respondents", ())) == ("independent", ["2", "1"], True)


def _titled(path: Path) -> bool:
    told = alt_path(path).read_text(encoding="utf-8")
    return "It's 5 %" in told and ("Möten" in told) != ("Nåbarhet" in told)


Case = tuple[tuple[str, ...], tuple[str, ...], str, Callable[[Path], bool]]
TABLE = ("table", "-q", "q", "-r", "1")
COMPARE = ("compare", "-q", "q", "-r", "1", "-r", "2")
# What it is, what was asked for, the suffix, and how the file shows it.
CASES: dict[str, Case] = {
    "a table for programs": (TABLE, ("--raw",), ".csv", _holds("question,round,theme")),
    "a table of units": (TABLE, ("--count", "units", "--raw"), ".csv", _holds(",12,")),
    "a table by count": (
        TABLE,
        ("--sort", "count", "--count", "units", "--format", "md"),
        ".json",
        lambda path: json.loads(path.read_text(encoding="utf-8"))["themes"][0]["theme"] == "Möten",
    ),
    "a page without respondents": (TABLE, ("--without-respondents",), ".html", _lacks("telefon.")),
    "a table in a template": (TABLE, ("--template", "en mall.docx"), ".docx", _in_documents),
    "examples": (TABLE, ("--examples",), ".md", _holds("Exempel på kodning")),
    "a comparison": (
        ("compare", "-q", "q"),
        ("-r", "2", "-r", "1", "--design", "independent", "--interval", "--respondents"),
        ".json",
        _independent,
    ),
    "a comparison for programs": (COMPARE, ("--raw", "--no-interval"), ".csv", _lacks(";")),
    "a comparison without respondents": (COMPARE, ("--without-respondents",), ".html", _lacks("telefon.")),
    "a ledger of a round": (
        ("ledger",),
        ("-r", "1"),
        ".json",
        lambda path: '"round": "2"' not in path.read_text(encoding="utf-8"),
    ),
    "a ledger for programs": (("ledger",), ("--raw",), ".csv", _lacks(";")),
    "a ledger without respondents": (("ledger",), ("--without-respondents",), ".html", _lacks("telefon.")),
    "a figure": (("figure", "-q", "q", "-r", "1"), ("--top", "1", "--title", TITLE, "--source", "-s"), ".svg", _titled),
}


def _told_to_do(coder: Coder, project: Path) -> list[str]:
    """What the gate says is to be done about files that are too old."""
    lines = coder("check", project, "--publish", "-q", "q").out.splitlines()
    return [
        line.strip().removeprefix("do: ")
        for place, line in enumerate(lines)
        if any(before.startswith("export: ") for before in lines[max(0, place - 2) : place])
        and line.startswith("    do: ")
    ]


def _commands(told: str) -> list[str]:
    return re.findall(r"`(coder .*?)`(?=, `coder |\.$)", told)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_command_that_the_gate_prints_writes_the_file_again_as_it_was(
    coder: Coder, two: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    plain, options, suffix, shows = case
    file = two.parent / f"en fil{suffix}"
    bare = ("-r", "1", "-r", "2") if plain == ("compare", "-q", "q") else ()
    assert coder(plain[0], two, *plain[1:], *bare, "--out", file).code == 0
    assert not shows(file)
    monkeypatch.chdir(two.parent)
    assert coder(plain[0], two, *plain[1:], *options, "--out", file.name).code == 0
    assert shows(file)
    assert _told_to_do(coder, two) == []
    assert coder("codings", "import", two, two.parent / "more.csv").code == 0
    monkeypatch.chdir(two.parent.parent)
    (told,) = _told_to_do(coder, two)
    assert told.startswith("Write it again: `coder ")
    (command,) = _commands(told)
    file.write_text("too old", encoding="utf-8")
    name, *words = read_by_bash(command)
    assert name == "coder"
    assert coder(*words).code == 0
    assert shows(file)
    assert _told_to_do(coder, two) == []


def test_files_that_were_asked_for_alike_are_told_together_and_others_apart(coder: Coder, two: Path) -> None:
    folder = two.parent
    for name, more in (("a.md", ()), ("b.docx", ()), ("c.csv", ("--raw",))):
        assert coder(*TABLE[:1], two, *TABLE[1:], *more, "--out", folder / name).code == 0
    assert coder("codings", "import", two, folder / "more.csv").code == 0
    together, apart = _told_to_do(coder, two)
    assert together.startswith("Write each again: ")
    assert [read_by_bash(command)[-1] for command in _commands(together)] == [
        str(folder / "a.md"),
        str(folder / "b.docx"),
    ]
    for command in (*_commands(together), *_commands(apart)):
        assert coder(*read_by_bash(command)[1:]).code == 0
    assert _told_to_do(coder, two) == []


def test_a_template_that_is_gone_is_told_in_words(coder: Coder, two: Path) -> None:
    template = two.parent / "en mall.docx"
    assert coder(*TABLE[:1], two, *TABLE[1:], "--template", template, "--out", two.parent / "t.docx").code == 0
    assert coder("codings", "import", two, two.parent / "more.csv").code == 0
    template.unlink()
    (told,) = _told_to_do(coder, two)
    assert told.startswith(
        f"Write it again, with another --template, as {template} is not there any more: `coder table "
    )
    (command,) = _commands(told)
    assert "--template" not in command
    assert coder(*read_by_bash(command)[1:]).code == 0
    assert _told_to_do(coder, two) == []
