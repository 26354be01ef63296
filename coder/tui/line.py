"""Keys that wait their turn: what is pressed while an earlier key still waits for something follows after it."""

from collections import deque
from collections.abc import Callable

Step = Callable[[], str | None]


class Line:
    """Steps, done in the order they came.

    A step returns None when it is done, or the name of what it waits for; it is then tried again, before all that
    came later, once that is released.
    """

    def __init__(self) -> None:
        self._steps: deque[Step] = deque()
        self._held: set[str] = set()
        self._missing: set[str] = set()  # what steps have said that they wait for
        self._running = False

    @property
    def waiting(self) -> int:
        """How many steps wait."""
        return len(self._steps)

    def take(self, step: Step) -> None:
        """Do a step, at once or when it is its turn."""
        self._steps.append(step)
        self._run()

    def hold(self, what: str) -> None:
        """Let no further step begin before `what` is released."""
        self._held.add(what)

    def release(self, what: str) -> None:
        """Go on with the steps that waited."""
        self._held.discard(what)
        self._run()

    def clear(self) -> None:
        """Forget the steps that wait."""
        self._steps.clear()
        self._held -= self._missing

    def _run(self) -> None:
        if self._running:
            return
        self._running = True
        try:
            while self._steps and not self._held:
                step = self._steps.popleft()
                missing = step()
                if missing is not None:
                    self._steps.appendleft(step)
                    self._held.add(missing)
                    self._missing.add(missing)
        finally:
            self._running = False
