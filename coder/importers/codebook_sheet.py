"""Codebooks in sheets: a row for each code, its theme in the first column."""

from pathlib import Path

from coder.domain.answers import canonical, one_line
from coder.domain.errors import CoderError
from coder.domain.written import Written
from coder.importers.cells import Sheet
from coder.importers.codebook_draft import Draft
from coder.importers.problems import listed, nearest, shown, where
from coder.importers.sheets import read_sheet

COLUMNS = ("theme", "code", "definition", "examples", "aliases")
# About the codebook as a whole, and so the same in every row; the name of the file stands in for the first.
WHOLE = ("codebook", "language", "question")
_FORMULA_STARTS = tuple("=+-@\t\r")
_HINT = f"The columns are {', '.join(COLUMNS)}; {', '.join(WHOLE)} may be there too."


def read_sheet_codebook(path: Path) -> Written:
    """The codebook in a sheet.

    A row without a code holds the definition and aliases of its theme; a row without a theme a code that has none
    yet. Examples and aliases stand one a line in their cell; aliases in a cell of one line may be parted by semicolons.
    A theme comes where its first row does.
    """
    sheet = read_sheet(path)
    _require_columns(sheet)
    draft = Draft(path)
    themes: dict[str, int] = {}
    # A theme's own row may come after its codes, so the definitions are looked up first.
    rows = [(row.line, dict(zip(sheet.header, map(_unguarded, row.cells), strict=True))) for row in sheet.rows]
    own = [(line, one_line(row["theme"]), row) for line, row in rows if not one_line(row["code"])]
    about_theme = {theme: row for _, theme, row in reversed(own)}
    headed: dict[str, int] = {}
    for line, row in rows:
        theme = one_line(row["theme"])
        if theme and theme not in themes:
            row_of = about_theme.get(theme, {})
            themes[theme] = draft.add_theme(
                line,
                theme,
                definition=row_of.get("definition", ""),
                aliases=_aliases(row_of.get("aliases", "")),
                said=row_of,
            )
        if one_line(row["code"]):
            draft.add_code(
                line,
                themes[theme] if theme else None,
                row["code"],
                definition=row.get("definition", ""),
                examples=_lines(row.get("examples", "")),
                aliases=_aliases(row.get("aliases", "")),
                said=row,
            )
        elif not theme:
            raise CoderError(f"{where(path, line)}: neither a theme nor a code", "Name one of them, or both.")
        elif headed.setdefault(theme, line) != line:
            raise CoderError(
                f"{where(path, line)}: the theme {shown(theme)} has a row of its own on line {headed[theme]} too",
                "Give every theme a name of its own.",
            )
    about = {name: _one_value(sheet, name) for name in WHOLE}
    return draft.finish(about["codebook"] or path.stem, about["language"], about["question"])


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps Excel from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA_STARTS else cell


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(canonical(cell).split("\n"))


def _aliases(cell: str) -> tuple[str, ...]:
    """Former names, one a line. A name that has a semicolon of its own ends in a line break."""
    named = _lines(cell)
    return tuple(cell.split(";")) if len(named) == 1 else named


def _require_columns(sheet: Sheet) -> None:
    missing = [name for name in ("theme", "code") if name not in sheet.header]
    if missing:
        raise CoderError(f"{where(sheet.path)}: no column {listed(map(shown, missing), ', ')}", _HINT)
    for name in sheet.header:
        if name and name not in (*COLUMNS, *WHOLE):
            raise CoderError(
                f"{where(sheet.path)}: unknown column {shown(name)}", nearest(name, (*COLUMNS, *WHOLE)) + _HINT
            )


def _one_value(sheet: Sheet, column: str) -> str:
    place = sheet.place(column)
    if place is None:
        return ""
    first = ""
    for row in sheet.rows:
        value = one_line(row.cells[place])
        if value and first and value != first:
            raise CoderError(
                f"{where(sheet.path, row.line, column)}: {shown(value)} where an earlier row has {shown(first)}",
                "A file holds one codebook: write the same in every row.",
            )
        first = first or value
    return first
