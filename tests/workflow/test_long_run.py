"""Long work tells how far it has come, to the end; where it is stopped it leaves nothing half done."""

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coder.workflow.checking import check
from coder.workflow.codings import export_codings, import_codings
from coder.workflow.comparing import comparison, noted
from coder.workflow.examples import examples
from coder.workflow.interchange import export_qdpx
from coder.workflow.ledger import accounts, round_ledgers
from coder.workflow.long_run import Parts, Progress
from coder.workflow.output import Extras, write_codings, write_table
from coder.workflow.printing import write_comparison, write_ledgers
from coder.workflow.project import Project
from coder.workflow.publication import examples as example_table
from coder.workflow.publication import figure, publication
from coder.workflow.publishing import gate
from tests.workflow.rounds import CODINGS, add_second_round, code_round

Job = Callable[[Project, Path, Progress], Any]
Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


def _comparison(project: Project, folder: Path, progress: Progress) -> None:
    made, note = noted(project, "q", ("1", "2"), whole=True, progress=progress)
    write_comparison(made, folder / "c.html", note=note, behind=True, progress=progress)


def _ledgers(project: Project, folder: Path, progress: Progress) -> None:
    made, behind = accounts(project, ["1", "2"], progress)
    write_ledgers(made, folder / "l.html", behind=behind, progress=progress)


def _table(suffix: str) -> Job:
    def job(project: Project, folder: Path, progress: Progress) -> None:
        made = publication(project, "q", "2", progress=progress)
        write_table(made.table, folder / f"t{suffix}", Extras(made.note, made.membership, progress=progress))

    return job


READING: dict[str, Job] = {
    "comparison": lambda project, _, tell: comparison(project, "q", ("1", "2"), progress=tell),
    "ledgers": lambda project, _, tell: round_ledgers(project, ["1", "2"], tell),
    "examples": lambda project, _, tell: examples(project, "q", "2", number=2, progress=tell),
    "example_table": lambda project, _, tell: example_table(project, ["q"], "2", tell),
    "check": lambda project, _, tell: check(project, tell),
    "gate": lambda project, _, tell: gate(project, progress=tell),
    "publication": lambda project, _, tell: publication(project, "q", "2", progress=tell),
    "figure": lambda project, _, tell: figure(project, ["q"], ["1", "2"], progress=tell),
    "codings": lambda project, _, tell: list(export_codings(project, tell)),
}
WRITING: dict[str, Job] = {
    ".html": _table(".html"),
    ".xlsx": _table(".xlsx"),
    "comparison": _comparison,
    "ledgers": _ledgers,
    "qdpx": lambda project, folder, tell: export_qdpx(project, folder / "p.qdpx", progress=tell),
    "codings": lambda project, folder, tell: write_codings(project, folder / "c.csv", sys.stdout, tell),
}


@pytest.fixture
def twice(small: Project, small_files: Path) -> Project:
    add_second_round(small, small_files / "survey.toml")
    for key in CODINGS:
        code_round(small, key)
    return small


@pytest.mark.parametrize("job", [*READING.values(), *WRITING.values()], ids=[*READING, *WRITING])
def test_it_is_told_to_the_end_and_never_goes_back_within_a_part(twice: Project, tmp_path: Path, job: Job) -> None:
    told: list[tuple[int, int]] = []
    job(twice, tmp_path, lambda done, total: told.append((done, total)))
    assert told
    assert told[-1][0] == told[-1][1] > 0
    for (done, total), (later, of) in pairwise(told):
        assert later >= done or of != total or done == total


def test_an_import_of_codings_is_told_to_the_end(small: Project) -> None:
    file = small.path.with_name("c.csv")
    file.write_text("round,question,respondent,theme,code,analyst\n1,q,0114,A,ett,eva\n", encoding="utf-8")
    told: list[tuple[int, int]] = []
    import_codings(small, file, lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (3, 3), (3, 3)]


def stop(_done: int, _total: int) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("job", WRITING.values(), ids=WRITING)
def test_a_file_that_is_stopped_half_way_is_not_there_and_the_one_that_was_stands(
    twice: Project, tmp_path: Path, job: Job
) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        job(twice, tmp_path, stop)
    assert set(tmp_path.iterdir()) == before
    job(twice, tmp_path, lambda _done, _total: None)
    (written,) = set(tmp_path.iterdir()) - before
    content = written.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        job(twice, tmp_path, stop)
    assert written.read_bytes() == content


def test_an_import_of_codings_that_is_stopped_changes_nothing(small: Project, rows_of: Rows) -> None:
    file = small.path.with_name("c.csv")
    file.write_text("round,question,respondent,theme,code,analyst\n1,q,0114,A,ett,eva\n", encoding="utf-8")
    before = rows_of(small.path)
    with pytest.raises(KeyboardInterrupt):
        import_codings(small, file, stop)
    assert rows_of(small.path) == before


def test_parts_of_a_run_count_on_from_one_another() -> None:
    told: list[tuple[int, int]] = []
    parts = Parts(lambda done, total: told.append((done, total)), 5)
    for rows in (2, 3):
        tell = parts.part()
        for done in range(1, rows + 1):
            tell(done, rows)
    assert told == [(number, 5) for number in range(1, 6)]
