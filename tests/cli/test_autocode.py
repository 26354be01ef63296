"""`coder autocode`, as scripts and people read it."""

import json
from pathlib import Path

import pytest

from coder.cli.autocode_words import words
from coder.domain.acceptance import CodeGate, Gate, Verdict
from coder.domain.codebook import Code, Codebook
from coder.storage import surveys
from coder.workflow.audit import draw_audit
from coder.workflow.autocode_report import AutocodeReport
from coder.workflow.candidates import waiting
from coder.workflow.machine import Model, Terms
from coder.workflow.project import open_project
from coder.workflow.review import hidden
from tests.cli.conftest import Coder
from tests.suggest.library import TOPIC
from tests.workflow.conftest import library_files


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
    assert "promised" not in said
    assert "precision 0.9 asked for; judged by the 2 answers that analysts have finished" in said
    assert "no run is recorded: it gave nothing" in said
    assert "Nåbarhet · Telefon: 1 example" in said
    assert "2 left as people have decided" in said


def test_without_anything_coded_by_hand_it_says_what_it_takes_and_stores_no_run(coder: Coder, project: Path) -> None:
    outcome = coder("autocode", project, "-r", "1")
    assert outcome.code == 0
    assert "code answers by hand first: at least 39 codes given, 7 of each code" in outcome.out
    assert "0 examples" not in outcome.out
    assert "promised" not in outcome.out
    assert "no run" in coder("runs", project).out


