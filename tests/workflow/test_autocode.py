"""The batch run: whom it leaves alone, what it replaces, and what it leaves behind to check it by."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Origin, Segment, Work, give, mark_nothing
from coder.domain.counting import decide
from coder.domain.errors import CoderError, ProjectBusyError, ProjectChangedError
from coder.domain.memo import Kind, Subject
from coder.storage import runs, surveys, works
from coder.workflow import memos
from coder.workflow.audit import draw_audit
from coder.workflow.autocode import autocode
from coder.workflow.autocode_report import AutocodeReport
from coder.workflow.codings import export_codings
from coder.workflow.intake import import_answers, new_project
from coder.workflow.machine import Terms
from coder.workflow.project import Project, open_project
from coder.workflow.session import Session
from tests.workflow.machine import machine_codes

ALL = Terms(promise=None, least=0.0)
SURE = Terms(promise=None, least=0.9)

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


def held(project: Project, round_key: str = "1", question: str = "q") -> dict[str, Work]:
    """The work on every answer, by respondent."""
    with project.file.reading() as db:
        found = works.load(db, round_key, question)
        answers = surveys.answers(db, round_key, question)
    return {answer.respondent.key: found.get(answer.id, Work()) for answer in answers}


def by_hand(project: Project) -> Session:
    """Three answers touched by an analyst, each in another way."""
    session = Session(project, "1", "q", "eva")
    first, second, third, *_ = session.answers
    session.apply(first.id, "give", lambda work: give(work, Coding(1, Segment(0, 3), "eva")))
    session.apply(second.id, "nothing", lambda work: mark_nothing(work, "eva"))
    session.apply(third.id, "done", lambda work: Work(work.codings, done=True))
    return session


def test_what_an_analyst_has_touched_is_left_as_it_is(small: Project) -> None:
    by_hand(small)
    before = held(small)
    report = autocode(small, "q", "1", ALL)
    after = held(small)
    assert (report.answers, report.by_hand, report.coded, report.left) == (5, 3, 2, 0)
    assert {key: after[key] for key in ("0114", "0115", "0116")} == {
        key: before[key] for key in ("0114", "0115", "0116")
    }
    assert after["0117"] == Work()
    assert all(one.origin is Origin.AUTO for key in ("0118", "0119") for one in after[key].codings)


def test_an_answer_that_an_analyst_has_written_a_memo_on_is_left_to_people(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    first, second, *_ = session.answers
    memos.add(small, Subject(Kind.ANSWER, first.id), "fråga Anna", "eva")
    memos.add(small, Subject(Kind.SEGMENT, second.id, Segment(0, 3)), "oklart", "eva")
    said = autocode(small, "q", "1", ALL, dry_run=True)
    report = autocode(small, "q", "1", ALL)
    for one in (said, report):
        assert (one.answers, one.by_hand, one.coded, one.left) == (5, 2, 3, 0)
    after = held(small)
    assert not after[first.respondent.key].codings
    assert not after[second.respondent.key].codings


def test_a_second_run_replaces_only_its_own_and_the_same_run_changes_nothing(small: Project, rows_of: Rows) -> None:
    by_hand(small)
    first = autocode(small, "q", "1", ALL)
    once = rows_of(small.path)
    again = autocode(small, "q", "1", ALL)
    assert again.run == first.run
    assert rows_of(small.path) == once
    assert (first.stood, first.added, again.stood, again.added) == (0, first.codings, first.codings, 0)
    third = autocode(small, "q", "1", SURE)
    assert (third.stood, third.withdrawn, third.added) == (first.codings, first.codings - third.codings, 0)
    assert third.withdrawn > 0
    assert third.run not in (None, first.run)
    codings = [one for work in held(small).values() for one in work.codings]
    assert [one.analyst for one in codings if one.origin is Origin.HAND] == ["eva"]
    assert {one.run for one in codings if one.origin is Origin.AUTO} <= {third.run}


def test_a_run_that_looked_at_other_texts_for_what_is_new_is_another(library: Project) -> None:
    """What it holds as new may be other: a memo leaves an answer to people, and out of what is looked at."""
    first, again = (autocode(library, "q", "2", Terms(promise=0.5)) for _ in range(2))
    memos.add(library, Subject(Kind.ANSWER, Session(library, "2", "q", "eva").answers[0].id), "fråga Anna", "eva")
    other = autocode(library, "q", "2", Terms(promise=0.5))
    assert (first.run, again.run, other.run) == (1, 1, 2)
    assert first.model.id == again.model.id != other.model.id


def test_a_dry_run_says_the_same_and_writes_nothing(small: Project, rows_of: Rows) -> None:
    before = rows_of(small.path)
    said = autocode(small, "q", "1", ALL, dry_run=True)
    assert rows_of(small.path) == before
    done = autocode(small, "q", "1", ALL)
    assert (said.coded, said.codings, said.left, said.clashes) == (done.coded, done.codings, done.left, done.clashes)
    assert (said.run, done.run) == (None, 1)


def test_every_coding_names_a_run_that_says_where_it_came_from(small: Project) -> None:
    report = autocode(small, "q", "1", Terms(promise=None, least=0.25, whole=True, seed=7))
    codings = [one for work in held(small).values() for one in work.codings]
    assert codings
    assert all(one.run == report.run and one.whole for one in codings)
    with small.file.reading() as db:
        run = runs.read(db, report.run or 0)
    assert run is not None
    assert (run.model, run.codebook, run.fingerprint) == (report.model.id, "t", report.model.fingerprint)
    assert (run.trained_on, run.unit, run.seed, run.thresholds["min_score"]) == (0, "answer", 7, 0.25)
    assert set(run.versions) == {"coder", "fields", "numpy", "scikit-learn", "scipy", "simplemma", "spacy"}


def test_without_finished_answers_a_promise_lets_nothing_through(small: Project) -> None:
    autocode(small, "q", "1", ALL)
    report = autocode(small, "q", "1")
    assert report.gate.shut
    assert (report.coded, report.left, report.gate.answers) == (0, 5, 0)
    assert not any(work.codings for work in held(small).values())


def test_a_run_that_finds_nothing_to_do_is_not_recorded(library: Project, rows_of: Rows) -> None:
    """Where people have coded every answer; but one that finds candidates for codes is, or takes codings off."""
    before = rows_of(library.path)
    full = autocode(library, "q", "1", ALL)
    assert (full.answers, full.by_hand, full.run) == (180, 180, None)
    assert rows_of(library.path) == before
    shut = autocode(library, "q", "2", Terms(promise=0.999))
    assert (shut.gate.shut, bool(shut.candidates), shut.run) == (True, True, 1)
    first = autocode(library, "q", "2", ALL)
    emptied = autocode(library, "q", "2", Terms(promise=0.999))
    assert (first.coded > 0, first.run, emptied.coded, emptied.run) == (True, 2, 0, 3)


def test_codings_of_no_known_run_that_a_run_takes_off_make_it_one(library: Project) -> None:
    answer = Session(library, "2", "q", "eva").answers[0].id
    machine_codes(library, "q", "2", {answer: {1: 0.9}})
    report = autocode(library, "q", "2", Terms(promise=0.999))
    assert (report.coded, report.run) == (0, 1)
    assert not any(work.codings for work in held(library, "2").values())


def test_an_analyst_who_comes_meanwhile_is_left_alone(small: Project) -> None:
    """The run has read its chunk; before it writes, an analyst codes one of the answers in another window."""
    with open_project(small.path) as other:
        session = Session(other, "1", "q", "eva")
        last = session.answers[-1].id

        def learnt(_done: int, _total: int) -> None:
            if not session.work(last).codings:
                session.apply(last, "give", lambda work: give(work, Coding(4, Segment(0, 3), "eva")))

        report = autocode(small, "q", "1", Terms(promise=0.5), learning=learnt)
    assert report.by_hand == 1
    assert [one.analyst for one in held(small)["0119"].codings] == ["eva"]


def test_a_second_run_meanwhile_ends_the_first_between_two_answers(many: Project) -> None:
    with open_project(many.path) as other:
        reports: list[AutocodeReport] = []

        def between(_done: int, _total: int) -> None:
            if not reports:
                reports.append(autocode(other, "q", "1", SURE))

        with pytest.raises(ProjectChangedError, match="another run of autocode, number 2"):
            autocode(many, "q", "1", ALL, at_once=250, progress=between)
    assert {one.run for work in held(many).values() for one in work.codings} <= {2}
    assert autocode(many, "q", "1", SURE).run == 2


def test_a_program_that_holds_the_file_is_waited_for_and_then_named(small: Project) -> None:
    with (
        open_project(small.path) as other,
        other.file.writing(),
        pytest.raises(ProjectBusyError, match="held by another program"),
    ):
        autocode(small, "q", "1", ALL, patience=0.0)
    assert autocode(small, "q", "1", ALL).coded == 5


def test_a_program_that_holds_the_file_is_named_before_anything_is_learnt(many: Project) -> None:
    learnt: list[int] = []
    with open_project(many.path) as other, other.file.writing(), pytest.raises(ProjectBusyError):
        autocode(many, "q", "1", SURE, patience=0.0, learning=lambda done, _total: learnt.append(done))
    assert learnt == []
    autocode(many, "q", "1", SURE, dry_run=True, learning=lambda done, _total: learnt.append(done))
    assert learnt


def test_an_interruption_keeps_whole_chunks_and_the_next_run_completes(many: Project) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        autocode(many, "q", "1", ALL, at_once=250, progress=stop)
    assert sum(bool(work.codings) for work in held(many).values()) == 250
    assert autocode(many, "q", "1", ALL).coded == 600
    assert {one.run for work in held(many).values() for one in work.codings} == {1}


def test_a_codebook_without_codes_is_refused(small: Project, tmp_path: Path) -> None:
    empty = tmp_path / "e.yaml"
    empty.write_text("codebook: t\nlanguage: sv\nquestion: Vad?\nthemes: []\ncodes: []\n", encoding="utf-8")
    with new_project(tmp_path / "e.db", [empty]) as project:
        import_answers(project, small.path.with_name("answers.csv"), small.path.with_name("survey.toml"))
        with pytest.raises(CoderError, match="has no codes"):
            autocode(project, "q", "1", ALL)


def test_answers_drawn_for_a_blind_audit_are_left_to_people(many: Project) -> None:
    autocode(many, "q", "1", ALL)
    draw_audit(many, "q", "1", analyst="eva", size=20, seed="1")
    report = autocode(many, "q", "1", SURE)
    assert report.in_audit == 20
    assert report.answers == report.coded + report.left + report.by_hand
    assert autocode(many, "q", "1", ALL).in_audit == 20
    assert sum(not work.codings for work in held(many).values()) == 20


def test_a_clash_of_the_machine_is_counted_by_score(library: Project) -> None:
    report = autocode(library, "q", "2", ALL)
    assert report.clashes > 0
    book = library.codebook("q")
    clashes = 0
    for work in held(library, "2").values():
        for settled in decide(work, book):
            clashes += settled.clash
            scores = [one.score or 0.0 for one in (settled.counted, *settled.set_aside)]
            assert max(scores) in [one.score for one in work.codings if book.stands_for(one.code) == settled.code]
    assert clashes == report.clashes


def test_the_same_project_and_seed_give_the_same_codings(library: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(library.path.read_bytes())
    one = autocode(library, "q", "2", Terms(0.8, seed=3))
    with open_project(copy) as other:
        two = autocode(other, "q", "2", Terms(0.8, seed=3))
        assert (two.gate, two.model, two.candidates) == (one.gate, one.model, one.candidates)
        assert list(export_codings(other)) == list(export_codings(library))
    assert one.coded > 0
    assert {verdict.verdict.value for verdict in one.gate.codes} <= {"automatic", "weak"}


def test_who_asks_for_a_score_gets_every_suggestion_of_it_like_what_was_read_or_not(library: Project) -> None:
    report = autocode(library, "q", "2", ALL, dry_run=True)
    assert (report.answers, report.coded, report.left, report.new) == (60, 60, 0, 0)
