"""`coder qdpx` as scripts use it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Coder = Callable[..., Any]


def test_a_project_goes_out_and_comes_in(folder: Path, project: Path, coder: Coder) -> None:
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    sent = coder("qdpx", "export", project, "--out", folder / "p.qdpx", "--with-set-aside")
    assert (sent.code, sent.out) == (0, "")
    assert "not written: 2 closed questions" in sent.err
    taken = coder("qdpx", "import", folder / "new.db", folder / "p.qdpx")
    assert (taken.code, taken.out) == (0, "")
    assert "rounds: 1; questions: q" in taken.err
    before, after = (coder("codings", "export", one).out for one in (project, folder / "new.db"))
    assert "Ingen svarar i telefon." in after
    assert sorted(after.splitlines()) == sorted(before.splitlines())


def test_an_open_clash_of_which_half_is_written_is_said(folder: Path, project: Path, coder: Coder) -> None:
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    words = "warning: 1 open clash is written as if what counts for now had been chosen"
    for option, told in (((), True), (("--with-set-aside",), False)):
        new = folder / f"{told}.db"
        sent = coder("qdpx", "export", project, "--out", folder / f"{told}.qdpx", *option)
        assert (sent.code, words in sent.err) == (0, told)
        assert coder("qdpx", "import", new, folder / f"{told}.qdpx").code == 0
        assert ("provisional" in coder("codings", "export", new).out) is not told


def test_what_import_would_refuse_for_its_size_is_said_when_it_is_written(
    folder: Path, project: Path, coder: Coder
) -> None:
    for size, told in ((4_900_000, False), (5_100_000, True)):
        head, *rows = (folder / "a.csv").read_text(encoding="utf-8").splitlines()
        row = rows[-1].split(",")
        row[head.split(",").index("Fråga 1")] = "ord " * (size // 4)
        (folder / "long.csv").write_text(f"{head}\n{','.join(row)}\n", encoding="utf-8")
        assert coder("import", project, folder / "long.csv", "--survey", folder / "s.toml").code == 0
        sent = coder("qdpx", "export", project, "--out", folder / f"{size}.qdpx")
        assert (sent.code, "warning: `coder qdpx import` will not read it" in sent.err) == (0, told)
        taken = coder("qdpx", "import", folder / f"{size}.db", folder / f"{size}.qdpx")
        assert taken.code == told
        if told:
            (said,) = [line for line in taken.err.splitlines() if "larger than the 5 MB" in line]
            assert said.partition(": ")[2].partition(": ")[2] in sent.err


def test_errors_are_two_lines_and_an_exit_code(project: Path, folder: Path, coder: Coder) -> None:
    for arguments in (("import", project, folder / "c.csv"), ("import", folder / "new.db", folder / "gone.qdpx")):
        failed = coder("qdpx", *arguments)
        assert (failed.code, failed.out, len(failed.err.splitlines())) == (1, "", 2)
    assert not (folder / "new.db").exists()


def test_a_codebook_goes_out_and_comes_in_as_qdc(project: Path, folder: Path, coder: Coder) -> None:
    assert coder("codebook", "export", project, "--question", "q", "--out", folder / "b.qdc").code == 0
    assert coder("init", folder / "new.db", "--codebook", folder / "b.qdc").code == 0
    for path in (project, folder / "new.db"):
        assert coder("codebook", "export", path, "--question", "q", "--out", folder / f"{path.stem}.yaml").code == 0
    assert (folder / "new.yaml").read_text(encoding="utf-8") == (folder / "p.yaml").read_text(encoding="utf-8")
