"""The note beside every product: who counted what, how, and with which codebook."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coder.domain.codebook import fingerprint
from coder.domain.codebook_edits import Define
from coder.domain.coding import Coding, Origin, Segment, choose, give
from coder.domain.method import RunNote
from coder.domain.review import accept_all
from coder.exporters import method_words
from coder.storage import runs
from coder.workflow.method import PROGRAM, noted
from coder.workflow.project import Project
from coder.workflow.publication import publication
from coder.workflow.report import table
from coder.workflow.revising import revise
from coder.workflow.session import Session
from tests.workflow.machine import machine_codes
from tests.workflow.small_coded import small_coded


def test_the_method_note_tells_who_how_and_with_which_codebook(small: Project) -> None:
    session = small_coded(small)
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


def test_the_method_note_of_a_closed_question_has_no_codebook(small: Project) -> None:
    note = publication(small, "ja", "1").note
    assert (note.base, note.codebook, note.analysts) == (5, "", ())


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
    small_coded(small)
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
    session = small_coded(small)
    before = fingerprint(session.codebook)
    assert publication(small, "q", "1").note.coded_with == before
    revise(small, "q", Define(1, "något helt annat"), "eva")
    note = publication(small, "q", "1").note
    assert (note.coded_with, note.fingerprint) == (before, fingerprint(small.codebook("q")))
    assert note.fingerprint != before
