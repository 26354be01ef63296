"""The gate before publication says all that stands in the way, and nothing where nothing does."""

from pathlib import Path

import pytest

from coder.domain.coding import Coding, Origin, Segment, choose, flag, give
from coder.domain.errors import CoderError
from coder.workflow.project import Project, open_project
from coder.workflow.publishing import Limits, gate, note_export
from coder.workflow.session import Session


def kinds(
    project: Project, limits: Limits | None = None, round_key: str | None = None, question: str | None = None
) -> dict[tuple[str, str, str], int]:
    found = gate(project, limits, round_key=round_key, question=question)
    return {(one.kind, one.round, one.question): one.count for one in found}


def test_the_bundled_round_is_fit_to_be_published(coded: Project) -> None:
    assert gate(coded) == []
    assert gate(coded, Limits(disclosure=2, most_auto=0), round_key="2023", question="riktlinjer") == []


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


def test_a_file_that_a_later_decision_has_overtaken_is_told(coded: Project, tmp_path: Path) -> None:
    file, other = tmp_path / "bra.docx", tmp_path / "closed.docx"
    for path, question in ((file, "bra"), (other, "riktlinjer")):
        path.write_text("…", encoding="utf-8")
        assert note_export(coded, path, "table", ("2023", question))
    assert gate(coded) == []
    session = Session(coded, "2023", "bra", "eva")
    first = next(one.id for one in session.answers if session.work(one.id).codings)
    session.apply(first, "flag", lambda work: flag(work, work.codings[0]))
    (found,) = gate(coded)
    assert (found.kind, found.question) == ("export", "bra")
    assert str(file) in found.words
    assert gate(coded, question="mindre_bra") == []
    note_export(coded, file, "table", ("2023", "bra"))
    assert gate(coded) == []
    session.undo()
    assert [one.kind for one in gate(coded)] == ["export"]
    file.unlink()
    assert gate(coded) == []


def test_a_project_that_can_not_be_written_to_does_not_fail_an_export(coded: Project, tmp_path: Path) -> None:
    other = Session(coded, "2023", "bra", "eva").project
    with other.file.writing(), open_project(coded.path) as second:
        assert note_export(second, tmp_path / "x.docx", "table", ("2023", "bra")) is False


@pytest.mark.parametrize(("round_key", "question"), [("1999", None), (None, "saknas")])
def test_an_unknown_round_or_question_is_refused(small: Project, round_key: str | None, question: str | None) -> None:
    with pytest.raises(CoderError, match=r"no (round|question)"):
        kinds(small, None, round_key, question)
