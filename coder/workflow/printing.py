"""Comparisons, ledgers and their files: what the exporters make of them, for the front ends."""

from collections.abc import Sequence
from pathlib import Path

from coder.domain.comparison import Comparison
from coder.domain.ledger import Ledger
from coder.domain.method import Made, MethodNote
from coder.exporters import comparison_file, comparison_text, ledger_file, ledger_text


def comparison_as_text(made: Comparison, width: int) -> str:
    """The comparison as a terminal of that many columns shows it."""
    return comparison_text.render(made, width)


def format_comparison(made: Comparison, name: str, respondents: bool = False) -> str:
    """The comparison as text for a program: json, csv or md."""
    return comparison_file.format_comparison(made, name, respondents)


def write_comparison(
    made: Comparison, path: Path, *, note: MethodNote | None = None, raw: bool = False, respondents: bool = False
) -> None:
    """Write the comparison in the format of the path's suffix, with the note on how its numbers came about."""
    comparison_file.write_comparison(made, path, raw=raw, respondents=respondents, note=note)


def ledger_as_text(made: Ledger, width: int) -> str:
    """The ledger as a terminal of that many columns shows it."""
    return ledger_text.render(made, width)


def format_ledgers(ledgers: Sequence[Ledger], name: str) -> str:
    """The ledgers as text for a program: json, csv or md."""
    return ledger_file.format_ledgers(ledgers, name)


def write_ledgers(ledgers: Sequence[Ledger], path: Path, made: Made | None = None, raw: bool = False) -> None:
    """Write the ledgers in the format of the path's suffix, with when and with what they were made."""
    ledger_file.write_ledgers(ledgers, path, made, raw)
