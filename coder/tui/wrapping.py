"""Text broken into rows of a given width, by offsets, so that every cell on the screen leads back to the answer."""

from collections.abc import Iterator

from rich.cells import get_character_cell_size

_NARROW = "\u0300"  # below it every character is one cell wide


def wrapped(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows of `text[start:end]`: broken at newlines and between words; a word too long is cut."""
    width = max(2, width)
    while start < end:
        stop = text.find("\n", start, end)
        line_end = end if stop < 0 else stop
        yield from _line(text, start, line_end, width)
        start = line_end + 1


def _line(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    while start < end:
        limit = start + fitting(text, start, end, width)
        if limit >= end:
            yield start, end
            return
        cut = text.rfind(" ", start + 1, limit + 1)
        cut = limit if cut < 0 else cut
        yield start, cut
        start = cut
        while start < end and text[start] == " ":
            start += 1


def fitting(text: str, start: int, end: int, width: int) -> int:
    """How many characters from `start` on fit in so many cells; at least one."""
    chunk = text[start : min(end, start + width)]
    if not chunk or max(chunk) < _NARROW:
        return len(chunk)
    cells = 0
    for count, letter in enumerate(text[start:end]):
        cells += get_character_cell_size(letter)
        if cells > width:
            return max(1, count)
    return end - start
