"""The gate before publication says all that stands in the way, and nothing where nothing does."""

import shlex

import pytest

from coder.domain.coding import Coding, Origin, Segment, choose, flag, give
from coder.domain.errors import CoderError
from coder.workflow.audit import draw_audit
from coder.workflow.project import Project
from coder.workflow.publishing import Limits, gate
from coder.workflow.review import queue
from coder.workflow.session import Session
from tests.workflow.machine import by_hand, machine_codes


def kinds(
    project: Project, limits: Limits | None = None, round_key: str | None = None, question: str | None = None
) -> dict[tuple[str, str, str], int]:
    found = gate(project, limits, round_key=round_key, question=question).findings
    return {(one.kind, one.round, one.question): one.count for one in found}


def test_the_bundled_round_is_fit_to_be_published(coded: Project) -> None:
    assert gate(coded).findings == ()
    strict = Limits(disclosure=2, most_auto=0)
    assert gate(coded, strict, round_key="2023", question="riktlinjer").findings == ()


def test_who_broke_the_routing_is_noted_and_stands_in_nobody_s_way(coded: Project) -> None:
    (told,) = [one for one in gate(coded).notes if one.kind == "routing"]
    assert (told.round, told.question, told.count) == ("2023", "webbsida_betyg", 1)
    (whom,) = told.where
    assert whom


