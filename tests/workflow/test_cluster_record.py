"""Whose a folder of codings is: what may be written into it, and what a run that has lost it may still do."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError, ProjectChangedError
from coder.importers.codings import read_codings
from coder.workflow.machine import Machine

pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import LocalCluster

from coder.exporters.folder import Folder
from coder.importers.parquet import parts
from coder.workflow.cluster import FORMATS, FilesReport, code_files
from coder.workflow.cluster_record import RECORD, Job, PartDone, Record, require_own
from coder.workflow.cluster_worker import code_with
from tests.workflow.cluster_files import AT, digests, made, worker_here, write

DONE = {"name": "a", "answers": 1, "coded": 0, "codings": 0, "source": "s", "written": "w"}
NO_RECORD = [None, b"", b"half a rec", b"[]", b"null", b'{"parts": []}', b'{"run": "other", "parts": []}']


@pytest.fixture(scope="module")
def machine() -> Machine:
    return made()


@pytest.fixture(scope="module")
def one_worker() -> Iterator[LocalCluster]:
    with worker_here() as cluster:
        yield cluster


@pytest.fixture
def run(machine: Machine) -> Callable[..., FilesReport]:
    def run(out: Path, pattern: Path, **more: Any) -> FilesReport:
        asked = {"question": "q", "round_key": "1"} | more
        return code_files(machine, sources=str(pattern), out=str(out), at=AT, **asked)

    return run


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Three files of an answer each."""
    for name in "abc":
        write(tmp_path / "in" / f"{name}.parquet", {name: "Öppna mer"})
    return tmp_path / "in" / "*"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    folder = Folder(str(tmp_path / "ut"))
    folder.make()
    return Job("mine", "1", "q", folder)


def recorded(job: Job) -> Any:
    return json.loads(job.out.read(RECORD) or b"")


@pytest.mark.parametrize("there", NO_RECORD)
def test_a_folder_that_another_run_has_taken_is_no_longer_this_ones(job: Job, there: bytes | None) -> None:
    """Nor one whose record is gone, or is none."""
    Record.begin(job, [])
    require_own(job)
    if there is None:
        Path(job.out.path(RECORD)).unlink()
    else:
        job.out.put(RECORD, there)
    with pytest.raises(ProjectChangedError, match=r"another run, (None|unknown|other), began to write into"):
        require_own(job)


@pytest.mark.parametrize(
    "there",
    [
        *NO_RECORD,
        b'{"run": "mine"}',
        b'{"run": "mine", "parts": [{"answers": 1}]}',
        json.dumps({"run": "other", "parts": [DONE]}).encode(),
    ],
)
def test_what_tells_of_no_part_of_this_run_lets_it_begin_from_nothing(
    job: Job, sources: Path, there: bytes | None
) -> None:
    if there is not None:
        job.out.put(RECORD, there)
    record = Record.begin(job, parts(str(sources)))
    assert [record.before(part) for part in parts(str(sources))] == [None] * 3
    assert recorded(job) == {"run": "mine", "at": "", "round": "1", "question": "q", "machine": {}, "parts": []}


def test_a_run_that_goes_on_is_the_one_that_began_then(job: Job) -> None:
    Record.begin(replace(job, at="2024-02-01T08:00:00+00:00"), [])
    Record.begin(replace(job, at="2024-02-02T08:00:00+00:00"), [])
    assert recorded(job)["at"] == "2024-02-01T08:00:00+00:00"
    Record.begin(replace(job, run="other", at="2024-02-03T08:00:00+00:00"), [])
    assert recorded(job)["at"] == "2024-02-03T08:00:00+00:00"


def test_a_run_of_the_same_name_knows_what_was_done_and_tells_of_it_until_it_is_done_again(
    job: Job, sources: Path
) -> None:
    job.out.put(RECORD, json.dumps({"run": "mine", "parts": [DONE]}).encode())
    record = Record.begin(job, parts(str(sources)))
    assert record.before(parts(str(sources))[0]) == DONE
    with record:
        record.add(PartDone("b", 1, 0, 0, "s", "w"))
        assert record.kept == 0
    assert recorded(job)["parts"] == [DONE, DONE | {"name": "b"}]


