"""Denominator ledgers in the format that a file's suffix, or a format's name, asks for."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from coder.domain.accounted import Accounted
from coder.domain.errors import CoderError
from coder.domain.ledger import Ledger
from coder.domain.method import Made
from coder.exporters import (
    ledger_excel,
    ledger_html,
    ledger_json,
    ledger_text,
    ledger_word,
    ledger_words,
    method_file,
    method_words,
    wording,
)
from coder.exporters.files import Progress, write_text_file
from coder.exporters.table_markdown import escape

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


def write_ledgers(
    ledgers: Sequence[Ledger],
    path: Path,
    made: Made | None = None,
    raw: bool = False,
    *,
    behind: Sequence[Accounted] = (),
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the rounds in the format of the path's suffix; CSV as Excel in Swedish opens it, unless `raw`.

    How the columns hang together, and when and with what the ledger was made, stand in the file or beside it. `behind`
    is, round by round, whom the numbers of a page lead to.
    """
    name = path.suffix.lower().removeprefix(".")
    if name not in (*FORMATS, "docx", "xlsx", "html"):
        known = ", ".join(f".{one}" for one in ("docx", "xlsx", "html", *FORMATS))
        raise CoderError(f"can't write a ledger to {path}", f"Name a file that ends in {known}.")
    if name == "docx":
        ledger_word.write(ledgers, path, made)
        return
    if name == "html":
        ledger_html.write(ledgers, path, made, behind=behind, progress=progress)
        return
    if name == "xlsx":
        ledger_excel.write(ledgers, path, _notes(ledgers), made)
        return
    if name == "csv":
        write_text_file(path, partial(ledger_json.write_csv, ledgers, excel=not raw))
        if made is not None:
            method_file.write_beside(path, [*_notes(ledgers), method_words.made(made)])
        return
    text = format_ledgers(ledgers, name)
    if made is not None and name == "json":
        text = ledger_json.render(ledgers, made, _notes(ledgers))
    elif made is not None:
        text += f"\n### {wording.METHOD}\n\n{escape(method_words.made(made))}\n"

    def write(stream: TextIO) -> None:
        stream.write(text)

    write_text_file(path, write)


def _notes(ledgers: Sequence[Ledger]) -> list[str]:
    """How the columns hang together, each sentence once."""
    return list(dict.fromkeys(line for one in ledgers for line in ledger_words.notes(one)))
