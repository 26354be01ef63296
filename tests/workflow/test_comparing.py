"""Two rounds of a project compared: what the tables say, what the journal remembers of the codebook."""

from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.coding import take_back
from coder.domain.comparability import Mark
from coder.domain.comparison import Comparison
from coder.domain.errors import CoderError, ProjectChangedError, UsageError
from coder.domain.estimates import Design
from coder.domain.lineage import Fate
from coder.domain.tables import ThemeTable
from coder.storage import codebooks, journal
from coder.workflow import behind
from coder.workflow.comparing import behind_row, comparable, comparison, noted, of_one_round, rounds_before
from coder.workflow.project import Project, open_project
from coder.workflow.report import table
from coder.workflow.session import Session
from tests.workflow.rounds import add_second_round, code_round


@pytest.fixture
def twice(small: Project, small_files: Path) -> Project:
    code_round(small, "1")
    add_second_round(small, small_files / "survey.toml")
    code_round(small, "2")
    return small


def compared(project: Project, question: str = "q", *, interval: bool | None = None) -> Comparison:
    return comparison(project, question, ("1", "2"), interval=interval)


def redefine(project: Project, name: str, definition: str) -> None:
    """Give a code another definition, as one event of the journal."""
    with project.file.writing() as db:
        before = codebooks.load(db, "t")
        assert before is not None
        codes = tuple(replace(one, definition=definition) if one.name == name else one for one in before.codes)
        changes = codebooks.changes(db, before, replace(before, codes=codes))
        number = codebooks.number_of(db, "t")
        journal.record(db, changes, analyst="eva", what="redefined", at=project.clock(), scope=None, codebook=number)


def test_counts_and_bases_are_those_of_the_two_tables(twice: Project) -> None:
    made = compared(twice)
    for one in (made.before, made.after):
        assert one.table == table(twice, "q", one.round.key)
    assert isinstance(made.after.table, ThemeTable)
    assert [(row.theme, row.before, row.after) for row in made.rows if row.theme and not row.code] == [
        (theme.name, earlier.count, theme.count)
        for theme, earlier in zip(made.after.table.themes, made.before.table.themes, strict=True)  # type: ignore[union-attr]
    ]


def test_who_answered_twice_entered_and_left_is_by_their_answers_and_not_by_their_rows(twice: Project) -> None:
    made = compared(twice)
    assert (made.both, made.entered, made.left) == (2, ("0120",), ("0116", "0118", "0119"))
    closed = compared(twice, "ja")
    assert (closed.both, closed.entered, closed.left) == (3, (), ("0117", "0119"))


def test_everybody_was_asked_so_there_is_no_interval_until_somebody_wants_it(twice: Project) -> None:
    made = compared(twice)
    assert (made.census, made.estimated, made.design) == (True, False, Design.PAIRED)
    assert all(row.estimate for row in compared(twice, interval=True).rows)


def test_a_frame_that_was_drawn_is_no_census(small: Project, small_files: Path) -> None:
    code_round(small, "1")
    add_second_round(small, small_files / "survey.toml", (("frame = 10", "frame = 10\ndrawn_from = 300"),))
    code_round(small, "2")
    assert small.round("2").drawn_from == 300
    assert (compared(small).census, compared(small).estimated) == (False, True)


def test_an_unchanged_codebook_wording_and_options_bear_no_mark(twice: Project) -> None:
    # Not all answers of these rounds are coded.
    for question, marks in (("q", (Mark.UNCODED,)), ("ja", ())):
        made = compared(twice, question)
        assert (made.marks, {row.marks for row in made.rows}) == (marks, {()})


def test_other_options_and_another_wording_are_marked(small: Project, small_files: Path) -> None:
    changed = (('options = ["Ja", "Nej"]', 'options = ["Ja", "Nej", "Vet ej"]'), ('text = "Vad?"', 'text = "Vad då?"'))
    add_second_round(small, small_files / "survey.toml", changed)
    assert compared(small, "ja").marks == (Mark.OPTIONS,)
    assert [row.marks for row in compared(small, "ja").rows] == [(), (), (Mark.NEW,)]
    assert compared(small).marks == (Mark.WORDING, Mark.UNCODED)


def test_a_code_redefined_between_the_codings_of_the_rounds_breaks_the_series(
    small: Project, small_files: Path
) -> None:
    code_round(small, "1")
    redefine(small, "tre", "något helt annat")
    add_second_round(small, small_files / "survey.toml")
    code_round(small, "2")
    made = compared(small)
    assert made.marks == (Mark.CODEBOOK, Mark.UNCODED)
    assert made.before.fingerprint != made.after.fingerprint
    assert [(row.theme, row.code, row.fates) for row in made.rows if row.marks] == [
        ("B", "", (Fate.REDEFINED,)),
        ("B", "tre", (Fate.REDEFINED,)),
    ]