@pytest.mark.parametrize("fails", [True, False])
def test_a_run_that_has_lost_its_folder_leaves_the_others_record_as_it_is(job: Job, *, fails: bool) -> None:
    def end() -> None:
        with Record.begin(job, []) as record:
            record.add(PartDone("a", 1, 0, 0, "s", "w"))
            job.out.put(RECORD, b'{"run": "other"}')
            if fails:
                raise CoderError("a worker is lost")

    with pytest.raises(ProjectChangedError, match="another run, other"):
        end()
    assert recorded(job) == {"run": "other"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_worker_whose_run_has_lost_the_folder_throws_away_what_it_coded(
    machine: Machine, job: Job, sources: Path, form: str
) -> None:
    mine = Job(job.run, job.round, job.question, job.out, form)
    part = parts(str(sources))[0]
    mine.out.put(mine.file_name(part), b"the other's")
    mine.out.put(RECORD, b'{"run": "other"}')
    before = digests(Path(job.out.place))
    with pytest.raises(ProjectChangedError, match="another run, other"):
        code_with(machine, mine, part)
    assert digests(Path(job.out.place)) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_respondent_in_two_parts_is_told(
    run: Callable[..., FilesReport], one_worker: LocalCluster, tmp_path: Path, form: str
) -> None:
    for name in "abc":
        write(tmp_path / "in" / f"{name}.parquet", {"0114" if name != "b" else "0115": "Öppna mer"})
    with pytest.raises(CoderError, match="1 respondent stands in more than one part of the input, among them a and c"):
        run(tmp_path / "ut", tmp_path / "in" / "*", scheduler=one_worker.scheduler_address, form=form)
    assert json.loads((tmp_path / "ut" / RECORD).read_bytes())["refused"].startswith("1 respondent stands in more")
    (tmp_path / "in" / "c.parquet").unlink()
    (tmp_path / "ut" / f"c.{form}").unlink()
    run(tmp_path / "ut", tmp_path / "in" / "*", scheduler=one_worker.scheduler_address, form=form)
    assert "refused" not in json.loads((tmp_path / "ut" / RECORD).read_bytes())


def test_another_run_into_the_same_folder_stops_the_first(
    run: Callable[..., FilesReport], sources: Path, one_worker: LocalCluster, tmp_path: Path
) -> None:
    """Two machines' codings in one folder would be nobody's."""
    begun: list[int] = []

    def other(done: int, _total: int) -> None:
        if not begun:
            begun.append(done)
            run(tmp_path / "ut", sources, round_key="2", scheduler=one_worker.scheduler_address)

    with pytest.raises(ProjectChangedError, match=r"another run, coder-[0-9a-f]{16}, began to write into"):
        run(tmp_path / "ut", sources, scheduler=one_worker.scheduler_address, progress=other)
    assert begun == [1]
    assert json.loads((tmp_path / "ut" / RECORD).read_bytes())["round"] == "2"
    assert {row.round for path in (tmp_path / "ut").glob("*.csv") for row in read_codings(path)} == {"2"}


def test_a_file_without_the_columns_is_told_before_anything_is_coded(
    run: Callable[..., FilesReport], sources: Path, tmp_path: Path
) -> None:
    pq.write_table(pa.table({"respondent": ["2"]}), tmp_path / "in" / "b.parquet")
    with pytest.raises(CoderError, match="no column 'text'"):
        run(tmp_path / "ut", sources)
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("there", ["other.csv", "other.parquet"])
def test_a_folder_with_other_codings_is_refused(
    run: Callable[..., FilesReport], sources: Path, tmp_path: Path, form: str, there: str
) -> None:
    """Whoever reads the folder would count them too."""
    (tmp_path / there).write_text("", encoding="utf-8")
    with pytest.raises(CoderError, match=re.escape(there)):
        run(tmp_path, sources, form=form)


def test_codings_never_take_the_place_of_answers(
    run: Callable[..., FilesReport], sources: Path, tmp_path: Path
) -> None:
    """Not in the folder of the answers, and not in one that leads there by another name."""
    (tmp_path / "ut").symlink_to(tmp_path / "in")
    before = digests(tmp_path / "in")
    for name in ("in", "ut"):
        with pytest.raises(CoderError, match=r"take the place of the answers in .*[abc]\.parquet"):
            run(tmp_path / name, sources, form="parquet")
    assert digests(tmp_path / "in") == before
