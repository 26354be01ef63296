"""Tables and notes as parts of a page; where it names the respondents, numbers lead to whom they count."""

from collections.abc import Iterable, Iterator
from html import escape

from coder.exporters import wording
from coder.exporters.grid import Grid, Kind, Row
from coder.exporters.links import TABLE, pieces, within


def table(laid_out: Grid, name: str = TABLE, *, leads: bool, of: str = "") -> Iterator[str]:
    """The table with its warnings before it and its notes after it; `name` is what it is called as a target.

    With `leads` its numbers are links, to targets in the part of the page that `of` names.
    """
    if laid_out.warnings:
        yield f'<div class="warning" role="note">\n{paragraphs(laid_out.warnings, leads=leads, of=of)}\n</div>\n'
    yield f'<table id="{name}">\n<caption>Tabell: {escape(laid_out.title)}'
    yield f"<span>{line(laid_out.lead, leads=leads, of=of)}</span></caption>\n" if laid_out.lead else "</caption>\n"
    yield "<thead><tr>"
    for column in laid_out.columns:
        number = ' class="number"' if column.number else ""
        yield f'<th scope="col"{number}>{escape(column.head)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for place, row in enumerate(laid_out.rows):
        # A body of its own for every theme: then a reader of the screen hears which theme a code is under.
        if row.kind is Kind.HEAD and place:
            yield "</tbody>\n<tbody>\n"
        yield from _row(row, laid_out, leads=leads, of=of)
    yield "</tbody>\n</table>\n"
    if laid_out.notes:
        yield f'<div class="notes">\n{paragraphs(laid_out.notes, leads=leads, of=of)}\n</div>\n'


def method(lines: Iterable[str], *, leads: bool) -> str:
    """How the numbers came about."""
    told = paragraphs(lines, leads=leads)
    return (
        f'<section class="notes" aria-labelledby="metod">\n<h2 id="metod">{wording.METHOD}</h2>\n{told}\n</section>\n'
    )


def paragraphs(lines: Iterable[str], *, leads: bool, of: str = "") -> str:
    """Lines, each a paragraph."""
    return "\n".join(f"<p>{line(one, leads=leads, of=of)}</p>" for one in lines)


def line(text: str, *, leads: bool, of: str = "") -> str:
    """A line of text, its numbers as links where they lead somewhere."""
    return "".join(
        f'<a href="#{within(of, to)}" aria-label="{escape(part)}, till svaren">{escape(part)}</a>'
        if to and leads
        else escape(part)
        for part, to in pieces(text)
    )


def _row(row: Row, laid_out: Grid, *, leads: bool, of: str) -> Iterator[str]:
    yield f'<tr class="{row.kind.value}">'
    name = "<br>".join(map(escape, row.cells[0]))
    if row.kind is Kind.HEAD and not any(row.cells[1:]):
        yield f'<th scope="rowgroup" colspan="{len(row.cells)}">{name}</th></tr>\n'
        return
    yield f'<th scope="{"rowgroup" if row.kind is Kind.HEAD else "row"}">{name}</th>'
    for column, lines in zip(laid_out.columns[1:], row.cells[1:], strict=True):
        if column.number:
            yield f'<td class="number">{"".join(line(one, leads=leads, of=of) for one in lines)}</td>'
        else:
            yield f"<td>{paragraphs(lines, leads=leads, of=of)}</td>"
    yield "</tr>\n"
