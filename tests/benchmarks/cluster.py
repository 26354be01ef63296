"""Two workers against one: `python -m tests.benchmarks.cluster`, into `results/cluster.md`.

Made-up answers in Parquet files, coded by one process of Dask and by two, the whole machine with what looks for new
topics. The workers have run once before, as on a cluster that stands; what is timed is all parts, reading and writing
included. The CPU time of the busiest worker says how the work is shared out also where other programs take the
processors. The outputs are compared byte by byte.
"""

import argparse
import hashlib
import itertools
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from coder.domain.acceptance import Gate
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked
from coder.workflow.machine import Machine, Model, Terms
from tests.benchmarks import made_up
from tests.benchmarks.massive import codebook, draws, missing

RESULTS = Path(__file__).parent / "results" / "cluster.md"
_PARTS = 16
_LEAST = 0.5


def main(arguments: list[str] | None = None) -> int:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=int, default=200_000)
    options = parser.parse_args(arguments)
    if missing():
        print("shared/data is not beside the project: nothing to measure")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "in", options.answers)
        (folder / "first").mkdir()
        os.link(folder / "in" / "00.parquet", folder / "first" / "00.parquet")
        machine = _machine()
        seconds = {workers: _run(machine, folder, workers) for workers in (1, 2)}
        same = _digest(folder / "out-1") == _digest(folder / "out-2")
    lines = [
        "# One worker and two",
        "",
        f"{options.answers:,} made-up answers in {_PARTS} Parquet files; {os.cpu_count()} processors, load "
        f"{os.getloadavg()[0]:.1f} at the end.",
        "",
        "| workers | seconds | answers/s | CPU seconds of the busiest worker |",
        "|---|---|---|---|",
        *(
            f"| {workers} | {wall:.1f} | {options.answers / wall:,.0f} | {cpu:.1f} |"
            for workers, (wall, cpu) in seconds.items()
        ),
        "",
        f"Two are {seconds[1][0] / seconds[2][0]:.2f} times as fast as one, and {seconds[1][1] / seconds[2][1]:.2f} "
        f"times by CPU time. The outputs are {'the same to the byte' if same else 'NOT THE SAME'}.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return 0 if same else 1


def _machine() -> Machine:
    book = codebook(25)
    draw = list(draws(book, 0, 0, tune=False))[-1]
    terms = replace(Terms(), promise=None, least=_LEAST)
    read = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in draw.evidence]
    told = Model("benchmark", len(draw.evidence), book.key, "", {})
    model = fitted(CodebookSuggester().fit(book, draw.evidence))
    return Machine(book, terms, told, Gate(least=_LEAST), model, read)


def _write(folder: Path, count: int) -> None:
    import pyarrow as pa  # noqa: PLC0415 - comes with the extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - comes with the extra

    folder.mkdir()
    texts = made_up.answers(count)
    for part in range(_PARTS):
        own = list(itertools.islice(texts, -(-count // _PARTS)))
        table = pa.table({"respondent": [f"{part:02}-{place}" for place in range(len(own))], "text": own})
        pq.write_table(table, folder / f"{part:02}.parquet")


def _run(machine: Machine, folder: Path, workers: int) -> tuple[float, float]:
    """Seconds on the wall, and CPU seconds of the busiest worker."""
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

        def code(sources: Path, out: Path) -> float:
            began = time.perf_counter()
            code_files(
                machine,
                question="q",
                round_key="1",
                sources=str(sources / "*.parquet"),
                out=str(out),
                scheduler=cluster.scheduler_address,
            )
            return time.perf_counter() - began

        for place in range(workers):
            code(folder / "first", folder / f"first-{workers}-{place}")
        with Client(cluster) as client:
            before = client.run(time.process_time)
            wall = code(folder / "in", folder / f"out-{workers}")
            after = client.run(time.process_time)
        return wall, max(after[worker] - before[worker] for worker in after)


def _digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


if __name__ == "__main__":
    sys.exit(main())
