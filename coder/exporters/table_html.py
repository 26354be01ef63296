"""A table as a page; its counts lead to the answers they are made of."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from coder.domain.method import MethodNote
from coder.domain.tables import Membership, OptionTable, ThemeTable
from coder.exporters import method_words, page_behind, page_table, table_behind
from coder.exporters.files import Progress, write_text_file
from coder.exporters.grid import Table, grid
from coder.exporters.links import EVERYBODY
from coder.exporters.page import page
from coder.exporters.table_behind import Side


def write(
    table: Table,
    path: Path,
    *,
    note: MethodNote | None = None,
    membership: Membership | None = None,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the page. With a membership, every number is a link to the answers behind it, further down the page.

    `progress` is told how many respondents have been written, of how many.
    """
    side = None
    if membership is not None and isinstance(table, ThemeTable | OptionTable):
        membership.require_same(table)
        side = Side(table, membership, {one.key: place for place, one in enumerate(membership.members)})
    laid_out = grid(table)

    def body() -> Iterator[str]:
        yield from page_table.table(laid_out, leads=side is not None)
        yield page_table.method(method_words.lines(note), leads=side is not None) if note is not None else ""
        if side is not None:
            yield from _behind(side, progress)

    write_text_file(path, lambda stream: stream.writelines(page(laid_out.title, body())))


def _behind(side: Side, progress: Progress) -> Iterator[str]:
    """Under every theme and code the respondents counted there, then every answer once, whole."""
    yield '<section class="behind" aria-labelledby="bakom">\n<h2 id="bakom">Svaren bakom talen</h2>\n'
    yield from table_behind.behind(side, 3)
    yield from table_behind.clashes(side, 3)
    yield from table_behind.by_origin(side, 3)
    yield f'<section id="{EVERYBODY}">\n<h3>Alla svarande{page_behind.back()}</h3>\n'
    for place, member in enumerate(page_behind.told(side.membership.members, progress)):
        yield f'<h4 id="s{place}">{escape(side.name(member))}</h4>\n{table_behind.answer(side, member)}'
    yield "</section>\n</section>\n"
