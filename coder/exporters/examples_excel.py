"""The examples of coding as a sheet."""

from typing import Any

from coder.domain.method import MethodNote
from coder.domain.tables import ExampleTable
from coder.exporters.grid import Kind, grid
from coder.exporters.sheet import cell_text, method_sheet, print_on_a4, row_height

_HEAD_ROW = 3
_WIDTHS = (30, 34, 70)


def write(book: Any, table: ExampleTable, note: MethodNote | None) -> None:
    """Add the sheet: theme, code and examples, question by question."""
    laid_out = grid(table)
    sheet = book.add_worksheet("Exempel")
    sheet.write_string(0, 0, cell_text(laid_out.title), book.add_format({"bold": True, "font_size": 14}))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4"})
    wrapped = {bold: book.add_format({"bold": bold, "text_wrap": True, "valign": "top"}) for bold in (True, False)}
    for place, (column, width) in enumerate(zip(laid_out.columns, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEAD_ROW, place, column.head, head)
    for line, row in enumerate(laid_out.rows, start=_HEAD_ROW + 1):
        if row.kind is not Kind.HEAD:
            sheet.set_row(
                line,
                max(row_height("\n".join(lines), width) for lines, width in zip(row.cells, _WIDTHS, strict=True)),
            )
        for place, lines in enumerate(row.cells):
            if lines:
                sheet.write_string(line, place, cell_text("\n".join(lines)), wrapped[row.kind is Kind.HEAD])
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    print_on_a4(sheet, _HEAD_ROW)
    method_sheet(book, note)
