"""A table as one HTML file that needs nothing beside it; its counts lead to the answers they are made of."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import TextIO

from coder.domain.method import MethodNote
from coder.domain.tables import Count, Member, Membership, OptionTable, ThemeTable, Unit
from coder.exporters import method_words, wording
from coder.exporters.files import Progress, write_text_file
from coder.exporters.grid import Grid, Kind, Row, Table, code_anchor, grid, theme_anchor

# The numbers of the respondents under each code or place of an option, with the snippets counted.
_Under = dict[int, list[tuple[int, str]]]

_TOLD = 1_000  # respondents between two words of progress

_TABLE = "tabell"
_BACK = f'<a class="back" href="#{_TABLE}">Till tabellen</a>'

# Nothing may be fetched and nothing may run, whatever an answer holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1b2328; --paper: #fff; --line: #9aa7b1; --set-off: #e7eef4;
  --link: #1d5476; --found: #fff3c4; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6eaed; --paper: #15191c; --line: #5b6770; --set-off: #263038; --link: #9ccbed; --found: #4a3d0c; }
}
body { font: 1rem/1.5 Calibri, Carlito, "Segoe UI", Arial, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
caption { text-align: left; font-weight: 700; font-size: 1.15rem; padding-bottom: .5rem; }
caption span { display: block; font-weight: 400; font-size: 1rem; }
th, td { padding: .3rem .6rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--line); }
th { font-weight: inherit; }
thead th, .head th, .head td { font-weight: 700; background: var(--set-off); }
.under th { padding-left: 1.6rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td p, .notes p { margin: 0 0 .3rem; }
table + .notes { margin-top: .6rem; }
main { overflow-x: auto; }
.back { font-size: .875rem; font-weight: 400; margin-left: 1rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
:target { background: var(--found); }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem; }
h4 { margin-bottom: .2rem; }
@media print {
  body { margin: 0; max-width: none; font-size: 10pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .head { break-after: avoid; }
  thead th, .head th, .head td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  .behind { display: none; }
}
""".strip()


