"""`coder autocode --input`: files in, codings files out that a project takes in."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Coder


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--input", "in/*.parquet", "--question", "q"), "--input, --out and --question"),
        (("--out", "ut", "--question", "q"), "--input, --out and --question"),
        (("--input", "in/*.parquet", "--out", "ut"), "--input, --out and --question"),
        (("--scheduler", "tcp://127.0.0.1:1"), "--input, --out and --question"),
        (("--out-format", "parquet"), "--input, --out and --question"),
        (("--out-format", "xlsx"), "'xlsx' is not one of 'csv', 'parquet'"),
        (("--input", "in/*.parquet", "--out", "ut", "--question", "q", "--dry-run"), "--dry-run"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    project: Path, coder: Coder, options: tuple[str, ...], says: str
) -> None:
    found = coder("autocode", project, "--round", "1", *options)
    assert (found.code, found.out) == (2, "")
    assert says in found.err


def test_a_pattern_without_files_is_an_error(project: Path, coder: Coder, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
    found = coder(
        "autocode", project, "--round", "1", "-q", "q", "--input", tmp_path / "*.parquet", "--out", tmp_path / "ut"
    )
    assert (found.code, found.out) == (1, "")
    assert "no .parquet file" in found.err
    assert not (tmp_path / "ut").exists()


@pytest.fixture
def answers(tmp_path: Path) -> str:
    """A file of three made-up answers, one of them blank."""
    pytest.importorskip("distributed", reason="coder-workbench[cluster] is not installed")
    pa = pytest.importorskip("pyarrow", reason="coder-workbench[cluster] is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="coder-workbench[cluster] is not installed")
    texts = ["Ingen svarar i telefon. Kontoret är stängt.", "Vi träffas varje månad", ""]
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"respondent": ["0114", "0115", "2"], "text": texts}), tmp_path / "in" / "norra.parquet")
    return str(tmp_path / "in" / "*.parquet")


def taken_in(project: Path, coder: Coder, answers: str, name: str, *more: object) -> object:
    """What the table says when the answers are coded and the codings are taken into the project."""
    out = project.parent / "ut"
    options = ("--input", answers, "--out", out, "--min-score", "0.2", *more)
    found = coder("autocode", project, "--round", "1", "--question", "q", *options, "--json")
    assert found.code == 0, found.err
    told = json.loads(found.out)
    assert (told["parts"], told["answers"], told["coded"], told["codings"]) == (1, 2, 2, 3)
    own = coder("autocode", project, "--round", "1", "--question", "q", "--min-score", "0.2", "--dry-run", "--json")
    part = json.loads(own.out)["questions"][0]
    assert (told["untouched_hand_coded"], told["threshold"], told["model"]["codebook"]) == (0, 0.2, "t")
    assert set(told["model"]) == set(part["model"])
    assert {name: told[name] for name in ("verdicts", "codes", "shut", "precision")} == {
        name: part[name] for name in ("verdicts", "codes", "shut", "precision")
    }
    taken = coder("codings", "import", project, out / name)
    assert taken.code == 0, taken.err
    assert "3 machine codings are of run 1, which coded files" in taken.err
    (run,) = json.loads(coder("runs", project, "--json").out)["runs"]
    assert (run["files"], run["model"]["id"], run["codings"]["auto"]) == (told["run"], told["model"]["id"], 3)
    assert "may have another model, as it reads other uncoded texts" in coder("runs", project).out
    return json.loads(coder("table", project, "--question", "q", "--round", "1", "--format", "json").out)["origins"]


# Two of the three codes are of one theme and one answer, and one of those is counted.
COUNTED = {"hand": 0, "accepted": 0, "auto": 2}


def test_files_are_coded_into_codings_that_a_project_takes_in(project: Path, coder: Coder, answers: str) -> None:
    assert taken_in(project, coder, answers, "norra.csv", "--workers", 1) == COUNTED


def test_codings_may_be_parquet_files_too(project: Path, coder: Coder, answers: str) -> None:
    from distributed import LocalCluster  # noqa: PLC0415 - only where it is there

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as cluster:
        more = ("--out-format", "parquet", "--scheduler", cluster.scheduler_address)
        assert taken_in(project, coder, answers, "norra.parquet", *more) == COUNTED
