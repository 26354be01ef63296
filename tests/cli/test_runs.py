"""`coder runs`: what each batch run coded with."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coder import __version__
from coder.cli.runs import lines
from coder.workflow.provenance import Ran, Run
from tests.cli.conftest import Coder


@pytest.fixture
def coded(project: Path, coder: Coder) -> Path:
    """A project that a machine has been through."""
    coder("autocode", project, "--round", "1", "--min-score", "0", "--seed", "7")
    return project


def test_a_run_says_all_that_its_codings_came_from(coded: Path, coder: Coder) -> None:
    (run,) = json.loads(coder("runs", coded, "--json").out)["runs"]
    assert run["codings"]["auto"] > 0
    assert run["codings"]["accepted"] == 0
    assert (run["round"], run["question"], run["seed"], run["unit"]) == ("1", "q", 7, "segment")
    assert (run["min_score"], run["precision"]) == (0.0, None)
    assert len(run["model"]["id"]) == 12
    assert {"trained_on", "codebook", "version"} <= run["model"].keys()
    assert run["versions"]["coder"] == __version__
    assert {"numpy", "scikit-learn", "scipy", "simplemma", "spacy"} <= run["versions"].keys()
    text = coder("runs", coded).out
    assert f"model {run['model']['id']}, learnt from" in text
    assert "seed 7" in text
    assert f"spacy {run['versions']['spacy']}" in text


@pytest.mark.parametrize(
    ("ahead", "finished", "words"),
    [
        (None, None, ""),
        (0, True, ""),
        (1, False, "not finished, unless it is under way: 1 answer was"),
        (55_400, False, "55400 answers were still ahead"),
    ],
)
def test_a_run_that_has_not_come_to_its_end_says_so(
    coded: Path, coder: Coder, ahead: int | None, finished: bool | None, words: str
) -> None:
    with closing(sqlite3.connect(coded)) as connection:
        connection.execute("update run set ahead = ?", (ahead,))
        connection.commit()
    (run,) = json.loads(coder("runs", coded, "--json").out)["runs"]
    assert (run["ahead"], run["finished"]) == (ahead, finished)
    told = coder("runs", coded).out
    assert words in told
    assert ("not finished" in told) == bool(words)
    again = f"coder autocode {coded} -q q -r 1 --min-score 0.0 --seed 7"
    assert run["completes"] == (again if ahead else None)
    assert (f"; `{again}` completes it" in told) == bool(ahead)


def test_what_completes_a_run_is_the_command_that_was_given(coded: Path, coder: Coder) -> None:
    with closing(sqlite3.connect(coded)) as connection:
        connection.execute("update run set ahead = 1")
        connection.commit()
    for _ in range(2):
        (run,) = json.loads(coder("runs", coded, "--json").out)["runs"]
        assert run["ahead"] in (0, 1)
        if run["ahead"]:
            assert coder(*shlex.split(run["completes"])[1:]).code == 0
    assert (run["run"], run["ahead"], run["completes"]) == (1, 0, None)


def test_a_score_that_codes_share_is_told_once() -> None:
    run = Run("1", "q", "m", "t", "f", 9, "segment", 0, {"precision": 0.9}, {}, "nu", 1, 0)
    made = Ran(run, thresholds={("Möten", "Avstämning"): 0.8, ("", "Övrigt"): 0.8, ("Möten", "Ny"): 0.9})
    *_, shared, own = lines(made)
    assert (shared, own) == ("  from score 0.800: Möten · Avstämning; Övrigt", "  from score 0.900: Möten · Ny")


def test_runs_are_listed_by_question_and_round(coded: Path, coder: Coder) -> None:
    assert json.loads(coder("runs", coded, "--round", "1", "-q", "q", "--json").out)["runs"]
    assert coder("runs", coded, "--round", "1999").code == 1
    assert coder("runs", coded, "-q", "finns-inte").code == 1


def test_without_a_run_it_says_so(project: Path, coder: Coder) -> None:
    assert "no run" in coder("runs", project).out
    assert json.loads(coder("runs", project, "--json").out) == {"runs": [], "of_no_known_run": 0}


def test_machine_codings_of_no_known_run_are_told(project: Path, coder: Coder) -> None:
    file = project.with_name("m.csv")
    columns = "round,question,respondent,theme,code,analyst,origin,score"
    file.write_text(f"{columns}\n1,q,0114,Möten,Avstämning,auto,auto,0.9\n", encoding="utf-8")
    taken = coder("codings", "import", project, file)
    assert "1 machine coding is of no known run" in taken.err
    assert "there is no run.json beside the file" in taken.err
    assert coder("runs", project).out == "no known run: 1 machine coding from a file that did not tell of it\n"
    assert json.loads(coder("runs", project, "-r", "1", "-q", "q", "--json").out)["of_no_known_run"] == 1


def test_the_same_project_and_seed_give_the_same_codings_in_any_process(project: Path, coder: Coder) -> None:
    """In this one, whose hashes are its own, and in one that is told how to hash."""
    copies = [project.with_name(f"copy{number}.db") for number in range(2)]
    for copy in copies:
        copy.write_bytes(project.read_bytes())
    command = ["autocode", "--round", "1", "--min-score", "0.05"]
    subprocess.run(
        [sys.executable, "-m", "coder", *command, str(copies[0])],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
    )
    assert coder(*command, copies[1]).code == 0
    told = [coder("codings", "export", copy).out for copy in copies]
    assert told[0] == told[1]
    assert ",auto," in told[0]
