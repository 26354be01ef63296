"""Two windows, or two programs, on one project."""

import sqlite3
from pathlib import Path

import pytest

from coder.domain.coding import Coding, Segment, Work, give
from coder.domain.errors import ProjectBusyError, ProjectChangedError
from coder.domain.place import Place
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session

ONE = Coding(1, Segment(0, 3), "eva")


def test_a_stale_decision_in_a_second_window_is_refused_and_nothing_is_lost(small: Project) -> None:
    first = Session(small, "1", "q", "eva")
    with open_project(small.path) as other:
        second = Session(other, "1", "q", "ola")
        first.apply(1, "give", lambda work: give(work, ONE))
        assert second.changed_elsewhere()
        with pytest.raises(ProjectChangedError, match="meanwhile"):
            second.apply(1, "give", lambda work: give(work, Coding(2, Segment(4, 7), "ola")))
        second.apply(2, "give", lambda work: give(work, Coding(1, Segment(0, 3), "ola")))
        second.reload()
        assert second.work(1) == Work((ONE,))
        assert not second.changed_elsewhere()
        second.apply(1, "give", lambda work: give(work, Coding(4, Segment(8, 11), "ola")))
    assert first.changed_elsewhere()
    first.reload()
    assert [coding.code for coding in first.work(1).codings] == [1, 4]
    assert (first.tally.codes[1], first.tally.codes[4]) == (2, 1)


def test_where_another_window_stands_changes_nothing_and_what_it_decides_or_takes_in_does(
    small: Project, small_files: Path
) -> None:
    first = Session(small, "1", "q", "eva")
    with open_project(small.path) as other:
        second = Session(other, "1", "q", "ola")
        first.stand_at(Place("1", "q", 2, 0))
        second.apply(1, "give", lambda work: give(work, Coding(1, Segment(0, 3), "ola")))
        first.stand_at(Place("1", "q", 3, 0))
        assert not second.changed_elsewhere()
        first.reload()
        first.apply(2, "give", lambda work: give(work, ONE))
        second.apply(3, "give", lambda work: give(work, Coding(1, Segment(0, 3), "ola")))
        assert second.changed_elsewhere(), "what came between two decisions of one's own is seen too"
        second.reload()
        assert not second.changed_elsewhere()
        file = small_files / "answers.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("inget alls", "något ändå"), encoding="utf-8")
        import_answers(small, file, small_files / "survey.toml")
        assert second.changed_elsewhere()


def test_a_decision_on_a_busy_project_is_kept_out_of_the_counts_and_goes_through_later(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    other = sqlite3.connect(small.path, isolation_level=None)
    other.execute("begin immediate")
    for attempt in (lambda: session.apply(1, "give", lambda work: give(work, ONE)), session.undo, session.redo):
        with pytest.raises(ProjectBusyError):
            attempt()
    assert (session.work(1), session.tally.codes.total()) == (Work(), 0)
    other.execute("rollback")
    other.close()
    assert session.apply(1, "give", lambda work: give(work, ONE)).work == Work((ONE,))
