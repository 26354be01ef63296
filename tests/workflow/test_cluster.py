"""Coding Parquet files by several processes: the same bytes however many there are, and whatever becomes of them."""

import hashlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.domain.acceptance import Gate
from coder.domain.errors import CoderError
from coder.importers.codings import read_codings
from coder.suggest import model_file
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from tests.suggest.library import BOOK, TEXTS, evidence

pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
pyarrow = pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")

import pyarrow.parquet  # noqa: E402 - only where it is there
from distributed import Client, LocalCluster  # noqa: E402 - only where it is there

from coder.workflow.cluster import MODEL, FilesReport, code_files  # noqa: E402 - needs Dask
from coder.workflow.cluster_record import RECORD  # noqa: E402 - beside the one above

_GATE = Gate(least=0.4)
_PARTS = 6


@pytest.fixture(scope="module")
def model() -> bytes:
    return model_file.save(fitted(CodebookSuggester().fit(BOOK, evidence(0, 5))))


def write(path: Path, answers: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(pyarrow.table({"respondent": list(answers), "text": list(answers.values())}), path)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Six files of made-up answers, some in folders of their own."""
    folder = tmp_path_factory.mktemp("in")
    texts = [text for own in TEXTS.values() for text in own]
    for part in range(_PARTS):
        answers = {
            f"{part:02}{place:04}": f"{texts[place % len(texts)]}. {texts[(place + part) % len(texts)]} men {place}"
            for place in range(400)
        }
        answers[f"{part:02}tom"] = "  "
        write(folder / f"län-{part % 2}" / f"del-{part}.parquet", answers)
    return str(folder / "*" / "*.parquet")


@pytest.fixture(scope="module")
def two_workers() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as cluster:
        yield cluster


def run(model: bytes, sources: str, out: Path, **more: Any) -> FilesReport:
    return code_files(model, BOOK, _GATE, question="q", round_key="1", sources=sources, out=str(out), **more)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def by_one(model: bytes, sources: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one worker makes of the six files, on a cluster of its own."""
    out = tmp_path_factory.mktemp("one")
    report = run(model, sources, out, workers=1)
    assert (report.parts, report.kept, report.answers) == (_PARTS, 0, _PARTS * 400)
    return out


def test_two_workers_write_the_same_bytes_as_one(
    model: bytes, sources: str, by_one: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    report = run(model, sources, tmp_path, scheduler=two_workers.scheduler_address)
    assert digests(tmp_path) == digests(by_one)
    assert set(digests(tmp_path)) == {MODEL, RECORD, *(f"län-{part % 2}-del-{part}.csv" for part in range(_PARTS))}
    assert 0 < report.coded <= report.answers
    rows = [row for path in tmp_path.glob("*.csv") for row in read_codings(path)]
    assert len(rows) == report.codings


def test_a_worker_killed_half_way_changes_nothing(
    model: bytes, sources: str, by_one: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    victims = []

    def kill(done: int, _total: int) -> None:
        if done == 2:
            with Client(two_workers) as client:
                victims.extend(client.run(os.getpid).values())
            os.kill(victims[0], signal.SIGKILL)

    report = run(model, sources, tmp_path, scheduler=two_workers.scheduler_address, progress=kill)
    assert victims
    assert digests(tmp_path) == digests(by_one)
    assert report.answers == _PARTS * 400
