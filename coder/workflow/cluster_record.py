"""The record of a cluster run, beside its codings: which parts are done, from what, into what."""

import json
import time
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, pairwise
from types import TracebackType
from typing import Any, Self

from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.how_many import how_many
from coder.exporters.codings_file import SUFFIXES
from coder.exporters.folder import Folder
from coder.importers.parquet import Part

RECORD = "run.json"
KEY_BYTES = 8
_OWN = "Give a folder of its own: whoever reads the codings reads all of it."
_EVERY = 1.0  # seconds between two writings of the record


@dataclass(frozen=True)
class Job:
    """What to do with the answers of every part.

    `run` names all that the result depends on but the answers. `form` is one of codings_file.FORMATS. `machine` is what
    the record tells of the machine, as values that JSON knows, and `at` when the run begins.
    """

    run: str
    round: str
    question: str
    out: Folder
    form: str = "csv"
    machine: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""

    def file_name(self, part: Part) -> str:
        """The name of the file that a part's codings go to."""
        return f"{part.name}.{self.form}"


@dataclass(frozen=True)
class PartDone:
    """A part that is coded, in numbers of answers that are not blank, and of codings.

    `source` and `written` are the digests of the answers read and the file written. `respondents` are eight bytes for
    each respondent, to see that nobody stands in two parts. `kept` says that it had been done before.
    """

    name: str
    answers: int
    coded: int
    codings: int
    source: str
    written: str
    respondents: bytes = field(default=b"", repr=False)
    kept: bool = False

    def told(self) -> dict[str, str | int]:
        """What the record tells of it, the same whether it was kept or done anew."""
        return {name: value for name, value in asdict(self).items() if name not in ("respondents", "kept")}


class Record:
    """What is done. It is written when the run ends, however it ends, and every second until then."""

    def __init__(self, job: Job, known: Mapping[str, Mapping[str, str | int]], at: str) -> None:
        self.job = job
        self.known = known
        self.at = at
        self.done: dict[str, PartDone] = {}
        self.refused = ""
        self._written = time.monotonic()

    @classmethod
    def begin(cls, job: Job, parts: Sequence[Part]) -> Self:
        """The record with what an interrupted run of the same name had done; refuses a folder with other codings."""
        names = {job.file_name(part) for part in parts}
        others = [name for suffix in SUFFIXES for name in job.out.names(suffix) if name not in names]
        for place in {part.place for part in parts if part.place.rpartition("/")[2] in names}:
            if job.out.holds(place):
                raise CoderError(f"the codings would take the place of the answers in {place}", _OWN)
        if others:
            raise CoderError(
                f"{job.out.place} holds {how_many(len(others), 'file')} that this run does not write: {others[0]}",
                _OWN,
            )
        try:
            told = json.loads(job.out.read(RECORD) or b"{}")
            mine = told.get("run") == job.run
            known = {str(one["name"]): one for one in told["parts"]} if mine else {}
            at = str(told.get("at") or job.at) if mine else job.at  # gone on with, it is the run that began then
        except (ValueError, KeyError, TypeError, AttributeError):
            known, at = {}, job.at  # what is not a record tells nothing, and all is done anew
        record = cls(job, known, at)
        record._write()  # from now on the folder is this run's
        return record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        require_own(self.job)
        self._write()

    @property
    def kept(self) -> int:
        """How many parts had been done before."""
        return sum(one.kept for one in self.done.values())

    def before(self, part: Part) -> Mapping[str, str | int] | None:
        """What the record tells of a part from an earlier run."""
        return self.known.get(part.name)

    def add(self, done: PartDone) -> None:
        """Take a part in."""
        self.done[done.name] = done
        if time.monotonic() - self._written > _EVERY:
            require_own(self.job)
            self._write()

    def require_each_once(self) -> None:
        """Raise CoderError where a respondent stands in two parts; the record says so then, to who takes codings in."""
        keys = sorted(chain.from_iterable(_numbers(one) for one in self.done.values()))
        twice = {key for key, following in pairwise(keys) if key == following}
        if twice:
            names = [one.name for one in self._in_order() if not twice.isdisjoint(_numbers(one))]
            self.refused = (
                f"{how_many(len(twice), 'respondent stands', 'respondents stand')} in more than one part of "
                f"the input, among them {names[0]} and {names[1]}"
            )
            self._write()
            raise CoderError(
                self.refused,
                "One row a respondent: take away the rows that are too many, and run it again.",
            )

    def _in_order(self) -> list[PartDone]:
        return [self.done[name] for name in sorted(self.done)]

    def _write(self) -> None:
        told = {name: one for name, one in self.known.items() if name not in self.done}
        told |= {one.name: one.told() for one in self.done.values()}
        record = {
            "run": self.job.run,
            "at": self.at,
            "round": self.job.round,
            "question": self.job.question,
            "machine": self.job.machine,
            "parts": [told[name] for name in sorted(told)],
            **({"refused": self.refused} if self.refused else {}),
        }
        data = json.dumps(record, ensure_ascii=False, indent=1).encode()
        self.job.out.put(RECORD, data)
        self._written = time.monotonic()


def require_own(job: Job) -> None:
    """Raise ProjectChangedError where another run has begun to write into the folder: its codings are not these."""
    try:
        owner = str(json.loads(job.out.read(RECORD) or b"{}").get("run"))
    except (ValueError, AttributeError):
        owner = "unknown"
    if owner != job.run:
        raise ProjectChangedError(
            f"another run, {owner}, began to write into {job.out.place} meanwhile",
            "This one has stopped. Give each a folder of its own, and run it again: what fits is kept.",
        )


def _numbers(one: PartDone) -> "array[int]":
    """A part's respondents as numbers, which take an eighth of the room of as many short texts."""
    return array("Q", one.respondents)
