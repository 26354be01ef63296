"""Answers in Parquet files, one or thousands, on a disk or in an object store: two columns, `respondent` and `text`.

pyarrow and fsspec come with `coder-workbench[cluster]` and are imported when a file is read.
"""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from coder.domain.answers import canonical, one_line
from coder.domain.errors import CoderError

COLUMNS = ("respondent", "text")
# A large file is cut in so many parts, so that no process is left alone with the last one for long; but a part has at
# least and at most so many rows, some tenths of a second and some seconds of work.
_PARTS, _FEWEST, _MOST = 64, 2_000, 20_000
_SUFFIX = ".parquet"
_AT_ONCE = 2_000
_BLOCK = 1 << 20
_OPEN_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a file of answers: where it lies, and a name that no other part of the same input has.

    The rows are `count` from row number `first` of the file, counted from 0, and lie in its row groups `groups`;
    `skip` rows come before them there.
    """

    place: str
    name: str
    groups: range
    first: int
    skip: int
    count: int


def parts(pattern: str, rows: int | None = None) -> list[Part]:
    """The files that a pattern such as `answers/*.parquet` or `s3://bucket/answers/**` names, in parts, in order.

    A part has at most so many `rows`, or as many as suit its file; where it can, whole row groups. It is named by its
    file's path below the pattern's first wildcard, and by its number where the file has several. Raises CoderError
    where there is no file, or one without the columns.
    """
    system, path, places = _files(pattern)
    fixed = path.partition("*")[0].rpartition("/")[0]
    names = [place[len(fixed) :].strip("/").removesuffix(_SUFFIX).replace("/", "-") for place in places]
    # Each look at a file in a store waits for the net and for nothing else.
    with ThreadPoolExecutor(_OPEN_AT_ONCE) as pool:
        groups = list(pool.map(_row_groups, (system.unstrip_protocol(place) for place in places)))
    found = [
        part
        for place, name, sizes in zip(places, names, groups, strict=True)
        for part in cut(system.unstrip_protocol(place), name, sizes, rows)
    ]
    every = sorted(part.name for part in found)
    for one, other in pairwise(every):
        if one == other:
            raise CoderError(f"two files would give codings of one name, {one}", "Rename one of them.")
    return found


def _files(pattern: str) -> tuple[Any, str, list[str]]:
    """The file system that a pattern means, the pattern as a path there, and the paths it names, in order."""
    with in_words(pattern):
        import fsspec  # noqa: PLC0415 - comes with the extra

        system, path = fsspec.core.url_to_fs(pattern)
        places = sorted(place for place in system.glob(path) if place.endswith(_SUFFIX))
    if not places:
        raise CoderError(f"no {_SUFFIX} file is named by {pattern}", "Give a pattern such as 'answers/*.parquet'.")
    return system, path, places


def _row_groups(place: str) -> list[int]:
    """How many rows each row group of a file has."""
    with _opened(place) as stream:
        import pyarrow.parquet  # noqa: PLC0415 - comes with the extra

        file = pyarrow.parquet.ParquetFile(stream)
        _require_columns(place, file.schema_arrow)
        return [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]


def cut(place: str, name: str, sizes: Sequence[int], rows: int | None = None) -> Iterator[Part]:
    """The parts of one file: row groups that follow each other, together as long as they are small, else cut.

    They depend on the file alone, so that a folder to which files come keeps the codings of those it had.
    """
    rows = rows or min(max(sum(sizes) // _PARTS, _FEWEST), _MOST)
    ranges: list[tuple[range, int, int, int]] = []
    first = held = begin = 0
    for number, size in enumerate(sizes):
        if held and held + size > rows:
            ranges.append((range(begin, number), first, 0, held))
            first, held, begin = first + held, 0, number
        held += size
        if held > rows:
            pieces = -(-held // rows)
            cuts = [held * piece // pieces for piece in range(pieces + 1)]
            ranges += [(range(begin, number + 1), first + cut, cut, until - cut) for cut, until in pairwise(cuts)]
            first, held, begin = first + held, 0, number + 1
    if held or not ranges:
        ranges.append((range(begin, len(sizes)), first, 0, held))
    for place_in_file, one in enumerate(ranges, start=1):
        yield Part(place, name if len(ranges) == 1 else f"{name}-{place_in_file:05}", *one)


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


def read(part: Part) -> Iterator[list[tuple[str, str]]]:
    """The answers of a part, some thousands at a time: respondent key and canonical text, blank answers left out.

    Raises CoderError for a file without the columns or without these rows, for ids that are no text, and for one that
    stands twice in the part.
    """
    seen: set[str] = set()
    row = part.first
    for keys, texts in _columns(part):
        found = []
        for key, text in zip(keys, texts, strict=True):
            row += 1
            respondent = one_line(key or "")
            if not respondent or respondent in seen:
                what = f"{respondent!r} stands there before" if respondent else "no id"
                raise CoderError(
                    f"{part.place}, row {row}, column respondent: {what}", "One row a respondent, each with its id."
                )
            seen.add(respondent)
            clean = canonical(text or "")
            if clean and not clean.isspace():
                found.append((respondent, clean))
        yield found
    if row != part.first + part.count:
        raise CoderError(f"{part.place} has changed meanwhile: rows are missing", "Run it again.")


def _columns(part: Part) -> Iterator[tuple[list[str | None], list[str | None]]]:
    """The two columns of a part's rows, as they stand, some thousands at a time."""
    with _opened(part.place) as stream:
        import pyarrow.parquet  # noqa: PLC0415 - comes with the extra

        file = pyarrow.parquet.ParquetFile(stream)
        _require_columns(part.place, file.schema_arrow)
        skip, left = part.skip, part.count
        groups = [number for number in part.groups if number < file.num_row_groups]
        for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=groups, columns=list(COLUMNS)):
            if not left:
                return
            wanted = batch.slice(skip, left)
            skip -= min(skip, len(batch))
            left -= len(wanted)
            if len(wanted):
                keys, texts = (wanted.column(name).to_pylist() for name in COLUMNS)
                yield keys, texts


def is_text(kind: Any) -> bool:
    """True for a column type that holds text, each value for itself or numbered."""
    from pyarrow import types  # noqa: PLC0415 - comes with the extra

    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _require_columns(place: str, schema: Any) -> None:
    for name in COLUMNS:
        if schema.names.count(name) != 1:
            raise CoderError(
                f"{place}: {'no' if name not in schema.names else 'more than one'} column {name!r}; there are "
                f"{', '.join(schema.names[:12])}",
                "Give files with the columns respondent and text.",
            )
        kind = schema.field(name).type
        if not is_text(kind):
            raise CoderError(
                f"{place}: the column {name} holds {kind}, not text",
                "Store it as text: an id such as 0114 loses its zero as a number.",
            )


@contextmanager
def _opened(place: str) -> Iterator[Any]:
    with in_words(place):
        import fsspec  # noqa: PLC0415 - comes with the extra

        with fsspec.open(place, "rb") as stream:
            yield stream


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Errors of files, of stores and of libraries that are not there, in words."""
    try:
        yield
    except (CoderError, MemoryError):
        raise
    except ImportError as error:
        raise CoderError(
            f"{place} can't be read without a package that is not installed: {error.name or error}",
            "Install coder-workbench[cluster]: it reads Parquet files, on a disk and at s3:// addresses.",
        ) from error
    except Exception as error:  # what stores raise has no class in common
        raise CoderError(
            f"{place} can't be read: {one_line(str(error))}",
            "Check the address, the rights to it, and that it is a Parquet file.",
        ) from error
