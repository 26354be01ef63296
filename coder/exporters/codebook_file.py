"""A codebook in the format that a file's suffix asks for."""

from collections.abc import Callable
from pathlib import Path

from coder.domain.codebook import Codebook
from coder.domain.errors import CoderError
from coder.exporters import codebook_qdc, codebook_sheet, codebook_yaml

_FILES: dict[str, Callable[[Codebook, Path], None]] = {
    ".yaml": codebook_yaml.write,
    ".yml": codebook_yaml.write,
    ".csv": codebook_sheet.write,
    ".xlsx": codebook_sheet.write,
    ".qdc": codebook_qdc.write,
}

SUFFIXES = tuple(_FILES)


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write the codebook in the format of the path's suffix."""
    write = _FILES.get(path.suffix.lower())
    if write is None:
        raise CoderError(f"can't write a codebook to {path}", f"Name a file that ends in {', '.join(SUFFIXES)}.")
    write(codebook, path)
