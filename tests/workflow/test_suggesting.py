"""Suggestions are the same wherever they are asked for."""

import pytest

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Work
from coder.workflow.autocode import autocode
from coder.workflow.machine import Terms
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


def test_a_batch_run_gives_what_the_workbench_suggests_first(library: Project) -> None:
    """Beside the codings both read what waits in the round."""
    answers = Session(library, "2", "q", "eva").answers
    suggested = adviser(library, "q", "2").suggest([one.text for one in answers], top=1)
    autocode(library, "q", "2", Terms(promise=None, least=0.0, whole=True))
    standings = Session(library, "2", "q", "eva").standings()
    given = [coding for answer in answers for coding in standings[answer.id].work.codings]
    assert len(given) == len(answers) > 50
    assert [one.code for one in given] == [first.code for [first] in suggested]
    assert [one.score for one in given] == pytest.approx([first.score for [first] in suggested], abs=1e-9)


def test_what_is_read_of_a_large_round_is_settled_by_the_seed_and_not_by_the_order() -> None:
    answers = [(Answer(place, Respondent(f"r{place}"), f"Svar {place}."), Work()) for place in range(1000)]
    read = background(answers)
    assert len(read) == 400
    assert background(answers, large=True) == read[:150]
    assert background(answers[::-1]) == read
    assert background(answers, seed=1) != read
    assert max(int(text[5:-1]) for text in read) > 900
