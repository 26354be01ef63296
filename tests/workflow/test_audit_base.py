"""What becomes of an audit when answers come, go or get another text after its drawing, and where clashes are open."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.answers import canonical, is_blank
from coder.domain.coding import Origin, choose
from coder.domain.errors import CoderError
from coder.domain.tables import ThemeTable
from coder.exporters import wording
from coder.storage import audits
from coder.workflow.audit import draw_audit, withdraw
from coder.workflow.checking import Finding, check
from coder.workflow.project import Project
from coder.workflow.publication import publication
from coder.workflow.publishing import gate
from coder.workflow.report import table
from coder.workflow.review import hidden, queue
from coder.workflow.session import Session
from tests.workflow.audited import LEFT, MACHINE, Q, anew, drawn_without, ids, now, read_sample
from tests.workflow.machine import by_hand, half_by_machine

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


@pytest.fixture
def run(small: Project) -> Project:
    return half_by_machine(small)


def blanked_before(project: Project, *keys: str) -> None:
    """Have answers be blank as an earlier program has left them, which let an import do it."""
    with project.file.writing() as db:
        for key in keys:
            db.conn.execute("update answer set raw = ' ', text = ' ' where id = ?", (ids(project)[key],))


def audit_findings(project: Project) -> list[Finding]:
    return [one for one in check(project) if one.kind in ("audit", "integrity")]


@pytest.mark.parametrize("text", ["något helt annat", "kort", " "], ids=["other", "shorter", "blank"])
@pytest.mark.parametrize("key", [MACHINE, LEFT], ids=["machine_coded", "left"])
def test_no_import_changes_the_text_of_an_answer_that_an_audit_has_drawn(
    run: Project, small_files: Path, rows_of: Rows, key: str, text: str
) -> None:
    codings = rows_of(run.path)["coding"]
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    before = rows_of(run.path)
    with pytest.raises(CoderError, match=rf"1 answer in an audit's sample: {key} \(q\)") as refused:
        anew(run, small_files, **{f"r{key}": text})
    assert "coder audit --withdraw" in refused.value.hint
    assert rows_of(run.path) == before
    withdraw(run, *Q, analyst="eva")
    assert rows_of(run.path)["coding"] == codings
    assert not audit_findings(run)


def test_the_same_file_again_is_taken_while_an_audit_is_read_and_a_withdrawn_one_holds_nothing_back(
    run: Project, small_files: Path
) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    assert anew(run, small_files).unchanged == 6
    withdraw(run, *Q, analyst="eva")
    assert anew(run, small_files, **{f"r{LEFT}": "en annan text"}).changed.first == [LEFT]


def test_a_sampled_answer_that_is_blank_has_left_the_sample(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    blanked_before(run, LEFT)
    found = queue(run, *Q)
    assert sorted(found.respondents[number] for number in found.order) == [MACHINE, "0116", "0118"]
    assert len(hidden(run, *Q)) == 3
    assert (now(run).audit.drawn, now(run).audit.population, now(run).waiting) == (3, 3, 3)
    read_sample(run)
    assert now(run).complete
    assert not hidden(run, *Q)


def test_a_withdrawn_audit_gives_no_coding_to_an_answer_that_is_blank(run: Project) -> None:
    draw_audit(run, *Q, analyst="eva", size=4, seed="a")
    key = ids(run)
    blanked_before(run, MACHINE)
    withdraw(run, *Q, analyst="eva")
    session = Session(run, "1", "q", "eva")
    assert not session.work(key[MACHINE]).codings
    assert [one.origin for one in session.work(key["0116"]).codings] == [Origin.AUTO]
    assert not audit_findings(run)


def test_an_audit_whose_sample_is_blank_altogether_leaves_everything_open(run: Project) -> None:
    drawn_without(run, LEFT, 1)
    number = now(run).sample[0]
    (key,) = (key for key, one in ids(run).items() if one == number)
    blanked_before(run, key)
    measured = now(run).measured
    assert measured is not None
    assert (measured["theme", 1].low, measured["theme", 1].high) == (1, 4)


@pytest.mark.parametrize("imported", [True, False], ids=["by_import", "by_an_earlier_program"])
def test_an_answer_that_is_blank_by_now_has_left_the_population(
    run: Project, small_files: Path, imported: bool
) -> None:
    drawn_without(run, LEFT)
    read_sample(run)
    assert now(run).audit.population == 4
    if imported:
        assert "1 answer has another text now, or none" in "".join(anew(run, small_files, **{f"r{LEFT}": " "}).notes)
    else:
        blanked_before(run, LEFT)
    found = now(run)
    assert (found.audit.drawn, found.audit.population, found.left) == (2, 3, 1)
    assert found.measured is not None
    made = table(run, *Q)
    assert isinstance(made, ThemeTable)
    assert made.base == 4
    assert all(0 <= one.low <= one.high <= made.base for one in found.measured.values())
    # One was coded by hand and two of the sample: the fourth of the base is the one left in doubt.
    assert (found.measured["theme", 1].low, found.measured["theme", 1].high) == (3, 4)


def test_an_answer_that_got_another_text_is_to_be_read_by_a_person_before_anything_is_measured(
    run: Project, small_files: Path
) -> None:
    drawn_without(run, LEFT)
    session = read_sample(run)
    assert now(run).complete
    notes = anew(run, small_files, **{f"r{LEFT}": "en helt annan sak"}).notes
    assert "1 answer has another text now, or none, and left the audit" in notes
    assert (now(run).outside, now(run).complete, now(run).audit.population) == ((LEFT,), False, 3)
    session.reload()
    by_hand(session, ids(run)[LEFT], 4)
    assert (now(run).outside, now(run).complete) == ((), True)
    measured = now(run).measured or {}
    assert (measured["theme", 2].low, measured["theme", 2].high) == (1, 2)


def test_who_could_not_be_drawn_is_named_with_what_to_do_wherever_counts_have_no_interval_for_it(
    run: Project, small_files: Path
) -> None:
    drawn_without(run, LEFT)
    read_sample(run)
    anew(run, small_files, r0200="sent svar", r0201="ännu ett")
    made = publication(run, *Q)
    for each in (table(run, *Q), made.table, Session(run, "1", "q", "eva").table()):
        assert isinstance(each, ThemeTable)
        assert (each.outside, each.waiting, each.sampled) == (("0200", "0201"), 0, None)
        (line,) = [line for line in wording.notes(each) if "kunde lottas" in line]
        assert line.startswith("Varning: 2 svar som inte kunde lottas för granskningen av maskinkodningen återstår")
        assert not [line for line in wording.notes(each) if "inget granskat urval" in line]
    assert made.note.outside == 2
    for findings in (check(run), gate(run).findings):
        (found,) = [one for one in findings if one.kind in ("audit", "unmeasured")]
        assert (found.kind, found.count, found.where) == ("audit", 2, ("Ny (0200)", "Ny (0201)"))
        assert "be done with them" in found.todo
    session = Session(run, "1", "q", "eva")
    for key in ("0200", "0201"):
        by_hand(session, ids(run)[key], 1)
    assert now(run).complete
    assert not [one for one in check(run) if one.kind == "audit"]


def test_a_sampled_answer_with_an_open_clash_is_read_once_somebody_has_chosen(run: Project) -> None:
    drawn_without(run, LEFT)
    session = Session(run, "1", "q", "eva")
    first, second = now(run).sample
    by_hand(session, first, 1)
    by_hand(session, second, 1, 2)
    found = now(run)
    assert (found.read, found.clashes, found.waiting, found.complete) == (1, 1, 1, False)
    # Everywhere alike: what is shown blind, what comes first in a review, and what keeps another one from being drawn.
    assert hidden(run, *Q) == {second}
    assert queue(run, *Q).sample == (second,)
    with pytest.raises(CoderError, match="1 answer left to code"):
        draw_audit(run, *Q, analyst="eva", size=1)
    assert [one.count for one in check(run) if one.kind == "audit"] == [1]
    session.apply(second, "choose", lambda work: choose(work, 1, 2))
    found = now(run)
    assert (found.read, found.clashes, found.complete) == (2, 0, True)
    assert not hidden(run, *Q)


def test_a_clash_outside_the_sample_keeps_no_interval_back(run: Project) -> None:
    drawn_without(run, LEFT)
    session = read_sample(run)
    assert not any(wording.PROVISIONAL_LIMITS in line for line in wording.notes(table(run, *Q)))
    by_hand(session, ids(run)["0114"], 1, 2)
    assert now(run).complete
    assert any(wording.PROVISIONAL_LIMITS in line for line in wording.notes(table(run, *Q)))


def test_intervals_count_a_clash_in_a_late_answer_as_the_table_does_and_its_note_says_so(
    run: Project, small_files: Path
) -> None:
    drawn_without(run, LEFT)
    read_sample(run)
    anew(run, small_files, r0200="sent svar")
    session, late = Session(run, "1", "q", "eva"), ids(run)["0200"]
    by_hand(session, late, 1, 2)
    (found,) = (one for one in check(run) if one.kind == "clash")
    assert (found.count, "provisionally" in found.words) == (1, True)

    def told() -> bool:
        return any(wording.PROVISIONAL_LIMITS in line for line in wording.notes(table(run, *Q)))

    def lows() -> tuple[int, int, int]:
        measured = now(run).measured or {}
        return measured["theme", 1].low, measured["code", 1].low, measured["code", 2].low

    assert told()
    theme, first, second = lows()
    (counted,) = (one.code for one in session.standing(late).decision)
    other, step = (2, -1) if counted == 1 else (1, 1)
    session.apply(late, "choose", lambda work: choose(work, 1, other))
    assert not told()
    assert lows() == (theme, first + step, second - step)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" \n\u2003\u3000\x85\x1c"), max_size=3))
def test_a_text_is_blank_for_an_audit_as_for_the_base(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    try:
        (there,) = connection.execute(
            f"select {audits.THERE} from (select ? as text) answer", (canonical(text),)
        ).fetchone()
    finally:
        connection.close()
    assert bool(there) is not is_blank(canonical(text))
