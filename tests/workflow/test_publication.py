"""What a table is published with: the people its numbers are made of, and how they came about."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coder.domain.errors import CoderError, ProjectBusyError
from coder.domain.figures import Shape
from coder.domain.tables import OptionTable, Unit
from coder.workflow.behind import membership
from coder.workflow.intake import import_answers
from coder.workflow.ledger import round_ledgers
from coder.workflow.project import Project, open_project
from coder.workflow.publication import examples, figure, publication
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.small_coded import small_coded


def test_everybody_in_the_base_is_there_once_with_what_the_rule_counts(small: Project) -> None:
    session = small_coded(small)
    members = membership(small, "q", "1").members
    assert [member.name for member in members] == ["Ale", "Bo", "Dal", "Zorn", "Åsele"]
    names = {
        member.name: {session.codebook.code_name(code): words for code, words in member.counted.items()}
        for member in members
    }
    assert names == {"Ale": {"två": "två"}, "Bo": {}, "Dal": {}, "Zorn": {"lös": "lös"}, "Åsele": {"ett": "ett"}}
    assert members[0].text == "ett två tre"
    assert members[0].attributes == {"grupp": "stad"}


def test_the_respondents_of_a_closed_question_have_their_option(small: Project) -> None:
    members = membership(small, "ja", "1").members
    assert {member.name: dict(member.counted) for member in members} == {
        "Ale": {0: ""},
        "Dal": {0: ""},
        "Zorn": {0: ""},
        "Åsele": {1: ""},
        "Örnby": {1: ""},
    }


@pytest.mark.parametrize("question", ["q", "ja"])
@pytest.mark.parametrize("most_common_first", [False, True])
def test_a_publication_agrees_with_itself_in_any_order(small: Project, question: str, most_common_first: bool) -> None:
    small_coded(small)
    made = publication(small, question, "1", most_common_first=most_common_first)
    made.membership.require_same(made.table)
    if not most_common_first:
        assert made.table == table(small, question, "1")


def test_every_question_of_the_corpus_agrees_with_the_respondents_behind_it(corpus: Project) -> None:
    for asked in corpus.questions("2023"):
        made = publication(corpus, asked.key, "2023", most_common_first=True)
        assert len(made.membership.members) == made.table.base


@pytest.mark.parametrize(
    "made",
    [
        lambda project: publication(project, "q", "1"),
        lambda project: figure(project, ["q"], ["1"]),
        lambda project: examples(project, ["q"], "1"),
    ],
    ids=["publication", "figure", "examples"],
)
def test_no_decision_comes_between_the_numbers_and_their_note(small: Project, made: Callable[[Project], Any]) -> None:
    """The clock is asked as the note is made: nobody can write then, as what is read is still one state."""
    refused: list[datetime] = []

    def clock() -> datetime:
        with open_project(small.path) as other, pytest.raises(ProjectBusyError), other.file.writing() as db:
            db.conn.execute("insert into work (answer, note) values (1, 'x')")
        refused.append(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
        return refused[-1]

    small.clock = clock
    made(small)
    assert refused


def test_examples_are_of_open_questions(small: Project) -> None:
    small_coded(small)
    made, note = examples(small, ["q"], "1")
    assert (note.question, note.base, note.clashes) == ("q", 5, 1)
    assert [code.examples for code in made.questions[0].unthemed] == [("lös",)]
    with pytest.raises(CoderError, match="ja is a closed question"):
        examples(small, ["ja"], "1")


def test_a_figure_takes_its_shape_from_what_is_asked_for(small: Project, corpus: Project) -> None:
    assert figure(small, ["ja"], ["1"], title="T", source="S")[0].title == "T"
    two, note = figure(corpus, ["samsyn_grupper", "samsyn_insatser"], ["2023"])
    assert two.shape is Shape.STACKED
    assert [one.question for one in note.every] == ["samsyn_grupper", "samsyn_insatser"]
    bars, _ = figure(corpus, ["bra"], ["2023"], top=3)
    assert bars.labels == ("Prioriterat", "Operativ samverkan", "Kommunikation")
    assert [count and count.count for count in bars.series[0].counts] == [50, 36, 35]


@pytest.mark.parametrize(
    ("questions", "rounds", "message"),
    [
        (["q", "ja"], ["1"], "only closed questions"),
        (["q", "ja"], ["1", "2"], "several questions or several rounds"),
        (["q", "q"], ["1"], "only closed"),
        (["q"], ["9"], "no round '9'"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    small: Project, questions: list[str], rounds: list[str], message: str
) -> None:
    with pytest.raises(CoderError, match=message):
        figure(small, questions, rounds)


def test_a_routed_question_names_the_question_it_follows_and_who_answered_it_all_the_same(corpus: Project) -> None:
    made = publication(corpus, "webbsida_betyg", "2023")
    assert isinstance(made.table, OptionTable)
    assert made.table.routing_texts == ("Har ni använt webbsidan för kommuner?",)
    assert [member.name for member in made.membership.members if member.uncalled] == list(made.table.against_routing)
    assert len(made.table.against_routing) == 1
    assert not any(member.uncalled for member in publication(corpus, "process", "2023").membership.members)


def test_units_are_not_counted_where_everybody_is_one(small: Project) -> None:
    with pytest.raises(CoderError, match="stands for itself alone"):
        publication(small, "q", "1", unit=Unit.UNITS)


def test_every_product_is_headed_with_the_question_as_that_round_put_it(small: Project, small_files: Path) -> None:
    survey = small_files / "survey.toml"
    plain = survey.read_text(encoding="utf-8")
    for put, head in (('text = "Vad nu?"', "Vad nu?"), ("", "Vad?")):
        survey.write_text(plain.replace('text = "Vad?"', put), encoding="utf-8")
        import_answers(small, small_files / "answers.csv", survey)
        made = (table(small, "q", "1"), publication(small, "q", "1").table, Session(small, "1", "q", "eva").table())
        assert {one.text for one in made} == {head}
        assert figure(small, ["q"], ["1"])[0].title == head
        asked = {one.question: one.text for one in round_ledgers(small, ["1"])[0].questions}
        assert asked["q"] == head
