"""compare, ledger, examples, diff and the gate, as scripts use them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import ANSWERS, SURVEY, Coder
from tests.exporters.pages import numbers, read


@pytest.fixture
def two(coder: Coder, folder: Path, project: Path) -> Path:
    """The project with a second round, the first one coded."""
    (folder / "s2.toml").write_text(SURVEY.replace('key = "1"', 'key = "2"'), encoding="utf-8")
    (folder / "a2.csv").write_text(ANSWERS.replace("0115", "0119"), encoding="utf-8")
    assert coder("import", project, folder / "a2.csv", "--survey", folder / "s2.toml").code == 0
    assert coder("codings", "import", project, folder / "c.csv").code == 0
    return project


def test_compare_sets_two_rounds_side_by_side(coder: Coder, folder: Path, two: Path) -> None:
    bare = json.loads(coder("compare", two, "-q", "q", "-r", "1", "-r", "2", "--format", "json", "--interval").out)
    assert {(row["after"], row["change"], row["p"]) for row in bare["rows"]} == {(None, None, None)}
    more = f"{(folder / 'c.csv').read_text(encoding='utf-8').splitlines()[0]}\n2,q,3,,,,,Övrigt,eva,hand,,\n"
    (folder / "more.csv").write_text(more, encoding="utf-8")
    assert coder("codings", "import", two, folder / "more.csv").code == 0
    made = json.loads(coder("compare", two, "-q", "q", "-r", "1", "-r", "2", "--format", "json").out)
    assert [(one["round"], one["base"]) for one in made["rounds"]] == [("1", 3), ("2", 3)]
    assert (made["both"], made["entered"], made["left"], made["census"]) == (2, 1, 1, True)
    assert {row["interval"] for row in made["rows"]} == {None}
    sure = json.loads(coder("compare", two, "-q", "q", "-r", "1", "-r", "2", "--format", "json", "--interval").out)
    assert (sure["design"], sure["test"], sure["estimated_on"]) == ("paired", "exact McNemar", 2)
    assert all(len(row["interval"]) == 2 for row in sure["rows"])


def test_compare_writes_what_it_prints(coder: Coder, folder: Path, two: Path) -> None:
    printed = coder("compare", two, "-q", "nöjd", "-r", "1", "-r", "2", "--format", "md").out
    written = coder("compare", two, "-q", "nöjd", "-r", "1", "-r", "2", "--out", folder / "c.md")
    assert (written.code, written.out) == (0, "")
    assert (folder / "c.md").read_text(encoding="utf-8").startswith(printed.rstrip("\n"))
    assert "| Ja |" in printed


def test_compare_lists_who_entered_and_left_only_where_somebody_asks(coder: Coder, two: Path) -> None:
    asked = ("compare", two, "-q", "q", "-r", "1", "-r", "2")
    assert "0119" not in coder(*asked).out
    assert "bara 2: 0119" in coder(*asked, "--respondents").out


PAGES = {
    "comparison": ("compare", "-q", "q", "-r", "1", "-r", "2"),
    "closed": ("compare", "-q", "nöjd", "-r", "1", "-r", "2"),
    "ledger": ("ledger",),
    "table": ("table", "-q", "q", "-r", "1"),
}


@pytest.mark.parametrize("arguments", PAGES.values(), ids=PAGES)
def test_a_page_holds_the_answers_behind_its_numbers_unless_they_are_left_out(
    coder: Coder, folder: Path, two: Path, arguments: tuple[str, ...]
) -> None:
    name, *rest = arguments
    page = folder / "page.html"
    written = coder(name, two, *rest, "--out", page)
    assert (written.code, written.out) == (0, "")
    assert "which names the respondents" in written.err
    found = numbers(read(page))
    assert found
    assert coder(name, two, *rest, "--out", page, "--without-respondents").code == 0
    bare = read(page)
    assert bare.links == []
    assert not {"Åby", "Ängby"} & set(bare.texts)


@pytest.mark.parametrize("rounds", [["1"], ["1", "1"], ["1", "2", "1"]])
def test_compare_needs_two_rounds(coder: Coder, two: Path, rounds: list[str]) -> None:
    outcome = coder("compare", two, "-q", "q", *(part for one in rounds for part in ("-r", one)))
    assert (outcome.code, outcome.out) == (2, "")


def test_the_ledger_accounts_for_every_base(coder: Coder, two: Path) -> None:
    (told,) = json.loads(coder("ledger", two, "--round", "1", "--json").out)["rounds"]
    assert told["response_rate"]["percent"] == 40
    assert [(one["question"], one["answered"], one["routed"]) for one in told["questions"]] == [
        ("q", 3, 4),
        ("nöjd", 3, 4),
        ("varför", 2, 2),
    ]
    assert len(json.loads(coder("ledger", two, "--json").out)["rounds"]) == 2
    assert "Svarsandel: 40,0 % (4 av tillfrågade 10)." in coder("ledger", two, "--round", "1").out
    assert coder("ledger", two, "--round", "9").code == 1


def test_examples_are_proposed_and_their_warnings_told(coder: Coder, two: Path) -> None:
    assert "no examples" in coder("examples", two, "-q", "q", "-r", "1").err
    told = json.loads(coder("examples", two, "-q", "q", "-r", "1", "--propose", "2", "--json").out)
    assert [(one["code"], one["respondent"], one["flagged"]) for one in told["examples"]] == [
        ("Avstämning", "0115", False)
    ]
    assert coder("examples", two, "-q", "nöjd", "-r", "1").code == 1


def test_diff_says_which_decision_moved_a_count(coder: Coder, folder: Path, two: Path) -> None:
    before, after = folder / "e1.csv", folder / "e2.csv"
    coder("codings", "export", two, "--out", before)
    more = f"{(folder / 'c.csv').read_text(encoding='utf-8').splitlines()[0]}\n1,q,3,,,,,Övrigt,eva,hand,,\n"
    (folder / "more.csv").write_text(more, encoding="utf-8")
    coder("codings", "import", two, folder / "more.csv")
    coder("codings", "export", two, "--out", after)
    assert "1/q: Övrigt: 0 -> 1\n  +1 coded now: 3\n" in coder("diff", before, after).out
    (moved,) = json.loads(coder("diff", after, before, "--json").out)["moved"]
    assert (moved["before"], moved["after"], moved["moves"][0]["why"]) == (1, 0, "uncoded")
    assert "every count is the same" in coder("diff", before, before).out


def test_diff_refuses_codings_without_a_status(coder: Coder, folder: Path) -> None:
    outcome = coder("diff", folder / "c.csv", folder / "c.csv")
    assert outcome.code == 1
    assert "line 2: no status" in outcome.err


def test_diff_says_what_it_compares_where_it_is_given_a_table(coder: Coder, folder: Path, two: Path) -> None:
    assert coder("table", two, "-q", "q", "-r", "1", "--out", folder / "t.html").code == 0
    outcome = coder("diff", folder / "t.html", folder / "c.csv")
    assert (outcome.code, "coder codings export" in outcome.err) == (1, True)


def test_the_gate_lists_what_stands_in_the_way_and_ends_with_3(coder: Coder, folder: Path, two: Path) -> None:
    outcome = coder("check", two, "--publish", "--round", "1", "--disclosure-limit", "3", "--json")
    found = {(one["kind"], one["question"]): one["count"] for one in json.loads(outcome.out)["findings"]}
    assert outcome.code == 3
    assert found[("clash", "q")] == found[("uncoded", "q")] == 1
    assert found[("definition", "q")] == found[("example", "q")] == 1
    assert ("routing", "varför") not in found
    assert found[("disclosure", "nöjd")] == 2


def test_an_export_is_noted_and_told_once_a_decision_has_overtaken_it(coder: Coder, folder: Path, two: Path) -> None:
    out = folder / "q.csv"
    assert coder("table", two, "-q", "q", "-r", "1", "--out", out).code == 0
    assert "export:" not in coder("check", two, "--publish").out
    more = folder / "more.csv"
    more.write_text((folder / "c.csv").read_text(encoding="utf-8").replace("eva", "ola"), encoding="utf-8")
    assert coder("codings", "import", two, more).code == 0
    assert str(out) in coder("check", two, "--publish").out


def test_limits_without_the_gate_are_a_mistake(coder: Coder, two: Path) -> None:
    assert coder("check", two, "--max-auto", "10").code == 2
    assert coder("check", two, "--publish", "--disclosure-limit", "1").code == 2


def test_a_table_counts_units_where_somebody_asks_and_says_so(coder: Coder, folder: Path, two: Path) -> None:
    survey = SURVEY.replace('name = "namn"', 'name = "namn"\ncovers = "antal"')
    (folder / "s.toml").write_text(survey, encoding="utf-8")
    lines = ANSWERS.splitlines()
    rows = [lines[0] + ",antal", *(f"{line},{number}" for number, line in enumerate(lines[1:], 3))]
    (folder / "a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert coder("import", two, folder / "a.csv", "--survey", folder / "s.toml").code == 0
    asked = ("table", two, "-q", "nöjd", "-r", "1")
    plain = json.loads(coder(*asked, "--format", "json").out)
    units = json.loads(coder(*asked, "--format", "json", "--count", "units").out)
    assert (plain["base"], units["base"], units["unit"]) == (3, 12, "units")
    assert [row["count"] for row in units["options"]] == [8, 4]
    assert "Antal enheter som de svarande omfattar: 12" in coder(*asked, "--count", "units").out


def test_the_comparison_as_csv_is_one_row_a_theme_and_code(coder: Coder, two: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(coder("compare", two, "-q", "q", "-r", "1", "-r", "2", "--format", "csv").out))
    )
    assert [(row["theme"], row["code"]) for row in rows] == [
        ("Nåbarhet", ""),
        ("Nåbarhet", "Telefon"),
        ("Nåbarhet", "Kontor"),
        ("Möten", ""),
        ("Möten", "Avstämning"),
        ("", "Övrigt"),
    ]
