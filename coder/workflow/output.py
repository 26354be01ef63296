"""What leaves a project for files and other programs."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.exchange import CodingRow
from coder.domain.figures import Figure
from coder.domain.method import MethodNote
from coder.domain.tables import ExampleTable, OptionTable, ThemeTable
from coder.exporters import (
    codebook_file,
    codings_csv,
    codings_file,
    figure_text,
    figure_words,
    figures,
    method_file,
    method_words,
    table_file,
    table_markdown,
    table_text,
)
from coder.exporters.files import write_file
from coder.exporters.table_file import Extras
from coder.workflow.codings import export_codings
from coder.workflow.long_run import Progress, unwatched
from coder.workflow.project import Project

__all__ = ["Extras"]

Table = ThemeTable | OptionTable


def format_table(table: Table, name: str) -> str:
    """The table as text for a program: json, csv or md."""
    return table_file.format_table(table, name)


def table_as_text(table: Table, width: int) -> str:
    """The table as a terminal of that many columns shows it."""
    return table_text.render(table, width)


def examples_as_text(table: ExampleTable) -> str:
    """The examples of coding as Markdown."""
    return table_markdown.to_markdown(table)


def write_table(table: Table | ExampleTable, path: Path, extras: Extras | None = None) -> None:
    """Write the table in the format of the path's suffix, with what else the format has room for."""
    table_file.write_table(table, path, extras)


def write_figure(figure: Figure, path: Path, note: MethodNote | None = None) -> tuple[Path, ...]:
    """Draw the figure in the format of the path's suffix. Returns where its alternative text and its note stand."""
    figures.write(figure, path)
    alternative = figures.alt_path(path)
    return (alternative,) if note is None else (alternative, method_file.write_beside(path, method_words.lines(note)))


def figure_as_text(figure: Figure, width: int) -> str:
    """The figure as a terminal of that many columns shows it."""
    return figure_text.render(figure, width)


def alt_text(figure: Figure) -> str:
    """All that the figure shows, in words."""
    return figure_words.alt_text(figure)


def write_codebook(project: Project, question: str, path: Path) -> None:
    """Write the codebook of a question as it is used now, in the format of the path's suffix."""
    codebook_file.write_codebook(project.codebook(question).in_use, path)


def write_codings(
    project: Project,
    path: Path | None,
    stream: TextIO,
    progress: Progress = unwatched,
    *,
    round_key: str | None = None,
    question: str | None = None,
) -> int:
    """Write every coding to a file, Parquet by its suffix, else CSV, or as CSV to the stream. Returns how many rows.

    With a round or a question only the codings of it; raises CoderError where the project has none such.
    """
    places = project.open_places(round_key, question)
    written = 0

    def counted(rows: Iterable[CodingRow]) -> Iterator[CodingRow]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    # Closed here, where the project is still open, also when the writing fails.
    with closing(export_codings(project, progress, of=places)) as every:
        rows = counted(every)
        if path is None:
            codings_csv.write(rows, stream)
        else:
            name = path.suffix.lower().removeprefix(".")
            form = name if name in codings_file.FORMATS else codings_file.FORMATS[0]
            write_file(path, partial(codings_file.write, rows, name=form))
    return written