def test_decimals_may_come_after_a_comma(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    for option, key in (("--precision", "precision"), ("--min-score", "threshold")):
        assert json.loads(coder("autocode", project, "-r", "1", option, "0,85", "--json").out)[key] == 0.85
    wrong = coder("autocode", project, "-r", "1", "--precision", "0,9,1")
    assert (wrong.code, "not a valid number" in wrong.err) == (2, True)


def test_what_is_left_for_an_audit_is_said_to_be(coder: Coder, project: Path) -> None:
    coder("autocode", project, "-r", "1", "--min-score", "0")
    with open_project(project) as held:
        draw_audit(held, "q", "1", analyst="eva", size=2)
    found = json.loads(coder("autocode", project, "-r", "1", "--min-score", "0", "--json").out)
    assert (found["left_for_review"], found["questions"][0]["in_audit"]) == (2, 2)
    said = coder("autocode", project, "-r", "1", "--min-score", "0").out
    assert "2 left for review (2 of them unseen, for the sample of an audit)" in said


def test_a_closed_question_is_said_to_be_one(coder: Coder, project: Path) -> None:
    outcome = coder("autocode", project, "-r", "1", "-q", "nöjd")
    assert outcome.code == 1
    assert "nöjd is a closed question, and is not coded" in outcome.err


@pytest.mark.parametrize(
    ("new", "coded", "told"),
    [
        pytest.param(0, 0, False, id="nothing"),
        pytest.param(9, 0, False, id="all_of_a_few"),
        pytest.param(10, 0, True, id="all_of_some"),
        pytest.param(24, 75, False, id="less_than_one_in_three_coded"),
        pytest.param(25, 75, True, id="one_in_three_coded"),
    ],
)
def test_a_round_that_is_not_like_what_was_read_is_said_to_be(new: int, coded: int, told: bool) -> None:
    book, model = Codebook("t", "sv", "", (), (Code(1, "k", None),)), Model("m", 1, "t", "f", {})
    made = AutocodeReport("1", "q", book, Terms(), model, Gate(promise=0.9), run=1, coded=coded, new=new)
    assert any("much of this round seems to be new" in line for line in words(made)) == told


@pytest.mark.parametrize(
    ("stood", "withdrawn", "added", "told"),
    [
        pytest.param(0, 0, 9, None, id="first_run"),
        pytest.param(9, 0, 0, "the same codes", id="the_same_again"),
        pytest.param(9, 2, 1, "1 code more, 2 not given again, 7 as before, once an answer", id="another"),
    ],
)
def test_how_a_run_differs_from_what_it_replaces_is_said(
    stood: int, withdrawn: int, added: int, told: str | None
) -> None:
    book, model = Codebook("t", "sv", "", (), (Code(1, "k", None),)), Model("m", 1, "t", "f", {})
    made = AutocodeReport("1", "q", book, Terms(), model, Gate(promise=0.9), run=2)
    made.stood, made.withdrawn, made.added = stood, withdrawn, added
    said = [line.partition("beside what the machine had given before: ")[2] for line in words(made)]
    assert [line for line in said if line] == ([told] if told else [])


def test_the_report_in_json_tells_what_a_run_gave_and_took_back(coder: Coder, project: Path) -> None:
    def told(score: str) -> tuple[int, int, int]:
        found = json.loads(coder("autocode", project, "-r", "1", "--min-score", score, "--json").out)
        return found["stood"], found["added"], found["withdrawn"]

    stood, added, withdrawn = told("0")
    assert (stood, withdrawn) == (0, 0)
    assert added > 0
    assert told("1") == (added, 0, added)


def test_what_holds_for_codes_together_is_told_once() -> None:
    codes = tuple(Code(number, f"k{number}", None) for number in range(1, 5))
    judged = (
        CodeGate(1, Verdict.AUTOMATIC, 0.9625, 28, 29, 26, pooled=True, at_least=0.904),
        CodeGate(2, Verdict.AUTOMATIC, 0.8, 90, 80, 78, pooled=False, at_least=0.91),
        CodeGate(3, Verdict.AUTOMATIC, 0.9625, 20, 21, 18, pooled=True, at_least=0.904),
        CodeGate(4, Verdict.INSUFFICIENT, None, 2, 0, 0),
    )
    gate = Gate(promise=0.9, codes=judged, pooled=0.9625, answers=180)
    book = Codebook("t", "sv", "", (), codes)
    made = AutocodeReport("1", "q", book, Terms(), Model("m", 1, "t", "f", {}), gate, run=1)
    said = list(words(made))[2:]
    assert said == [
        "  precision 0.9 promised for answers like the 180 that analysts have finished",
        "  automatic: 3 codes",
        "      k2: from score 0.800; 78 of 80 right, at least 0.910; 90 examples",
        "      these share a score, as each has too few trials alone: from 0.963 at least 0.904 right over all of "
        "them; a single one may do worse",
        "      k1: 26 of 29 right; 28 examples",
        "      k3: 18 of 21 right; 20 examples",
        "  fewer than 7 examples or counterexamples, left to people: 1 code",
        "      k4: 2 examples",
    ]


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
        *((option, value) for option in ("--precision", "--min-score") for value in ("nan", "NaN", "inf", "-inf")),
        ("--unit", "word"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_a_usage_error(coder: Coder, project: Path, options: tuple[str, ...]) -> None:
    found = coder("autocode", project, "-r", "1", *options)
    assert (found.code, options[0] in found.err) == (2, True)


def test_a_candidate_for_a_new_code_names_some_who_speak_of_it_and_nobody_of_the_audit(
    coder: Coder, tmp_path: Path
) -> None:
    library_files(tmp_path)
    table, survey, path = tmp_path / "2.csv", tmp_path / "2.toml", tmp_path / "p.db"
    rows = [line.replace(",", ",,", 1) for line in table.read_text(encoding="utf-8").splitlines()[1:] if line]
    rows += [f'el{place},Elby {place},"{text}"' for place, text in enumerate(TOPIC)]
    table.write_text("\n".join(["id,namn,svar", *rows, ""]), encoding="utf-8")
    described = survey.read_text(encoding="utf-8")
    survey.write_text(described.replace('id = "id"\n', 'id = "id"\nname = "namn"\n'), encoding="utf-8")
    coder("init", path, "--codebook", tmp_path / "b.yaml")
    for key in ("1", "2"):
        assert coder("import", path, tmp_path / f"{key}.csv", "--survey", tmp_path / f"{key}.toml").code == 0
    coder("codings", "import", path, tmp_path / "c.csv")

    def named() -> list[str]:
        (question,) = json.loads(coder("autocode", path, "-r", "2", "--dry-run", "--json").out)["questions"]
        return [key for one in question["candidates"] for key in one["respondents"]]

    before = named()
    speaking = [key for key in before if key.startswith("el")]
    assert len(speaking) >= 3
    said = coder("autocode", path, "-r", "2").out
    assert "of them, for g in the workbench: Elby " in said
    assert "N in the workbench shows them" in said
    with open_project(path) as held:
        draw_audit(held, "q", "2", analyst="bo", size=20, seed="a")
        blind = hidden(held, "q", "2")
        with held.file.reading() as db:
            apart = {one.respondent.key for one in surveys.answers(db, "2", "q") if one.id in blind}
    assert apart & set(speaking)
    assert not apart & set(named())
    assert coder("autocode", path, "-r", "2").code == 0
    with open_project(path) as held:
        kept = waiting(held, "q", "2")
    assert kept
    assert not apart & {each.answer.respondent.key for one in kept for each in one.passages}
