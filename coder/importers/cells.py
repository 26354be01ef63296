"""Rows of cells: named columns and numbered rows, every cell text. What every reader of rows ends in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import is_blank, one_line
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.importers.problems import Problems, listed, shown, where


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line of the file it begins at."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file of rows holds, all of it. A column without a name has an empty one.

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


class Rows:
    """The rows of a file as they are read, once, and in no more memory for more of them.

    `records` are the file's cells with their lines; the first that are not blank are the `header`. `lines` is about
    how many lines the file has. Blank rows are left out with a note. `notes` are complete when the rows are through.
    `others` are the names of a workbook's sheets with content that are not read.
    Raises CoderError for a file without a header and for two columns of one name.
    """

    def __init__(
        self,
        path: Path,
        records: Iterable[tuple[int, Sequence[str]]],
        lines: int,
        notes: Iterable[str] = (),
        numeric: Iterable[int] = (),
        *,
        others: Iterable[str] = (),
    ) -> None:
        self.path = path
        self.lines = lines
        self.notes = list(notes)
        self.others = tuple(others)
        self._records = iter(records)
        self.header = self._header()
        self.numeric = frozenset(self.header[place] for place in numeric if place < len(self.header))

    def __iter__(self) -> Iterator[Row]:
        """The rows, each as wide as the header. Raises CoderError at the end where some are not."""
        wide = len(self.header)
        ragged = Problems()
        blank = waiting = first_blank = first_waiting = 0
        for line, cells in self._records:
            if all(map(is_blank, cells)):
                first_waiting = first_waiting or line
                waiting += 1
                continue
            if waiting:
                # Blank lines above the header and below the last row are nobody's loss.
                first_blank = first_blank or first_waiting
                blank += waiting
                waiting = first_waiting = 0
            # Some tools end every row with a delimiter, and the header without one.
            kept = tuple(cells[:wide]) if len(cells) > wide and all(map(is_blank, cells[wide:])) else tuple(cells)
            if len(kept) == wide:
                yield Row(line, kept)
            else:
                ragged.add(f"line {line}: {how_many(len(kept), 'cell')} where the header has {wide}")
        ragged.refuse(self.path, "Put quotation marks around cells that hold the delimiter, or export the file again.")
        if blank:
            were = how_many(blank, "blank row was", "blank rows were")
            self.notes.append(f"{were} left out (first on line {first_blank})")

    def whole(self) -> Sheet:
        """All of it at once."""
        rows = tuple(self)
        return Sheet(self.path, self.header, rows, tuple(self.notes), self.numeric)

    def _header(self) -> tuple[str, ...]:
        for _, cells in self._records:
            if not all(map(is_blank, cells)):
                header = tuple(one_line(cell) for cell in cells)
                break
        else:
            raise CoderError(f"{where(self.path)}: the file is empty", "Give a file whose first row names the columns.")
        twice = [name for name, times in Counter(header).items() if name and times > 1]
        if twice:
            raise CoderError(
                f"{where(self.path)}: several columns are named {listed(map(shown, twice), ', ')}",
                "Give every column a name of its own.",
            )
        return header
