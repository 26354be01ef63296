"""Several audits of one round, one after the other."""

from itertools import count
from pathlib import Path

import pytest

from coder.workflow.audit import draw_audit, withdraw
from coder.workflow.project import Project
from coder.workflow.review import hidden
from tests.workflow.audited import LEFT, Q, anew, drawn_without, ids, now, read_sample
from tests.workflow.machine import by_hand, half_by_machine


@pytest.fixture
def run(small: Project) -> Project:
    return half_by_machine(small)


def test_a_clash_in_an_older_audit_keeps_nothing_back(run: Project) -> None:
    """Only the newest audit measures; what the one before it drew is coded as everything else is."""
    drawn_without(run, LEFT)
    read_sample(run)
    first = now(run).sample[0]
    draw_audit(run, *Q, analyst="eva", size=1, seed="a")
    session = read_sample(run)
    by_hand(session, first, 1, 2)
    assert now(run).complete
    assert hidden(run, *Q) == frozenset()


def test_an_answer_in_two_audits_leaves_them_once(run: Project, small_files: Path) -> None:
    drawn_without(run, LEFT)
    read_sample(run)
    left = ids(run)[LEFT]
    for seed in map(str, count()):
        draw_audit(run, *Q, analyst="eva", size=1, seed=seed)
        if left not in now(run).sample:
            break
        withdraw(run, *Q, analyst="eva")
    read_sample(run)
    notes = anew(run, small_files, **{f"r{LEFT}": "en helt annan sak"}).notes
    assert "1 answer has another text now, or none, and left the audit" in notes
