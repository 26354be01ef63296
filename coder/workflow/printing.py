"""Comparisons, ledgers and their files: what the exporters make of them, for the front ends."""

from collections.abc import Sequence
from pathlib import Path

from coder.domain.accounted import Accounted
from coder.domain.comparison import Comparison
from coder.domain.ledger import Ledger
from coder.domain.method import Made, MethodNote
from coder.exporters import comparison_file, comparison_text, ledger_file, ledger_text
from coder.workflow.long_run import Progress, unwatched


def comparison_as_text(made: Comparison, width: int) -> str:
    """The comparison as a terminal of that many columns shows it."""
    return comparison_text.render(made, width)


def format_comparison(made: Comparison, name: str, respondents: bool = False) -> str:
    """The comparison as text for a program: json, csv or md."""
    return comparison_file.format_comparison(made, name, respondents)


def write_comparison(
    made: Comparison,
    path: Path,
    *,
    note: MethodNote | None = None,
    raw: bool = False,
    respondents: bool = False,
    behind: bool = False,
    progress: Progress = unwatched,
) -> None:
    """Write the comparison in the format of the path's suffix, with the note on how its numbers came about.

    With `behind` a page holds the answers behind its numbers too, which the comparison must have been made with.
    """
    comparison_file.write_comparison(
        made, path, raw=raw, respondents=respondents, note=note, behind=behind, progress=progress
    )


def ledger_as_text(made: Ledger, width: int) -> str:
    """The ledger as a terminal of that many columns shows it."""
    return ledger_text.render(made, width)


def format_ledgers(ledgers: Sequence[Ledger], name: str) -> str:
    """The ledgers as text for a program: json, csv or md."""
    return ledger_file.format_ledgers(ledgers, name)


def write_ledgers(
    ledgers: Sequence[Ledger],
    path: Path,
    made: Made | None = None,
    raw: bool = False,
    *,
    behind: Sequence[Accounted] = (),
    progress: Progress = unwatched,
) -> None:
    """Write the ledgers in the format of the path's suffix, with when and with what they were made.

    `behind` is, round by round, whom the numbers of a page lead to.
    """
    ledger_file.write_ledgers(ledgers, path, made, raw, behind=behind, progress=progress)