def test_what_is_unfinished_stands_in_the_way(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    session.apply(
        1, "code", lambda work: give(give(work, Coding(1, Segment(0, 3), "eva")), Coding(2, Segment(4, 7), "eva"))
    )
    assert kinds(small) == {
        ("clash", "1", "q"): 1,
        ("uncoded", "1", "q"): 4,
        ("definition", "", "q"): 6,
        ("example", "", "q"): 6,
    }


def test_a_finding_names_the_respondents_and_what_to_do(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    session.apply(
        1, "code", lambda work: give(give(work, Coding(1, Segment(0, 3), "eva")), Coding(2, Segment(4, 7), "eva"))
    )
    found = {one.kind: one for one in gate(small).findings}
    name = session.answers[0].respondent.name
    assert found["clash"].where == (f"{name} (0114): A",)
    assert len(found["uncoded"].where) == 4
    assert all("(" in whom for whom in found["uncoded"].where)
    assert found["definition"].where[0] == "A: ett"
    assert " -q q -r 1 --propose 2`" in found["example"].todo
    assert all(one.todo for one in found.values())
    assert f"`coder code {small.path} -q q -r 1`" in found["clash"].todo
    assert "PROJECT" not in "".join(one.todo for one in found.values())


def test_what_to_do_is_a_command_that_a_shell_reads_whatever_the_keys_are(small: Project) -> None:
    with small.file.writing() as db:
        db.conn.execute("update round set key = 'hösten 2024'")
        db.conn.execute("update question set key = 'vad bra' where key = 'q'")
    session = Session(small, "hösten 2024", "vad bra", "eva")
    session.apply(
        1, "code", lambda work: give(give(work, Coding(1, Segment(0, 3), "eva")), Coding(2, Segment(4, 7), "eva"))
    )
    told = {one.kind: one.todo for one in gate(small).findings}
    for kind in ("clash", "uncoded"):
        _, command, _ = told[kind].split("`")
        assert shlex.split(command) == ["coder", "code", str(small.path), "-q", "vad bra", "-r", "hösten 2024"]


def test_a_quote_is_named_by_its_respondent_its_code_and_the_sign(small: Project) -> None:
    said = "Ring 070-123 45 67."
    with small.file.writing() as db:
        db.conn.execute("update answer set raw = ?, text = ? where id = 1", (said, said))
    session = Session(small, "1", "q", "eva")
    coding = Coding(1, Segment(0, len(said)), "eva", example=True)
    session.apply(1, "code", lambda work: give(work, coding))
    (found,) = [one for one in gate(small).findings if one.kind == "identity"]
    assert found.where == (f"{session.answers[0].respondent.name} (0114), ett: 070-123 45 67",)
    assert "--shorten" in found.todo


def test_a_flagged_quote_is_an_example_of_its_code_unless_it_is_set_aside(small: Project) -> None:
    session = Session(small, "1", "q", "eva")
    one, other = Coding(1, Segment(0, 3), "eva"), Coding(2, Segment(4, 7), "eva")
    session.apply(1, "code", lambda work: choose(flag(give(give(work, one), other), one), 1, 1))
    assert kinds(small)["example", "", "q"] == 5
    session.apply(1, "choose", lambda work: choose(work, 1, 2))
    assert kinds(small)["example", "", "q"] == 6


@pytest.mark.parametrize(("limit", "cells"), [(2, 0), (3, 6), (4, 17)])
def test_cells_from_one_to_below_the_limit_are_told(coded: Project, limit: int, cells: int) -> None:
    """Of the published counts of both open questions 6 are 2, and 11 more are 3."""
    found = kinds(coded, Limits(disclosure=limit))
    open_cells = sum(count for (kind, _, key), count in found.items() if kind == "disclosure" and key.endswith("bra"))
    assert open_cells == cells


def test_an_empty_cell_gives_nobody_away(small: Project) -> None:
    assert not [kind for kind, _, _ in kinds(small, Limits(disclosure=9), question="q") if kind == "disclosure"]


@pytest.mark.parametrize(("most", "found"), [(None, 0), (50, 0), (49, 1), (0, 1)])
def test_too_much_that_nobody_has_looked_at_is_told(small: Project, most: float | None, found: int) -> None:
    session = Session(small, "1", "q", "eva")
    for answer, origin in ((1, Origin.AUTO), (2, Origin.HAND)):
        coding = Coding(1, Segment(0, 3), "eva", origin)
        session.apply(answer, "code", lambda work, coding=coding: give(work, coding))  # type: ignore[misc]
    assert kinds(small, Limits(most_auto=most)).get(("auto", "1", "q"), 0) == found


def test_a_quote_that_may_identify_somebody_is_told_and_an_allowed_word_is_not(coded: Project) -> None:
    session = Session(coded, "2023", "bra", "eva")
    name = next(one.respondent.name for one in session.answers if one.respondent.name)
    with coded.file.writing() as db:
        db.conn.execute("update code set examples = json_array(?) where id = 1", (f"Vi i {name} är nöjda",))
    assert kinds(coded) == {("identity", "", "bra"): 1}
    assert kinds(coded, Limits(allowed=(name,))) == {}


def test_what_a_machine_counts_is_noted_until_an_audit_measures_it_and_then_where_it_counted_wrong(
    library: Project,
) -> None:
    session = Session(library, "2", "q", "eva")
    machine_codes(library, "q", "2", {answer.id: {1: 0.9} for answer in session.answers})
    (told,) = [one for one in gate(library).notes if one.kind == "unmeasured"]
    assert (told.round, told.question, told.count) == ("2", "q", len(session.answers))
    draw_audit(library, "q", "2", analyst="eva", size=len(session.answers) // 2, seed="a")
    assert not [one for one in gate(library).notes if one.kind == "unmeasured"]
    session.reload()
    for number in queue(library, "q", "2").sample:
        by_hand(session, number, 3)
    notes = {one.kind: one for one in gate(library).notes}
    assert "unmeasured" not in notes
    name = library.codebook("q").code_name(1)
    assert any(line.startswith(f"{library.codebook('q').theme_name(1)}: {name}: ") for line in notes["interval"].where)
    assert notes["interval"].count == len(notes["interval"].where) > 1


@pytest.mark.parametrize(("round_key", "question"), [("1999", None), (None, "saknas")])
def test_an_unknown_round_or_question_is_refused(small: Project, round_key: str | None, question: str | None) -> None:
    with pytest.raises(CoderError, match=r"no (round|question)"):
        kinds(small, None, round_key, question)
