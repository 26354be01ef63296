"""Two definitions of a code beside each other: rows in which what differs is set off."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from coder.domain.coding import Segment
from coder.tui.widgets.page import marked
from coder.tui.widgets.painted import Pieces
from coder.tui.wrapping import wrapped


def definition(when: str, text: str, other: str, width: int, *, full: bool) -> Iterator[Pieces]:
    """A definition in rows, the words that the other one has not underlined; unless `full`, rows far from them go."""
    if not text:
        yield [(f"  {when:<5}", "dim"), ("no definition", "dim")]
    changed = list(_changed(text, other))
    rows = list(wrapped(text, 0, len(text), width - 5))
    near = [full or any(one.start <= end and start <= one.end for one in changed) for start, end in rows]
    if not any(near) and rows:
        near[-1] = True
    shown = [any(near[max(0, place - 1) : place + 2]) for place in range(len(rows))]
    label = when
    for place, (start, end) in enumerate(rows):
        if shown[place]:
            yield [(f"  {label:<5}", "dim"), *marked(text, start, end, changed, "because")]
        elif place == 0 or shown[place - 1]:
            yield [(f"  {label:<5}", "dim"), ("…", "dim")]
        label = "" if shown[place] or place == 0 else label


def _changed(text: str, other: str) -> Iterator[Segment]:
    """The ranges of words that stand otherwise in another text, or not at all."""
    words = list(re.finditer(r"\S+", text))
    same = SequenceMatcher(None, [word[0].casefold() for word in words], other.casefold().split(), autojunk=False)
    for what, first, last, _, _ in same.get_opcodes():
        if what != "equal" and last > first:
            yield Segment(words[first].start(), words[last - 1].end())
