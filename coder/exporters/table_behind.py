"""Whom a table's numbers count, as lists on a page, and what a respondent gave for an answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from coder.domain.coding import Origin
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionTable, ThemeTable, Unit
from coder.exporters import wording
from coder.exporters.grid import codes_of
from coder.exporters.links import NOTHING_TO_CODE, PROVISIONAL, UNCALLED, UNCODED, code_anchor, theme_anchor, within
from coder.exporters.page_behind import Listed, head, listing, require


@dataclass(frozen=True)
class Side:
    """A table with whom it counts, as a page lists them.

    `places` is each respondent's place on the page, by key. `of` tells the targets of one round from those of another,
    and `said` is what the headings call it.
    """

    table: ThemeTable | OptionTable
    membership: Membership
    places: Mapping[str, int]
    of: str = ""
    said: str = ""

    def named(self, name: str) -> str:
        """A name in a heading, with the round."""
        return f"{name}, {self.said}" if self.said else name

    def listed(self, member: Member, words: str = "", *, weighed: bool = True) -> Listed:
        """A respondent in a list, weighed by the units it covers where the table counts units."""
        times = member.covers if weighed and self.table.unit is Unit.UNITS else 1
        return Listed(self.places[member.key], self.name(member), words, times)

    def name(self, member: Member) -> str:
        """A respondent's name, and where units are counted how many it covers."""
        units = f" ({wording.units(member.covers)})" if self.table.unit is Unit.UNITS else ""
        return wording.name(member.name or member.key) + units


def behind(side: Side, level: int) -> Iterator[str]:
    """All that stands behind a table's numbers, but the whole answers."""
    table, members = side.table, side.membership.members
    if isinstance(table, OptionTable):
        under = _under(side)
        for place, option in enumerate(table.options):
            to = code_anchor(place, side.of)
            yield from listing(
                to, side.named(option.name), option.count.count, under[place], level=level, of=table.base
            )
        against = [side.listed(one, weighed=False) for one in members if one.uncalled]
        to = within(side.of, UNCALLED)
        yield from listing(to, side.named(wording.UNCALLED), len(table.against_routing), against, level=level)
        return
    yield from _themes(side, level)
    for target, name, number, who in (
        (UNCODED, wording.UNCODED, table.uncoded, (one for one in members if one.uncoded)),
        (NOTHING_TO_CODE, wording.NOTHING_TO_CODE, table.nothing_to_code, (one for one in members if one.nothing)),
    ):
        listed = [side.listed(one, weighed=False) for one in who]
        yield from listing(within(side.of, target), side.named(name), number, listed, level=level)


def clashes(side: Side, level: int) -> Iterator[str]:
    """Those of whom something is counted provisionally, as often as it is, each with the code and the words."""
    if not isinstance(side.table, ThemeTable):
        return
    names = {row.id: row.name for row in codes_of(side.table)}
    found = [
        side.listed(one, f"{names[code]}: {one.counted[code]}", weighed=False)
        for one in side.membership.members
        for code in one.counted
        if code in one.provisional
    ]
    to = within(side.of, PROVISIONAL)
    yield from listing(to, side.named(wording.PROVISIONAL), side.table.clashes, found, level=level)


def by_origin(side: Side, level: int) -> Iterator[str]:
    """The counted codings of a theme table by how they came about, where the table tells that."""
    if not (isinstance(side.table, ThemeTable) and wording.told_by_origin(side.table)):
        return
    for origin, words in wording.ORIGIN_WORDS.items():
        if number := side.table.origins.get(origin, 0):
            require(words, number, sum(len(who) for who in _under(side, origin).values()))
            yield f'<section id="{origin.value}">\n{head(f"Kodat {words}", number, None, level)}'
            yield from _themes(side, level + 1, origin)
            yield "</section>\n"


def answer(side: Side, member: Member) -> str:
    """What a respondent gave for an answer, with what must be known of it, as paragraphs."""
    about = ", ".join(wording.name(value) for value in member.attributes.values() if value)
    marks = (
        (wording.UNCALLED, member.uncalled),
        (wording.UNCODED, member.uncoded),
        (wording.NOTHING_TO_CODE, member.nothing),
    )
    told = "".join(f"<p>{escape(one)}</p>\n" for one in (about, *(name for name, holds in marks if holds)) if one)
    text = member.text
    if isinstance(side.table, OptionTable):
        text = next((side.table.options[place].name for place in member.counted), "")
    return told + (f'<p class="answer">{escape(wording.block(text))}</p>\n' if text else "")


def _themes(side: Side, level: int, origin: Origin | None = None) -> Iterator[str]:
    """Under every theme and code the respondents counted there; with an origin those whose codings came about so."""
    assert isinstance(side.table, ThemeTable)
    table, under = side.table, _under(side, origin)
    of = side.of if origin is None else origin.value

    base = table.base if origin is None else None

    def told(count: Count, codes: Sequence[CodeRow]) -> int:
        """The number as it stands in the table; in units the table does not tell how the codings came about."""
        if origin is None:
            return count.count
        split = count.origins
        if split is None:
            return sum(len(under[code.id]) for code in codes)
        return {Origin.HAND: split.hand, Origin.ACCEPTED: split.accepted, Origin.AUTO: split.auto}[origin]

    def codes(rows: Iterable[CodeRow]) -> Iterator[str]:
        for row in rows:
            to, number = code_anchor(row.id, of), told(row.count, [row])
            yield from listing(to, side.named(row.name), number, under[row.id], level=level + 1, of=base)

    for theme in table.themes:
        if number := told(theme.count, theme.codes):
            yield f'<section id="{theme_anchor(theme.id, of)}">\n{head(side.named(theme.name), number, base, level)}'
            yield from codes(theme.codes)
            yield "</section>\n"
    if any(under[code.id] for code in table.unthemed):
        yield f"<section>\n<h{level}>{escape(side.named(wording.UNTHEMED))}</h{level}>\n"
        yield from codes(table.unthemed)
        yield "</section>\n"


def _under(side: Side, origin: Origin | None = None) -> dict[int, list[Listed]]:
    """Who is counted under each code, or the place of each option."""
    found: dict[int, list[Listed]] = defaultdict(list)
    for member in side.membership.members:
        for place, words in member.counted.items():
            if origin is None or member.came.get(place) is origin:
                found[place].append(side.listed(member, words, weighed=origin is None))
    return found
