"""Respondents that stand for several units: taken in with the round, counted where somebody asks for it."""

from pathlib import Path

import pytest

from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.tables import Count, OptionTable, ThemeTable, Unit
from coder.storage import surveys
from coder.workflow.intake import import_answers
from coder.workflow.project import Project
from coder.workflow.publication import publication
from tests.workflow.rounds import code_round

ANSWERS = """\
id,namn,grupp,svar,sluten,antal
0114,Ale,stad,ett två tre,Ja,3
0115,Åsele,land,ett två roller,Nej,
0116,Zorn,land,lös sak och tre,Ja,2
0117,Örnby,stad,  ,Nej,4
0118,Bo,stad,inget alls,,1
0119,Dal,land,ett två tre roller,Ja,1
"""


def covering(folder: Path, answers: str = ANSWERS) -> tuple[Path, Path]:
    survey = folder / "covers.toml"
    text = (folder / "survey.toml").read_text(encoding="utf-8")
    survey.write_text(text.replace('name = "namn"', 'name = "namn"\ncovers = "antal"'), encoding="utf-8")
    file = folder / "covers.csv"
    file.write_text(answers, encoding="utf-8")
    return file, survey


def covers(project: Project) -> dict[str, int]:
    with project.file.reading() as db:
        return {key: one.covers for key, one in surveys.held_respondents(db, "1").items()}


def test_a_survey_without_the_column_makes_everybody_one_unit(small: Project) -> None:
    assert set(covers(small).values()) == {1}


def test_the_column_is_taken_in_and_a_blank_cell_is_one(small: Project, small_files: Path) -> None:
    report = import_answers(small, *covering(small_files))
    assert covers(small) == {"0114": 3, "0115": 1, "0116": 2, "0117": 4, "0118": 1, "0119": 1}
    assert report.changed.first == ["0114", "0116", "0117"]
    assert import_answers(small, *covering(small_files)).changed.count == 0


@pytest.mark.parametrize("cell", ["0", "-1", "2,5", "tre", "٣", "1e9", "9999999999"])
def test_what_is_no_whole_number_above_nothing_is_refused_with_its_line(
    small: Project, small_files: Path, cell: str
) -> None:
    wrong = ANSWERS.replace("Ja,3", f'Ja,"{cell}"')
    with pytest.raises(CoderError, match=r"line 2, column antal: .* is no whole number above 0"):
        import_answers(small, *covering(small_files, wrong))


def test_a_missing_column_is_told(small: Project, small_files: Path) -> None:
    with pytest.raises(CoderError, match="antal"):
        import_answers(small, *covering(small_files, ANSWERS.replace("antal", "annat")))


def test_the_theme_table_counts_respondents_or_the_units_they_cover(small: Project, small_files: Path) -> None:
    import_answers(small, *covering(small_files))
    code_round(small, "1")
    plain, units = (publication(small, "q", "1", unit=unit) for unit in Unit)
    assert isinstance(plain.table, ThemeTable)
    assert isinstance(units.table, ThemeTable)
    assert [(row.count.count, row.count.base) for row in plain.table.themes] == [(2, 5), (1, 5)]
    assert [row.count for row in units.table.themes] == [Count(4, 8), Count(1, 8)]
    assert [row.count for row in units.table.unthemed] == [Count(2, 8)]
    assert (units.table.unit, units.note.unit, units.note.base) == (Unit.UNITS, Unit.UNITS, 8)
    assert len(units.membership.members) == plain.table.base


def test_options_are_counted_in_units_too(small: Project, small_files: Path) -> None:
    import_answers(small, *covering(small_files))
    made = publication(small, "ja", "1", unit=Unit.UNITS, most_common_first=True).table
    assert isinstance(made, OptionTable)
    assert [(row.name, row.count) for row in made.options] == [("Ja", Count(6, 11)), ("Nej", Count(5, 11))]


def test_options_sorted_by_units_are_those_that_the_respondents_behind_them_chose(
    small: Project, small_files: Path
) -> None:
    # Two respondents chose Nej and three chose Ja, and the two cover more.
    import_answers(small, *covering(small_files, ANSWERS.replace("Ja,3", "Ja,1").replace("  ,Nej,4", "  ,Nej,9")))
    made = publication(small, "ja", "1", unit=Unit.UNITS, most_common_first=True)
    assert isinstance(made.table, OptionTable)
    assert [row.name for row in made.table.options] == ["Nej", "Ja"]
    chose = {member.name: tuple(member.counted) for member in made.membership.members}
    assert chose == {"Ale": (1,), "Dal": (1,), "Zorn": (1,), "Åsele": (0,), "Örnby": (0,)}
    made.membership.require_same(made.table)
    with pytest.raises(ProjectChangedError):
        made.membership.require_same(publication(small, "ja", "1").table)
