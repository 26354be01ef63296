"""What leaves a project for files and other programs."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.exchange import CodingRow
from coder.domain.tables import OptionTable, ThemeTable
from coder.exporters import codebook_file, codings_csv, table_file, table_text
from coder.exporters.files import write_text_file
from coder.workflow.codings import export_codings
from coder.workflow.project import Project

Table = ThemeTable | OptionTable


def format_table(table: Table, name: str) -> str:
    """The table as text for a program: json, csv or md."""
    return table_file.format_table(table, name)


def table_as_text(table: Table, width: int) -> str:
    """The table as a terminal of that many columns shows it."""
    return table_text.render(table, width)


def write_table(table: Table, path: Path, raw: bool = False) -> None:
    """Write the table in the format of the path's suffix."""
    table_file.write_table(table, path, raw)


def write_codebook(project: Project, question: str, path: Path) -> None:
    """Write the codebook of a question in the format of the path's suffix."""
    codebook_file.write_codebook(project.codebook(question), path)


def write_codings(project: Project, path: Path | None, stream: TextIO) -> int:
    """Write every coding to a file, or to the stream where none is named. Returns the number of rows."""
    written = 0

    def counted(rows: Iterator[CodingRow]) -> Iterator[CodingRow]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    rows = counted(export_codings(project))
    if path is None:
        codings_csv.write(rows, stream)
    else:
        write_text_file(path, partial(codings_csv.write, rows))
    return written
