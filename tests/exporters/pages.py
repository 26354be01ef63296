"""A page taken apart: its tags and texts, and whether every number leads to as many respondents as it says."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"meta", "br"}


@dataclass
class Page(HTMLParser):
    """A page's tags with their attributes, its texts, its cells of numbers that are no links, and its links.

    `listed` is how many respondents stand under each target, in a list or with their whole answers; `numbers` are the
    links that are numbers, as (target, number).
    """

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    listed: Counter[str] = field(default_factory=Counter)
    numbers: list[tuple[str, int]] = field(default_factory=list)
    open: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append((tag, told))
        if tag == "li" or re.fullmatch(r"s\d+", told.get("id", "")):
            self.listed.update(one["id"] for _, one in self.open if "id" in one)
        if tag not in _VOID:
            self.open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        tag, told = self.open[-1]
        if told.get("class") == "number" and tag == "td":
            self.cells.append(data)
        if tag != "style":
            self.texts.append(data)
        if tag == "a" and "aria-label" in told:
            self.numbers.append((told["href"][1:], int(data.split("\u00a0", maxsplit=1)[0])))

    @property
    def links(self) -> list[str]:
        """The targets of all links, in order."""
        return [one["href"][1:] for tag, one in self.tags if tag == "a"]


def read(path: Path) -> Page:
    """A whole page; every element of it is closed, no target there twice, and every link leads somewhere on it."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    assert not page.open
    targets = [one["id"] for _, one in page.tags if "id" in one]
    assert len(targets) == len(set(targets))
    assert set(page.links) <= set(targets)
    return page


def numbers(page: Page) -> dict[str, int]:
    """The number that leads to each target; as many respondents stand there."""
    for to, number in page.numbers:
        assert page.listed[to] == number, to
    return dict(page.numbers)
