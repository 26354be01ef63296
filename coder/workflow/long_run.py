"""What long runs over many answers do to the interpreter around them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def settled() -> Iterator[None]:
    """Spare what is there already from the search for garbage that cycles leave.

    Dictionaries and vocabularies are a million objects that stay to the end; looking through them again and again takes
    more than a third of a batch run.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
