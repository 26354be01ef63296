"""What runs on a worker: one part of the answers in, its codings out as a file, and what was done as a value.

Dask is imported here: only a cluster run imports this.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from distributed import Worker, WorkerPlugin, get_worker

from coder.domain.answers import Answer, Respondent
from coder.domain.exchange import CodingRow
from coder.exporters import codings_file
from coder.importers import parquet
from coder.importers.parquet import Part
from coder.suggest import model_file
from coder.workflow.cluster_record import KEY_BYTES, Job, PartDone, require_own
from coder.workflow.codings import coding_rows
from coder.workflow.long_run import settled
from coder.workflow.machine import Machine

# Scores differ in the last bits between kinds of processors; what is written must not.
_DECIMALS = 6


class Carried(WorkerPlugin):
    """The machine and the job as they travel: every worker gets them, also one that comes late or comes back.

    The fitted suggester in the machine goes as a model file's bytes.
    """

    def __init__(self, machine: Machine, unread: Sequence[Answer], job: Job) -> None:
        self.model = model_file.save(machine.fitted)
        self.rest = (machine.codebook, machine.terms, machine.model, machine.gate)
        self.read = tuple(machine.read)
        self.unread = tuple(unread)
        self.job = job

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the signature is Dask's
        """Make the machine on the worker."""
        self.machine = self.made()
        self.lock = threading.Lock()

    def made(self) -> Machine:
        """The machine, as it was where it was fitted."""
        machine = Machine(*self.rest, model_file.load(self.model), self.read)
        machine.look_at(self.unread)
        return machine


def code_part(run: str, part: Part, known: Mapping[str, Any] | None) -> PartDone:
    """Code one part, unless `known` says that it was done, from the same answers, and its codings are still there."""
    carried: Any = get_worker().plugins[run]
    with carried.lock, settled():
        return code_with(carried.machine, carried.job, part, known)


def code_with(machine: Machine, job: Job, part: Part, known: Mapping[str, Any] | None = None) -> PartDone:
    """Code one part with a machine."""
    name = job.file_name(part)
    if known and parquet.digest_there(job.out.path(name)) == known["written"]:
        seen = _Counted()
        for chunk in parquet.read(part):
            seen.add(chunk)
        if seen.source.hexdigest() == known["source"]:
            return PartDone(**known, respondents=b"".join(seen.keys), kept=True)
    counted = _Counted()

    def write(stream: BinaryIO) -> None:
        codings_file.write(_rows(machine, job, part, counted), stream, job.form)
        require_own(job)  # while it can still be thrown away

    job.out.write(name, write)
    return PartDone(
        name=part.name,
        answers=len(counted.keys),
        coded=counted.coded,
        codings=counted.codings,
        source=counted.source.hexdigest(),
        written=parquet.digest(job.out.path(name)),
        respondents=b"".join(counted.keys),
    )


@dataclass
class _Counted:
    """What was read, as a digest, and from whom; how many answers got codes, and how many codes."""

    source: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    keys: list[bytes] = field(default_factory=list)
    coded: int = 0
    codings: int = 0

    def add(self, answers: Sequence[tuple[str, str]]) -> None:
        """Take in answers as they are read: respondents and texts."""
        for key, text in answers:
            self.keys.append(_key(key))
            # The lengths tell where one ends and the next begins.
            self.source.update(f"{len(key)} {len(text)} {key}{text}".encode())


def _rows(machine: Machine, job: Job, part: Part, counted: _Counted) -> Iterator[CodingRow]:
    for chunk in parquet.read(part):
        counted.add(chunk)
        for one in machine.code([Answer(0, Respondent(key), text) for key, text in chunk]):
            counted.coded += bool(one.work.codings)
            counted.codings += len(one.work.codings)
            for row in coding_rows(job.round, job.question, machine.codebook, one.answer, one.work):
                yield replace(row, score=None if row.score is None else round(row.score, _DECIMALS))


def _key(respondent: str) -> bytes:
    return hashlib.blake2b(respondent.encode(), digest_size=KEY_BYTES).digest()
