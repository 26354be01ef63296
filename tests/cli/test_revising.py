"""`coder codebook` revises, lists and goes back; `coder memo` writes and finds."""

import json
from pathlib import Path

import pytest

from coder.domain.codebook_edits import Define
from coder.workflow.project import open_project
from coder.workflow.session import Session

from .conftest import Coder


@pytest.fixture
def coded(coder: Coder, folder: Path, project: Path) -> Path:
    """The small project with its codings."""
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    return project


def test_a_dry_run_says_what_the_change_then_does_and_changes_nothing(coder: Coder, coded: Path) -> None:
    before = coded.read_bytes()
    tried = coder("codebook", "move", coded, "-q", "q", "Kontor", "--theme", "Möten", "--dry-run")
    assert tried.code == 0
    assert tried.out == "1/q: Möten 1 -> 2; codes: Kontor 0 -> 1; 1 respondent changes, 1 clash is dissolved\n"
    assert "not done" in tried.err
    assert coded.read_bytes() == before
    made = coder("codebook", "move", coded, "-q", "q", "Kontor", "--theme", "Möten")
    assert made.out == tried.out
    rows = json.loads(coder("table", coded, "-q", "q", "-r", "1", "--format", "json").out)
    assert [(theme["theme"], theme["count"]) for theme in rows["themes"]] == [("Nåbarhet", 1), ("Möten", 2)]


def test_every_change_is_in_the_log_and_the_first_version_can_be_restored(coder: Coder, coded: Path) -> None:
    for arguments in (
        ("rename", "Telefon", "Telefonkö"),
        ("merge", "Telefon", "Nåbarhet: Kontor"),
        ("retire", "Avstämning"),
        ("retire", "Avstämning", "--back"),
        ("move", "Övrigt", "--theme", "Möten"),
    ):
        name, *rest = arguments
        assert coder("codebook", name, coded, "-q", "q", *rest, "-a", "eva").code == 0
    log = json.loads(coder("codebook", "log", coded, "-q", "q", "--json").out)["versions"]
    assert [(one["analyst"], one["what"]) for one in log] == [
        ("", "taken in"),
        ("eva", "rename Telefon to Telefonkö"),
        ("eva", "merge Telefonkö into Kontor"),
        ("eva", "retire Avstämning"),
        ("eva", "restore Avstämning"),
        ("eva", "move Övrigt to the theme Möten"),
    ]
    assert [line.split()[0] for line in coder("codebook", "log", coded, "-q", "q").out.splitlines()] == [
        one["fingerprint"] for one in log
    ]
    differences = coder("codebook", "diff", coded, "-q", "q", "first", log[-1]["fingerprint"])
    assert differences.out.splitlines() == [
        "merged code: Telefonkö into Kontor",
        "renamed code: Telefon to Telefonkö",
        "moved code: Övrigt (no theme) to Möten",
    ]
    assert coder("codebook", "restore", coded, "-q", "q", log[0]["fingerprint"]).code == 0
    assert coder("codebook", "diff", coded, "-q", "q", "first").out == "nothing differs\n"
    again = json.loads(coder("codebook", "diff", coded, "-q", "q", "first", "now", "--json").out)
    assert again == {"from": log[0]["fingerprint"], "to": log[0]["fingerprint"], "differences": []}


