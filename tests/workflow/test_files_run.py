"""What a machine coded in files comes into the project with its run, as told beside them, or without and told so."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS
from coder.workflow.candidates import waiting
from coder.workflow.codings import CodingsReport, import_codings
from coder.workflow.method import noted
from coder.workflow.project import Project
from coder.workflow.provenance import ran, unknown
from tests.workflow.machine import found_alike

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]

CODED = ("1,q,0114,0,3,ett,A,ett,auto,auto,0.9,", "1,q,0115,,,,B,tre,auto,auto,0.8,")
LET = {
    "precision": 0.9,
    "min_score": None,
    "pooled": None,
    "codes": [{"theme": "A", "code": "ett", "score": 0.5}, {"theme": "A", "code": "borta", "score": 0.7}],
}
MACHINE = {
    "model": "m0del",
    "codebook": "t",
    "fingerprint": "f0",
    "trained_on": 12,
    "unit": "segment",
    "seed": 3,
    "versions": {"coder": "1"},
    "thresholds": LET,
}
RECORD = {"run": "coder-1", "at": "2024-02-01T08:00:00+00:00", "round": "1", "question": "q", "machine": MACHINE}


def take_in(project: Project, record: Mapping[str, Any] | str | None, *lines: str) -> CodingsReport:
    """Take in a part's file with the record beside it, which tells of that file unless it tells of parts itself."""
    file = project.path.with_name("del.csv")
    file.write_text("\n".join([",".join(CODING_COLUMNS), *lines, ""]), encoding="utf-8")
    if isinstance(record, str):
        file.with_name("run.json").write_text(record, encoding="utf-8")
    elif record is not None:
        written = hashlib.sha256(file.read_bytes()).hexdigest()
        told = {"parts": [{"name": "del", "written": written}], **record}
        file.with_name("run.json").write_text(json.dumps(told), encoding="utf-8")
    return import_codings(project, file)


def test_codings_from_files_know_their_run_once(small: Project, rows_of: Rows) -> None:
    report = take_in(small, RECORD, *CODED)
    assert report.notes == [f"2 machine codings are of run 1, which coded files: see `coder runs {small.path}`"]
    (one,) = ran(small)
    assert (one.auto, one.thresholds, one.completes) == (2, {("A", "ett"): 0.5}, "")
    run = one.run
    assert (run.files, run.at, run.model, run.trained_on) == ("coder-1", RECORD["at"], "m0del", 12)
    assert (run.unit, run.seed, run.versions, run.ahead) == ("segment", 3, {"coder": "1"}, None)
    (note,) = noted(small, "q", "1")[1].runs
    assert (note.number, note.codings, note.model, note.precision) == (1, 2, "m0del", 0.9)
    before = rows_of(small.path)
    again = take_in(small, RECORD, *CODED)
    assert (again.held, again.notes) == (2, [])
    assert rows_of(small.path) == before
    take_in(small, RECORD, "1,q,0116,,,,B,tre,auto,auto,0.8,")
    assert [(one.run.id, one.auto) for one in ran(small)] == [(1, 3)]


def test_codings_of_a_run_that_was_refused_are_not_taken_in(small: Project, rows_of: Rows) -> None:
    before = rows_of(small.path)
    why = "1 respondent stands in more than one part"
    with pytest.raises(CoderError, match=f"the run that wrote del.csv was refused: {why}"):
        take_in(small, RECORD | {"refused": why}, *CODED)
    assert rows_of(small.path) == before


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (None, "there is no run.json beside the file"),
        ("half a rec", "tells of no machine, or is damaged"),
        ("[" * 100_000, "tells of no machine, or is damaged"),
        ("[]", "tells of no machine, or is damaged"),
        ('{"run": "r", "parts": []}', "run.json beside the file tells of others"),
        (RECORD | {"parts": [{"name": "del", "written": "0" * 64}]}, "the file is not as its run wrote it"),
        (RECORD | {"question": "annan"}, "another question or round"),
        (RECORD | {"round": "2"}, "another question or round"),
        *(
            (broken, "tells of no machine, or is damaged")
            for broken in (
                {name: value for name, value in RECORD.items() if name != "machine"},
                RECORD | {"machine": {}},
                RECORD | {"at": "i går"},
                RECORD | {"run": ""},
                RECORD | {"machine": MACHINE | {"model": " "}},
                RECORD | {"machine": MACHINE | {"unit": "stycke"}},
                RECORD | {"machine": MACHINE | {"trained_on": -1}},
                RECORD | {"machine": MACHINE | {"seed": 2**70}},
                RECORD | {"machine": MACHINE | {"seed": True}},
                RECORD | {"machine": MACHINE | {"versions": {"coder": 1}}},
                RECORD | {"machine": MACHINE | {"thresholds": LET | {"precision": "hög"}}},
                RECORD | {"machine": MACHINE | {"thresholds": LET | {"codes": [{"theme": "A", "code": "ett"}]}}},
                RECORD | {"machine": MACHINE | {"thresholds": LET | {"min_score": float("nan")}}},
            )
        ),
    ],
)
def test_where_the_run_cannot_be_told_the_codings_come_in_without_and_it_is_said_why(
    small: Project, record: Mapping[str, Any] | str | None, why: str
) -> None:
    report = take_in(small, record, *CODED)
    (note,) = report.notes
    assert (report.added, ran(small), unknown(small)) == (2, [], 2)
    assert note.startswith("2 machine codings are of no known run, and the method note says so: ")
    assert why in note


def test_what_people_coded_needs_no_run(small: Project) -> None:
    assert take_in(small, "half a rec", "1,q,0114,0,3,ett,A,ett,eva,hand,,").notes == []


def test_a_run_on_files_leaves_the_candidates_of_the_projects_own_run(small: Project) -> None:
    found_alike(small, "q", "1", {("sak",): [(1, Segment(0, 3))]})
    before = waiting(small, "q", "1")
    take_in(small, RECORD, *CODED)
    assert len(ran(small)) == 2
    assert waiting(small, "q", "1") == before != ()
