"""A codebook as a REFI-QDA codebook, which other programs for qualitative analysis read."""

from pathlib import Path

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.domain.qda import ORIGIN
from coder.exporters import qda_xml
from coder.exporters.files import write_file

_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_SCHEMA = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"


def write(codebook: Codebook, path: Path) -> None:
    """Write the codebook to a file. Raises CoderError for an empty one, which the format has no form for.

    The format knows no merged or retired codes: only what is in use is written.
    """
    codebook = codebook.in_use
    if not codebook.themes and not codebook.codes:
        raise CoderError(f"can't write {path}: the codebook is empty", "Give it a code first, or write it as .yaml.")
    document = qda_xml.root("CodeBook", _NAMESPACE, _SCHEMA, origin=ORIGIN)
    qda_xml.add_codes(qda_xml.add(document, "Codes"), codebook)
    qda_xml.add_codebook_set(qda_xml.add(document, "Sets"), codebook, "guid")
    write_file(path, lambda stream: qda_xml.write(document, stream))
