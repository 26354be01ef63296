"""Coding Parquet files by several processes: the same bytes however many there are, and whatever becomes of them."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coder.domain.acceptance import Gate
from coder.domain.errors import CoderError
from coder.importers.codings import read_codings
from coder.suggest import model_file
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import fitted
from coder.suggest.gate import Marked
from coder.workflow.machine import Machine, Model, Terms
from tests.suggest.library import BOOK, TEXTS, evidence

pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from coder.exporters.folder import Folder
from coder.importers.parquet import parts
from coder.workflow.cluster import MODEL, FilesReport, code_files
from coder.workflow.cluster_record import RECORD, Job
from coder.workflow.cluster_worker import Carried, code_with

_PARTS = 6
_EACH = 400


@pytest.fixture(scope="module")
def machine() -> Machine:
    """A machine that takes every score from 0.4 on, and knows fifty answers that analysts have read."""
    model = fitted(CodebookSuggester().fit(BOOK, evidence(0, 5)))
    read = [Marked(item.group, (item.text,), (frozenset({item.code}),)) for item in evidence(0, 10)]
    told = Model("m", 30, BOOK.key, "f", {})
    return Machine(BOOK, Terms(promise=None, least=0.4), told, Gate(least=0.4), model, read)


def write(path: Path, answers: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"respondent": list(answers), "text": list(answers.values())}), path)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Six files of made-up answers, some in folders of their own."""
    folder = tmp_path_factory.mktemp("in")
    texts = [text for own in TEXTS.values() for text in own]
    for part in range(_PARTS):
        answers = {
            f"{part:02}{place:04}": f"{texts[place % len(texts)]}. {texts[(place + part) % len(texts)]} men {place}"
            for place in range(_EACH)
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


@pytest.fixture
def run(machine: Machine, sources: str) -> Callable[..., FilesReport]:
    def run(out: Path, pattern: str = sources, **more: Any) -> FilesReport:
        return code_files(machine, question="q", round_key="1", sources=pattern, out=str(out), **more)

    return run


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def by_one(machine: Machine, sources: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one worker makes of the six files, on a cluster of its own."""
    out = tmp_path_factory.mktemp("one")
    report = code_files(machine, question="q", round_key="1", sources=sources, out=str(out), workers=1)
    assert (report.parts, report.kept, report.answers) == (_PARTS, 0, _PARTS * _EACH)
    return out


def test_two_workers_write_the_same_bytes_as_one(
    run: Callable[..., FilesReport], by_one: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    report = run(tmp_path, scheduler=two_workers.scheduler_address)
    assert digests(tmp_path) == digests(by_one)
    assert set(digests(tmp_path)) == {MODEL, RECORD, *(f"län-{part % 2}-del-{part}.csv" for part in range(_PARTS))}
    assert 0 < report.coded <= report.answers
    rows = [row for path in tmp_path.glob("*.csv") for row in read_codings(path)]
    assert len(rows) == report.codings
    assert {(row.round, row.question, row.origin) for row in rows} == {("1", "q", "auto")}


def test_what_is_done_is_kept_and_what_has_changed_is_done_again(
    run: Callable[..., FilesReport], by_one: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    run(tmp_path, scheduler=two_workers.scheduler_address)
    (tmp_path / "län-0-del-0.csv").write_text("changed", encoding="utf-8")
    (tmp_path / "län-1-del-1.csv").unlink()
    report = run(tmp_path, scheduler=two_workers.scheduler_address)
    assert (report.kept, report.answers) == (_PARTS - 2, _PARTS * _EACH)
    assert digests(tmp_path) == digests(by_one)


def test_a_worker_killed_half_way_changes_nothing(
    run: Callable[..., FilesReport], by_one: Path, two_workers: LocalCluster, tmp_path: Path
) -> None:
    victims: list[int] = []

    def kill(done: int, _total: int) -> None:
        if done == 2:
            with Client(two_workers) as client:
                victims.extend(client.run(os.getpid).values())
            os.kill(victims[0], signal.SIGKILL)

    report = run(tmp_path, scheduler=two_workers.scheduler_address, progress=kill)
    assert victims
    assert digests(tmp_path) == digests(by_one)
    assert (report.kept, report.answers) == (0, _PARTS * _EACH)


def test_an_error_in_a_part_is_told_and_the_other_parts_stay(
    run: Callable[..., FilesReport], two_workers: LocalCluster, tmp_path: Path
) -> None:
    write(tmp_path / "in" / "a.parquet", {"1": "Öppna mer"})
    pq.write_table(pa.table({"respondent": ["2"]}), tmp_path / "in" / "b.parquet")
    with pytest.raises(CoderError, match="no column 'text'"):
        run(tmp_path / "ut", str(tmp_path / "in" / "*"), scheduler=two_workers.scheduler_address)


def test_a_respondent_in_two_parts_is_told(
    run: Callable[..., FilesReport], two_workers: LocalCluster, tmp_path: Path
) -> None:
    for name in "abc":
        write(tmp_path / "in" / f"{name}.parquet", {"0114" if name != "b" else "0115": "Öppna mer"})
    with pytest.raises(CoderError, match="1 respondents stand in more than one of the files, among them a and c"):
        run(tmp_path / "ut", str(tmp_path / "in" / "*"), scheduler=two_workers.scheduler_address)


def test_a_folder_with_other_codings_is_refused(run: Callable[..., FilesReport], tmp_path: Path) -> None:
    """Whoever reads the folder would count them too."""
    (tmp_path / "other.csv").write_text("", encoding="utf-8")
    with pytest.raises(CoderError, match=r"other\.csv"):
        run(tmp_path)


def test_the_machine_that_travels_codes_as_the_one_it_was_made_from(
    machine: Machine, sources: str, by_one: Path, tmp_path: Path
) -> None:
    """Also without a worker; the model travels as a model file, not as a pickled suggester."""
    carried = Carried(machine, [], Job("r", "1", "q", Folder(str(tmp_path))))
    assert model_file.load(carried.model).codes == machine.fitted.codes
    part = parts(sources)[0]
    done = code_with(carried.made(), carried.job, part)
    assert done.answers == _EACH
    assert (tmp_path / f"{part.name}.csv").read_bytes() == (by_one / f"{part.name}.csv").read_bytes()
