"""Auditing and reviewing from the command line."""

import json
from pathlib import Path

import pytest

from coder.workflow.command_line import typed
from tests.cli.conftest import Coder

AUTO = """round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status
1,q,0114,0,23,Ingen svarar i telefon.,Nåbarhet,Telefon,auto,auto,0.9,
1,q,0115,,,,Möten,Avstämning,auto,auto,0.6,
"""
BY_HAND = """round,question,respondent,start,end,snippet,theme,code,analyst,origin,score,status
1,q,0114,0,23,Ingen svarar i telefon.,Nåbarhet,Telefon,eva,hand,,
1,q,0115,,,,Nåbarhet,Kontor,eva,hand,,
1,q,3,,,,,Övrigt,eva,hand,,
"""
Q = ("-q", "q", "-r", "1")


@pytest.fixture
def run(project: Path, folder: Path, coder: Coder) -> Path:
    """A project that a machine has coded two answers of, and left one."""
    (folder / "auto.csv").write_text(AUTO, encoding="utf-8")
    (folder / "hand.csv").write_text(BY_HAND, encoding="utf-8")
    assert coder("codings", "import", project, folder / "auto.csv").code == 0
    return project


def test_an_audit_is_drawn_read_and_measures_the_table(run: Path, folder: Path, coder: Coder) -> None:
    assert json.loads(coder("audit", run, *Q, "--json").out) == {"drawn": 0, "complete": False}
    drawn = coder("audit", run, *Q, "--size", 3, "--seed", "a", "--analyst", "eva")
    assert drawn.code == 0
    assert "3 of 3 answers drawn" in drawn.out
    assert "by eva, seed a; 0 coded" in drawn.out
    assert f"code them blind: `coder review {typed(run)} -q q -r 1`" in drawn.out
    assert coder("codings", "import", run, folder / "hand.csv").code == 0
    found = json.loads(coder("audit", run, *Q, "--json").out)
    assert (found["complete"], found["read"], found["population"]) == (True, 3, 3)
    first = found["themes"][0]
    assert (first["low"], first["estimate"], first["high"]) == (2, 2, 2)
    assert first["sample"] == {"counted": 1, "right": 1, "missed": 1}
    assert found["agreement"] == {
        "given": 2,
        "right": 1,
        "missed": 2,
        "share": 0.5,
        "low": pytest.approx(0.0126, abs=1e-4),
        "high": pytest.approx(0.9874, abs=1e-4),
        "level": 0.95,
        "promised": None,
    }
    said = coder("audit", run, *Q).out
    assert "code them blind" not in said
    assert max(map(len, said.splitlines())) <= 100
    assert said.splitlines()[1:] == [
        "the machine gave the sampled answers 2 codes, 1 of them right: 50 % (1-99 %, 95 percent interval)",
        "people gave 2 that it had not",
        "Below, after the once-per-theme rule: how many answers belong (95 percent interval), and the sample.",
        '"9 of 10 right, 1 missed": the machine counted 10 answers there, 9 rightly, and missed 1 more.',
        "  Nåbarhet: 2-2; 1 of 1 right, 1 missed",
        "    Telefon: 1-1; 1 of 1 right, 0 missed",
        "    Kontor: 1-1; 0 of 0 right, 1 missed",
        "  Möten: 0-0; 0 of 1 right, 0 missed",
        "    Avstämning: 0-0; 0 of 1 right, 0 missed",
        "  (codes without a theme)",
        "    Övrigt: 1-1; 0 of 0 right, 1 missed",
    ]
    table = json.loads(coder("table", run, *Q, "--format", "json").out)
    # All that the machine decided on was drawn: nothing is left to estimate.
    assert [(theme["count"], "low" in theme) for theme in table["themes"]] == [(2, False), (0, False)]


def test_the_list_to_review_begins_with_the_sample(run: Path, coder: Coder) -> None:
    listed = coder("review", run, *Q, "--list")
    assert listed.code == 0
    assert listed.out.split() == ["3", "0115", "0114"]
    assert "1 answer was left, 2 were coded by machine" in listed.err
    found = json.loads(coder("review", run, *Q, "--audit", 1, "--json").out)
    assert len(found["audit"]) == 1
    assert sorted(found["audit"] + found["order"]) == ["0114", "0115", "3"]
    # Asked again while it is being read, it goes on.
    assert json.loads(coder("review", run, *Q, "--audit", 1, "--json").out) == found
    assert coder("review", run, *Q, "--audit", 2, "--json").code == 2