def test_codes_are_made_defined_and_gathered_in_a_new_theme(coder: Coder, coded: Path) -> None:
    for name, *rest in (
        ("add", "Brev", "-t", "Nåbarhet", "-d", "Post."),
        ("define", "Brev", "Post och brev."),
        ("move", "Brev", "Övrigt", "--new", "Skrift"),
        ("add", "Brv", "--anyway"),
    ):
        assert coder("codebook", name, coded, "-q", "q", *rest, "-a", "eva").code == 0
    with open_project(coded) as held:
        book = held.codebook("q")
    assert [(code.name, code.definition) for code in book.codes_of(book.themes[-1].id)] == [
        ("Brev", "Post och brev."),
        ("Övrigt", ""),
    ]
    log = json.loads(coder("codebook", "log", coded, "-q", "q", "--json").out)["versions"]
    assert [one["what"] for one in log[1:]] == [
        "new code Brev to the theme Nåbarhet",
        "define Brev",
        "new theme Skrift of Brev, Övrigt",
        "new code Brv",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("merge", "Telefon", "Telefon"), 1, "can't be merged into itself"),
        (("merge", "Telefon"), 2, "two codes or more"),
        (("merge", "Telefn", "Kontor"), 1, "Is it Telefon?"),
        (("move", "Telefon", "--theme", "x"), 1, "Themes there: Nåbarhet, Möten."),
        (("rename", "Telefon", "Kontor"), 1, "'Kontor' already"),
        (("add", "Telefn"), 1, "a code 'Telefon' already"),
        (("move", "Telefon", "--new", "Möten"), 1, "a theme 'Möten' already"),
        (("move", "Telefon", "--new", "x", "--theme", "Möten"), 2, "go to one theme"),
        (("diff", "x"), 1, "no version"),
        (("restore", ""), 1, "no version"),
    ],
)
def test_what_cannot_be_done_is_said_in_two_lines_and_changes_nothing(
    coder: Coder, coded: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    before = coded.read_bytes()
    name, *rest = arguments
    outcome = coder("codebook", name, coded, "-q", "q", *rest)
    assert (outcome.code, outcome.out) == (code, "")
    assert words in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert coded.read_bytes() == before


def test_memos_are_written_listed_and_found(coder: Coder, coded: Path) -> None:
    assert coder("memo", "add", coded, "Gränsen är oklar", "-q", "q", "-c", "Telefon", "-a", "eva").code == 0
    answer = ("-q", "q", "-r", "1", "--respondent", "0114")
    assert coder("memo", "add", coded, "[b]Läs om", *answer, "--segment", "0-6", "-a", "ola").err == (
        "memo 2 on segment 1/q 0114: Ingen \n"
    )
    listed = coder("memo", "list", coded).out.splitlines()
    assert listed[1::2] == ["    Gränsen är oklar", "    [b]Läs om"]
    assert listed[0].endswith("eva  code q Nåbarhet: Telefon")
    (found,) = json.loads(coder("memo", "search", coded, "GRÄNSEN", "telefon", "--json").out)["memos"]
    assert (found["kind"], found["text"]) == ("code", "Gränsen är oklar")
    assert coder("memo", "search", coded, "finns inte").out == ""
    assert coder("memo", "add", coded, "x", *answer, "--segment", "x").code == 2


def test_a_change_to_what_is_so_already_says_so_and_writes_nothing(coder: Coder, coded: Path) -> None:
    before = coded.read_bytes()
    for arguments in (
        ("rename", "Telefon", "Telefon"),
        ("restore", "now"),
        ("retire", "Telefon", "--back"),
        ("define", "Telefon", "Att ringa, telefonkö, ingen svarar."),
    ):
        name, *rest = arguments
        outcome = coder("codebook", name, coded, "-q", "q", *rest, "-a", "eva")
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err.endswith(": nothing to do, it is so already\n")
    assert coded.read_bytes() == before


def test_a_retired_code_is_not_retired_again(coder: Coder, coded: Path) -> None:
    retire = ("codebook", "retire", coded, "-q", "q", "Telefon")
    assert coder(*retire).err == "retire Telefon\n"
    before = coded.read_bytes()
    assert coder(*retire).err == "retire Telefon: nothing to do, it is so already\n"
    assert coded.read_bytes() == before


def test_segments_coded_before_a_new_definition_are_listed_to_be_read_again(coder: Coder, coded: Path) -> None:
    assert coder("codebook", "look-again", coded, "-q", "q", "Telefon", "--json").out == "[]\n"
    with open_project(coded) as held:
        session = Session(held, "1", "q", "eva")
        code = session.codebook.find("Nåbarhet", "Telefon")
        assert code is not None
        session.edit(Define(code.id, "Bara växeln och dess köer."))
    again = coder("codebook", "look-again", coded, "-q", "q", "Telefon")
    assert again.out == "1  0114  Ingen svarar i telefon.\n"
    assert again.err == "1 segment to look at again\n"
    assert coder("codebook", "look-again", coded, "-q", "q").out == "1  0114  Telefon  Ingen svarar i telefon.\n"
    (row,) = json.loads(coder("codebook", "look-again", coded, "-q", "q", "--json").out)
    assert (row["theme"], row["code"], row["snippet"]) == ("Nåbarhet", "Telefon", "Ingen svarar i telefon.")


def test_memos_on_the_question_and_its_codes_stand_in_the_method_note(coder: Coder, coded: Path) -> None:
    for where, text in (
        (("-q", "q", "-c", "Telefon"), "Även växeln."),
        (("-q", "q"), "Läst två gånger."),
        (("-q", "q", "-r", "1", "--respondent", "0114"), "Ring upp."),
    ):
        assert coder("memo", "add", coded, text, *where).code == 0
    out = coded.with_suffix(".md")
    assert coder("table", coded, "-q", "q", "-r", "1", "--out", out).code == 0
    note = out.read_text(encoding="utf-8")
    assert "Telefon: Även växeln." in note
    assert "q: Läst två gånger." in note
    assert "Ring upp" not in note
