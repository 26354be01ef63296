"""The denominator ledger as a page; its numbers lead to the respondents they count, and to all that these answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate
from pathlib import Path

from coder.domain.accounted import Accounted
from coder.domain.ledger import Ledger
from coder.domain.method import Made
from coder.exporters import ledger_words as words
from coder.exporters import links, method_words, page_behind, page_table, wording
from coder.exporters.files import Progress, write_text_file
from coder.exporters.grid import Grid
from coder.exporters.ledger_grid import ledger_grids
from coder.exporters.page import page
from coder.exporters.page_behind import Listed

# The number that stands at each link, and the table it stands in, by target.
_Promised = dict[str, tuple[int, str]]


def write(
    ledgers: Sequence[Ledger],
    path: Path,
    made: Made | None = None,
    *,
    behind: Sequence[Accounted] = (),
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the page. With `behind`, of each round whom its ledger counts, the numbers are links to them, further down.

    `progress` is told how many respondents have been written, of how many.
    """
    title = "; ".join(map(words.title, ledgers))

    def body() -> Iterator[str]:
        promised = []
        for number, ledger in enumerate(ledgers):
            of = _part(number)
            summary, grids = words.summary(ledger), list(ledger_grids(ledger))
            yield f'<section>\n<h2>{escape(words.title(ledger))}</h2>\n<div class="notes">\n'
            yield f"{page_table.paragraphs(summary, leads=bool(behind), of=of)}\n</div>\n"
            for place, laid_out in enumerate(grids):
                yield from page_table.table(laid_out, _table(number, place), leads=bool(behind), of=of)
            yield "</section>\n"
            promised.append(_promised(summary, grids, number))
        yield page_table.method([method_words.made(made)], leads=False) if made is not None else ""
        if behind:
            yield from _behind(ledgers, behind, promised, progress)

    write_text_file(path, lambda stream: stream.writelines(page(title, body())))


def _part(number: int) -> str:
    """The part of the page that a round has."""
    return f"omgang-{number}"


def _table(number: int, place: int) -> str:
    return links.within(_part(number), f"{links.TABLE}-{place}")


def _promised(summary: Iterable[str], grids: Sequence[Grid], number: int) -> _Promised:
    """What the links of a round lead to, in the order they stand on the page."""
    found: _Promised = {}
    lines = [(line, 0) for line in summary]
    lines += [(text, at) for at, one in enumerate(grids) for row in one.rows for cell in row.cells for text in cell]
    for line, place in lines:
        for text, to in links.pieces(line):
            if to:
                found.setdefault(to, (int(text), _table(number, place)))
    return found


def _behind(
    ledgers: Sequence[Ledger], behind: Sequence[Accounted], promised: Sequence[_Promised], progress: Progress
) -> Iterator[str]:
    """Round by round those behind every number, then everybody with what they answered."""
    yield '<section class="behind" aria-labelledby="bakom">\n<h2 id="bakom">Svaren bakom talen</h2>\n'
    begun = list(accumulate((len(one.people) for one in behind), initial=0))
    for number, (ledger, one, wanted) in enumerate(zip(ledgers, behind, promised, strict=True)):
        places = {key: place for place, key in enumerate(one.people, begun[number])}
        yield f"<section>\n<h3>Omgång {escape(wording.name(ledger.round))}</h3>\n"
        yield from _lists(ledger, one, places, wanted, _part(number))
        yield "</section>\n"
    everybody = [(at, key) for at, one in enumerate(behind) for key in one.people]
    for place, (at, key) in enumerate(page_behind.told(everybody, progress)):
        if place == begun[at]:
            back = page_behind.back(_table(at, 0))
            yield f"<section>\n<h3>Alla i omgång {escape(wording.name(ledgers[at].round))}{back}</h3>\n"
        yield _whole(place, key, behind[at], ledgers[at])
        if place + 1 == begun[at + 1]:
            yield "</section>\n"
    yield "</section>\n"


def _lists(ledger: Ledger, one: Accounted, places: Mapping[str, int], wanted: _Promised, of: str) -> Iterator[str]:
    """The respondents behind each number that is a link."""
    asked = {each.question: words.question(each, in_full=True) for each in ledger.questions}
    found = {links.number_target(number): (number, who) for number, who in one.behind.items()}
    for to, (count, table) in wanted.items():
        number, who = found[to]
        name = words.WHAT[number.what]
        if number.question:
            name += f". {asked[number.question]}"
        elif number.attribute:
            name += f", {wording.name(number.attribute)}: {wording.name(number.value)}"
        listed = [Listed(places[key], _name(one, key)) for key in sorted(who, key=places.__getitem__)]
        yield from page_behind.listing(links.within(of, to), name, count, listed, level=4, table=table)


def _name(one: Accounted, key: str) -> str:
    return wording.name(one.people[key].name or key)


def _whole(place: int, key: str, one: Accounted, ledger: Ledger) -> str:
    """A respondent with all that they answered in a round."""
    about = ", ".join(wording.name(value) for value in one.people[key].attributes.values() if value)
    given = [(each, one.answers[each.question].get(key, "")) for each in ledger.questions]
    told = "".join(
        f"<dt>{escape(words.question(each, in_full=True))}</dt>\n"
        f'<dd class="answer">{escape(wording.block(text))}</dd>\n'
        for each, text in given
        if text
    )
    return (
        f'<h4 id="s{place}">{escape(_name(one, key))}</h4>\n'
        + (f"<p>{escape(about)}</p>\n" if about else "")
        + (f"<dl>\n{told}</dl>\n" if told else "<p>Inga svar.</p>\n")
    )
