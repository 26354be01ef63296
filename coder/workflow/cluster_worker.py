"""What runs on a worker: one part of the answers in, its codings out as a file, and what was done as a value.

Dask is imported here: only a cluster run imports this.
"""

import hashlib
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from distributed import Worker, WorkerPlugin, get_worker

from coder.domain.acceptance import codings
from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Segment, Work
from coder.domain.exchange import CodingRow
from coder.exporters import codings_csv
from coder.importers import parquet
from coder.importers.parquet import Part
from coder.suggest import model_file
from coder.suggest.scoring import Scorer
from coder.text.clauses import clauses
from coder.workflow.cluster_record import KEY_BYTES, SUFFIX, Job, PartDone
from coder.workflow.codings import coding_rows

# Scores differ in the last bits between kinds of processors; what is written must not.
_DECIMALS = 6


class Carried(WorkerPlugin):
    """The fitted suggester and the job as they travel: every worker gets them, also one that comes late or comes back.

    `model` is a model file's bytes.
    """

    def __init__(self, model: bytes, job: Job) -> None:
        self.model = model
        self.job = job

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the signature is Dask's
        """Read the model file on the worker."""
        self.scorer = Scorer(model_file.load(self.model))
        self.lock = threading.Lock()


def code_part(run: str, part: Part, known: Mapping[str, Any] | None) -> PartDone:
    """Code one part, unless `known` says that it was done and both files are still what they were."""
    carried: Any = get_worker().plugins[run]
    with carried.lock:
        return code_with(carried.scorer, carried.job, part, known)


def code_with(scorer: Scorer, job: Job, part: Part, known: Mapping[str, Any] | None = None) -> PartDone:
    """Code one part with a scorer."""
    source = parquet.digest(part.place)
    name = f"{part.name}{SUFFIX}"
    if known and known["source"] == source and parquet.digest_there(job.out.path(name)) == known["written"]:
        held = [_key(key) for chunk in parquet.read(part.place) for key, _ in chunk]
        return PartDone(**known, respondents=b"".join(held), kept=True)
    counted = _Counted()

    def write(stream: BinaryIO) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        codings_csv.write(_rows(scorer, job, part, counted), text)
        text.detach()  # flushes, and leaves the closing to the one who opened

    job.out.write(name, write)
    written = parquet.digest(job.out.path(name))
    keys = b"".join(counted.keys)
    return PartDone(part.name, len(counted.keys), counted.coded, counted.codings, source, written, keys)


@dataclass
class _Counted:
    """Who answered, how many answers got codes, and how many codes."""

    keys: list[bytes] = field(default_factory=list)
    coded: int = 0
    codings: int = 0


def _rows(scorer: Scorer, job: Job, part: Part, counted: _Counted) -> Iterator[CodingRow]:
    for chunk in parquet.read(part.place):
        answers = [Answer(0, Respondent(key), text) for key, text in chunk]
        for answer, work in zip(answers, _coded(scorer, job, answers), strict=True):
            counted.keys.append(_key(answer.respondent.key))
            counted.coded += bool(work.codings)
            counted.codings += len(work.codings)
            for row in coding_rows(job.round, job.question, job.codebook, answer, work):
                yield replace(row, score=None if row.score is None else round(row.score, _DECIMALS))


def _coded(scorer: Scorer, job: Job, answers: Sequence[Answer]) -> Iterator[Work]:
    language, whole = scorer.fitted.language, job.whole_answers
    segments = [(Segment(0, len(one.text)),) if whole else clauses(one.text, language) for one in answers]
    texts = [part.of(one.text) for one, own in zip(answers, segments, strict=True) for part in own]
    best = iter(scorer.suggest(texts, top=1))
    for answer, own in zip(answers, segments, strict=True):
        first = [(part, found[0]) for part in own if (found := next(best))]
        yield Work(codings(answer, [one for one in first if job.gate.takes(one[1])], whole=whole))


def _key(respondent: str) -> bytes:
    return hashlib.blake2b(respondent.encode(), digest_size=KEY_BYTES).digest()