def test_a_change_before_or_after_both_codings_is_no_break(twice: Project) -> None:
    redefine(twice, "tre", "något helt annat")
    assert compared(twice).marks == (Mark.UNCODED,)


@pytest.mark.parametrize(
    ("question", "rounds", "kind", "said"),
    [
        ("q", ("1", "1"), UsageError, "itself"),
        ("q", ("1", "9"), CoderError, "no round"),
        ("x", ("1", "2"), CoderError, "no question"),
    ],
)
def test_what_can_not_be_compared_is_refused(
    twice: Project, question: str, rounds: tuple[str, str], kind: type[CoderError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        comparison(twice, question, rounds)


def test_who_is_behind_a_number_is_told_for_both_rounds_with_the_words_counted(twice: Project) -> None:
    made = compared(twice)
    for row in made.rows:
        found = behind_row(twice, made, row)
        for key, count in (("1", row.before), ("2", row.after)):
            assert len([one for one in found if one.round == key]) == (count.count if count else 0)
    ett = next(row for row in made.rows if row.code == "ett")
    assert [(one.round, one.respondent, one.words) for one in behind_row(twice, made, ett)] == [
        ("1", "0114", "ett"),
        ("1", "0115", "ett"),
        ("2", "0120", "ett"),
        ("2", "0115", "ett"),
    ]
    yes = compared(twice, "ja")
    assert {(one.counted, one.words) for one in behind_row(twice, yes, yes.rows[0])} == {(None, "")}


def test_members_with_their_answers_are_those_of_either_table_and_say_what_is_left_to_code(twice: Project) -> None:
    made, _ = noted(twice, "q", ("1", "2"), whole=True)
    assert made == replace(
        compared(twice),
        before=replace(made.before, behind=behind.membership(twice, "q", "1")),
        after=replace(made.after, behind=behind.membership(twice, "q", "2")),
    )
    for one in (made.before, made.after):
        assert sum(member.uncoded for member in one.behind.members) == one.uncoded
    both = [[member for member in one.behind.members if member.key == "0114"] for one in (made.before, made.after)]
    assert [(member.name, member.text, tuple(member.counted.values())) for (member,) in both] == [
        ("Ale", "ett två tre", ("ett",)),
        ("Ale", "tre igen", ("tre",)),
    ]


def test_the_note_is_on_the_numbers_of_the_comparison_and_the_answers_are_passed_once(twice: Project) -> None:
    told: list[tuple[int, int]] = []
    made, note = noted(twice, "q", ("1", "2"), progress=lambda *how_far: told.append(how_far))
    assert [(one.round, one.base, one.uncoded) for one in note.every] == [
        (one.round.key, one.table.base, one.uncoded) for one in (made.before, made.after)
    ]
    assert {name for one in note.every for name, _ in one.analysts} == {"eva"}
    assert told == [(6, 10), (10, 10)]


def test_no_decision_comes_between_the_two_rounds(twice: Project) -> None:
    session = Session(twice, "2", "q", "eva")
    answer = next(one for one in session.answers if session.work(one.id).codings)
    (coding,) = session.work(answer.id).codings
    refused: list[str] = []

    def decide(_done: int, _total: int) -> None:
        with open_project(twice.path) as other:
            try:
                Session(other, "2", "q", "ola").apply(
                    answer.id, "remove", lambda work: take_back(work, coding, session.codebook)
                )
            except CoderError as error:
                refused.append(error.message)

    noted(twice, "q", ("1", "2"), whole=True, progress=decide)
    assert ["held by another program" in message for message in refused] == [True, True]


def test_who_answered_in_one_round_only_is_told(twice: Project) -> None:
    found = of_one_round(twice, compared(twice))
    assert [(one.round, one.respondent) for one in found] == [
        ("1", "0118"),
        ("1", "0119"),
        ("1", "0116"),
        ("2", "0120"),
    ]


def test_a_number_that_has_changed_meanwhile_opens_nothing(twice: Project) -> None:
    made = compared(twice)
    session = Session(twice, "2", "q", "eva")
    answer = next(one for one in session.answers if session.work(one.id).codings)
    (coding,) = session.work(answer.id).codings
    session.apply(answer.id, "remove", lambda work: take_back(work, coding, session.codebook))
    gone = next(row for row in made.rows if row.under[1] == {coding.code})
    with pytest.raises(ProjectChangedError, match="has changed since"):
        behind_row(twice, made, gone)


def test_questions_and_rounds_that_can_be_compared_are_those_that_were_put_before(twice: Project) -> None:
    assert [one.key for one in comparable(twice, "2")] == ["q", "ja"]
    assert comparable(twice, "1") == []
    assert (rounds_before(twice, "q", "2"), rounds_before(twice, "q", "1")) == (["1"], [])
