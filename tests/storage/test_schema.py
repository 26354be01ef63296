"""What the database itself refuses, whoever writes to it."""

import sqlite3
from collections.abc import Iterator

import pytest

from coder.workflow.project import Project


@pytest.fixture
def connection(small: Project) -> Iterator[sqlite3.Connection]:
    """A plain connection to the small project, with a coding by hand in it."""
    connection = sqlite3.connect(small.path, isolation_level=None)
    connection.execute("pragma foreign_keys=on")
    connection.execute(
        "insert into coding (answer, code, start, end, analyst, origin) values (1, 1, 0, 3, 'eva', 'hand')"
    )
    yield connection
    connection.close()


def test_a_second_counted_code_of_a_theme_is_refused(connection: sqlite3.Connection) -> None:
    connection.execute("insert into choice (answer, theme, code, analyst) values (1, 1, 1, 'eva')")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("insert into choice (answer, theme, code, analyst) values (1, 1, 2, 'ola')")
    assert connection.execute("select code from choice").fetchall() == [(1,)]


def test_other_themes_and_other_answers_have_a_choice_of_their_own(connection: sqlite3.Connection) -> None:
    connection.execute(
        "insert into choice (answer, theme, code, analyst) values (1, 1, 1, 'eva'), (1, 2, 4, 'eva'), (2, 1, 2, 'eva')"
    )
    assert connection.execute("select count(*) from choice").fetchone() == (3,)


_CODING = "insert into coding (answer, code, start, end, analyst, origin, score)"


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("insert into choice (answer, theme, code, analyst) values (1, 1, 99, 'eva')", id="unknown_code"),
        pytest.param("insert into choice (answer, theme, code, analyst) values (1, 99, 1, 'eva')", id="unknown_theme"),
        pytest.param("insert into choice (answer, theme, code, analyst) values (1, 1, 1, '')", id="choice_by_nobody"),
        pytest.param(f"{_CODING} values (99, 1, 0, 3, 'eva', 'hand', null)", id="unknown_answer"),
        pytest.param(f"{_CODING} values (1, 1, 0, 3, 'eva', 'hand', null)", id="the_same_coding_twice"),
        pytest.param(f"{_CODING} values (1, 1, 3, 3, 'eva', 'hand', null)", id="empty_segment"),
        pytest.param(f"{_CODING} values (1, 1, -1, 3, 'eva', 'hand', null)", id="segment_before_the_text"),
        pytest.param(f"{_CODING} values (1, 2, 0, 3, '', 'hand', null)", id="coding_by_nobody"),
        pytest.param(f"{_CODING} values (1, 2, 0, 3, 'eva', 'guess', null)", id="unknown_origin"),
        pytest.param(f"{_CODING} values (1, 2, 0, 3, 'eva', 'auto', 1.5)", id="score_above_one"),
        pytest.param(f"{_CODING} values (1, 2, 'noll', 3, 'eva', 'hand', null)", id="strict_text_is_no_offset"),
        pytest.param(f"{_CODING} values (1, 2, 0.5, 3, 'eva', 'hand', null)", id="strict_half_is_no_offset"),
        pytest.param("update answer set text = x'00' where id = 1", id="strict_blob_is_no_text"),
        pytest.param("update work set done = 2", id="done_is_yes_or_no"),
        pytest.param("delete from answer where id = 1", id="a_coded_answer_stays"),
        pytest.param("delete from code where id = 1", id="a_code_in_use_stays"),
        pytest.param("insert into respondent (key) values ('0114')", id="one_respondent_a_key"),
        pytest.param("insert into question (key, kind) values ('ny', 'open')", id="an_open_question_has_a_codebook"),
        pytest.param("insert into round (key, frame) values ('2', 0)", id="a_frame_of_nobody"),
        pytest.param(
            "insert into answer (round, question, respondent, raw, text) values (1, 1, 1, 'x', 'x')",
            id="a_second_answer",
        ),
        pytest.param(
            "insert into event (at, analyst, what, changes) values ('', '', '', 'no json')",
            id="an_event_without_changes",
        ),
    ],
)
def test_the_database_refuses(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute("insert into work (answer) values (1)")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_every_table_of_the_schema_is_strict(connection: sqlite3.Connection) -> None:
    loose = {row[1] for row in connection.execute("pragma table_list") if row[0] == "main" and not row[5]}
    assert {name for name in loose if not name.startswith(("sqlite_", "_sqlite_"))} == set()


def test_a_coding_number_is_never_used_twice(connection: sqlite3.Connection) -> None:
    connection.execute("delete from coding")
    connection.execute(f"{_CODING} values (1, 1, 0, 3, 'eva', 'hand', null)")
    assert connection.execute("select id from coding").fetchone() == (2,)
