"""What a table is published with: the people its numbers are made of, and how they came about."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coder.domain.codebook import fingerprint
from coder.domain.codebook_edits import Define
from coder.domain.coding import Coding, Origin, Segment, choose, give
from coder.domain.errors import CoderError, ProjectBusyError
from coder.domain.figures import Shape
from coder.domain.method import RunNote
from coder.domain.review import accept_all
from coder.domain.tables import OptionTable, Unit
from coder.exporters import method_words
from coder.storage import runs
from coder.workflow.behind import membership
from coder.workflow.intake import import_answers
from coder.workflow.ledger import round_ledgers
from coder.workflow.method import PROGRAM, noted
from coder.workflow.project import Project, open_project
from coder.workflow.publication import examples, figure, publication
from coder.workflow.report import table
from coder.workflow.revising import revise
from coder.workflow.session import Session
from tests.workflow.machine import machine_codes


def _coded(project: Project) -> Session:
    """Åsele with a clash of two codes in A, Ale with one in A chosen out of two, Zorn with one without a theme."""
    session = Session(project, "1", "q", "eva")
    of = {answer.respondent.name: answer.id for answer in session.answers}
    ids = {(session.codebook.theme_name(code.id), code.name): code.id for code in session.codebook.codes}
    one, two, loose = ids["A", "ett"], ids["A", "två"], ids["", "lös"]
    theme = session.codebook.theme_of[one]
    assert theme is not None
    for name, code, start, end, origin in (
        ("Åsele", one, 0, 3, Origin.HAND),
        ("Åsele", two, 4, 7, Origin.HAND),
        ("Ale", one, 0, 3, Origin.ACCEPTED),
        ("Ale", two, 4, 7, Origin.HAND),
        ("Zorn", loose, 0, 3, Origin.HAND),
    ):
        coding = Coding(code, Segment(start, end), "eva", origin, example=name == "Zorn")
        session.apply(of[name], "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    session.apply(of["Ale"], "choose", lambda work: choose(work, theme, two))
    return session


def test_everybody_in_the_base_is_there_once_with_what_the_rule_counts(small: Project) -> None:
    session = _coded(small)
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
    _coded(small)
    made = publication(small, question, "1", most_common_first=most_common_first)
    made.membership.require_same(made.table)
    if not most_common_first:
        assert made.table == table(small, question, "1")


def test_every_question_of_the_corpus_agrees_with_the_respondents_behind_it(corpus: Project) -> None:
    for asked in corpus.questions("2023"):
        made = publication(corpus, asked.key, "2023", most_common_first=True)
        assert len(made.membership.members) == made.table.base


def test_the_method_note_tells_who_how_and_with_which_codebook(small: Project) -> None:
    session = _coded(small)
    small.clock = lambda: datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    note = publication(small, "q", "1").note
    assert noted(small, "q", "1") == (table(small, "q", "1"), note)
    assert note == replace(
        note,
        codebook="t",
        fingerprint=fingerprint(session.codebook),
        analysts=(("eva", 3),),
        origins={Origin.HAND: 3, Origin.ACCEPTED: 0, Origin.AUTO: 0},
        clashes=1,
        uncoded=2,
        base=5,
        program=PROGRAM,
        made_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )


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


def test_the_method_note_of_a_closed_question_has_no_codebook(small: Project) -> None:
    note = publication(small, "ja", "1").note
    assert (note.base, note.codebook, note.analysts) == (5, "", ())


def test_examples_are_of_open_questions(small: Project) -> None:
    _coded(small)
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


def test_the_method_note_names_the_runs_that_counted_codings_came_from(small: Project) -> None:
    when = "2026-01-01T12:00:00+00:00"
    with small.file.writing() as db:
        number = runs.begin(
            db,
            runs.Run("1", "q", "m0del", "t", "f00", 12, "segment", 0, {"precision": 0.9, "min_score": None}, {}, when),
        )
    session = Session(small, "1", "q", "eva")
    first, second = session.answers[0].id, session.answers[1].id
    third = session.answers[2].id
    for answer, run, origin, who in (
        (first, number, Origin.AUTO, "maskin"),
        (second, None, Origin.AUTO, "maskin"),
        (third, number, Origin.ACCEPTED, "eva"),
    ):
        coding = Coding(1, Segment(0, 3), who, origin, 0.9, run=run)
        session.apply(answer, "auto", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    note = publication(small, "q", "1").note
    here = datetime.fromisoformat(when).astimezone().isoformat(timespec="milliseconds")
    assert note.runs == (RunNote(number, 1, "m0del", "f00", 12, 0.9, None, here, accepted=1), RunNote(0, 1))
    # A machine is none of those who coded, and its runs sum to what is counted as its own.
    assert note.analysts == (("eva", 1),)
    assert sum(run.codings for run in note.runs) == note.origins[Origin.AUTO] == 2


def test_the_method_note_names_who_chose_that_a_machines_coding_is_counted(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    answers = [answer.id for answer in session.answers]
    machine_codes(small, "q", "1", {one: {1: 0.9, 2: 0.8} for one in answers[:3]})
    for analyst, answer in (("ola", answers[0]), ("eva", answers[1])):
        session = Session(small, "1", "q", analyst)
        session.apply(answer, "count", lambda work, book=session.codebook: choose(work, 1, 2, book))  # type: ignore[misc]
    note = publication(small, "q", "1").note
    assert (note.analysts, note.choosers) == ((), (("eva", 1), ("ola", 1)))
    assert (note.origins[Origin.AUTO], note.clashes) == (3, 1)
    _, passed_once = noted(small, "q", "1")
    assert passed_once.choosers == note.choosers
    session.apply(answers[1], "accept", lambda work: accept_all(work, "eva"))
    note = publication(small, "q", "1").note
    assert (note.analysts, note.choosers) == ((("eva", 1),), (("ola", 1),))


def test_times_are_told_in_the_zone_of_the_machine(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    _coded(small)
    small.clock = lambda: datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    monkeypatch.setenv("TZ", "Europe/Stockholm")
    time.tzset()
    try:
        note = publication(small, "q", "1").note
        assert method_words.lines(note)[-1].startswith("Framställd 2026-07-03 kl. 01.30 (UTC+02:00) med coder ")
        assert note.decided_at.endswith("+01:00")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_note_tells_the_codebook_of_now_from_the_one_that_the_answers_were_coded_with(small: Project) -> None:
    session = _coded(small)
    before = fingerprint(session.codebook)
    assert publication(small, "q", "1").note.coded_with == before
    revise(small, "q", Define(1, "något helt annat"), "eva")
    note = publication(small, "q", "1").note
    assert (note.coded_with, note.fingerprint) == (before, fingerprint(small.codebook("q")))
    assert note.fingerprint != before


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
