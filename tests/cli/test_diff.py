"""`coder diff` on what an analyst has at hand: the published files, with their project or without it."""

import json
import shutil
from pathlib import Path

import pytest

from coder.cli.main import run
from tests.cli.conftest import ANSWERS, CODEBOOK, CODINGS, SURVEY, Coder

HEAD = CODINGS.splitlines()[0]
TABLE = ("table", "-q", "q", "-r", "1", "--out")
OPTIONS = ("table", "-q", "nöjd", "-r", "1", "--out")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    more = f"{HEAD}\n1,q,3,,,,,Övrigt,eva,hand,,\n"
    for name, text in (
        ("t.yaml", CODEBOOK),
        ("s.toml", SURVEY),
        ("a.csv", ANSWERS),
        ("c.csv", CODINGS),
        ("more.csv", more),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    project = folder / "p.db"
    commands: list[tuple[object, ...]] = [
        ("init", project, "--codebook", folder / "t.yaml"),
        ("import", project, folder / "a.csv", "--survey", folder / "s.toml"),
    ]
    for name, codings in (("1", "c.csv"), ("2", "more.csv")):
        commands.append(("codings", "import", project, folder / codings))
        commands += [
            (TABLE[0], project, *TABLE[1:], folder / f"{name}.{suffix}")
            for suffix in ("docx", "xlsx", "html", "md", "json", "csv")
        ]
        commands.append(("figure", project, "-q", "q", "-r", "1", "--out", folder / f"{name}.svg"))
        commands += [
            ("codings", "export", project, "--out", folder / f"codings{name}.{suffix}") for suffix in ("csv", "parquet")
        ]
    for command in commands:
        assert run([str(part) for part in command]) == 0
        if command[-1] == folder / "codings1.csv":
            shutil.copyfile(project, folder / "1.db")
    return folder


@pytest.fixture
def exports(_made: Path, tmp_path: Path) -> Path:
    """A folder with exports of every kind, named 1 and 2, with one decision on respondent 3 between them.

    `p.db` is their project, `1.db` a copy of it from before that decision.
    """
    return Path(shutil.copytree(_made, tmp_path / "exports"))


@pytest.mark.parametrize("before", ["docx", "csv", "svg"])
@pytest.mark.parametrize("after", ["xlsx", "html", "md", "json"])
def test_exports_of_any_kind_tell_the_decision_that_moved_a_count(
    coder: Coder, exports: Path, before: str, after: str
) -> None:
    outcome = coder("diff", exports / f"1.{before}", exports / f"2.{after}", "--project", exports / "p.db")
    first, second, third = outcome.out.splitlines()
    assert (first, second) == ("1/q: Övrigt: 0 -> 1", "  +1 coded now: 3")
    assert third.startswith("     decision 2, 20")
    assert third.endswith(", import: import of more.csv")
    assert (outcome.code, outcome.err) == (0, "")


def test_json_lists_every_decision(coder: Coder, exports: Path) -> None:
    told = json.loads(coder("diff", exports / "1.md", exports / "2.md", "--project", exports / "p.db", "--json").out)
    ((move,),) = [one["moves"] for one in told["moved"]]
    assert (move["decision"]["number"], move["decision"]["analyst"]) == (2, "import")
    assert (told["bases"], told["notes"]) == ([], [])


@pytest.mark.parametrize("before", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("after", ["json", "csv", "xlsx"])
def test_two_tables_tell_themselves_what_moved(coder: Coder, exports: Path, before: str, after: str) -> None:
    outcome = coder("diff", exports / f"1.{before}", exports / f"2.{after}")
    entered = "  +1 entered: 3\n" if before == after == "xlsx" else ""
    assert outcome.out == f"1/q: Övrigt: 0 -> 1\n{entered}"
    assert outcome.err == "--project PROJECT says which decisions moved them\n"


def test_codings_are_read_as_parquet_too(coder: Coder, exports: Path) -> None:
    outcome = coder("diff", exports / "codings1.parquet", exports / "codings2.csv")
    assert outcome.out == "1/q: Övrigt: 0 -> 1\n  +1 coded now: 3\n"


@pytest.mark.parametrize("name", ["codings1.parquet", "1.json", "1.xlsx"])
def test_a_file_does_not_differ_from_itself(coder: Coder, exports: Path, name: str) -> None:
    outcome = coder("diff", exports / name, exports / name)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("every count is the same")
    assert ("same respondents" in outcome.out) == (name != "1.json")


REFUSED = {
    "the later one first": (("2.json", "1.docx", "--project", "p.db"), "1.docx is older"),
    "the later one first, without the project": (("2.json", "1.xlsx"), "1.xlsx is older"),
    "a copy of the project from before": (("1.md", "2.md", "--project", "1.db"), "ends with 1"),
    "another project": (("1.md", "2.md", "--project", "other.db"), "that of other.db is of"),
    "no project": (("1.md", "2.md", "--project", "1.md"), "not a coder project"),
    "a page without its project": (("1.html", "2.html"), "no table that can be read back"),
    "codings and a table": (("codings1.csv", "2.json"), "an export of codings"),
    "codings with a project": (("codings1.csv", "codings2.csv", "--project", "p.db"), "which decisions it holds"),
    "a closed question with its project": (("o.json", "o.json", "--project", "p.db"), "no decision moves"),
    "a table on standard output": (("printed.json", "2.json", "--project", "p.db"), "up to which decision"),
    "another question": (("o.json", "2.json"), "1/nöjd, and"),
    "another round": (("other-round.json", "2.json"), "2/q, and"),
    "a number that no journal comes to": (("1.md", "far.json", "--project", "p.db"), "ends with 2"),
    "half a file": (("half.json", "2.json"), "half.json, line"),
    "no file": (("none.json", "2.json"), "none.json: can't be read"),
    "a folder": ((".", "2.json"), "no plain file"),
    "a program": (("p.db", "2.json"), "no table that can be read back"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_not_be_compared_is_refused_in_two_lines(
    coder: Coder, exports: Path, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(exports)
    assert coder("init", "other.db", "--codebook", "t.yaml").code == 0
    assert coder("import", "other.db", "a.csv", "--survey", "s.toml").code == 0
    for name in ("more.csv", "c.csv"):
        assert coder("codings", "import", "other.db", name).code == 0
    assert coder(OPTIONS[0], "p.db", *OPTIONS[1:], "o.json").code == 0
    Path("printed.json").write_text(coder("table", "p.db", "-q", "q", "-r", "1", "--format", "json").out, "utf-8")
    whole = Path("2.json").read_text("utf-8")
    Path("other-round.json").write_text(whole.replace('"round": "1"', '"round": "2"', 1), "utf-8")
    Path("far.json").write_text(whole.replace('"decision": 2', f'"decision": {10**30}'), "utf-8")
    Path("half.json").write_text(whole[: len(whole) // 2], "utf-8")
    outcome = coder("diff", *arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert message in outcome.err
    assert len(outcome.err.splitlines()) == 2


def test_a_closed_question_tells_its_counts(coder: Coder, exports: Path) -> None:
    project, after = exports / "p.db", exports / "o2.json"
    assert coder(OPTIONS[0], project, *OPTIONS[1:], exports / "o1.json").code == 0
    answers = (exports / "a.csv").read_text(encoding="utf-8")
    (exports / "a.csv").write_text(f"{answers}4,Ny,Södra,Nytt,Nej,\n", encoding="utf-8")
    assert coder("import", project, exports / "a.csv", "--survey", exports / "s.toml").code == 0
    assert coder(OPTIONS[0], project, *OPTIONS[1:], after).code == 0
    outcome = coder("diff", exports / "o1.json", after)
    assert outcome.out == "1/nöjd: base: 3 -> 4 (answers were taken in; nobody decided it)\n1/nöjd: Nej: 1 -> 2\n"
    assert outcome.err == ""
