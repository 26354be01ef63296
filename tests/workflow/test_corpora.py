"""The bundled corpora and codebooks: what they promise in their README files."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from coder.domain.answers import canonical
from coder.domain.codebook import Codebook
from coder.domain.counting import decide
from coder.storage import surveys, works
from coder.workflow.codings import CodingsReport
from coder.workflow.demo import demo_project
from coder.workflow.intake import IntakeReport, import_answers
from coder.workflow.project import Project, open_project

PUBLISHED = yaml.safe_load((Path(__file__).parents[1] / "data" / "published.yaml").read_text(encoding="utf-8"))
OPEN_COLUMNS = {"bra": "Fråga 10", "mindre_bra": "Fråga 11"}
BOTH = pytest.mark.parametrize("question", OPEN_COLUMNS)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_227_respondents_of_290_gave_180_and_174_answers(intake_report: IntakeReport) -> None:
    assert (intake_report.respondents, intake_report.new, intake_report.frame) == (227, 227, 290)
    assert (intake_report.answered["bra"], intake_report.answered["mindre_bra"]) == (180, 174)


def test_every_coding_was_taken_in(codings_report: CodingsReport, root: Path) -> None:
    given = rows(root / "corpora" / "af-2023" / "codings.csv")
    assert codings_report.rows == len(given)
    assert codings_report.held == 0
    assert codings_report.added + codings_report.nothing == len(given)
    assert codings_report.nothing == sum(row["status"] == "nothing_to_code" for row in given)


@pytest.mark.parametrize(("folder", "number"), [("af-2023", 227), ("af-2024", 240)])
def test_respondents_have_keys_and_names_of_their_own_that_stay(root: Path, folder: str, number: int) -> None:
    here = rows(root / "corpora" / folder / "answers.csv")
    assert len(here) == len({row["kommunkod"] for row in here}) == len({row["kommun"] for row in here}) == number
    assert all(re.fullmatch(r"\d{4}", row["kommunkod"]) for row in here)
    assert all(row["lan"] and row["grupp"] for row in here)


def test_most_respondents_of_the_second_round_answered_the_first(root: Path) -> None:
    first, second = (
        {row["kommunkod"]: (row["kommun"], row["lan"]) for row in rows(root / "corpora" / folder / "answers.csv")}
        for folder in ("af-2023", "af-2024")
    )
    both = first.keys() & second.keys()
    assert len(both) == 198
    assert all(first[key] == second[key] for key in both)


@pytest.mark.parametrize("folder", ["af-2023", "af-2024"])
def test_no_sentence_of_a_round_stands_twice(root: Path, folder: str) -> None:
    texts = [row[column] for row in rows(root / "corpora" / folder / "answers.csv") for column in OPEN_COLUMNS.values()]
    found = Counter(sentence for text in texts for sentence in _sentences(text))
    assert len(found) > 500
    assert [sentence for sentence, times in found.items() if times > 1] == []


def _sentences(text: str) -> list[str]:
    """The sentences of an answer without case, list markers and end marks."""
    parts = re.split(r"(?<=[.!?])\s+|\n+|;\s+", canonical(text))
    plain = (re.sub(r"^(?:[-–•*·]|\d+[.)]|[a-z]\))\s*", "", part.strip().casefold()).strip(" .!?,:") for part in parts)
    return [sentence for sentence in plain if sentence]


def test_at_least_40_answers_carry_two_codes_of_a_theme_with_a_choice(corpus: Project) -> None:
    chosen = set()
    for question in OPEN_COLUMNS:
        codebook = corpus.codebook(question)
        with corpus.file.reading() as db:
            held = works.load(db, "2023", question)
        for number, work in held.items():
            for one in decide(work, codebook):
                if {coding.code for coding in one.set_aside} - {one.counted.code}:
                    assert one.theme in work.choices
                    chosen.add(number)
    assert len(chosen) >= 40


@BOTH
def test_answers_that_say_several_things_are_coded_in_segments(corpus: Project, question: str) -> None:
    with corpus.file.reading() as db:
        held = works.load(db, "2023", question)
    for work in held.values():
        if len({coding.code for coding in work.codings}) > 1:
            assert not any(coding.whole for coding in work.codings)


@BOTH
def test_answers_run_from_two_words_to_half_a_page(corpus: Project, question: str) -> None:
    with corpus.file.reading() as db:
        texts = [answer.text for answer in surveys.answers(db, "2023", question) if not answer.blank]
    words = sorted(len(text.split()) for text in texts)
    assert words[0] <= 3
    assert words[-1] >= 120


def test_the_true_codings_of_the_second_round_fit_its_answers(root: Path, corpus: Project) -> None:
    answers = {row["kommunkod"]: row for row in rows(root / "corpora" / "af-2024" / "answers.csv")}
    truth = rows(root / "tests" / "data" / "af-2024-true-codings.csv")
    books: dict[str, Codebook] = {question: corpus.codebook(question) for question in OPEN_COLUMNS}
    counted: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    new_topics: set[tuple[str, str]] = set()
    for row in truth:
        assert row["round"] == "2024"
        text = canonical(answers[row["respondent"]][OPEN_COLUMNS[row["question"]]])
        assert text.strip()
        if row["code"]:
            if books[row["question"]].find(row["theme"], row["code"]) is None:
                new_topics.add((row["theme"], row["code"]))
            start, end = (int(row["start"]), int(row["end"])) if row["start"] else (0, len(text))
            assert row["snippet"] == text[start:end]
        if row["theme"] and row["status"] == "counted":
            counted[row["respondent"], row["question"], row["theme"]].add(row["code"])
    assert {len(codes) for codes in counted.values()} == {1}
    assert [theme for theme, _ in new_topics] == ["", "", ""]
    assert {(row["question"], row["respondent"]) for row in truth} == {
        (question, key)
        for key, row in answers.items()
        for question, column in OPEN_COLUMNS.items()
        if row[column].strip()
    }


def test_the_second_round_goes_into_the_project_of_the_first(root: Path, coded: Project) -> None:
    folder = root / "corpora" / "af-2024"
    report = import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    assert (report.round, report.respondents, report.new) == ("2024", 240, 240)
    with open_project(coded.path) as again:
        assert [one.key for one in again.rounds()] == ["2023", "2024"]


@pytest.mark.parametrize("one", PUBLISHED["open"], ids=[one["question"] for one in PUBLISHED["open"]])
def test_codebooks_have_the_published_names_and_explain_every_code(corpus: Project, one: dict[str, object]) -> None:
    codebook = corpus.codebook(str(one["question"]))
    names = [[theme.name, [code.name for code in codebook.codes_of(theme.id)]] for theme in codebook.themes]
    assert names == [[theme["theme"], [code["code"] for code in theme["codes"]]] for theme in one["themes"]]  # type: ignore[attr-defined]
    assert codebook.question == one["text"]
    assert codebook.codes_of(None) == ()
    for code in codebook.codes:
        assert 3 <= len(code.examples) <= 6
        assert len(set(code.examples)) == len(code.examples)
        assert len(code.definition.split()) >= 10


def test_the_example_project_leaves_nothing_beside_itself(tmp_path: Path) -> None:
    demo_project(tmp_path / "demo.db").close()
    assert {one.name for one in tmp_path.iterdir()} <= {"demo.db", "demo.db-journal"}
