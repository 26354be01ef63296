"""A table read back from its Excel workbook: the counts, and from the sheet of respondents who is counted."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from coder.domain.export_diff import Name
from coder.domain.method import stands
from coder.domain.printed import Printed, Published
from coder.domain.tables import Unit
from coder.importers.workbook import sheet_cells

_TABLE, _RESPONDENTS, _METHOD = "Tabell", "Svarande", "Metod"
_THEMES, _OPTIONS = ["Tema", "Kod", "Antal"], ["Alternativ", "Antal"]
_ANSWERED = "Svarat"
_BASE = re.compile(r"Antal (svarande|enheter som de svarande omfattar): (\d{1,12})")


def read(path: Path) -> Published:
    """What the workbook says; no table where it has none. Raises ValueError for one that was changed since."""
    with sheet_cells(path, _METHOD) as rows:
        note = stands("\n".join(row[0] for row in rows if row))
    with sheet_cells(path, _TABLE) as rows:
        table = list(rows)
    head = next((place for place, row in enumerate(table) if row[:3] == _THEMES or row[:2] == _OPTIONS), None)
    if head is None or head < 2:
        return Published(None, note)
    based = _BASE.fullmatch(table[1][0] if table[1] else "")
    if based is None:
        raise ValueError(table[1])
    named = list(_counts(table[head + 1 :], len(_THEMES) if table[head][:3] == _THEMES else len(_OPTIONS)))
    counts = {name: count for name, _, count in named}
    if len(counts) < len(named):
        raise ValueError(_TABLE)
    question, round_key = (note[0].question, note[0].round) if note else (table[0][0], "")
    unit = Unit.RESPONDENTS if based[1] == "svarande" else Unit.UNITS
    members = _members(path, [(name, over) for name, over, _ in named])
    if members is not None and unit is Unit.RESPONDENTS and any(len(members[name]) != counts[name] for name in counts):
        raise ValueError(_RESPONDENTS)
    return Published(Printed(question, round_key, int(based[2]), counts, unit, members), note)


def _counts(rows: Sequence[list[str]], wide: int) -> Iterator[tuple[Name, str, int]]:
    """The theme and code of each row down to the first empty one, the head of its column of respondents, its count."""
    theme = over = ""
    for row in rows:
        if not row:
            return
        *texts, count = (row + [""] * wide)[:wide]
        if texts[0]:
            theme = over = texts[0]
            if not count:
                theme = ""  # over the codes that have none
                continue
        code = texts[1] if len(texts) > 1 else ""
        yield (theme, code), f"{over}: {code}" if code else over, int(count)


def _members(path: Path, columns: Sequence[tuple[Name, str]]) -> dict[Name, frozenset[str]] | None:
    """Who has a 1 in each of the columns, None where the workbook doesn't name the respondents."""
    heads = [over for _, over in columns]
    found: dict[Name, set[str]] = {name: set() for name, _ in columns}
    with sheet_cells(path, _RESPONDENTS) as rows:
        header = next(rows, [])
        first = next(
            (
                place + 1
                for place, head in enumerate(header)
                if head == _ANSWERED and header[place + 1 : place + 1 + len(heads)] == heads
            ),
            None,
        )
        if first is None:
            return None
        for row in rows:
            for (name, _), cell in zip(columns, row[first:], strict=False):
                if cell == "1":
                    found[name].add(row[0])
    return {name: frozenset(who) for name, who in found.items()}
