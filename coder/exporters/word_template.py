"""An agency's own Word document or template as the beginning of ours, and what its styles are called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.errors import CoderError

if TYPE_CHECKING:
    from docx.document import Document

_TEMPLATE = b"wordprocessingml.template.main+xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"


def opened(template: Path) -> Document:
    """The document; raises CoderError for a file that can't be read as one."""
    import docx  # noqa: PLC0415

    try:
        return docx.Document(_as_document(template.read_bytes()))
    except OSError as error:
        raise CoderError(
            f"the template {template} can't be read: {(error.strerror or str(error)).lower()}", "Check its path."
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise CoderError(
            f"the template {template} is not a Word document", "Give a .docx or .dotx file that Word opens."
        ) from error


def _as_document(content: bytes) -> io.BytesIO:
    """The file as a document; the library refuses a template (.dotx), which its list of contents calls otherwise."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        kinds = held.read("[Content_Types].xml")
        if _TEMPLATE not in kinds:
            return io.BytesIO(content)
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as written:
            for name in held.namelist():
                part = kinds.replace(_TEMPLATE, _DOCUMENT) if name == "[Content_Types].xml" else held.read(name)
                written.writestr(name, part)
    changed.seek(0)
    return changed


def style(document: Document, name: str) -> str | None:
    """The name of a style where the document has it, in whatever language its Word speaks; else None."""
    held = {one.name.lower(): one.name for one in document.styles if one.name}
    return held.get(name.lower())


def table_style(document: Document) -> str | None:
    """A table style that somebody made for the template, else Word's plain grid where it is there."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415

    tables = [one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE]
    made = [one.name for one in tables if not one.builtin]
    return made[0] if made else style(document, "Table Grid")
