"""Answers in Parquet files, one or thousands, on a disk or in an object store: two columns, `respondent` and `text`.

pyarrow and fsspec come with `coder-workbench[cluster]` and are imported when a file is read.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from coder.domain.answers import canonical, one_line
from coder.domain.errors import CoderError

COLUMNS = ("respondent", "text")
_SUFFIX = ".parquet"
_AT_ONCE = 2_000
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file of answers: where it lies, and a name that no other part of the same input has."""

    place: str
    name: str


def parts(pattern: str) -> list[Part]:
    """The files that a pattern such as `answers/*.parquet` or `s3://bucket/answers/**` names, in order of place.

    A part is named by its path below the pattern's first wildcard. Raises CoderError where there is none.
    """
    with _told(pattern):
        import fsspec  # noqa: PLC0415 - comes with the extra

        system, path = fsspec.core.url_to_fs(pattern)
        places = sorted(place for place in system.glob(path) if place.endswith(_SUFFIX))
    if not places:
        raise CoderError(f"no {_SUFFIX} file is named by {pattern}", "Give a pattern such as 'answers/*.parquet'.")
    fixed = path.partition("*")[0].rpartition("/")[0]
    names = [place[len(fixed) :].strip("/").removesuffix(_SUFFIX).replace("/", "-") for place in places]
    for one, other in zip(sorted(names), sorted(names)[1:], strict=False):
        if one == other:
            raise CoderError(f"two files would give codings of one name, {one}", "Rename one of them.")
    return [Part(system.unstrip_protocol(place), name) for place, name in zip(places, names, strict=True)]


def digest(place: str) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits."""
    found = hashlib.sha256()
    with _opened(place) as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def digest_there(place: str) -> str:
    """The same of a file that may not be there, or may not be readable: then it is empty."""
    try:
        return digest(place)
    except CoderError:
        return ""


def read(place: str) -> Iterator[list[tuple[str, str]]]:
    """The answers of a file, some thousands at a time: respondent key and canonical text, blank answers left out.

    Raises CoderError for a file without the columns, for ids that are no text, and for one that stands twice.
    """
    seen: set[str] = set()
    with _opened(place) as stream:
        import pyarrow.parquet  # noqa: PLC0415 - comes with the extra

        file = pyarrow.parquet.ParquetFile(stream)
        _require_columns(place, file.schema_arrow)
        row = 0
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=list(COLUMNS)):
            found = []
            for key, text in zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True):
                row += 1
                respondent = one_line(key or "")
                if not respondent or respondent in seen:
                    what = f"{respondent!r} stands there before" if respondent else "no id"
                    raise CoderError(
                        f"{place}, row {row}, column respondent: {what}", "One row a respondent, each with its id."
                    )
                seen.add(respondent)
                clean = canonical(text or "")
                if clean and not clean.isspace():
                    found.append((respondent, clean))
            yield found


def _require_columns(place: str, schema: Any) -> None:
    import pyarrow.types  # noqa: PLC0415 - comes with the extra

    for name in COLUMNS:
        if schema.names.count(name) != 1:
            raise CoderError(
                f"{place}: {'no' if name not in schema.names else 'more than one'} column {name!r}; there are "
                f"{', '.join(schema.names[:12])}",
                "Give files with the columns respondent and text.",
            )
        kind = schema.field(name).type
        kind = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
        if not (pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)):
            raise CoderError(
                f"{place}: the column {name} holds {kind}, not text",
                "Store it as text: an id such as 0114 loses its zero as a number.",
            )


@contextmanager
def _opened(place: str) -> Iterator[Any]:
    with _told(place):
        import fsspec  # noqa: PLC0415 - comes with the extra

        with fsspec.open(place, "rb") as stream:
            yield stream


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Errors of files and of libraries that are not there, in words."""
    try:
        yield
    except ImportError as error:
        raise CoderError(
            f"{place} can't be read without {error.name or error}",
            "Install coder-workbench[cluster]; for s3:// addresses s3fs too.",
        ) from error
    except (OSError, ValueError) as error:  # pyarrow's errors are ValueErrors
        raise CoderError(f"{place} can't be read: {error}", "Check the path and that it is a Parquet file.") from error
