"""An audit from its drawing to the intervals of the table."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, give
from coder.domain.errors import CoderError
from coder.domain.tables import ThemeTable, Unit
from coder.exporters import wording
from coder.exporters.table_file import format_table
from coder.workflow.audit import AuditState, draw_audit, state
from coder.workflow.checking import check
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, open_project
from coder.workflow.publication import publication
from coder.workflow.publishing import gate
from coder.workflow.report import table
from coder.workflow.review import blind, hidden, queue
from coder.workflow.session import Session
from tests.workflow.machine import by_hand, half_by_machine, machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
Q = ("q", "1")


@pytest.fixture
def run(small: Project) -> Project:
    return half_by_machine(small)


def counts(project: Project) -> dict[str, tuple[int, int | None, int | None]]:
    made = table(project, *Q)
    assert isinstance(made, ThemeTable)
    return {theme.name: (theme.count.count, theme.count.low, theme.count.high) for theme in made.themes}


def now(project: Project) -> AuditState:
    """How far the audit has come."""
    found = state(project, *Q)
    assert found is not None
    return found


def read_sample(project: Project, *codes: int) -> Session:
    """Have the whole sample settled with these codes; the session that did it."""
    session = Session(project, "1", "q", "eva")
    for number in now(project).sample:
        by_hand(session, number, *codes)
    return session


def test_the_sample_is_drawn_from_what_no_person_has_settled(run: Project) -> None:
    audit = draw_audit(run, *Q, analyst="eva", size=3, seed="a")
    assert (audit.drawn, audit.population, audit.seed, audit.analyst) == (3, 4, "a", "eva")
    found = now(run)
    assert (found.read, len(found.sample), found.complete) == (0, 3, False)
    by_whom = {answer.id: answer.respondent.key for answer in Session(run, "1", "q", "eva").answers}
    assert "0114" not in [by_whom[number] for number in found.sample]


def test_the_machines_codings_go_from_the_sample_and_from_nothing_else(run: Project) -> None:
    before = Session(run, "1", "q", "eva").standings()
    audit = draw_audit(run, *Q, analyst="eva", size=2, seed="a")
    after = Session(run, "1", "q", "eva").standings()
    found = now(run)
    for number, standing in after.items():
        if number in found.sample:
            assert standing.work.codings == ()
        else:
            assert standing.work == before[number].work
    assert hidden(run, *Q) == set(found.sample)
    assert all(blind(run, *Q, number) == (number in found.sample) for number in after)
    assert audit.event > 0


def test_once_the_sample_is_coded_every_count_has_an_interval(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    session = Session(run, "1", "q", "eva")
    ids = [answer.id for answer in session.answers]
    for number, codes in zip(ids[1:4], [(1,), (4,), ()], strict=True):
        by_hand(session, number, *codes)
        assert counts(run)["A"][1:] == (None, None)
    by_hand(session, ids[4], 1, 4)
    # All that the machine decided on was drawn: then the counts are exact.
    assert counts(run) == {"A": (3, None, None), "B": (2, None, None)}
    assert hidden(run, *Q) == frozenset()
    measured = now(run).measured or {}
    a, b = measured["theme", 1], measured["theme", 2]
    assert (a.counted, a.right, a.missed) == (2, 1, 1)
    assert (b.counted, b.right, b.missed) == (2, 0, 2)


def test_a_part_of_the_answers_gives_intervals_around_the_truth_whatever_is_reviewed_beside_it(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=2, seed="b")
    session = read_sample(run, 1)
    _, low, high = counts(run)["A"]
    assert low is not None
    assert high is not None
    assert 3 <= low <= high <= 5
    assert low < high
    published = publication(run, *Q).table
    assert isinstance(published, ThemeTable)
    assert (published.themes[0].count.low, published.themes[0].count.high) == (low, high)
    for number in queue(run, *Q).others:
        by_hand(session, number)
    assert counts(run)["A"] == (3, None, None)


def test_what_a_person_has_begun_and_is_not_done_with_is_drawn_from_and_stands_as_it_is_until_read(
    run: Project,
) -> None:
    session = Session(run, "1", "q", "eva")
    begun = next(one for one in session.answers if not session.work(one.id).codings)
    session.apply(begun.id, "code", lambda work: give(work, Coding(4, Segment(0, 2), "eva")))
    audit = draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    assert audit.population == 4
    session.reload()
    assert [coding.code for coding in session.work(begun.id).codings] == [4]
    for answer in session.answers[1:]:
        assert counts(run)["A"][1:] == (None, None)
        by_hand(session, answer.id, 4)
    # Three of the four were under B: two by the machine, and what the person had begun.
    b = (now(run).measured or {})["theme", 2]
    assert (b.counted, b.right) == (3, 3)


def test_the_printed_document_says_what_the_intervals_rest_on(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=3, seed="a")
    read_sample(run, 1)
    made = json.loads(format_table(publication(run, *Q).table, "json"))
    assert made["audit"] == {"drawn": 3, "population": 4, "level": 0.95, "recoded": 0}
    first = made["themes"][0]
    assert first["low"] <= 4 <= first["high"] <= 5


def test_an_answer_whose_sampled_coding_is_undone_is_to_be_read_again(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    session = Session(run, "1", "q", "eva")
    for answer in session.answers[1:]:
        by_hand(session, answer.id, 1)
    session.undo()
    assert counts(run)["A"][1:] == (None, None)
    assert len(hidden(run, *Q)) == 1


def test_what_a_machine_codes_later_in_the_sample_is_never_taken_for_a_persons(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    session = Session(run, "1", "q", "eva")
    machine_codes(run, "q", "1", {session.answers[1].id: {1: 0.9}})
    session.reload()
    for answer in session.answers[2:]:
        by_hand(session, answer.id, 1)
    assert now(run).read == 3


def test_the_interval_survives_another_run_of_the_machine(run: Project) -> None:
    """What was decided at the drawing is kept apart: the truth that is measured is not the machine's."""
    draw_audit(run, *Q, analyst="eva", size=2, seed="b")
    read_sample(run, 1)
    before = counts(run)["A"][1:]
    machine_codes(run, "q", "1", {number: {4: 0.99} for number in queue(run, *Q).others})
    assert counts(run)["A"][1:] == before


