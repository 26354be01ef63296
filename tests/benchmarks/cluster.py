"""Two workers against one: `python -m tests.benchmarks.cluster`, into `results/cluster.md`.

Made-up answers in one Parquet file of one row group, coded by one process of Dask and by two, the whole machine with
what looks for new topics. The workers have run once before, as on a cluster that stands; what is timed is all parts,
reading and writing included, from the call to its return. One and two take turns, and the least of each figure counts.
On a machine that others use too, the time on the wall tells of them as much as of us; the CPU time of the busiest
worker tells how the work is shared out, that of all workers what sharing it costs. The outputs are compared byte by
byte.
"""

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coder.domain.acceptance import Gate
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.novelty import Said
from coder.suggest.scoring import Scorer
from coder.workflow.machine import Machine, Model, Terms
from tests.benchmarks import made_up
from tests.benchmarks.massive import codebook, draws, missing

RESULTS = Path(__file__).parent / "results" / "cluster.md"
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """One run, in seconds: on the wall, CPU time of the busiest worker, and of all workers."""

    wall: float
    busiest: float
    every: float


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=int, default=200_000)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "in", options.answers)
        _write(folder / "first", 5_000)
        machine = _machine()
        turns: dict[int, list[Turn]] = {1: [], 2: []}
        for turn in range(options.turns):
            for workers, found in turns.items():
                found.append(_run(machine, folder, workers, turn))
        outputs = [_digest(path) for path in folder.glob("out-*")]
        parts = len(list((folder / "out-1-0").glob("*.csv")))
    same = all(output == outputs[0] for output in outputs)
    text = "\n".join(_report(turns, options.answers, parts, same=same)) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 0 if same else 1


def _report(turns: dict[int, list[Turn]], answers: int, parts: int, *, same: bool) -> Iterator[str]:
    yield "# One worker and two"
    yield ""
    yield (
        f"{answers:,} made-up answers in one Parquet file of one row group, coded in {parts} parts; the least of "
        f"{len(turns[1])} turns. {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end."
    )
    yield ""
    yield "| workers | seconds | answers/s | CPU seconds of the busiest worker | and of all |"
    yield "|---|---|---|---|---|"
    best = {
        workers: Turn(*(min(getattr(turn, name) for turn in found) for name in ("wall", "busiest", "every")))
        for workers, found in turns.items()
    }
    for workers, one in best.items():
        rate = answers / one.wall
        yield f"| {workers} | {one.wall:.1f} | {rate:,.0f} | {one.busiest:.1f} | {one.every:.1f} |"
    yield ""
    first, second = best[1], best[2]
    told = "the same to the byte" if same else "NOT THE SAME"
    yield (
        f"Two are {first.wall / second.wall:.2f} times as fast as one on the wall, and "
        f"{first.busiest / second.busiest:.2f} times by CPU time. The outputs of all turns are {told}."
    )


def _machine() -> Machine:
    book = codebook(25)
    draw = list(draws(book, 0, 0, tune=False))[-1]
    terms = replace(Terms(), promise=None, least=_LEAST)
    told = Model("benchmark", len(draw.evidence), book.key, "", {})
    model = fitted(CodebookSuggester().fit(book, draw.evidence))
    best = Scorer(model).best([item.text for item in draw.evidence])
    read = [Said(item.text, item.group, one, one is not None) for item, one in zip(draw.evidence, best, strict=True)]
    return Machine(book, terms, told, Gate(least=_LEAST), model, read)


def _write(folder: Path, count: int) -> None:
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - comes with the extra

    folder.mkdir()
    table = pa.table({"respondent": [f"{place:07}" for place in range(count)], "text": list(made_up.answers(count))})
    pq.write_table(table, folder / "all.parquet")


def _run(machine: Machine, folder: Path, workers: int, turn: int) -> Turn:
    from distributed import Client, LocalCluster  # noqa: PLC0415 - comes with the extra

    from coder.workflow.cluster import code_files  # noqa: PLC0415 - beside the one above

    loopback = "127.0.0.1"
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host=loopback,
        dashboard_address=f"{loopback}:0",
        worker_dashboard_address=f"{loopback}:0",
        silence_logs=50,
    ) as cluster:

        def code(sources: str, out: str, rows: int | None = None) -> float:
            began = time.perf_counter()
            code_files(
                machine,
                question="q",
                round_key="1",
                sources=str(folder / sources / "*.parquet"),
                out=str(folder / out),
                at=datetime(2024, 2, 1, tzinfo=UTC),
                scheduler=cluster.scheduler_address,
                rows=rows,
            )
            return time.perf_counter() - began

        code("first", f"first-{workers}-{turn}", 500)
        with Client(cluster) as client:
            before = client.run(time.process_time)
            wall = code("in", f"out-{workers}-{turn}")
            after = client.run(time.process_time)
    spent = [after[one] - before[one] for one in after]
    return Turn(wall, max(spent), sum(spent))


def _digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


if __name__ == "__main__":
    sys.exit(main())
