"""A comparison of two rounds as a page; its counts lead to the answers they are made of, round by round."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from coder.domain.comparison import Comparison
from coder.domain.method import MethodNote
from coder.domain.tables import Member
from coder.exporters import links, method_words, page_behind, page_table, table_behind, wording
from coder.exporters.comparison_grid import comparison_grid
from coder.exporters.files import Progress, write_text_file
from coder.exporters.page import page
from coder.exporters.table_behind import Side

# A respondent's key, and what they are behind in the first round and in the second; None where they gave no answer.
_Met = tuple[str, Member | None, Member | None]


def write(
    made: Comparison,
    path: Path,
    *,
    note: MethodNote | None = None,
    behind: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the page. With `behind` every number is a link to the answers behind it, further down.

    Then the comparison must hold the members' names and answers, and not their keys alone; see `Occasion.behind`.
    `progress` is told how many respondents have been written, of how many.
    """
    for one in (made.before, made.after):
        one.behind.require_same(one.table)
    laid_out = comparison_grid(made)

    def body() -> Iterator[str]:
        yield from page_table.table(laid_out, leads=behind)
        yield page_table.method(method_words.lines(note, links.SIDES), leads=behind) if note is not None else ""
        if behind:
            yield from _behind(made, progress)

    write_text_file(path, lambda stream: stream.writelines(page(laid_out.title, body())))


def _behind(made: Comparison, progress: Progress) -> Iterator[str]:
    """Round by round who is counted in each row, then everybody once, with the whole answer of either round."""
    groups = _groups(made)
    met = [one for _, _, group in groups for one in group]
    places = {key: place for place, (key, _, _) in enumerate(met)}
    sides = [
        Side(one.table, one.behind, places, of, wording.name(one.round.key))
        for one, of in zip((made.before, made.after), links.SIDES, strict=True)
    ]
    yield '<section class="behind" aria-labelledby="bakom">\n<h2 id="bakom">Svaren bakom talen</h2>\n'
    for side in sides:
        yield f"<section>\n<h3>Omgång {escape(side.said)}</h3>\n"
        yield from table_behind.behind(side, 4)
        yield from table_behind.clashes(side, 4)
        everybody = [side.listed(one) for one in side.membership.members]
        to = links.within(side.of, links.EVERYBODY)
        yield from page_behind.listing(to, side.named("Alla svarande"), side.table.base, everybody, level=4)
        yield "</section>\n"
    heads, place = {}, 0
    for to, name, group in groups:
        if group:
            heads[place] = f'<section id="{to}">\n{page_behind.head(name, len(group), None, 3)}'
        place += len(group)
    for place, (_, *both) in enumerate(page_behind.told(met, progress)):
        if place in heads:
            yield ("</section>\n" if place else "") + heads[place]
        yield _whole(place, both, sides)
    yield ("</section>\n" if met else "") + "</section>\n"


def _groups(made: Comparison) -> list[tuple[str, str, list[_Met]]]:
    """Who answered both times, and who answered one time only: the target and the heading of each, and who they are."""
    then, now = ({one.key: one for one in each.behind.members} for each in (made.before, made.after))
    first, second = (wording.name(one.round.key) for one in (made.before, made.after))
    return [
        (links.BOTH, "Svarade båda gångerna", [(key, then[key], one) for key, one in now.items() if key in then]),
        (links.LEFT, f"Svarade bara {first}", [(key, one, None) for key, one in then.items() if key not in now]),
        (links.ENTERED, f"Svarade bara {second}", [(key, None, one) for key, one in now.items() if key not in then]),
    ]


def _whole(place: int, both: Sequence[Member | None], sides: Sequence[Side]) -> str:
    """A respondent with the answers of the rounds that it answered in; by the last name it had."""
    told = [(side, one, side.name(one)) for side, one in zip(sides, both, strict=True) if one is not None]
    last = told[-1][2]
    parts = [f'<h4 id="s{place}">{escape(last)}</h4>\n']
    for side, one, name in told:
        then = f": {name}" if name != last else ""
        parts.append(f"<h5>{escape(side.said + then)}</h5>\n{table_behind.answer(side, one)}")
    return "".join(parts)
