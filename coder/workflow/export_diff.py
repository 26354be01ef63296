"""Two codings files set side by side, without a project."""

from pathlib import Path

from coder.domain.errors import CoderError
from coder.domain.export_diff import Moved, export_diff
from coder.importers import codings


def difference(before: Path, after: Path) -> list[Moved]:
    """Every count that differs between two exports of codings; raises CoderError for files that are no exports."""
    rows = []
    for file in (before, after):
        if file.suffix.lower() != ".csv":
            raise CoderError(
                f"{file}: not an export of codings, and a table or figure doesn't say whom its numbers are made of",
                "Write `coder codings export PROJECT --out FILE.csv` beside what you publish; compare two of those.",
            )
        read = codings.read_codings(file)
        bare = next((row for row in read if not row.nothing and row.status is None), None)
        if bare is not None:
            raise CoderError(
                f"{file}, line {bare.line}: no status, so nobody can tell whether the coding is counted",
                "Compare files written by `coder codings export`; they say what the rule makes of every coding.",
            )
        rows.append(read)
    return export_diff(*rows)
