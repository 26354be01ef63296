"""A second round of the small survey, coded, for tests that need two."""

from pathlib import Path

from coder.domain.exchange import CODING_COLUMNS
from coder.workflow.codings import import_codings
from coder.workflow.intake import import_answers
from coder.workflow.project import Project

SECOND = """\
id,namn,grupp,svar,sluten
0114,Ale,stad,tre igen,Nej
0115,Åsele,land,ett till,Ja
0116,Zorn,land,,Ja
0120,Ny,stad,ett roller,
"""
CODINGS = {
    "1": ("0114,0,3,ett,A,ett", "0115,0,3,ett,A,ett", "0116,0,3,lös,,lös", "0119,8,11,tre,B,tre"),
    "2": ("0114,0,3,tre,B,tre", "0115,0,3,ett,A,ett", "0120,0,3,ett,A,ett"),
}


def add_second_round(project: Project, survey: Path, changes: tuple[tuple[str, str], ...] = ()) -> None:
    """Import round 2 beside round 1, its survey file changed as told."""
    text = survey.read_text(encoding="utf-8").replace('key = "1"', 'key = "2"').replace("2023", "2024")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    second = survey.with_name("second.toml")
    second.write_text(text, encoding="utf-8")
    answers = survey.with_name("second.csv")
    answers.write_text(SECOND, encoding="utf-8")
    import_answers(project, answers, second)


def code_round(project: Project, key: str) -> None:
    """Take the round's codings in."""
    rows = [f"{key},q,{row},eva,hand,,counted" for row in CODINGS[key]]
    file = project.path.with_name(f"codings-{key}.csv")
    file.write_text("\n".join([",".join(CODING_COLUMNS), *rows, ""]), encoding="utf-8")
    import_codings(project, file)
