"""A machine to travel, and folders of Parquet files, for the tests of coding files by several processes."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import LocalCluster

from coder.domain.acceptance import Gate
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.novelty import Said
from coder.suggest.scoring import Scorer
from coder.workflow.machine import Machine, Model, Terms
from tests.suggest.library import BOOK, evidence

AT = datetime(2024, 2, 1, 8, tzinfo=UTC)


@cache
def made() -> Machine:
    """A machine that takes every score from 0.4 on, and knows fifty answers that analysts have read."""
    model = fitted(CodebookSuggester().fit(BOOK, evidence(0, 5)))
    given = evidence(0, 10)
    best = Scorer(model).best([item.text for item in given])
    read = [Said(item.text, item.group, one, one is not None) for item, one in zip(given, best, strict=True)]
    told = Model("m", 30, BOOK.key, "f", {})
    return Machine(BOOK, Terms(promise=None, least=0.4), told, Gate(least=0.4), model, read)


def worker_here() -> LocalCluster:
    """A worker in this process, which has imported already what those in processes of their own import anew."""
    return LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
    )


def write(path: Path, answers: dict[str, Any]) -> None:
    """A Parquet file of answers: texts by respondent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"respondent": list(answers), "text": list(answers.values())}), path)


def digests(folder: Path) -> dict[str, str]:
    """What lies in a folder, byte for byte."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
