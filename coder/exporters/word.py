"""What Word wants to be told and its library has no word for: language, repeated rows, rows that stay whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.exporters import wording
from coder.exporters.files import write_bytes
from coder.exporters.word_markup import child, put
from coder.exporters.word_template import opened, style, table_style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def new_document(template: Path | None) -> tuple[Document, Markup]:
    """An empty document on A4, or the template's own, and the hand that writes in it.

    Raises CoderError for a template that can't be read as one.
    """
    import docx  # noqa: PLC0415 - only who writes a document pays for it
    from docx.shared import Cm, Pt  # noqa: PLC0415

    if template is not None:
        document = opened(template)
    else:
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10)
        _plain(document, "Caption")
        _plain(document, "Heading 2")
        # Swedish words are long and the columns narrow.
        child(document.settings.element, "w:autoHyphenation")
    markup = Markup(document, own=template is None)
    markup.speak()
    return document, markup


def save(document: Document, path: Path) -> None:
    """Write a document as a whole or not at all."""
    content = io.BytesIO()
    document.save(content)
    write_bytes(path, content.getvalue())


@dataclass(frozen=True)
class Markup:
    """Writes in one document. `own` says that its looks are ours to choose: it was made without a template."""

    document: Document
    own: bool

    @property
    def text_width(self) -> int:
        """The width between the margins, in the units of the file (914,400 an inch)."""
        section = self.document.sections[-1]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        # A template may leave the page to Word; then it is A4 with 2.5 cm on both sides.
        return int(width - left - right) if width and left is not None and right is not None else 5_760_000

    def landscape(self) -> None:
        """Turn the page, where it is ours to choose."""
        from docx.enum.section import WD_ORIENTATION  # noqa: PLC0415

        section = self.document.sections[0]
        if self.own and section.orientation != WD_ORIENTATION.LANDSCAPE:
            section.orientation = WD_ORIENTATION.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width

    def describe(self, *, title: str, made_at: datetime | None) -> None:
        """What the file says about itself."""
        properties = self.document.core_properties
        properties.title = title[:255]
        properties.language = wording.LANGUAGE
        if self.own:
            properties.author, properties.comments = "", ""
        if made_at is not None:
            moment = made_at.astimezone(UTC).replace(tzinfo=None)
            properties.created = properties.modified = moment

    def speak(self) -> None:
        """Make Swedish the language that the document is proofed and read aloud in."""
        defaults = child(child(self.document.styles.element, "w:docDefaults"), "w:rPrDefault")
        put(child(child(defaults, "w:rPr"), "w:lang"), val=wording.LANGUAGE, eastAsia=wording.LANGUAGE)

    def paragraph(
        self,
        text: str,
        named: str | None = None,
        *,
        bold: bool = False,
        keep: bool = False,
        size: int = 0,
        apart: bool = False,
    ) -> None:
        """A paragraph at the end, in a style of that name, or dressed by hand where there is none.

        `keep` holds it on the page of what follows, `apart` sets it off from what stands before.
        """
        from docx.shared import Pt  # noqa: PLC0415

        made = self.document.add_paragraph(style=named)
        self._write(made, text, bold=bold and (self.own or not named), size=0 if named and not self.own else size)
        made.paragraph_format.keep_with_next = keep or None
        if apart:
            made.paragraph_format.space_before = Pt(6)
        if self.own:
            made.paragraph_format.space_after = Pt(4)

    def caption(self, text: str, named: str | None, number: int = 1) -> None:
        """A table's caption with its number, which Word counts anew and gathers in a list of tables."""
        from docx.shared import Pt  # noqa: PLC0415

        made = self.document.add_paragraph(style=named)
        bold = self.own or not named

        def part(tag: str, **values: str) -> Any:
            element = child(self._write(made, "", bold=bold)._r, tag)
            put(element, **values)
            return element

        self._write(made, "Tabell ", bold=bold)
        part("w:fldChar", fldCharType="begin")
        part("w:instrText").text = "SEQ Tabell \\* ARABIC"
        part("w:fldChar", fldCharType="separate")
        self._write(made, str(number), bold=bold)
        part("w:fldChar", fldCharType="end")
        self._write(made, f". {text}", bold=bold)
        made.paragraph_format.keep_with_next = True
        if self.own:
            made.paragraph_format.space_after = Pt(4)

    def notes(self, lines: Iterable[str]) -> None:
        """The footnotes of the table above."""
        for place, line in enumerate(lines):
            self.paragraph(line, style(self.document, "footnote text"), size=9, apart=place == 0)

    def method(self, lines: Iterable[str]) -> None:
        """The method note under its heading."""
        self.paragraph(wording.METHOD, style(self.document, "Heading 2"), bold=True, keep=True)
        for line in lines:
            self.paragraph(line, size=9)

    def text(
        self,
        cell: _Cell,
        lines: Sequence[str],
        *,
        bold: bool = False,
        right: bool = False,
        indent: bool = False,
        keep: bool = False,
    ) -> None:
        """The lines of a cell, a paragraph each."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
        from docx.shared import Cm, Pt  # noqa: PLC0415

        for place, line in enumerate(lines or ("",)):
            made = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            self._write(made, line, bold=bold)
            form = made.paragraph_format
            form.space_before, form.space_after = Pt(2), Pt(2)
            form.keep_with_next = keep or None
            if right:
                form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if indent:
                form.left_indent = Cm(0.4)

    def dress(self, table: Table, title: str, widths: Sequence[int]) -> None:
        """Style, width, alternative text and thin lines of a table."""
        from docx.shared import Emu  # noqa: PLC0415

        named = None if self.own else table_style(self.document)
        if named is not None:
            table.style = named
        table.autofit = False
        properties: Any = table._tbl.tblPr
        if named is None:
            borders = child(properties, "w:tblBorders")
            for side in ("top", "bottom", "insideH"):
                put(child(borders, f"w:{side}"), val="single", sz="4", space="0", color="9AA7B1")
        for name, text in (("w:tblCaption", "Tabell"), ("w:tblDescription", title[:255])):
            put(child(properties, name), val=text)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Emu(width)

    def shade(self, cell: _Cell, colour: str) -> None:
        """A ground of that colour behind a cell."""
        put(child(cell._tc.get_or_add_tcPr(), "w:shd"), val="clear", color="auto", fill=colour)

    def repeat(self, row: _Row) -> None:
        """Print the row again at the top of every page."""
        put(child(row._tr.get_or_add_trPr(), "w:tblHeader"), val="true")

    def unbroken(self, row: _Row) -> None:
        """Keep the row on one page."""
        put(child(row._tr.get_or_add_trPr(), "w:cantSplit"), val="true")

    def _write(self, made: Paragraph, text: str, *, bold: bool = False, size: int = 0) -> Run:
        from docx.shared import Pt  # noqa: PLC0415

        run = made.add_run(text)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        put(child(run._r.get_or_add_rPr(), "w:lang"), val=wording.LANGUAGE)
        return run


def _plain(document: Document, named: str) -> None:
    """Black, and in the face of the text."""
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    one: Any = document.styles[named]
    one.font.name, one.font.size, one.font.color.rgb = "Calibri", Pt(11), RGBColor(0, 0, 0)
    # A face of the theme would win over the one named.
    fonts = one.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
