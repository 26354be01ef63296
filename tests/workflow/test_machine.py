"""The machine that a project makes, and by what it is known."""

from pathlib import Path

import pytest

from coder.workflow.intake import import_answers, new_project
from coder.workflow.machine import Terms, machine

BOOK = "codebook: t\nlanguage: {}\nquestion: Vad?\nthemes:\n  - {{name: A, codes: [{{name: ett}}, {{name: två}}]}}\n"


@pytest.mark.parametrize(("first", "second", "same"), [("sv", "sv", True), ("en", "xx", False), ("sv", "xx", False)])
def test_machines_are_known_apart_by_the_language_that_they_read(
    small_files: Path, tmp_path: Path, first: str, second: str, same: bool
) -> None:
    found = []
    for place, language in enumerate((first, second)):
        book = tmp_path / f"{place}.yaml"
        book.write_text(BOOK.format(language), encoding="utf-8")
        with new_project(tmp_path / f"{place}.db", [book]) as project:
            import_answers(project, small_files / "answers.csv", small_files / "survey.toml")
            found.append(machine(project, "q", Terms()).model.id)
    assert (found[0] == found[1]) is same
