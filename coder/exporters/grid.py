"""A table laid out for print, before any format: columns, and rows of cells that know what they stand for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from coder.domain.answers import one_line
from coder.domain.tables import CodeRow, Count, ExampleTable, OptionTable, ThemeTable
from coder.exporters import wording
from coder.exporters.links import code_anchor, linked, theme_anchor

Table = ThemeTable | OptionTable | ExampleTable
Counted = ThemeTable | OptionTable

_ORIGIN_WIDTHS = (0.1, 0.135, 0.115)  # of the columns under wording.ORIGIN_HEADS: as much as their heads need


class Kind(StrEnum):
    """What a row is: a theme or another heading set off from its rows, a row under one, or a row by itself."""

    HEAD = "head"
    UNDER = "under"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its share of the width, and whether numbers stand in it."""

    head: str
    width: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, each of any number of lines."""

    kind: Kind
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be printed: `lead` is the line above it that gives the base. Numbers may be `Linked`.

    `warnings` are what a reader must know before the first number, and stand above it too.
    """

    title: str
    lead: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def grid(table: Table) -> Grid:
    """The table laid out; columns that would stay empty are left out."""
    if isinstance(table, ExampleTable):
        return _examples(table)
    rows = _theme_rows(table) if isinstance(table, ThemeTable) else _option_rows(table)
    columns = _columns(table)
    kept = tuple(Row(row.kind, row.cells[: len(columns)]) for row in rows)
    return Grid(wording.title(table), wording.base(table), columns, kept, tuple(wording.notes(table)))


def _columns(table: Counted) -> tuple[Column, ...]:
    """The columns of a table of counts; names and examples share what the numbers leave of the width."""
    sampled = isinstance(table, ThemeTable) and table.sampled is not None
    split = wording.origin_heads(table)
    examples = isinstance(table, ThemeTable) and any(code.examples for code in codes_of(table))
    widths = [*((0.165, 0.195) if sampled else (0.1, 0.1)), *(_ORIGIN_WIDTHS if split else ())]
    if not (examples or split or sampled):
        widths = [0.15, 0.15]
    left = 1 - sum(widths)
    heads = (wording.COUNT, wording.PERCENT, *split)
    numbers = [Column(head, width, number=True) for head, width in zip(heads, widths, strict=True)]
    share = 0.5 if split else 0.45
    first = Column(wording.first_column(table), share * left if examples else left)
    return (first, *numbers, *([Column(wording.EXAMPLES, (1 - share) * left)] if examples else []))


def codes_of(table: ThemeTable) -> Iterator[CodeRow]:
    """All codes of a theme table, those without a theme last."""
    for theme in table.themes:
        yield from theme.codes
    yield from table.unthemed


def _theme_rows(table: ThemeTable) -> Iterator[Row]:
    split = table.by_machine

    def under(codes: tuple[CodeRow, ...]) -> Iterator[Row]:
        for code in codes:
            anchors = _anchors(partial(code_anchor, code.id))
            yield Row(Kind.UNDER, _cells(code.name, code.count, anchors, code.examples, split=split))

    for theme in table.themes:
        anchors = _anchors(partial(theme_anchor, theme.id))
        yield Row(Kind.HEAD, _cells(theme.name, theme.count, anchors, split=split))
        yield from under(theme.codes)
    if table.unthemed:
        yield Row(Kind.HEAD, ((wording.UNTHEMED,), (), (), *([()] * len(wording.origin_heads(table))), ()))
        yield from under(table.unthemed)


def _option_rows(table: OptionTable) -> Iterator[Row]:
    for place, option in enumerate(table.options):
        yield Row(Kind.PLAIN, _cells(option.name, option.count, _anchors(partial(code_anchor, place))))


def _anchors(anchor: Callable[[str], str]) -> tuple[str, ...]:
    """The target of a count, and those of its parts by how the codings came about."""
    return (anchor(""), *(anchor(origin.value) for origin in wording.ORIGIN_WORDS))


def _cells(
    name: str, count: Count, anchors: tuple[str, ...], examples: tuple[str, ...] = (), *, split: bool = False
) -> tuple[tuple[str, ...], ...]:
    share = wording.share(count).replace(" ", "\u00a0")
    whole, *others = anchors
    parts = zip(wording.origins(count), others, strict=True) if split else ()
    return (
        (wording.name(name),),
        (linked(wording.number(count).replace(" ", "\u00a0"), whole),),
        (share,),
        *((linked(number, anchor),) for number, anchor in parts),
        tuple(map(wording.quoted, examples)),
    )


def _examples(table: ExampleTable) -> Grid:
    rounds = dict.fromkeys(wording.name(one.round) for one in table.questions)
    return Grid(
        title=f"{wording.EXAMPLES_TITLE} ({', '.join(rounds)})",
        lead="",
        columns=(Column("Tema", 0.25), Column("Kod", 0.25), Column(wording.EXAMPLES, 0.5)),
        rows=tuple(row for one in table.questions for row in _example_rows(one)),
        notes=(),
    )


def _example_rows(table: ThemeTable) -> Iterator[Row]:
    """The question, then its codes with examples, the theme's name at the first of them."""
    yield Row(Kind.HEAD, ((wording.name(one_line(table.text) or table.question),), (), ()))
    found = False
    groups = [*((wording.name(theme.name), theme.codes) for theme in table.themes), (wording.UNTHEMED, table.unthemed)]
    for theme, codes in groups:
        shown: tuple[str, ...] = (theme,)
        for code in codes:
            if code.examples:
                yield Row(Kind.PLAIN, (shown, (wording.name(code.name),), tuple(map(wording.quoted, code.examples))))
                shown, found = (), True
    if not found:
        yield Row(Kind.PLAIN, (("Inga exempel valda",), (), ()))
