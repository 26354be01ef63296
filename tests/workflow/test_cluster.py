"""Coding Parquet files by several processes: the same bytes however many there are, and whatever becomes of them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.importers.codings import read_codings
from coder.suggest import model_file
from coder.workflow.machine import Machine
from tests.suggest.library import TEXTS

pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")

from distributed import Client, LocalCluster

from coder.exporters.folder import Folder
from coder.importers.parquet import parts
from coder.workflow.cluster import FORMATS, MODEL, FilesReport, code_files
from coder.workflow.cluster_record import RECORD, Job
from coder.workflow.cluster_worker import Carried, code_with
from tests.workflow.cluster_files import AT, digests, made, worker_here, write

_PARTS = 6
_EACH = 150


@pytest.fixture(scope="module")
def machine() -> Machine:
    return made()


# Somebody who asks a cluster for codings, says when two parts are there and recorded, and is then cut off.
CLIENT = """
import sys, time
from coder.workflow.cluster import code_files
from tests.workflow.cluster_files import AT, made

seen = []

def told(done, total):
    seen.append(done)
    if len(seen) == 1:
        time.sleep(1.1)  # the record is written once a second
    if len(seen) == 2:
        print(done, flush=True)
        time.sleep(60)

sources, out, scheduler = sys.argv[1:]
code_files(made(), question="q", round_key="1", sources=sources, out=out, at=AT, scheduler=scheduler, progress=told)
"""


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
        return code_files(machine, question="q", round_key="1", sources=pattern, out=str(out), at=AT, **more)

    return run


def codings(folder: Path) -> list[CodingRow]:
    """The codings of all parts, in order; on which line each stands is another matter."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".parquet"))
    return [replace(row, line=0) for path in paths for row in read_codings(path)]


