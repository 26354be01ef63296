"""The respondents behind a page's numbers: a list for each, as long as the number says."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from coder.domain.errors import ProjectChangedError
from coder.exporters import wording
from coder.exporters.files import Progress
from coder.exporters.links import TABLE

_TOLD = 1_000  # respondents between two words of progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """One respondent in the list behind a number: the place on the page, the name, and the words that were counted."""

    place: int
    name: str
    words: str = ""
    times: int = 1


def listing(
    to: str, name: str, number: int, who: Sequence[Listed], *, level: int, of: int | None = None, table: str = TABLE
) -> Iterator[str]:
    """Those behind one number, under a heading that gives it; nothing where there are none.

    Raises ProjectChangedError where they are not as many as the number says. `of` is its base, and `table` where it
    stands.
    """
    require(name, number, sum(one.times for one in who))
    if not who:
        return
    yield f'<section id="{to}">\n{head(name, number, of, level, table)}<ul>\n'
    for one in who:
        words = f": {escape(wording.quoted(one.words))}" if one.words else ""
        yield f'<li><a href="#s{one.place}">{escape(one.name)}</a>{words}</li>\n'
    yield "</ul>\n</section>\n"


def require(name: str, number: int, found: int) -> None:
    """Raise ProjectChangedError unless as many were found as the number of that name says."""
    if found != number:
        raise ProjectChangedError(
            f"the number at {name!r} and the answers behind it were read at different moments",
            "Nothing was written; do it again.",
        )


def back(table: str = TABLE) -> str:
    """The way back to a table."""
    return f'<a class="back" href="#{table}">Till tabellen</a>'


def head(name: str, number: int, of: int | None, level: int, table: str = TABLE) -> str:
    """A heading with its number, the base of it where it has one, and the way back."""
    base = "" if of is None else f" av {of}"
    return f"<h{level}>{escape(wording.name(name))} ({number}{base}){back(table)}</h{level}>\n"


def told(every: Collection[T], progress: Progress) -> Iterator[T]:
    """All of them, one by one, as `progress` is told how many have been."""
    for number, one in enumerate(every):
        if number % _TOLD == 0:
            progress(number, len(every))
        yield one
    progress(len(every), len(every))
