"""Long runs over many answers: who watches them, and what they do to the interpreter around them."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Is told how much is done, of how much.
Progress = Callable[[int, int], None]


def unwatched(_done: int, _total: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(slots=True)
class Parts:
    """One progress of a run that has several parts, `total` rows in all."""

    progress: Progress
    total: int
    before: int = 0

    def part(self) -> Progress:
        """The progress of the next part: its rows count on from where the part before it ended."""
        begun = self.before

        def tell(done: int, _of: int) -> None:
            self.before = begun + done
            self.progress(min(self.before, self.total), self.total)

        return tell


@contextmanager
def settled() -> Iterator[None]:
    """Spare what is there already from the search for garbage that cycles leave.

    Dictionaries and vocabularies are a million objects that stay to the end; looking through them again and again takes
    more than a third of a batch run, and once takes as long as a thousand answers: so what little garbage lies among
    them stays to the end too.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
