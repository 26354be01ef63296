"""A sheet: named columns and numbered rows, every cell text. What every reader of rows ends in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import is_blank, one_line
from coder.domain.errors import CoderError
from coder.importers.problems import listed, refuse_if, shown, where


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line of the file it begins at."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file of rows holds. A column without a name has an empty one.

    `numeric` are the columns in which the file holds numbers rather than text, `notes` what a user should know of how
    the file was read.
    """

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    numeric: frozenset[str] = field(default=frozenset())

    def place(self, column: str) -> int | None:
        """The number of the column with that name, None where there is none."""
        return self.header.index(column) if column and column in self.header else None


def make_sheet(
    path: Path,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Sequence[str] = (),
    numeric: Iterable[int] = (),
) -> Sheet:
    """A sheet of records with their lines; the first that is not blank is the header.

    Blank rows are left out with a note. Raises CoderError for a file without a header, for two columns of one name
    and for rows that are longer or shorter than the header.
    """
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    blank: list[int] = []
    skipped: list[int] = []
    ragged: list[str] = []
    for line, cells in records:
        if all(is_blank(cell) for cell in cells):
            skipped.append(line)
        elif not header:
            header = tuple(one_line(cell) for cell in cells)
            skipped.clear()
        else:
            # Blank lines above the header and below the last row are nobody's loss.
            blank += skipped
            skipped.clear()
            wide = len(header)
            # Some tools end every row with a delimiter, and the header without one.
            kept = tuple(cells[:wide]) if all(is_blank(cell) for cell in cells[wide:]) else tuple(cells)
            if len(kept) != wide:
                ragged.append(f"line {line}: {len(kept)} cells where the header has {wide}")
            rows.append(Row(line, kept))
    if not header:
        raise CoderError(f"{where(path)}: the file is empty", "Give a file whose first row names the columns.")
    refuse_if(ragged, path, "Put quotation marks around cells that hold the delimiter, or export the file again.")
    twice = [name for name, times in Counter(header).items() if name and times > 1]
    if twice:
        raise CoderError(
            f"{where(path)}: several columns are named {listed(map(shown, twice), ', ')}",
            "Give every column a name of its own.",
        )
    every = list(notes)
    if blank:
        every.append(f"{len(blank)} blank rows were left out (first on line {blank[0]})")
    names = frozenset(header[place] for place in numeric if place < len(header))
    return Sheet(path, header, tuple(rows), tuple(every), names)