@pytest.fixture(scope="module")
def by_one(machine: Machine, sources: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What one worker makes of the six files, in each form."""
    found = {form: tmp_path_factory.mktemp(f"one-{form}") for form in FORMATS}
    with worker_here() as cluster:
        for form, out in found.items():
            report = code_files(
                machine,
                question="q",
                round_key="1",
                sources=sources,
                out=str(out),
                at=AT,
                scheduler=cluster.scheduler_address,
                form=form,
            )
            assert (report.parts, report.kept, report.answers) == (_PARTS, 0, _PARTS * _EACH)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_two_workers_write_the_same_bytes_as_one(
    run: Callable[..., FilesReport], by_one: dict[str, Path], two_workers: LocalCluster, tmp_path: Path, form: str
) -> None:
    report = run(tmp_path, scheduler=two_workers.scheduler_address, form=form)
    assert digests(tmp_path) == digests(by_one[form])
    assert set(digests(tmp_path)) == {MODEL, RECORD, *(f"län-{part % 2}-del-{part}.{form}" for part in range(_PARTS))}
    assert 0 < report.coded <= report.answers
    rows = codings(tmp_path)
    assert rows == codings(by_one["csv"])
    assert len(rows) == report.codings
    assert {(row.round, row.question, row.origin) for row in rows} == {("1", "q", "auto")}


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_done_is_kept_and_what_has_changed_is_done_again(
    run: Callable[..., FilesReport], by_one: dict[str, Path], two_workers: LocalCluster, tmp_path: Path, form: str
) -> None:
    shutil.copytree(by_one[form], tmp_path, dirs_exist_ok=True)
    (tmp_path / f"län-0-del-0.{form}").write_text("changed", encoding="utf-8")
    (tmp_path / f"län-1-del-1.{form}").unlink()
    report = run(tmp_path, scheduler=two_workers.scheduler_address, form=form)
    assert (report.kept, report.answers) == (_PARTS - 2, _PARTS * _EACH)
    assert digests(tmp_path) == digests(by_one[form])


def test_a_worker_killed_half_way_changes_nothing(
    run: Callable[..., FilesReport], by_one: dict[str, Path], two_workers: LocalCluster, tmp_path: Path
) -> None:
    with Client(two_workers) as client:
        alive: list[int] = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill(done: int, _total: int) -> None:
        if not killed:
            os.kill(alive[0], signal.SIGKILL)
            killed.append(done)

    report = run(tmp_path, scheduler=two_workers.scheduler_address, progress=kill)
    assert killed == [_EACH + 1]
    assert digests(tmp_path) == digests(by_one["csv"])
    assert (report.kept, report.answers) == (0, _PARTS * _EACH)


def test_who_asked_may_be_killed_and_the_next_one_goes_on(
    run: Callable[..., FilesReport],
    sources: str,
    by_one: dict[str, Path],
    *,
    two_workers: LocalCluster,
    tmp_path: Path,
    root: Path,
) -> None:
    command = [sys.executable, "-c", CLIENT, sources, str(tmp_path), two_workers.scheduler_address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        assert int(child.stdout.readline()) == 2 * (_EACH + 1)
        child.send_signal(signal.SIGKILL)
    report = run(tmp_path, scheduler=two_workers.scheduler_address)
    assert 2 <= report.kept <= _PARTS
    assert (report.answers, digests(tmp_path)) == (_PARTS * _EACH, digests(by_one["csv"]))


def test_an_error_in_a_part_is_told_and_what_is_done_stays(
    run: Callable[..., FilesReport], two_workers: LocalCluster, tmp_path: Path
) -> None:
    write(tmp_path / "in" / "a.parquet", {"1": "Öppna mer"})
    write(tmp_path / "in" / "b.parquet", {"2": "Bra", "": "Nej"})

    def ask() -> FilesReport:
        return run(tmp_path / "ut", str(tmp_path / "in" / "*"), scheduler=two_workers.scheduler_address)

    with pytest.raises(CoderError, match=r"b\.parquet, row 2, column respondent: no id"):
        ask()
    write(tmp_path / "in" / "b.parquet", {"2": "Bra", "3": "Nej"})
    assert ask().answers == 3


def test_one_large_file_is_shared_out_and_coded_as_if_it_were_not(
    run: Callable[..., FilesReport], two_workers: LocalCluster, tmp_path: Path
) -> None:
    texts = [text for own in TEXTS.values() for text in own]
    write(
        tmp_path / "in" / "allt.parquet",
        {f"{place:04}": f"{texts[place % len(texts)]} men {place}" for place in range(1000)},
    )
    told: list[tuple[int, int]] = []

    def code(rows: int) -> FilesReport:
        return run(
            tmp_path / f"{rows}",
            str(tmp_path / "in" / "*.parquet"),
            rows=rows,
            scheduler=two_workers.scheduler_address,
            progress=lambda *how: told.append(how),
        )

    whole, shared = code(5000), code(150)
    assert ((whole.parts, shared.parts), (shared.answers, shared.codings)) == ((1, 7), (1000, whole.codings))
    assert codings(tmp_path / "150") == codings(tmp_path / "5000")
    assert told[0] == told[-1] == (1000, 1000)
    before = digests(tmp_path / "150")
    (tmp_path / "150" / "allt-00003.csv").unlink()
    (tmp_path / "150" / "allt-00007.csv").write_text("spoilt", encoding="utf-8")
    again = code(150)
    assert (again.kept, again.codings) == (5, whole.codings)
    assert digests(tmp_path / "150") == before


def test_the_machine_that_travels_codes_as_the_one_it_was_made_from(
    machine: Machine, sources: str, by_one: dict[str, Path], tmp_path: Path
) -> None:
    """Also without a worker; the model travels as a model file, not as a pickled suggester."""
    carried = Carried(machine, [], Job("r", "1", "q", Folder(str(tmp_path))))
    carried.job.out.put(RECORD, b'{"run": "r"}')
    assert model_file.load(carried.model).codes == machine.fitted.codes
    part = parts(sources)[0]
    done = code_with(carried.made(), carried.job, part)
    assert done.answers == _EACH
    assert (tmp_path / f"{part.name}.csv").read_bytes() == (by_one["csv"] / f"{part.name}.csv").read_bytes()
