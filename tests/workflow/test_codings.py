"""Codings in and out: all or nothing, the same again changes nothing, and what does not fit is named by its line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coder.domain.coding import Coding, Segment, choose, give
from coder.domain.errors import CoderError
from coder.domain.exchange import CODING_COLUMNS
from coder.exporters import codings_csv
from coder.workflow.codings import CodingsReport, export_codings, import_codings
from coder.workflow.project import Project
from coder.workflow.report import table
from coder.workflow.review import queue
from coder.workflow.session import Session
from tests.workflow.machine import machine_codes

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]

ONE = "1,q,0114,0,3,ett,A,ett,eva,hand,,"
TWO = "1,q,0114,4,7,två,A,två,eva,hand,,"
THREE = "1,q,0114,8,11,tre,B,tre,eva,hand,,"


def take_in(project: Project, *lines: str) -> CodingsReport:
    file = project.path.with_name("codings.csv")
    file.write_text("\n".join([",".join(CODING_COLUMNS), *lines, ""]), encoding="utf-8")
    return import_codings(project, file)


def exported(project: Project) -> list[tuple[Any, ...]]:
    return [
        (one.respondent, one.segment and (one.segment.start, one.segment.end), one.code, one.analyst, one.status)
        for one in export_codings(project)
    ]


def counts(project: Project) -> dict[str, int]:
    found = table(project, "q", "1")
    return {row.name: row.count.count for theme in found.themes for row in theme.codes if row.count.count}  # type: ignore[union-attr]


def test_codings_are_taken_in_and_counted(small: Project) -> None:
    report = take_in(
        small, ONE, THREE, "1,q,0115,,,,A,två,ola,accepted,0.5,", "1,q,0118,,,,,,eva,hand,,nothing_to_code"
    )
    assert (report.rows, report.added, report.held, report.nothing, report.choices) == (4, 3, 0, 1, 0)
    assert counts(small) == {"ett": 1, "tre": 1, "två": 1}
    assert exported(small) == [
        ("0114", (0, 3), "ett", "eva", "counted"),
        ("0114", (8, 11), "tre", "eva", "counted"),
        ("0115", None, "två", "ola", "counted"),
        ("0118", None, "", "eva", None),
    ]


def test_the_same_file_again_changes_nothing(small: Project, rows_of: Rows) -> None:
    lines = (f"{ONE}counted", TWO, THREE, "1,q,0118,,,,,,eva,hand,,nothing_to_code")
    take_in(small, *lines)
    before = rows_of(small.path)
    report = take_in(small, *lines)
    assert rows_of(small.path) == before
    assert (report.added, report.held, report.nothing, report.choices) == (0, 4, 0, 0)


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        pytest.param([f"{ONE}counted", f"{TWO}set_aside"], ["counted", "set_aside"], id="counted_is_a_choice"),
        pytest.param([f"{ONE}set_aside", f"{TWO}counted"], ["set_aside", "counted"], id="of_either"),
        pytest.param([ONE, TWO], ["provisional", "set_aside"], id="blank_is_no_choice"),
        pytest.param([f"{ONE}provisional", f"{TWO}set_aside"], ["provisional", "set_aside"], id="nor_is_provisional"),
        pytest.param(
            [f"{ONE}set_aside", f"{TWO}provisional"], ["provisional", "set_aside"], id="the_rule_decides_again"
        ),
        pytest.param([f"{ONE}set_aside"], ["counted"], id="alone_it_is_counted"),
        pytest.param([f"{ONE}counted", f"{THREE}counted"], ["counted", "counted"], id="one_of_each_theme"),
    ],
)
def test_status_on_import(small: Project, lines: list[str], statuses: list[str]) -> None:
    take_in(small, *lines)
    assert [one.status for one in export_codings(small)] == statuses


def test_two_counted_codes_of_a_theme_are_refused(small: Project, rows_of: Rows) -> None:
    before = rows_of(small.path)
    with pytest.raises(CoderError, match=r"line 3: another code of the theme 'A' is already chosen for 0114"):
        take_in(small, f"{ONE}counted", f"{TWO}counted")
    assert rows_of(small.path) == before


def test_a_choice_made_in_the_project_is_not_overruled(small: Project, rows_of: Rows) -> None:
    session = Session(small, "1", "q", "ola")
    number = session.answers[0].id
    for code, place in ((1, 0), (2, 4)):
        session.apply(number, "give", lambda work, c=code, p=place: give(work, Coding(c, Segment(p, p + 3), "ola")))  # type: ignore[misc]
    session.apply(number, "choose", lambda work: choose(work, 1, 2))
    before = rows_of(small.path)
    with pytest.raises(CoderError, match="already chosen"):
        take_in(small, f"{ONE}counted")
    assert rows_of(small.path) == before
    take_in(small, ONE)
    assert counts(small) == {"två": 1}


def test_what_a_machine_had_coded_stays_beside_what_a_person_codes_and_is_told(small: Project) -> None:
    machine_codes(small, "q", "1", {1: {1: 0.9, 4: 0.7}, 2: {2: 0.8}, 3: {2: 0.8}})
    lines = ("1,q,0114,0,3,ett,A,två,eva,hand,,", "1,q,0115,,,,A,två,ola,accepted,0.8,")
    for _ in range(2):
        (note,) = take_in(small, *lines).notes
        assert note.startswith("2 answers that people have coded keep 3 codings by machine, counted beside: ")
        assert f"`coder review {small.path} -q q -r 1` brings them" in note
    found = queue(small, "q", "1")
    assert {"0114", "0115"} <= {found.respondents[one] for one in found.order}
    assert sum(one[3] == "auto" for one in exported(small)) == 4


def test_nothing_to_code_where_a_machine_has_coded_says_what_takes_that_off(small: Project) -> None:
    machine_codes(small, "q", "1", {1: {1: 0.9}})
    with pytest.raises(CoderError, match="line 2: an answer that carries codes") as raised:
        take_in(small, "1,q,0114,,,,,,eva,hand,,nothing_to_code")
    assert f"`coder review {small.path} -q q -r 1` brings the answer, where 0 rejects" in raised.value.hint
    take_in(small, ONE)
    with pytest.raises(CoderError, match="line 2: an answer that carries codes") as raised:
        take_in(small, "1,q,0114,,,,,,eva,hand,,nothing_to_code")
    assert raised.value.hint == "Leave the row out, or the codes: an answer has codes or nothing to code."


def test_codings_of_two_analysts_stand_beside_each_other_and_count_once(small: Project) -> None:
    take_in(small, ONE)
    report = take_in(small, ONE.replace("eva", "ola"))
    assert report.added == 1
    assert counts(small) == {"ett": 1}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        pytest.param("1,q,0114,0,12,,A,ett,eva,hand,,", "outside the answer of respondent 0114", id="past_the_text"),
        pytest.param("1,q,0114,90,95,,A,ett,eva,hand,,", "which has 11 characters", id="wholly_outside"),
        pytest.param("1,q,0114,3,4,,A,ett,eva,hand,,", "only white space", id="white_space"),
        pytest.param("1,q,0114,0,3,tre,A,ett,eva,hand,,", "snippet 'tre' is not what stands at 0-3", id="snippet"),
        pytest.param("1,q,0114,0,3,ETT,A,ett,eva,hand,,", "'ETT'.*'ett'", id="snippet_in_another_case"),
        pytest.param("1,q,0114,0,3,ett,A,fyra,eva,hand,,", "no code 'fyra' in the theme 'A'", id="unknown_code"),
        pytest.param("1,q,0114,0,3,ett,C,ett,eva,hand,,", "no code 'ett' in the theme 'C'", id="unknown_theme"),
        pytest.param("1,q,0114,0,3,ett,,ett,eva,hand,,", "no code 'ett' without a theme", id="theme_left_out"),
        pytest.param("1,q,0999,0,3,ett,A,ett,eva,hand,,", "no answer by respondent '0999'", id="unknown_respondent"),
        pytest.param("1,q,114,0,3,ett,A,ett,eva,hand,,", "no answer by respondent '114'", id="lost_leading_zero"),
        pytest.param("1,x,0114,0,3,ett,A,ett,eva,hand,,", "no open question 'x' in round '1'", id="unknown_question"),
        pytest.param("1,ja,0114,,,,A,ett,eva,hand,,", "no open question 'ja'", id="closed_question"),
        pytest.param("2,q,0114,0,3,ett,A,ett,eva,hand,,", "no open question 'q' in round '2'", id="unknown_round"),
        pytest.param("1,q,0117,,,,A,ett,eva,hand,,", "0117 is blank and can't be coded", id="blank_answer"),
        pytest.param("1,q,0114,,,,,,eva,hand,,nothing_to_code", "carries codes", id="nothing_to_code_beside_codes"),
    ],
)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_taken_in(
    small: Project, rows_of: Rows, line: str, wrong: str
) -> None:
    before = rows_of(small.path)
    with pytest.raises(CoderError, match=wrong) as caught:
        take_in(small, TWO, "1,q,0115,0,3,ett,A,ett,eva,hand,,", line)
    assert "codings.csv, line 4: " in caught.value.message
    assert caught.value.hint
    assert rows_of(small.path) == before


def test_codings_into_a_fresh_project_give_the_same_tables_and_the_same_export(
    corpus: Project, coded: Project, tmp_path: Path
) -> None:
    take_out = ("choice", "coding", "work", "undo", "event")
    with coded.file.writing() as db:
        for name in take_out:
            db.conn.execute(f"delete from {name}")
    rows = list(export_codings(corpus))
    assert not list(export_codings(coded))
    file = tmp_path / "codings.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        codings_csv.write(rows, stream)
    report = import_codings(coded, file)
    assert (report.rows, report.held) == (len(rows), 0)
    assert list(export_codings(coded)) == rows
    for question in ("bra", "mindre_bra"):
        assert table(coded, question, "2023") == table(corpus, question, "2023")
