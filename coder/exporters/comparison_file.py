"""A comparison of two rounds in the format that a file's suffix, or a format's name, asks for."""

import io
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.comparison import Comparison
from coder.domain.errors import CoderError
from coder.domain.method import MethodNote
from coder.exporters import (
    comparison_csv,
    comparison_excel,
    comparison_html,
    comparison_json,
    comparison_markdown,
    comparison_word,
    method_file,
    method_words,
)
from coder.exporters.files import Progress, write_text_file

FORMATS = ("json", "csv", "md")
SUFFIXES = (".docx", ".xlsx", ".html", *(f".{name}" for name in FORMATS))


def format_comparison(made: Comparison, name: str, respondents: bool = False) -> str:
    """The comparison as text in one of FORMATS, as it goes to a program: CSV is raw."""
    if name == "json":
        return comparison_json.render(made, respondents)
    if name == "md":
        return comparison_markdown.to_markdown(made)
    stream = io.StringIO(newline="")
    comparison_csv.write(made, stream)
    return stream.getvalue()


def write_comparison(
    made: Comparison,
    path: Path,
    *,
    raw: bool = False,
    respondents: bool = False,
    note: MethodNote | None = None,
    behind: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the comparison in the format of the path's suffix; CSV as Excel in Swedish opens it, unless `raw`.

    The note on how both rounds' numbers came about goes into the file, or beside one that has no room for it. With
    `behind` the numbers of a page lead to the answers behind them; see `comparison_html.write`.
    """
    name = path.suffix.lower().removeprefix(".")
    if path.suffix.lower() not in SUFFIXES:
        raise CoderError(f"can't write a comparison to {path}", f"Name a file that ends in {', '.join(SUFFIXES)}.")
    if name == "docx":
        comparison_word.write(made, path, note=note)
        return
    if name == "xlsx":
        comparison_excel.write(made, path, note=note)
        return
    if name == "html":
        comparison_html.write(made, path, note=note, behind=behind, progress=progress)
        return
    if name == "csv":
        write_text_file(path, partial(comparison_csv.write, made, excel=not raw))
        if note is not None:
            method_file.write_beside(path, method_words.lines(note))
        return
    if note is None:
        text = format_comparison(made, name, respondents)
    elif name == "json":
        text = comparison_json.render(made, respondents, {"method": method_file.to_json(note)})
    else:
        text = comparison_markdown.to_markdown(made, method_words.lines(note))

    def write(stream: TextIO) -> None:
        stream.write(text)

    write_text_file(path, write)
