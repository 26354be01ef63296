"""A figure in a file: PNG, SVG or PDF by the suffix, with its alternative text beside it and inside it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from coder.domain.errors import CoderError
from coder.domain.figures import Figure
from coder.exporters import figure_words
from coder.exporters.files import write_bytes, write_text_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

SUFFIXES = (".png", ".svg", ".pdf")
_DOTS_PER_INCH = 300
_SVG_HEAD = re.compile(r"<svg\b([^>]*)>")


def alt_path(path: Path) -> Path:
    """Where the alternative text of a figure stands: beside it, under its whole name."""
    return path.with_name(f"{path.name}.alt.txt")


def write(figure: Figure, path: Path) -> None:
    """Draw the figure in the format of the path's suffix; equal figures give equal files.

    The alternative text goes into a text file beside it, and into the file where its format has a place for it.
    """

    def drawing() -> Drawing:
        from coder.exporters.drawing import draw  # noqa: PLC0415 - only who draws pays for the library

        return draw(figure)

    save(path, drawing, figure_words.title(figure), figure_words.alt_text(figure))


def save(path: Path, drawing: Callable[[], Drawing], title: str, text: str) -> None:
    """Save what `drawing` draws, with `text`, all that it shows in words, beside it and inside it."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CoderError(f"can't draw a figure in {path}", f"Name a file that ends in {', '.join(SUFFIXES)}.")
    # Where the library can't keep its list of fonts it says so at length, and nobody need do anything about it.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from coder.exporters.drawing import settings  # noqa: PLC0415 - only who draws pays for the library

    with settings():
        content = _saved(drawing(), title, text, suffix)

    def words(stream: TextIO) -> None:
        stream.write(text + "\n")

    write_bytes(path, content)
    write_text_file(alt_path(path), words)


def _saved(drawing: Drawing, title: str, text: str, suffix: str) -> bytes:
    # No program version and no time: the same numbers give the same bytes.
    metadata: dict[str, dict[str, Any]] = {
        ".png": {"Title": title, "Description": text, "Software": None},
        ".svg": {"Date": None, "Creator": None},
        ".pdf": {"Title": title, "Subject": text, "Creator": None, "Producer": None, "CreationDate": None},
    }
    memory = io.BytesIO()
    drawing.savefig(memory, format=suffix[1:], dpi=_DOTS_PER_INCH, metadata=metadata[suffix])
    return _described(memory.getvalue(), title, text) if suffix == ".svg" else memory.getvalue()


def _described(svg: bytes, title: str, text: str) -> bytes:
    """The picture with its title and description where readers of the screen look for them."""
    head = (
        r'<svg\1 role="img" aria-labelledby="figure-title figure-text" xml:lang="sv">'
        '\n <title id="figure-title">{}</title>\n <desc id="figure-text">{}</desc>'
    )
    words = [escape(one).replace("\\", "\\\\") for one in (title, text)]
    return _SVG_HEAD.sub(head.format(*words), svg.decode(), count=1).encode()
