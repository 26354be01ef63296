"""`coder memo edit` and `coder memo remove`."""

import json
from pathlib import Path

from .conftest import Coder


def test_a_memo_is_written_anew_and_removed_by_its_number(coder: Coder, project: Path) -> None:
    coder("memo", "add", project, "ett", "-a", "eva")
    coder("memo", "add", project, "två", "-a", "eva")
    assert coder("memo", "edit", project, "1", "\x1b[31mett [/]\x1b[0m", "-a", "ola").code == 0
    assert coder("memo", "remove", project, "2").code == 0
    (left,) = json.loads(coder("memo", "list", project, "--json").out)["memos"]
    assert (left["id"], left["text"], left["analyst"]) == (1, "ett [/]", "ola")


def test_a_memo_that_is_not_there_and_one_beyond_all_measure_are_two_lines(coder: Coder, project: Path) -> None:
    gone = coder("memo", "remove", project, "7")
    assert gone.code == 1
    assert gone.err.splitlines()[0].endswith("there is no memo number 7")
    long = coder("memo", "add", project, "x" * 100_000)
    assert long.code == 1
    assert "50000 is the most" in long.err
    assert coder("memo", "list", project).out == ""
