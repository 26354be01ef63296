"""What to read after a batch run, and what a reader does with it."""

from dataclasses import replace

import pytest

from coder.domain.coding import Coding, Origin, Segment, flag
from coder.storage import works
from coder.workflow.audit import draw_audit
from coder.workflow.examples import examples, shorten_example
from coder.workflow.project import Project
from coder.workflow.review import accepted, corrected, queue, rejected
from coder.workflow.session import Session
from coder.workflow.suggesting import adviser
from tests.workflow.machine import by_hand, machine_codes

Q = ("q", "1")


@pytest.fixture
def session(small: Project) -> Session:
    """Five answers: one by hand, three coded by machine with falling certainty, one left."""
    session = Session(small, "1", "q", "eva")
    first, second, third, fourth, _ = (answer.id for answer in session.answers)
    by_hand(session, first, 1)
    machine_codes(small, "q", "1", {second: {1: 0.9}, third: {2: 0.8}, fourth: {4: 0.6}})
    session.reload()
    return session


def test_what_was_left_is_read_first_then_the_least_sure(session: Session) -> None:
    ids = [answer.id for answer in session.answers]
    found = queue(session.project, *Q)
    assert found.order == (ids[4], ids[3], ids[2], ids[1])
    assert found.left == 1
    assert found.respondents[ids[4]] == "0119"
    assert not any(found.blind(number) for number in ids)


def test_the_queue_with_suggestions_holds_the_same_answers_and_is_the_same_twice(session: Session) -> None:
    advice = adviser(session.project, "q")
    found = queue(session.project, *Q, advice)
    assert sorted(found.others) == sorted(queue(session.project, *Q).others)
    assert found.others[0] == session.answers[4].id
    assert queue(session.project, *Q, adviser(session.project, "q")) == found


def test_an_audits_sample_comes_before_all_else_in_its_own_order(session: Session) -> None:
    draw_audit(session.project, *Q, analyst="eva", size=2, seed="a")
    found = queue(session.project, *Q)
    assert len(found.sample) == 2
    assert found.order[:2] == found.sample
    assert not set(found.sample) & set(found.others)
    assert [number for number in found.order if found.blind(number)] == list(found.sample)


def test_accepted_corrected_and_rejected_are_decisions_that_undo_takes_back(session: Session) -> None:
    second, third, fourth = (answer.id for answer in session.answers[1:4])
    before = {number: session.work(number) for number in (second, third, fourth)}
    (one,), (two,), (three,) = (session.work(number).codings for number in (second, third, fourth))
    assert accepted(session, second).work.codings == (Coding(1, one.segment, "eva", Origin.ACCEPTED, 0.9, whole=True),)
    assert corrected(session, third, two, 5).work.codings == (Coding(5, two.segment, "eva", whole=True),)
    assert rejected(session, fourth, three).work.codings == ()
    assert [session.undo().what for _ in range(3)] == ["reject tre", "correct två to Otydliga roller", "accept"]
    assert {number: session.work(number) for number in before} == before


def test_one_of_an_answers_codings_is_accepted_by_itself(session: Session) -> None:
    number = session.answers[1].id
    other = Coding(4, Segment(0, 3), "auto", Origin.AUTO, 0.5)
    machine_codes(session.project, "q", "1", {number: {1: 0.9, 4: 0.5}})
    session.reload()
    first = session.work(number).codings[0]
    after = accepted(session, number, first).work.codings
    assert {(coding.code, coding.origin) for coding in after} == {(1, Origin.ACCEPTED), (other.code, Origin.AUTO)}


def test_an_example_stays_one_on_disk_with_its_short_quote_when_its_coding_is_accepted(session: Session) -> None:
    answer = session.standing(session.answers[1].id).answer
    before = session.work(answer.id).codings[0]
    short = " … ".join((answer.text.split()[0], answer.text.split()[-1]))
    session.apply(answer.id, "example", lambda work: flag(work, before))
    quote = shorten_example(session.project, *Q, answer.respondent.key, short, analyst="eva")
    session.reload()
    accepted(session, answer.id)
    with session.project.file.reading() as db:
        (held,) = works.of_answer(db, answer.id).codings
    assert (held.origin, held.analyst, held.example) == (Origin.ACCEPTED, "eva", True)
    assert len(held.kept) == 2
    found = examples(session.project, *Q)
    assert [one.text for one in found.examples if one.flagged] == [quote]
    assert found.changed == ()


def test_what_people_have_settled_leaves_the_queue(session: Session) -> None:
    for number in queue(session.project, *Q).others[:3]:
        by_hand(session, number, 1)
    assert len(queue(session.project, *Q).others) == 1
    (last,) = queue(session.project, *Q).others
    accepted(session, last)
    assert queue(session.project, *Q).others == (last,)  # who has not said so is not done with the answer
    session.apply(last, "done", lambda work: replace(work, done=True))
    found = queue(session.project, *Q)
    assert found.order == ()
    assert found.enough == 0
