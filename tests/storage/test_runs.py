"""Runs in the project, and the codings that name them."""

import sqlite3
from dataclasses import replace

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work
from coder.storage import journal, runs, works
from coder.storage.runs import Run
from coder.workflow.project import Project

RUN = Run("1", "q", "a1b2", "t", "f0", 12, "segment", 0, {"precision": 0.9, "codes": {"1": 0.8}}, {"coder": "1"}, "nu")


def begin(project: Project, run: Run) -> int:
    with project.file.writing() as db:
        return runs.begin(db, run)


def test_a_run_is_read_as_it_was_stored(small: Project) -> None:
    number = begin(small, RUN)
    with small.file.reading() as db:
        assert runs.read(db, number) == replace(RUN, id=number) == runs.latest(db, "1", "q")
        assert runs.read(db, number + 1) is None
        assert runs.latest(db, "1", "annan") is None


def test_the_same_run_again_has_the_same_number_and_any_other_a_new_one(small: Project) -> None:
    first = begin(small, RUN)
    assert begin(small, replace(RUN, at="senare")) == first
    second = begin(small, replace(RUN, thresholds={"precision": 0.8}))
    assert second > first
    assert begin(small, RUN) > second


def test_a_run_on_files_is_taken_in_once_and_is_none_of_the_projects_own(small: Project) -> None:
    own = begin(small, RUN)
    theirs = replace(RUN, files="coder-1")
    for _ in range(2):
        with small.file.writing() as db:
            assert runs.take_in(db, theirs) == own + 1
    with small.file.writing() as db:
        assert runs.take_in(db, replace(theirs, files="coder-2")) == own + 2
        assert runs.read(db, own + 1) == replace(theirs, id=own + 1)
        assert runs.latest(db, "1", "q") == replace(RUN, id=own)


def test_a_coding_keeps_the_run_it_came_from(small: Project) -> None:
    number = begin(small, RUN)
    work = Work((Coding(1, Segment(0, 3), "auto", Origin.AUTO, 0.9, run=number),))
    with small.file.writing() as db:
        changes = works.replacements(db, {1: work}, "auto")
        journal.record(db, changes, analyst="auto", what="test", at=small.clock(), scope=None)
    with small.file.reading() as db:
        assert works.of_answer(db, 1) == work
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        small.file.db.conn.execute("delete from run")
