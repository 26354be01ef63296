"""Lengths of text as a terminal shows it: some characters take two columns, some none."""

import unicodedata


def columns(text: str) -> int:
    """How many columns the text takes."""
    return sum(_columns_of(letter) for letter in text)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` columns: filled up with spaces, or cut with an ellipsis."""
    if columns(text) > width:
        text = _head(text, width - 1) + "…" if width > 0 else ""
    return text + " " * (width - columns(text))


def wrap(text: str, width: int) -> list[str]:
    """The text broken at spaces into lines of at most `width` columns; a longer word is broken inside."""
    lines = [""]
    for whole in text.split():
        word = whole
        candidate = f"{lines[-1]} {word}".lstrip()
        if columns(candidate) <= width:
            lines[-1] = candidate
            continue
        if lines[-1]:
            lines.append("")
        while columns(word) > width:
            # A wide character in a single column would never fit; take it all the same rather than stand still.
            head = _head(word, width) or word[0]
            lines[-1] = head
            lines.append("")
            word = word[len(head) :]
        lines[-1] = word
    return lines


def _head(text: str, width: int) -> str:
    taken = 0
    for place, letter in enumerate(text):
        taken += _columns_of(letter)
        if taken > width:
            return text[:place]
    return text


def _columns_of(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
