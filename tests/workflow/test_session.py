"""One analyst's session, closed and opened again, and two windows on one project."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work, choose, flag, give, mark_nothing, take_back
from coder.domain.counting import State
from coder.domain.errors import CoderError
from coder.domain.place import Place
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.report import table
from coder.workflow.session import Session, begin
from tests.growth import LINEAR, growth

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]

ONE = Coding(1, Segment(0, 3), "eva")
TWO = Coding(2, Segment(4, 7), "eva")
THREE = Coding(4, Segment(8, 11), "eva")


@pytest.fixture
def two_rounds(coded: Project, root: Path) -> Project:
    """The coded corpus of 2023 and the answers of 2024."""
    folder = root / "corpora" / "af-2024"
    import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    return coded


def test_a_session_has_the_answers_that_are_not_blank(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    assert [answer.respondent.key for answer in session.answers] == ["0114", "0115", "0116", "0118", "0119"]
    assert session.standing(session.answers[0].id).state is State.UNTOUCHED


@pytest.mark.parametrize(
    ("round_key", "question", "wrong"),
    [("2", "q", "no round '2'"), ("1", "x", "no question 'x'"), ("1", "ja", "closed question")],
    ids=["unknown_round", "unknown_question", "closed_question"],
)
def test_a_session_on_what_is_not_there_is_refused(small: Project, round_key: str, question: str, wrong: str) -> None:
    with pytest.raises(CoderError, match=wrong):
        Session(small, round_key, question, "eva")


def test_a_second_code_of_a_theme_is_a_clash_until_one_is_chosen(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    number = session.answers[0].id
    session.apply(number, "give", lambda work: give(work, ONE))
    standing = session.apply(number, "give", lambda work: give(work, TWO))
    assert standing.state is State.CLASH
    assert (session.tally.themes[1], session.tally.codes[1], session.tally.codes[2]) == (1, 1, 0)
    standing = session.apply(number, "choose", lambda work: choose(work, 1, 2))
    assert standing.decision[0].counted == TWO
    assert (session.tally.themes[1], session.tally.codes[1], session.tally.codes[2]) == (1, 0, 1)
    assert session.tally.clashes == 0


def test_what_the_domain_refuses_changes_nothing(small: Project, rows_of: Rows) -> None:
    session = Session(small, "1", "q", "eva")
    number = session.answers[0].id
    session.apply(number, "give", lambda work: give(work, ONE))
    before = rows_of(small.path)
    with pytest.raises(CoderError, match="carries codes"):
        session.apply(number, "nothing", lambda work: mark_nothing(work, "eva"))
    assert rows_of(small.path) == before
    assert session.work(number) == Work((ONE,))


def test_a_decision_that_changes_nothing_is_not_journalled(small: Project, rows_of: Rows) -> None:
    session = Session(small, "1", "q", "eva")
    number = session.answers[0].id
    session.apply(number, "give", lambda work: give(work, ONE))
    before = rows_of(small.path)
    session.apply(number, "give", lambda work: give(work, ONE))
    assert rows_of(small.path) == before


def test_decisions_can_be_undone_and_redone_after_opening_again(small: Project) -> None:
    steps: list[Callable[[Work], Work]] = [
        lambda work: give(work, ONE),
        lambda work: give(work, Coding(2, Segment(4, 7), "eva", Origin.ACCEPTED, 0.5)),
        lambda work: choose(work, 1, 2),
        lambda work: flag(work, ONE),
        lambda work: take_back(work, ONE),
    ]
    works = [Work()]
    for number, step in enumerate(steps):
        with open_project(small.path) as project:
            session = Session(project, "1", "q", "eva")
            works.append(session.apply(1, f"step {number}", step).work)
    for number in reversed(range(len(steps))):
        with open_project(small.path) as project:
            session = Session(project, "1", "q", "eva")
            assert session.undo().what == f"step {number}"
            assert session.work(1) == works[number]
    for number in range(len(steps)):
        with open_project(small.path) as project:
            session = Session(project, "1", "q", "eva")
            assert session.redo().what == f"step {number}"
            assert session.work(1) == works[number + 1]


def test_opening_again_stands_where_the_analyst_stood(small: Project) -> None:
    here, there = Place("1", "q", 3, 1), Place("1", "q", 5, 2)
    session = Session(small, "1", "q", "eva")
    assert session.place == Place("1", "q")
    session.stand_at(here)
    assert Session(small, "1", "q", "eva").place == here
    session.apply(3, "give", lambda work: give(work, ONE), place=there)
    assert session.place == Session(small, "1", "q", "eva").place == there
    session.stand_at(here)
    assert Session(small, "1", "q", "eva").place == here
    assert Session(small, "1", "q", "ola").place == Place("1", "q")


@pytest.mark.parametrize(
    ("round_key", "question", "stood", "expected"),
    [
        pytest.param(None, None, None, ("2024", "bra"), id="the_newest_round_and_its_first_question"),
        pytest.param("2023", None, None, ("2023", "bra"), id="the_round_asked_for"),
        pytest.param(None, "mindre_bra", None, ("2024", "mindre_bra"), id="the_question_asked_for"),
        pytest.param(None, None, ("2023", "mindre_bra"), ("2023", "mindre_bra"), id="where_the_analyst_stood"),
        pytest.param("2024", None, ("2023", "mindre_bra"), ("2024", "bra"), id="asked_for_before_where_they_stood"),
        pytest.param(
            None, "mindre_bra", ("2023", "bra"), ("2024", "mindre_bra"), id="another_question_than_they_stood"
        ),
    ],
)
def test_a_session_begins_where_it_is_asked_to_or_where_the_analyst_stood(
    two_rounds: Project,
    round_key: str | None,
    question: str | None,
    stood: tuple[str, str] | None,
    expected: tuple[str, str],
) -> None:
    if stood is not None:
        Session(two_rounds, *stood, "eva").stand_at(Place(*stood, segment=1))
    session = begin(two_rounds, round_key=round_key, question=question, analyst="eva")
    assert (session.round, session.question) == expected


@pytest.mark.parametrize(
    ("round_key", "question", "wrong"),
    [("2022", None, "no round '2022'"), (None, "x", "no open question 'x'"), ("2023", "process", "no open question")],
    ids=["unknown_round", "unknown_question", "closed_question"],
)
def test_a_session_cannot_begin_on_what_is_not_there(
    two_rounds: Project, round_key: str | None, question: str | None, wrong: str
) -> None:
    with pytest.raises(CoderError, match=wrong):
        begin(two_rounds, round_key=round_key, question=question, analyst="eva")


def test_recent_codes_come_latest_first(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    for coding in (ONE, TWO, THREE):
        session.apply(1, "give", lambda work, one=coding: give(work, one))  # type: ignore[misc]
    session.apply(2, "give", lambda work: give(work, Coding(1, Segment(0, 3), "eva")))
    assert session.recent == [1, 4, 2]


def test_a_decision_about_many_codings_takes_time_that_grows_as_they_do(small: Project) -> None:
    session = Session(small, "1", "q", "eva")

    def decide(many: int) -> None:
        codings = tuple(Coding(1, Segment(0, 3), f"auto-{number}", Origin.AUTO, 0.9) for number in range(many))
        session.apply(1, "give", lambda work: replace(work, codings=codings))
        session.apply(1, "take back", lambda work: replace(work, codings=()))

    assert growth(decide, 1000) < LINEAR


def test_the_live_table_is_the_printed_table(coded: Project) -> None:
    for question in ("bra", "mindre_bra"):
        assert Session(coded, "2023", question, "eva").table() == table(coded, question, "2023")


def test_every_count_opens_to_the_answers_behind_it(coded: Project) -> None:
    for question in ("bra", "mindre_bra"):
        session = Session(coded, "2023", question, "eva")
        for theme in session.table().themes:
            assert len(session.behind(theme=theme.id)) == theme.count.count
            behind = [session.behind(code=row.id) for row in theme.codes]
            assert [len(answers) for answers in behind] == [row.count.count for row in theme.codes]
            together = sorted(one.answer.id for answers in behind for one in answers)
            assert together == sorted(one.answer.id for one in session.behind(theme=theme.id))


def test_two_clashing_answers_leave_the_base_and_open_under_the_provisional_code(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    for number in (1, 2):
        session.apply(number, "give", lambda work: give(give(work, ONE), TWO))
    found = session.table()
    assert (found.base, found.clashes, found.uncoded, found.themes[0].count.count) == (5, 2, 3, 2)
    assert [one.answer.id for one in session.behind(code=1)] == [1, 2]
    assert session.behind(code=2) == []


def test_evidence_is_what_analysts_coded_in_every_round(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    session.apply(1, "give", lambda work: give(work, ONE))
    session.apply(2, "give", lambda work: give(work, Coding(2, Segment(0, 3), "auto", Origin.AUTO, 0.9)))
    assert [(one.text, one.code, one.group) for one in session.evidence()] == [("ett", 1, "0114")]
