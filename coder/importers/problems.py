"""How an importer says what is wrong: where, what, and never a raw character from the data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from coder.domain.answers import one_line
from coder.domain.errors import CoderError

_LISTED = 5
_SHOWN = 60


def bare(value: str) -> str:
    """A value from the data as one short clean line."""
    # Only the head is cleaned: an answer may be megabytes long, and no message needs more of it.
    line = one_line(value[: _SHOWN * 10])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


def shown(value: str) -> str:
    """A value from the data as one short clean line between quotation marks."""
    return f'"{bare(value)}"'


def where(path: Path, line: int | None = None, column: str | None = None) -> str:
    """The place of a mistake: `file, line N, column X`, as far as it is known."""
    parts = [one_line(path.name)]
    if line is not None:
        parts.append(f"line {line}")
    if column is not None:
        parts.append(f"column {bare(column)}")
    return ", ".join(parts)


@dataclass
class Problems:
    """Problems of one kind as they are met: the first of them, and how many there are. Takes no more room for more."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, problem: str) -> None:
        """Take one in; it begins with its place in the file."""
        self.count += 1
        if self.count <= _LISTED:
            self.first.append(problem)

    def listed(self, separator: str = "; ") -> str:
        """The first ones, and how many more there are."""
        text = separator.join(self.first)
        left = self.count - len(self.first)
        return f"{text}{separator}and {left} more" if left else text

    def refuse(self, path: Path, hint: str) -> None:
        """Raise one error for all of them, if there are any."""
        if self.count:
            raise CoderError(f"{where(path)}, {self.listed()}", hint)


def listed(problems: Iterable[str], separator: str = "; ") -> str:
    """The first problems of one kind, and how many more there are."""
    return _of(problems).listed(separator)


def refuse_if(problems: Iterable[str], path: Path, hint: str) -> None:
    """Raise one error for all problems of one kind; each begins with its place in the file."""
    _of(problems).refuse(path, hint)


def _of(problems: Iterable[str]) -> Problems:
    found = Problems()
    for problem in problems:
        found.add(problem)
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """A question about the known word that is most like `word`, empty where none is."""
    names = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(names), n=1, cutoff=0.6)
    return f"Did you mean {shown(names[close[0]])}? " if close else ""


def unreadable(path: Path, error: OSError) -> NoReturn:
    """Raise what the operating system said of a file."""
    raise CoderError(f"{where(path)}: can't be read ({error.strerror or error})", "Check the path.") from error
