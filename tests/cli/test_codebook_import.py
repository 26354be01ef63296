"""`coder codebook import` of a codebook that the project has: what it says, asks and does."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coder.workflow.project import open_project
from coder.workflow.session import Session

from .conftest import Coder

CHANGED = """\
theme;code;definition;examples;codebook
Nåbarhet;Telefon;Bara växeln.;Ingen svarar när vi ringer.;t
Möten;Avstämning;Återkommande möten.;Vi träffas varje månad.;t
Möten;Kontor;Kontoret är stängt eller ligger långt bort.;"Kontoret har lagts ner.
Det är låst.";
;Brev;;;
"""
SAID = [
    "redefined code: Telefon",
    "moved code: Kontor (Nåbarhet) to Möten",
    "added code: Brev (no theme)",
    "amended code: Kontor (Möten): 1 example more",
    "1/q: Möten 1 -> 2; codes: Kontor 0 -> 1; 1 respondent changes, 1 clash is dissolved",
]
WORDS = "take in changed.csv: 1 added, 1 moved, 1 redefined, 1 amended"


@pytest.fixture
def coded(coder: Coder, folder: Path, project: Path) -> Path:
    """The small project with its codings, beside it the revised codebook in changed.csv."""
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    (folder / "changed.csv").write_text(CHANGED, encoding="utf-8")
    return project


@contextmanager
def typing(keys: str) -> Iterator[None]:
    """Standard input as a terminal at which somebody types."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are made otherwise there")
    ours, theirs = os.openpty()
    os.write(ours, keys.encode())
    with os.fdopen(theirs, encoding="utf-8") as stream:
        held, sys.stdin = sys.stdin, stream
        try:
            yield
        finally:
            sys.stdin = held
    os.close(ours)


@pytest.mark.parametrize("suffix", ["yaml", "csv", "xlsx", "qdc"])
def test_the_exported_file_changes_nothing_and_says_so(coder: Coder, folder: Path, coded: Path, suffix: str) -> None:
    out = folder / f"out.{suffix}"
    assert coder("codebook", "export", coded, "-q", "q", "--out", out).code == 0
    before = coded.read_bytes()
    outcome = coder("codebook", "import", coded, out)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"take in out.{suffix}: nothing to do, it is so already\n"
    assert coded.read_bytes() == before


def test_a_dry_run_says_all_and_changes_nothing_and_then_it_is_one_step(
    coder: Coder, folder: Path, coded: Path
) -> None:
    before = coded.read_bytes()
    tried = coder("codebook", "import", coded, folder / "changed.csv", "--dry-run")
    assert (tried.code, tried.out.splitlines()) == (0, SAID)
    assert tried.err.splitlines() == [
        "not in the file, left as it is: code Övrigt (no theme)",
        "  A code goes out of use by `coder codebook retire`; a renamed one has its old name as alias.",
        f"{WORDS}: not done, as asked",
    ]
    assert coded.read_bytes() == before
    made = coder("codebook", "import", coded, folder / "changed.csv", "-a", "eva")
    assert (made.out, made.err.splitlines()[-1]) == (tried.out, WORDS)
    again = coder("codebook", "import", coded, folder / "changed.csv")
    assert (again.code, again.out) == (0, "")
    assert again.err.endswith("nothing to do, it is so already\n")
    log = coder("codebook", "log", coded, "-q", "q").out.splitlines()
    assert len(log) == 2
    assert log[-1].endswith(f"eva  {WORDS}")
    assert "Telefon" in coder("codebook", "look-again", coded, "-q", "q").out
    with open_project(coded) as held:
        assert Session(held, "1", "q", "eva").undo().what == WORDS
    assert coder("codebook", "diff", coded, "-q", "q", "first").out == "nothing differs\n"


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        pytest.param("n\n", False, id="no"),
        pytest.param("\n", False, id="enter_is_no"),
        pytest.param("y\n", True, id="yes"),
        pytest.param("", True, id="not_asked"),
    ],
)
@pytest.mark.parametrize("command", ["import", "merge"])
def test_on_a_terminal_it_asks_before_anything_is_changed(
    coder: Coder, coded: Path, command: str, keys: str, done: bool
) -> None:
    arguments = [] if keys else ["--yes"]
    before = coded.read_bytes()
    what: dict[str, list[Any]] = {"import": [coded.parent / "changed.csv"], "merge": ["-q", "q", "Telefon", "Kontor"]}
    with typing(keys):
        outcome = coder("codebook", command, coded, *what[command], *arguments)
    assert outcome.code == 0
    assert "1/q: " in outcome.out
    assert ("do it? [y/N]" in outcome.err) == (not arguments)
    assert ("left as it was" in outcome.err) == (not done)
    assert (coded.read_bytes() != before) == done


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(";Brev;;", ";;x;", "line 6: neither", id="neither_a_theme_nor_a_code"),
        pytest.param(
            "Möten;Kontor", "Möten;Avstämning", 'line 4: the code "Avstämning" stands in the same', id="twice"
        ),
        pytest.param(";examples;", ";exempel;", 'unknown column "exempel"', id="column"),
        pytest.param(";Brev;;;", ";Brev;;;u", 'line 6, column codebook: "u" where an earlier row', id="two_codebooks"),
        pytest.param("Nåbarhet;Telefon", "Nåbarhet;Växel", "line 2: the code 'Växel' is retired", id="retired"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_its_place_and_changes_nothing(
    coder: Coder, coded: Path, old: str, new: str, words: str
) -> None:
    folder = coded.parent
    for name, *rest in (("add", "Växel", "-t", "Nåbarhet"), ("retire", "Växel")):
        assert coder("codebook", name, coded, "-q", "q", *rest).code == 0
    before = coded.read_bytes()
    (folder / "changed.csv").write_text(CHANGED.replace(old, new), encoding="utf-8")
    outcome = coder("codebook", "import", coded, folder / "changed.csv")
    assert (outcome.code, outcome.out) == (1, "")
    assert words in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert coded.read_bytes() == before


def test_a_codebook_with_a_new_key_is_taken_in_and_with_a_question_revises_the_one_of_that(
    coder: Coder, folder: Path, coded: Path
) -> None:
    (folder / "changed.csv").write_text(CHANGED.replace(";t\n", ";u\n"), encoding="utf-8")
    before = coded.read_bytes()
    assert "not taken in" in coder("codebook", "import", coded, folder / "changed.csv", "--dry-run").err
    assert coded.read_bytes() == before
    assert coder("codebook", "import", coded, folder / "changed.csv").err == "took in u: 2 themes, 4 codes\n"
    revised = coder("codebook", "import", coded, folder / "changed.csv", "-q", "q")
    assert (revised.code, revised.out.splitlines()) == (0, SAID)
