"""`coder examples`, as it is read on a terminal. All names and numbers are made up."""

import json
from itertools import product
from pathlib import Path

import pytest

from coder.domain.coding import Coding, Segment, flag, give
from coder.workflow.project import open_project
from coder.workflow.session import Session
from tests.cli.conftest import ANSWERS, Coder

LONG = " ".join("Z" + "".join(letters) for letters in product("abcdefgh", repeat=4))


@pytest.fixture
def flagged(coder: Coder, folder: Path, project: Path) -> Path:
    """A project with two examples: a very long one, and one that holds a personal number with a typing error."""
    texts = {"Vi träffas varje månad": LONG, "Inget": "Personnr 800101-1234 ringer EVA BERG"}
    answers = ANSWERS
    for old, new in texts.items():
        answers = answers.replace(old, new)
    (folder / "a.csv").write_text(answers, encoding="utf-8")
    assert coder("import", project, folder / "a.csv", "--survey", folder / "s.toml").code == 0
    with open_project(project) as held:
        session = Session(held, "1", "q", "eva")
        for one in session.answers:
            if one.text in texts.values():
                coding = Coding(1, Segment(0, len(one.text)), "eva", whole=True)
                session.apply(one.id, "code", lambda work, coding=coding: flag(give(work, coding), coding))  # type: ignore[misc]
    return project


def test_a_long_quote_and_its_many_warnings_are_cut_on_the_terminal_and_whole_in_json(
    coder: Coder, flagged: Path
) -> None:
    outcome = coder("examples", flagged, "-q", "q", "-r", "1")
    long, *told = outcome.out.splitlines()[1:]
    assert len(long) < 400
    assert "more characters, --json has all" in long
    assert told[10] == "    warning: 4085 more, --json lists them"
    assert told[12:] == [
        "    warning: holds what looks like a personal number: 800101-1234",
        "    warning: holds a name or place: EVA BERG",
    ]
    found = json.loads(coder("examples", flagged, "-q", "q", "-r", "1", "--json").out)["examples"]
    assert found[0]["text"] == LONG
    assert [one["sign"] for one in found[1]["signs"]] == ["perhaps_personal_number", "name"]


def test_where_nothing_can_be_proposed_it_says_so(coder: Coder, project: Path) -> None:
    assert "none can be proposed" in coder("examples", project, "-q", "q", "-r", "1", "--propose", "2").err