def test_a_question_that_nobody_answered_is_told_from_one_that_people_have_settled(
    project: Path, folder: Path, coder: Coder
) -> None:
    (folder / "hand.csv").write_text(BY_HAND, encoding="utf-8")
    assert coder("codings", "import", project, folder / "hand.csv").code == 0
    survey = (folder / "s.toml").read_text(encoding="utf-8").replace('key = "1"', 'key = "2"', 1)
    (folder / "s2.toml").write_text(survey, encoding="utf-8")
    head = (folder / "a.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "blank.csv").write_text(f"{head}\n0114{',' * head.count(',')}\n", encoding="utf-8")
    assert coder("import", project, folder / "blank.csv", "--survey", folder / "s2.toml").code == 0
    assert "nobody has answered the question" in coder("review", project, "-q", "q", "-r", "2", "--list").err
    assert "nobody has answered" not in coder("review", project, *Q, "--list").err


def test_an_audit_can_be_given_up(run: Path, coder: Coder) -> None:
    before = coder("codings", "export", run).out
    coder("audit", run, *Q, "--half-width", 1)
    assert coder("codings", "export", run).out != before
    assert coder("audit", run, *Q, "--withdraw").code == 0
    assert coder("codings", "export", run).out == before


def test_an_audit_that_somebody_has_coded_is_given_up_only_with_a_yes(run: Path, folder: Path, coder: Coder) -> None:
    coder("audit", run, *Q, "--size", 3, "--analyst", "eva")
    assert coder("codings", "import", run, folder / "hand.csv").code == 0
    refused = coder("audit", run, *Q, "--withdraw")
    assert refused.code == 2
    assert "3 of the 3 answers that were drawn" in refused.err
    assert "that can't be undone" in refused.err
    assert "--yes" in refused.err
    assert json.loads(coder("audit", run, *Q, "--json").out)["complete"]
    assert coder("audit", run, *Q, "--withdraw", "--yes").code == 0
    assert json.loads(coder("audit", run, *Q, "--json").out) == {"drawn": 0, "complete": False}


@pytest.mark.parametrize(
    ("arguments", "code", "wrong"),
    [
        (("audit", "--size", 2, "--half-width", 5), 2, "both say"),
        (("audit", "--size", 2, "--withdraw"), 2, "not both"),
        (("audit", "--size", 9), 1, "can't be drawn from 3"),
        (("audit", "--withdraw"), 1, "no audit"),
        (("review",), 2, "needs a terminal"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Path, coder: Coder, arguments: tuple[object, ...], code: int, wrong: str
) -> None:
    name, *rest = arguments
    made = coder(name, run, *Q, *rest)
    assert made.code == code
    assert wrong in made.err


def test_a_second_audit_takes_the_place_of_one_that_measures_only_where_that_is_agreed_to(
    run: Path, folder: Path, coder: Coder
) -> None:
    assert coder("audit", run, *Q, "--size", 1, "--seed", "a", "--analyst", "eva").code == 0
    head, *rows = BY_HAND.splitlines()
    drawn = json.loads(coder("review", run, *Q, "--json").out)["audit"][0]
    (own,) = [row for row in rows if row.split(",")[2] == drawn]
    (folder / "own.csv").write_text(f"{head}\n{own}\n", encoding="utf-8")
    assert coder("codings", "import", run, folder / "own.csv").code == 0
    assert json.loads(coder("audit", run, *Q, "--json").out)["complete"]
    assert "measures the round" in coder("review", run, *Q, "--audit", 1, "--json").err
    refused = coder("audit", run, *Q, "--size", 1)
    assert refused.code == 2
    assert "takes their place, until `coder audit --withdraw` gives it up" in refused.err
    assert "can't be undone" not in refused.err
    assert json.loads(coder("audit", run, *Q, "--json").out)["complete"]
    assert coder("audit", run, *Q, "--size", 1, "--yes").code == 0
    assert not json.loads(coder("audit", run, *Q, "--json").out)["complete"]
    assert coder("audit", run, *Q, "--withdraw").code == 0
    assert json.loads(coder("audit", run, *Q, "--json").out)["complete"]
