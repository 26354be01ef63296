"""A comparison of two rounds as Markdown, to read or to paste into a report."""

from collections.abc import Sequence

from coder.domain.comparison import Comparison
from coder.exporters import comparison_words as words
from coder.exporters import wording
from coder.exporters.table_markdown import escape


def to_markdown(made: Comparison, method: Sequence[str] = ()) -> str:
    """The comparison with title, bases and notes, and the lines of its method note; themes are bold."""
    head = words.head(made)
    lines = [_line([escape(cell) for cell in head]), "|:---|" + "---:|" * (len(head) - 1)]
    for row in made.rows:
        name = escape(words.name(row))
        lines.append(_line([f"**{name}**" if row.theme and not row.code else name, *words.cells(row, made)]))
    blocks = [f"## {escape(words.title(made))}", escape(words.bases(made))]
    blocks += [f"**{escape(warning)}**" for warning in words.warnings(made)]
    blocks.append("\n".join(lines))
    blocks += map(escape, words.notes(made))
    if method:
        blocks += [f"### {wording.METHOD}", *map(escape, method)]
    return "\n\n".join(blocks) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
