"""A comparison of two rounds in the format that a file's suffix, or a format's name, asks for."""

import io
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.comparison import Comparison
from coder.domain.errors import CoderError
from coder.exporters import comparison_csv, comparison_json, comparison_markdown
from coder.exporters.files import write_text_file

FORMATS = ("json", "csv", "md")


def format_comparison(made: Comparison, name: str, respondents: bool = False) -> str:
    """The comparison as text in one of FORMATS, as it goes to a program: CSV is raw."""
    if name == "json":
        return comparison_json.render(made, respondents)
    if name == "md":
        return comparison_markdown.to_markdown(made)
    stream = io.StringIO(newline="")
    comparison_csv.write(made, stream)
    return stream.getvalue()


def write_comparison(made: Comparison, path: Path, *, raw: bool = False, respondents: bool = False) -> None:
    """Write the comparison in the format of the path's suffix; CSV as Excel in Swedish opens it, unless `raw`."""
    name = path.suffix.lower().removeprefix(".")
    if name not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise CoderError(f"can't write a comparison to {path}", f"Name a file that ends in {known}.")
    if name == "csv":
        write_text_file(path, partial(comparison_csv.write, made, excel=not raw))
        return
    text = format_comparison(made, name, respondents)

    def write(stream: TextIO) -> None:
        stream.write(text)

    write_text_file(path, write)
