"""Denominator ledgers in the format that a file's suffix, or a format's name, asks for."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.errors import CoderError
from coder.domain.ledger import Ledger
from coder.exporters import ledger_json, ledger_text
from coder.exporters.files import write_text_file

FORMATS = ("json", "csv", "md")


def format_ledgers(ledgers: Sequence[Ledger], name: str) -> str:
    """The rounds as text in one of FORMATS, as it goes to a program: CSV is raw."""
    if name == "json":
        return ledger_json.render(ledgers)
    if name == "md":
        return "\n".join(ledger_text.to_markdown(one) for one in ledgers)
    stream = io.StringIO(newline="")
    ledger_json.write_csv(ledgers, stream)
    return stream.getvalue()


def write_ledgers(ledgers: Sequence[Ledger], path: Path, raw: bool = False) -> None:
    """Write the rounds in the format of the path's suffix; CSV as Excel in Swedish opens it, unless `raw`."""
    name = path.suffix.lower().removeprefix(".")
    if name not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise CoderError(f"can't write a ledger to {path}", f"Name a file that ends in {known}.")
    if name == "csv":
        write_text_file(path, partial(ledger_json.write_csv, ledgers, excel=not raw))
        return
    text = format_ledgers(ledgers, name)

    def write(stream: TextIO) -> None:
        stream.write(text)

    write_text_file(path, write)
