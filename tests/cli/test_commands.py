"""What the commands print and how they end, on a tiny project."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coder.cli.main import _COMMANDS, run
from tests.cli.conftest import SURVEY, Coder


def test_the_import_report_says_what_was_read_and_what_contradicts_the_routing(coder: Coder, folder: Path) -> None:
    coder("init", folder / "p.db", "--codebook", folder / "t.yaml")
    report = coder("import", folder / "p.db", folder / "a.csv", "--survey", folder / "s.toml")
    assert report.code == 0
    assert report.out == ""
    assert "4 respondents of a frame of 10; 4 new" in report.err
    assert "q: 3 answered, 1 blank\n" in report.err
    assert "varför: 2 answered, 1 blank, 1 not asked\n" in report.err
    assert "varför: 1 answered it although the routing does not lead there" in report.err
    assert "0115" in report.err


def test_the_same_file_again_changes_nothing(coder: Coder, folder: Path, project: Path) -> None:
    before = project.read_bytes()
    report = coder("import", project, folder / "a.csv", "--survey", folder / "s.toml")
    assert "0 new, 0 changed, 4 unchanged" in report.err
    assert project.read_bytes()[100:] == before[100:]


def test_the_table_counts_a_respondent_once_within_a_theme(coder: Coder, folder: Path, project: Path) -> None:
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    table = json.loads(coder("table", project, "--question", "q", "--round", "1", "--format", "json").out)
    assert (table["base"], table["uncoded"], table["clashes"]) == (3, 1, 1)
    assert [(theme["theme"], theme["count"]) for theme in table["themes"]] == [("Nåbarhet", 1), ("Möten", 1)]
    assert [code["count"] for code in table["themes"][0]["codes"]] == [1, 0]
    assert table["themes"][0]["percent"] == pytest.approx(100 / 3)
    assert table["unthemed"] == [{"code": "Övrigt", "count": 0}]


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "xlsx"])
def test_the_table_is_written_in_the_format_of_the_suffix(
    coder: Coder, folder: Path, project: Path, suffix: str
) -> None:
    out = folder / f"table.{suffix}"
    assert coder("table", project, "-q", "q", "-r", "1", "--out", out).code == 0
    assert out.stat().st_size > 50


def test_a_closed_question_gives_its_options(coder: Coder, project: Path) -> None:
    table = json.loads(coder("table", project, "-q", "nöjd", "-r", "1", "--format", "json").out)
    assert table["base"] == 3
    assert [(row["option"], row["count"]) for row in table["options"]] == [("Ja", 2), ("Nej", 1)]


def test_codings_come_out_as_they_went_in_with_the_status_of_the_rule(
    coder: Coder, folder: Path, project: Path
) -> None:
    coder("codings", "import", project, folder / "c.csv")
    rows = list(csv.DictReader(io.StringIO(coder("codings", "export", project).out)))
    assert [(row["respondent"], row["start"], row["code"], row["status"]) for row in rows] == [
        ("0114", "0", "Telefon", "provisional"),
        ("0114", "24", "Kontor", "set_aside"),
        ("0115", "", "Avstämning", "counted"),
    ]
    again = coder("codings", "import", project, folder / "c.csv")
    assert "0 codings added" in again.err


def test_the_codings_of_one_question_or_round_come_out_alone(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    every = coder("codings", "export", project).out
    assert coder("codings", "export", project, "-q", "q", "-r", "1").out == every
    out = folder / "second.csv"
    for name in ("s.toml", "a.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / f"2{name}").write_text(text.replace('key = "1"', 'key = "2"'), encoding="utf-8")
    coder("import", project, folder / "2a.csv", "--survey", folder / "2s.toml")
    (folder / "2c.csv").write_text(every.splitlines()[0] + "\n2,q,3,,,,,,eva,hand,,nothing_to_code\n", encoding="utf-8")
    assert coder("codings", "import", project, folder / "2c.csv").code == 0
    assert coder("codings", "export", project, "-r", "1").out == every
    assert coder("codings", "export", project, "-r", "2", "--out", out).err == f"wrote 1 row to {out}\n"
    assert len(coder("codings", "export", project, "-q", "q").out.splitlines()) == len(every.splitlines()) + 1
    for wrong, said in ((("-q", "nöjd"), "'nöjd'"), (("-r", "3"), "'3'"), (("-q", "x", "-r", "1"), "round 1")):
        refused = coder("codings", "export", project, *wrong, "--out", folder / "no.csv")
        assert (refused.code, said in refused.err, refused.out) == (1, True, "")
    assert not (folder / "no.csv").exists()


def test_the_codebook_comes_out_as_it_went_in(coder: Coder, folder: Path, project: Path) -> None:
    out = folder / "out.yaml"
    assert coder("codebook", "export", project, "--question", "q", "--out", out).code == 0
    other = folder / "other.db"
    assert coder("init", other, "--codebook", out).code == 0
    assert coder("codebook", "import", other, out).err == "take in out.yaml: nothing to do, it is so already\n"


def test_autocode_leaves_hand_codings_alone_and_replaces_only_its_own(
    coder: Coder, folder: Path, project: Path
) -> None:
    coder("codings", "import", project, folder / "c.csv")
    by_hand = [line for line in coder("codings", "export", project).out.splitlines() if ",hand," in line]
    first = json.loads(coder("autocode", project, "--round", "1", "--min-score", "0", "--json").out)
    assert (first["answers"], first["untouched_hand_coded"], first["coded"]) == (3, 2, 1)
    assert first["model"]["trained_on"] == 3
    second = json.loads(coder("autocode", project, "--round", "1", "--min-score", "1", "--json").out)
    assert (second["coded"], second["left_for_review"]) == (0, 1)
    lines = coder("codings", "export", project).out.splitlines()
    assert [line for line in lines if ",hand," in line] == by_hand
    assert not any(",auto," in line for line in lines)


def test_check_names_what_stands_in_the_way_and_ends_with_3(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    outcome = coder("check", project, "--json")
    kinds = {finding["kind"]: finding["count"] for finding in json.loads(outcome.out)["findings"]}
    assert outcome.code == 3
    assert kinds == {"clash": 1, "uncoded": 1, "routing": 1}


def test_a_project_is_readable_by_its_owner_alone(project: Path) -> None:
    assert stat.S_IMODE(project.stat().st_mode) == 0o600


def test_every_command_has_help_that_names_it(coder: Coder) -> None:
    overview = " ".join(coder("--help").out.split())
    for name, (_, words) in _COMMANDS.items():
        assert name in overview
        assert words in overview
        helped = coder(name, "--help")
        assert helped.code == 0
        assert f"coder {name}" in helped.out


def test_a_file_saved_anew_with_other_line_breaks_changes_nothing(coder: Coder, folder: Path, project: Path) -> None:
    coder("codings", "import", project, folder / "c.csv")
    text = (folder / "a.csv").read_text(encoding="utf-8").replace("telefon. Kontoret", "telefon.\u00a0Kontoret")
    (folder / "resaved.csv").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    report = coder("import", project, folder / "resaved.csv", "--survey", folder / "s.toml")
    assert report.code == 0
    assert "0 changed, 4 unchanged" in report.err


def test_an_interruption_while_the_program_is_loading_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("import signal; signal.raise_signal(signal.SIGINT)", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    line = [sys.executable, "-m", "coder", "--help"]
    done = subprocess.run(line, check=False, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_full_disk_under_the_codings_is_two_lines(project: Path, folder: Path) -> None:
    pytest.importorskip("resource", reason="only where the system limits the size of files")
    assert run(["codings", "import", str(project), str(folder / "c.csv")]) == 0
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50)); from coder.cli.main import run"
    )
    line = ["codings", "export", str(project), "--out", str(folder / "full.csv")]
    program = f"{limited}; sys.exit(run({line!r}))"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    said, hint = done.stderr.splitlines()
    assert said.startswith("coder: can't write ")
    assert hint.startswith("  Make room")
    assert not (folder / "full.csv").exists()


def test_a_table_is_headed_with_the_question_as_it_was_put(coder: Coder, folder: Path, project: Path) -> None:
    survey = folder / "s.toml"
    for put, head in (('text = "Vad säger ni nu?"', "Vad säger ni nu? (1)"), ("", "Vad tycker ni? (1)")):
        text = SURVEY.replace('text = "Vad tycker ni?"', put)
        survey.write_text(text, encoding="utf-8")
        assert coder("import", project, folder / "a.csv", "--survey", survey).code == 0
        printed = coder("table", project, "-q", "q", "-r", "1").out
        assert printed.splitlines()[0] == head
