"""Laws of what moved between two exports by the journal, over random series of decisions."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.errors import CoderError
from coder.domain.export_diff import Name, counted_under
from coder.importers.published import read_published
from coder.storage import history
from coder.workflow.codings import export_codings
from coder.workflow.journal_diff import decisions_between
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session
from tests.workflow.test_codebook_laws import steps, take_step
from tests.workflow.test_journal_diff import written


def counted(project: Project) -> dict[Name, set[str]]:
    return counted_under(export_codings(project))


def last(project: Project) -> int:
    with project.file.reading() as db:
        return history.last_event(db)[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(steps, min_size=2, max_size=12), ends=st.tuples(st.integers(0, 11), st.integers(1, 12)))
def test_every_move_is_told_with_the_decision_that_made_it(
    small_files: Path, sequence: list[tuple[str, int, int]], ends: tuple[int, int]
) -> None:
    """Two exports differ by what they print, the moves turn one into the other, and each names the last to make it."""
    second = min(ends[1], len(sequence))
    first = min(ends[0], second - 1)
    with tempfile.TemporaryDirectory(dir=small_files) as folder:
        path, files = Path(folder) / "p.db", []
        shutil.copyfile(small_files / "small.db", path)
        with open_project(path) as project:
            session = Session(project, "1", "q", "eva")
            kept: list[Any] = [session.codebook]
            held, numbers = [counted(project)], [last(project)]
            for place in range(len(sequence) + 1):
                if place in (first, second):
                    files.append(written(project, Path(folder) / f"{place}.json"))
                if place < len(sequence):
                    with suppress(CoderError):
                        session = take_step(session, sequence[place], kept)
                    kept.append(session.codebook)
                    held.append(counted(project))
                    numbers.append(last(project))
            found = decisions_between(project, *files)
        assert not found.notes
        assert not found.bases
        before, after = (read_published(file).table for file in files)
        assert before is not None
        assert after is not None
        moved = {(one.theme, one.code): one for one in found.moved}
        for name in {*before.counts, *after.counts, *moved}:
            moves = moved[name].moves if name in moved else ()
            was, now = before.counts.get(name, 0), after.counts.get(name, 0)
            assert (moved[name].before, moved[name].after) == (was, now) if moves else was == now
            gone, come = ({move.respondent for move in moves if move.entered is entered} for entered in (False, True))
            assert held[first].get(name, set()) - gone | come == held[second].get(name, set())
            for move in moves:
                inside = [move.respondent in one.get(name, ()) for one in held]
                latest = max(place for place in range(first + 1, second + 1) if inside[place] != inside[place - 1])
                assert move.decision is not None
                assert move.decision.number == numbers[latest] > numbers[latest - 1]
