"""The denominator ledger for a plain terminal, and as Markdown."""

from coder.domain.ledger import Ledger
from coder.exporters import ledger_words as words
from coder.exporters import wording
from coder.exporters.table_markdown import escape
from coder.exporters.terminal import wrap
from coder.exporters.text_grid import grid


def render(made: Ledger, width: int = 100) -> str:
    """The ledger with its rates, a row a question, and a row a group."""
    lines = [*wrap(words.title(made), width)]
    for line in words.summary(made):
        lines += wrap(line, width)
    rows = [words.row(one, made.by_machine) for one in made.questions]
    lines += ["", *grid(words.head(made), rows, width), ""]
    for note in words.notes(made):
        lines += wrap(note, width)
    for attribute, head, rows in words.groups(made):
        lines += ["", wording.name(attribute), *grid(head, rows, width)]
    return "\n".join(lines) + "\n"


def to_markdown(made: Ledger) -> str:
    """The ledger as Markdown, to read or to paste into a report."""
    blocks = [f"## {escape(words.title(made))}", "\n".join(f"- {escape(line)}" for line in words.summary(made))]
    blocks.append(_table(words.head(made), [words.row(one, made.by_machine) for one in made.questions]))
    blocks += [escape(note) for note in words.notes(made)]
    for attribute, head, rows in words.groups(made):
        blocks += [f"### {escape(attribute)}", _table(head, rows)]
    return "\n\n".join(blocks) + "\n"


def _table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [" | ".join(head), ":---|" + "|".join(["---:"] * (len(head) - 1))]
    lines += [" | ".join(escape(cell) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" if not line.startswith(":") else f"|{line}|" for line in lines)
