"""The command line, run in this process, and small projects to run it on."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coder.cli.main import run

CODEBOOK = """codebook: t
language: sv
question: Vad tycker ni?
themes:
  - name: Nåbarhet
    codes:
      - {name: Telefon, definition: "Att ringa, telefonkö, ingen svarar.", examples: [Ingen svarar när vi ringer.]}
      - {name: Kontor, definition: "Kontoret är stängt eller ligger långt bort.", examples: [Kontoret har lagts ner.]}
  - name: Möten
    codes:
      - {name: Avstämning, definition: "Återkommande möten.", examples: [Vi träffas varje månad.]}
codes: [{name: Övrigt}]
"""
SURVEY = """[round]
key = "1"
frame = 10
[respondent]
id = "id"
name = "namn"
attributes = ["län"]
[[question]]
key = "q"
column = "Fråga 1"
kind = "open"
text = "Vad tycker ni?"
codebook = "t"
[[question]]
key = "nöjd"
column = "Fråga 2"
kind = "closed"
options = ["Ja", "Nej"]
[[question]]
key = "varför"
column = "Fråga 3"
kind = "closed"
options = ["Bra", "Dåligt"]
asked_if = { "nöjd" = "Ja" }
"""
ANSWERS = """id,namn,län,Fråga 1,Fråga 2,Fråga 3
0114,Åby,Norra,"Ingen svarar i telefon. Kontoret är stängt.",Ja,Bra
0115,Ängby,Norra,Vi träffas varje månad,Nej,Dåligt
2,Zby,Södra,,Ja,
3,Aby,Södra,Inget,,
"""
CODINGS = """round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status
1,q,0114,0,23,Ingen svarar i telefon.,Nåbarhet,Telefon,eva,hand,,
1,q,0114,24,43,Kontoret är stängt.,Nåbarhet,Kontor,eva,hand,,
1,q,0115,,,,Möten,Avstämning,eva,hand,,counted
"""


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Coder = Callable[..., Outcome]


@pytest.fixture
def coder(capsys: pytest.CaptureFixture[str]) -> Coder:
    """Run `coder` with the given arguments."""

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    for name, text in (("t.yaml", CODEBOOK), ("s.toml", SURVEY), ("a.csv", ANSWERS), ("c.csv", CODINGS)):
        (folder / name).write_text(text, encoding="utf-8")
    project = str(folder / "p.db")
    assert run(["init", project, "--codebook", str(folder / "t.yaml")]) == 0
    assert run(["import", project, str(folder / "a.csv"), "--survey", str(folder / "s.toml")]) == 0
    return folder


@pytest.fixture
def folder(_original: Path, tmp_path: Path) -> Path:
    """A folder with a codebook, a survey, answers and codings."""
    for name in ("t.yaml", "s.toml", "a.csv", "c.csv"):
        shutil.copyfile(_original / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def project(_original: Path, folder: Path) -> Path:
    """A project with the answers taken in, and nothing coded."""
    return Path(shutil.copy(_original / "p.db", folder / "p.db"))
