"""Long errands, beside all else."""

import threading

import pytest

from coder.domain.errors import CoderError
from coder.tui.errands import Apart


def test_errands_are_done_one_after_another_and_one_that_nobody_waits_for_is_left() -> None:
    apart, go, done = Apart(), threading.Event(), list[str]()

    def first() -> str:
        go.wait(5)
        done.append("first")
        return "found"

    one = apart.find(first)
    while not one.running():
        pass
    other, last = apart.find(lambda: done.append("cancelled")), apart.find(lambda: done.append("last"))
    assert other.cancel()
    go.set()
    assert one.result(5) == "found"
    last.result(5)
    assert done == ["first", "last"]


@pytest.mark.parametrize(
    ("problem", "said"),
    [(CoderError("no room", "Make some."), "no room"), (ValueError("odd"), "ValueError: odd")],
    ids=["foreseen", "unforeseen"],
)
def test_what_goes_wrong_is_told_to_whoever_waits(problem: Exception, said: str) -> None:
    def fails() -> None:
        raise problem

    with pytest.raises(CoderError) as told:
        Apart().find(fails).result(5)
    assert told.value.message == said
