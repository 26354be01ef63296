"""Coding answers that outgrow one machine: Parquet files in, codings files out, the work done by Dask's workers.

A part is some rows of an input file. Its output has a name and bytes that depend on nothing but the input and the
fitted suggester, and is put in its place whole: a part that a lost worker had begun is done again, and nothing is
counted twice. The record of what is done lies beside the codings, so that the next run goes on where one was
interrupted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from coder.domain.answers import Answer, Respondent
from coder.domain.coding import Work
from coder.domain.errors import CoderError
from coder.exporters.codings_file import FORMATS
from coder.exporters.folder import Folder
from coder.importers import parquet
from coder.importers.parquet import Part
from coder.workflow.cluster_record import RECORD, Job, PartDone, Record
from coder.workflow.files_run import telling
from coder.workflow.machine import Machine
from coder.workflow.suggesting import background

if TYPE_CHECKING:
    from distributed import Client

    from coder.workflow.cluster_worker import Carried

__all__ = ["FORMATS", "MODEL", "RECORD", "FilesReport", "background_of", "code_files"]

MODEL = "model.coder"
_LOSSES = 3  # a part that has ended so many workers would end the next ones too
_PATIENCE = 30  # seconds to wait for a scheduler
# Answers looked at for what is new in the files, and from how many of them they are taken.
_LOOKED_AT = 1500
_PLACES = 20
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What a cluster run did: numbers of answers that are not blank, and of codings, over all `parts`.

    `run` names all that the result depends on but the answers, `model` identifies what suggested. `kept` parts were
    done before by a run of the same name.
    """

    run: str
    model: str
    parts: int
    kept: int
    answers: int
    coded: int
    codings: int


def background_of(sources: str, seed: int = 0) -> list[str]:
    """Texts of these files that a machine reads beside the codings: see `suggesting.background`.

    Raises CoderError where nothing can come of the files, before time goes into learning.
    """
    _require_dask()
    return background(((one, Work()) for one in _some(parquet.parts(sources))), seed, large=True)


def code_files(
    machine: Machine,
    *,
    question: str,
    round_key: str,
    sources: str,
    out: str,
    at: datetime,
    scheduler: str | None = None,
    workers: int | None = None,
    rows: int | None = None,
    form: str = "csv",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FilesReport:
    """Code the files that `sources` names into codings files in `out`, as the machine codes the answers of a project.

    The record beside them tells of the machine, and that the run began at `at`: from there the project that takes the
    codings in knows their run.
    Without the address of a `scheduler`, by `workers` processes on this machine, as many as it has processors, that
    nobody else can reach. A part has at most so many `rows`, or as many as suit its file. `form` is one of FORMATS.
    `progress` is told how many rows are through, of how many. Raises CoderError where a respondent stands in two parts.
    """
    _require_dask()
    from coder.suggest import model_file  # noqa: PLC0415 - brings scikit-learn
    from coder.workflow.cluster_worker import Carried  # noqa: PLC0415 - brings Dask

    parts = parquet.parts(sources, rows)
    unread = _some(parts)
    model = model_file.save(machine.fitted)
    made_by = (
        model_file.fingerprint(model),
        machine.codebook,
        machine.terms,
        machine.gate,
        machine.model,
        unread,
        form,
    )
    name = f"coder-{sha256(repr((made_by, round_key, question)).encode()).hexdigest()[:16]}"
    folder = Folder(out)
    job = Job(name, round_key, question, folder, form, telling(machine), at.isoformat(timespec="seconds"))
    folder.make()
    record = Record.begin(job, parts)
    folder.put(MODEL, model)
    sizes = {part.name: part.count for part in parts}
    through, total = 0, sum(sizes.values())
    with record, _client(scheduler, min(workers or os.cpu_count() or 1, len(parts))) as client:
        for done in _through(client, Carried(machine, unread, job), job, parts, record):
            record.add(done)
            through += sizes[done.name]
            progress(through, total)
    folder.tidy()
    record.require_each_once()
    done_parts = list(record.done.values())
    return FilesReport(
        run=name,
        model=machine.model.id,
        parts=len(parts),
        kept=record.kept,
        answers=sum(one.answers for one in done_parts),
        coded=sum(one.coded for one in done_parts),
        codings=sum(one.codings for one in done_parts),
    )


def _some(parts: Sequence[Part]) -> list[Answer]:
    """Some answers from all over the parts, to know what is new in them."""
    spread = parts[:: -(-len(parts) // _PLACES)]
    each = -(-_LOOKED_AT // len(spread))
    found = [next(parquet.read(part), [])[:each] for part in spread]
    return [Answer(0, Respondent(key), text) for some in found for key, text in some]


def _through(client: Client, carried: Carried, job: Job, parts: Sequence[Part], record: Record) -> Iterator[PartDone]:
    """The parts as they are done, in whatever order."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - comes with the extra

    from coder.workflow.cluster_worker import code_part  # noqa: PLC0415 - brings Dask

    # A plugin travels to every worker, also to one that comes late or in place of a lost one.
    client.register_plugin(carried, name=job.run)
    futures = []
    try:
        for place, part in enumerate(parts):
            futures.append(client.submit(code_part, job.run, part, record.before(part), pure=False, priority=-place))
        for future in as_completed(futures):
            yield future.result()
            future.release()
    except KilledWorker as error:
        raise CoderError(
            f"a part has ended {_LOSSES} workers, one after the other: {error}",
            "Give the workers more memory, or look at the file; what is done stays done.",
        ) from error
    finally:
        client.cancel(futures)
        client.unregister_worker_plugin(job.run)


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Client]:
    import dask  # noqa: PLC0415 - comes with the extra
    from distributed import Client, LocalCluster  # noqa: PLC0415 - comes with the extra

    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": _LOSSES}))
        address: Any = scheduler
        if scheduler is None:
            address = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    host=_LOOPBACK,
                    dashboard_address=f"{_LOOPBACK}:0",
                    worker_dashboard_address=f"{_LOOPBACK}:0",
                    silence_logs=50,
                )
            )
        try:
            client = stack.enter_context(Client(address, timeout=_PATIENCE))
        except (OSError, ValueError) as error:
            raise CoderError(
                f"no scheduler answers at {scheduler}: {error}", "Give an address such as tcp://host:8786."
            ) from error
        yield client


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401, PLC0415 - comes with the extra
        import pyarrow  # noqa: F401, PLC0415 - comes with the extra
    except ImportError as error:
        raise CoderError(
            f"coding files by several processes needs {error.name}, which is not installed",
            "Install coder-workbench[cluster].",
        ) from error
