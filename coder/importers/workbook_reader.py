"""A program of its own that reads one workbook or SPSS file and prints its rows, a JSON list of texts on each line.

A hostile or damaged file can make the libraries that read it abort, or eat all memory; that then ends this process
and not the workbench. It is started by its path, imports nothing of the package, and limits itself first.

Arguments: the file, then columns whose SPSS value labels are not applied; of a workbook `--sheet` and the name of the
sheet that is wanted, where it is not the first. The last line of standard error says what it
was: `{"sheet", "others", "rows", "beside", "numeric"}`, or `{"error", "detail"}`. `rows` is how many were printed,
`beside` the first that is longer than the header, 0 where none is.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TextIO

MEMORY = 2 * 1024**3
SECONDS = 120
CELLS = 20_000_000


def limit_self() -> None:
    """Bound what this process may use, where the operating system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, bound in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (bound, bound))
        except (OSError, ValueError):
            continue


def as_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, dates in ISO form, nothing as the empty text."""
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def is_number(value: object) -> bool:
    """True for a number, which a cell that holds text never is."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124


def read_workbook(path: str, out: TextIO, wanted: str = "") -> dict[str, object]:
    """The first visible sheet that holds anything, from its very first row on, and the names of others that do.

    Of those named `wanted`, where a name is given.
    """
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook  # noqa: PLC0415

    told: dict[str, object] = {"sheet": "", "rows": 0, "beside": 0, "numeric": []}
    others: list[str] = []
    try:
        # By its content, not by its name: workbooks of one kind are often named as the other.
        with open(path, "rb") as file, load_workbook(file) as book:  # noqa: PTH123
            for number, about in enumerate(book.sheets_metadata):
                if about.visible is not SheetVisibleEnum.Visible or wanted not in ("", about.name):
                    continue
                sheet = book.get_sheet_by_index(number)
                if sheet.end is None:
                    continue
                high, wide = sheet.end[0] + 1, sheet.end[1] + 1
                if high * wide > CELLS:
                    return {"error": "far", "detail": f"{high} rows, {wide} columns"}
                if told["sheet"]:
                    others.append(about.name)
                else:
                    told = {"sheet": about.name, **print_rows(sheet.iter_rows(), out)}
                del sheet  # before the next one comes into memory
    except PasswordError:
        return {"error": "password"}
    except CalamineError as error:
        return {"error": "broken", "detail": str(error)}
    return {**told, "others": others}


def print_rows(values: Iterable[Iterable[object]], out: TextIO) -> dict[str, object]:
    """Print rows as texts without the empty cells at their end.

    Returns how many there are, the first that is longer than the header, and the columns that hold numbers below the
    first row.
    """
    rows = beside = wide = 0
    numeric: set[int] = set()
    for row in values:
        if rows:
            numeric.update(place for place, value in enumerate(row) if is_number(value))
        rows += 1
        texts = [as_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        wide = wide or len(texts)
        beside = beside or (rows if len(texts) > wide else 0)
        out.write(json.dumps(texts) + "\n")
    return {"rows": rows, "beside": beside, "numeric": sorted(numeric)}


def read_spss(path: str, unlabelled: Iterable[str], out: TextIO) -> dict[str, object]:
    """The variables of an SPSS file, their values' labels in place of the values."""
    try:
        import pyreadstat  # noqa: PLC0415
    except ImportError:
        return {"error": "pyreadstat"}
    try:
        columns, about = pyreadstat.read_sav(path, output_format="dict")
    except Exception as error:  # whatever the library says of a damaged file is the answer
        return {"error": "broken", "detail": str(error)}
    kept = set(unlabelled)
    labels = [{} if name in kept else about.variable_value_labels.get(name, {}) for name in columns]
    labelled = [map(own.get, values, values) for own, values in zip(labels, columns.values(), strict=True)]
    told = print_rows(chain([list(columns)], zip(*labelled, strict=True)), out)
    return {"sheet": "", "others": [], **told}


def main(arguments: Sequence[str]) -> None:
    """Read the file that the arguments name."""
    # What the libraries may say goes nowhere; what this program says stands alone.
    with open(os.dup(2), "w", encoding="utf-8") as says:  # noqa: PTH123 - a descriptor, no path
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        path, *more = arguments
        try:
            if path.lower().endswith(".sav"):
                answer = read_spss(path, more, sys.stdout)
            else:
                answer = read_workbook(path, sys.stdout, more[1] if len(more) == 2 and more[0] == "--sheet" else "")
            sys.stdout.flush()
        except OSError as error:
            # The file was there and could be opened: what cannot be written is the rows.
            answer = {"error": "full", "detail": error.strerror or str(error)}
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        says.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    limit_self()
    main(sys.argv[1:])
