"""A program of its own that reads one workbook or SPSS file and prints its cells as JSON.

A hostile or damaged file can make the libraries that read it abort, or eat all memory; that then ends this process
and not the workbench. It is started by its path, imports nothing of the package, and limits itself first.

Arguments: the file, then columns whose SPSS value labels are not applied. It prints `{"sheet", "others", "rows",
"numeric"}`, or `{"error", "detail"}`.
"""

import datetime as dt
import json
import sys
from collections.abc import Iterable

MEMORY = 2 * 1024**3
SECONDS = 60
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


def read_workbook(path: str) -> dict[str, object]:
    """The first visible sheet that holds anything, from its very first row on, and the names of others that do."""
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook  # noqa: PLC0415

    try:
        # By its content, not by its name: workbooks of one kind are often named as the other.
        with open(path, "rb") as file, load_workbook(file) as book:  # noqa: PTH123
            found: list[str] = []
            rows: list[list[str]] = []
            numeric: list[int] = []
            for number, about in enumerate(book.sheets_metadata):
                if about.visible is not SheetVisibleEnum.Visible:
                    continue
                sheet = book.get_sheet_by_index(number)
                if sheet.end is None:
                    continue
                high, wide = sheet.end[0] + 1, sheet.end[1] + 1
                if high * wide > CELLS:
                    return {"error": "far", "detail": f"{high} rows, {wide} columns"}
                found.append(about.name)
                if len(found) == 1:
                    rows, numeric = read_rows(sheet.iter_rows())
    except PasswordError:
        return {"error": "password"}
    except CalamineError as error:
        return {"error": "broken", "detail": str(error)}
    return {"sheet": found[0] if found else "", "others": found[1:], "rows": rows, "numeric": numeric}


def read_rows(values: Iterable[Iterable[object]]) -> tuple[list[list[str]], list[int]]:
    """Rows as texts without the empty cells at their end, and the columns that hold numbers below the first row."""
    rows: list[list[str]] = []
    numeric: set[int] = set()
    for row in values:
        if rows:
            numeric.update(place for place, value in enumerate(row) if is_number(value))
        texts = [as_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        rows.append(texts)
    return rows, sorted(numeric)


def read_spss(path: str, unlabelled: Iterable[str]) -> dict[str, object]:
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
    texts: list[list[str]] = []
    numeric: list[int] = []
    for place, (name, values) in enumerate(columns.items()):
        labels = {} if name in kept else about.variable_value_labels.get(name, {})
        texts.append([as_text(labels.get(value, value)) for value in values])
        if any(is_number(value) and value not in labels for value in values):
            numeric.append(place)
    return {
        "sheet": "",
        "others": [],
        "rows": [list(columns), *(list(row) for row in zip(*texts, strict=True))],
        "numeric": numeric,
    }


if __name__ == "__main__":
    limit_self()
    file_name = sys.argv[1]
    is_spss = file_name.lower().endswith(".sav")
    json.dump(read_spss(file_name, sys.argv[2:]) if is_spss else read_workbook(file_name), sys.stdout)