def test_a_table_says_that_the_machine_has_decided_otherwise_since_the_drawing(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=2, seed="b")
    session = read_sample(run, 1)
    made = table(run, *Q)
    assert isinstance(made, ThemeTable)
    assert made.sampled is not None
    assert made.sampled.since == 0
    assert not [line for line in wording.notes(made) if "kodats om" in line]
    left = [number for number in session.standings() if session.work(number).codings and number not in now(run).sample]
    machine = [number for number in left if not session.work(number).by_hand]
    machine_codes(run, "q", "1", {number: {5: 0.99} for number in machine})
    made = table(run, *Q)
    assert isinstance(made, ThemeTable)
    assert made.sampled is not None
    assert made.sampled.since == len(machine) > 0
    assert [line for line in wording.notes(made) if f"{len(machine)} svar har kodats om" in line]


def test_a_second_audit_waits_for_the_first_and_is_drawn_from_what_is_left(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=2, seed="a")
    with pytest.raises(CoderError, match="under way"):
        draw_audit(run, *Q, analyst="eva", size=1)
    session = Session(run, "1", "q", "eva")
    for number in queue(run, *Q).sample:
        by_hand(session, number, 1)
    # One that the first audit settled is of the second one's population no more.
    machine_left = draw_audit(run, *Q, analyst="eva", size=1) if queue(run, *Q).others else None
    assert machine_left is not None
    assert machine_left.population == 2
    assert counts(run)["A"][1:] == (None, None)


def test_an_answer_that_came_after_the_drawing_cannot_be_measured_until_a_person_has_coded_it(
    run: Project, small_files: Path
) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    answers = small_files / "answers.csv"
    answers.write_text(answers.read_text(encoding="utf-8") + "0200,Ny,stad,sent svar,Ja\n", encoding="utf-8")
    import_answers(run, answers, small_files / "survey.toml")
    session = Session(run, "1", "q", "eva")
    late = session.answers[-1].id
    for answer in session.answers[1:]:
        if answer.id != late:
            by_hand(session, answer.id, 1)
    found = now(run)
    assert (found.outside, found.complete) == (("0200",), False)
    by_hand(session, late, 1)
    assert counts(run)["A"] == (6, None, None)
    with open_project(run.path) as again:
        assert counts(again)["A"] == (6, None, None)


def test_every_product_says_how_many_answers_an_open_audit_waits_for_and_how_it_measured_once_it_is_read(
    run: Project,
) -> None:
    draw_audit(run, *Q, analyst="eva", size=3, seed="a")
    session = Session(run, "1", "q", "eva")
    first, *others = queue(run, *Q).sample
    by_hand(session, first, 1)
    made = publication(run, *Q)
    for each in (table(run, *Q), made.table, Session(run, "1", "q", "eva").table()):
        assert isinstance(each, ThemeTable)
        assert (each.waiting, each.sampled) == (2, None)
        assert any(line.startswith("2 svar väntar på att kodas klart för hand") for line in wording.notes(each))
        assert json.loads(format_table(each, "json"))["waiting_in_audit"] == 2
    assert made.note.waiting == 2
    assert [one.count for one in check(run) if one.kind == "audit"] == [2]
    assert [one.count for one in gate(run).findings if one.kind == "audit"] == [2]
    for number in others:
        by_hand(session, number, 1)
    made = publication(run, *Q)
    assert isinstance(made.table, ThemeTable)
    assert "waiting_in_audit" not in json.loads(format_table(made.table, "json"))
    assert made.note.sampled is not None
    sampled = made.note.sampled
    assert (sampled.drawn, sampled.population, sampled.seed, sampled.analyst) == (3, 4, "a", "eva")
    assert datetime.fromisoformat(sampled.at).tzinfo is not None
    assert not [one for one in check(run) if one.kind == "audit"]
    with run.file.writing() as db:
        db.conn.execute("update participation set covers = 2")
    assert publication(run, *Q, unit=Unit.UNITS).note.sampled is None
