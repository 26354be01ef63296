"""Suggestions are the same wherever they are asked for."""

from coder.workflow.project import Project
from coder.workflow.session import Session
from coder.workflow.suggesting import Adviser, adviser, background
from tests.workflow.machine import by_hand

TEXTS = ["De svarar aldrig i telefon", "Vi träffas ofta", "Rollerna är oklara"]


def test_the_command_suggests_what_the_workbench_does_once_that_is_idle(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    for answer, code in zip(session.answers, (1, 2, 1), strict=False):
        by_hand(session, answer.id, code)
    standings = session.standings().values()
    waiting = background((one.answer, one.work) for one in standings)
    assert waiting
    bench = Adviser(session.codebook, session.evidence(), waiting, quick=True)
    bench.suggest(TEXTS)
    bench.refit(waiting)
    asked = adviser(small, "q", "1")
    assert list(asked.background) == waiting
    assert asked.suggest(TEXTS) == bench.suggest(TEXTS)
    assert adviser(small, "q").suggest(TEXTS) == bench.suggest(TEXTS)
