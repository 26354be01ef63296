"""`coder autocode`, as scripts and people read it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Coder


def test_the_report_in_json_is_json_and_nothing_else(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    outcome = coder("autocode", project, "-r", "1", "--min-score", "0.3", "--json")
    found = json.loads(outcome.out)
    assert outcome.err == ""
    assert {
        "round",
        "answers",
        "coded",
        "left_for_review",
        "untouched_hand_coded",
        "codings",
        "model",
        "threshold",
    } <= (found.keys())
    assert (found["threshold"], found["precision"], found["dry_run"]) == (0.3, None, False)
    (question,) = found["questions"]
    assert question["run"] == 1
    assert set(question["model"]) == {"id", "trained_on", "codebook", "fingerprint", "versions"}


def test_a_promise_that_nothing_supports_codes_nothing_and_says_why(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    found = json.loads(coder("autocode", project, "-r", "1", "--json").out)
    assert (found["precision"], found["threshold"], found["coded"], found["left_for_review"]) == (0.9, None, 0, 1)
    (question,) = found["questions"]
    assert question["verdicts"] == {"insufficient_evidence": 4}
    said = coder("autocode", project, "-r", "1").out
    assert "nothing is coded: no code has the 7 examples that it takes to judge it" in said
    assert "Nåbarhet · Telefon: 1 example" in said


def test_a_dry_run_changes_nothing(coder: Coder, project: Path) -> None:
    before = project.read_bytes()
    said = coder("autocode", project, "-r", "1", "--min-score", "0", "--dry-run")
    assert "3 would be coded with" in said.out
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ("--precision", "0.9", "--min-score", "0.5"),
        ("--precision", "1"),
        ("--precision", "0"),
        ("--min-score", "1.1"),
        ("--unit", "word"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_a_usage_error(coder: Coder, project: Path, options: tuple[str, ...]) -> None:
    assert coder("autocode", project, "-r", "1", *options).code == 2