def write(
    table: Table | Grid,
    path: Path,
    *,
    note: MethodNote | None = None,
    membership: Membership | None = None,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the page. With a membership, every count is a link to the answers behind it, further down the page.

    `progress` is told how many respondents have been written, of how many.
    """
    if membership is not None and isinstance(table, ThemeTable | OptionTable):
        membership.require_same(table)
    write_text_file(path, partial(_page, table, note, membership, progress))


def _page(
    table: Table | Grid, note: MethodNote | None, membership: Membership | None, progress: Progress, stream: TextIO
) -> None:
    laid_out = table if isinstance(table, Grid) else grid(table)
    title = escape(laid_out.title)
    linked = membership is not None
    stream.write(
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
    )
    stream.writelines(_table(laid_out, linked))
    if laid_out.notes:
        stream.write(f'<div class="notes">\n{_paragraphs(laid_out.notes)}\n</div>\n')
    if note is not None:
        stream.write(
            f'<section class="notes" aria-labelledby="metod">\n<h2 id="metod">{wording.METHOD}</h2>\n'
            f"{_paragraphs(method_words.lines(note))}\n</section>\n"
        )
    if membership is not None and isinstance(table, ThemeTable | OptionTable):
        stream.writelines(_behind(table, membership, progress))
    stream.write("</main>\n</body>\n</html>\n")


def _table(laid_out: Grid, linked: bool) -> Iterator[str]:
    lead = escape(laid_out.lead)
    if lead and linked:
        lead = f'<a href="#svar">{lead}</a>'
    yield f'<table id="{_TABLE}">\n<caption>Tabell: {escape(laid_out.title)}'
    yield f"<span>{lead}</span></caption>\n" if lead else "</caption>\n"
    yield "<thead><tr>"
    for column in laid_out.columns:
        yield f'<th scope="col"{_number(column.number)}>{escape(column.head)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for place, row in enumerate(laid_out.rows):
        # A body of its own for every theme: then a reader of the screen hears which theme a code is under.
        if row.kind is Kind.HEAD and place:
            yield "</tbody>\n<tbody>\n"
        yield from _row(row, laid_out, linked)
    yield "</tbody>\n</table>\n"


def _row(row: Row, laid_out: Grid, linked: bool) -> Iterator[str]:
    yield f'<tr class="{row.kind.value}">'
    name = "<br>".join(map(escape, row.cells[0]))
    if row.kind is Kind.HEAD and not any(row.cells[1:]):
        yield f'<th scope="rowgroup" colspan="{len(row.cells)}">{name}</th></tr>\n'
        return
    yield f'<th scope="{"rowgroup" if row.kind is Kind.HEAD else "row"}">{name}</th>'
    for place, (column, lines) in enumerate(zip(laid_out.columns[1:], row.cells[1:], strict=True)):
        if column.number:
            text = "".join(map(escape, lines))
            if place == 0 and linked and row.behind and not text.startswith("0"):
                text = f'<a href="#{row.behind}" aria-label="{text}, till svaren">{text}</a>'
            yield f'<td class="number">{text}</td>'
        else:
            yield f"<td>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</td>"
    yield "</tr>\n"


def _behind(table: ThemeTable | OptionTable, membership: Membership, progress: Progress) -> Iterator[str]:
    """Under every theme and code the respondents counted there, then every answer once, whole."""
    under: _Under = defaultdict(list)
    for number, member in enumerate(membership.members):
        for place, snippet in member.counted.items():
            under[place].append((number, snippet))
    weighed = table.unit is Unit.UNITS
    lists = partial(_list, membership, under, weighed)
    yield '<section class="behind" aria-labelledby="bakom">\n<h2 id="bakom">Svaren bakom talen</h2>\n'
    if isinstance(table, OptionTable):
        for place, option in enumerate(table.options):
            yield from lists((place, option.name, option.count), "h3")
    else:
        for theme in table.themes:
            yield f'<section id="{theme_anchor(theme.id)}">\n<h3>{_head(theme.name, theme.count)}</h3>\n'
            for code in theme.codes:
                yield from lists((code.id, code.name, code.count), "h4")
            yield "</section>\n"
        if table.unthemed:
            yield f"<section>\n<h3>{wording.UNTHEMED}</h3>\n"
            for code in table.unthemed:
                yield from lists((code.id, code.name, code.count), "h4")
            yield "</section>\n"
    yield f'<section id="svar">\n<h3>Alla svarande{_BACK}</h3>\n'
    for number, member in enumerate(membership.members):
        yield f'<h4 id="s{number}">{_who(member, weighed)}</h4>\n'
        about = ", ".join(escape(wording.name(value)) for value in member.attributes.values() if value)
        yield f"<p>{about}</p>\n" if about else ""
        yield f"<p>{wording.UNCALLED}</p>\n" if member.uncalled else ""
        yield f'<p class="answer">{escape(wording.block(member.text))}</p>\n' if member.text else ""
        if number % _TOLD == 0:
            progress(number, len(membership.members))
    progress(len(membership.members), len(membership.members))
    yield "</section>\n</section>\n"


def _list(
    membership: Membership, under: _Under, weighed: bool, row: tuple[int, str, Count], level: str
) -> Iterator[str]:
    """The respondents counted under one code or option, each with what is counted; nothing where there are none."""
    place, name, count = row
    if not under.get(place):
        return
    yield f'<section id="{code_anchor(place)}">\n<{level}>{_head(name, count)}</{level}>\n<ul>\n'
    for number, snippet in under[place]:
        quote = f": {escape(wording.quoted(snippet))}" if snippet else ""
        yield f'<li><a href="#s{number}">{_who(membership.members[number], weighed)}</a>{quote}</li>\n'
    yield "</ul>\n</section>\n"


def _who(member: Member, weighed: bool) -> str:
    """A respondent's name, and where units are counted how many it covers."""
    return escape(wording.name(member.name or member.key)) + (f" ({wording.units(member.covers)})" if weighed else "")


def _head(name: str, count: Count) -> str:
    return f"{escape(wording.name(name))} ({count.count} av {count.base}){_BACK}"


def _paragraphs(lines: list[str] | tuple[str, ...]) -> str:
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines)


def _number(number: bool) -> str:
    return ' class="number"' if number else ""
