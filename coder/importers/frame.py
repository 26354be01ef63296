"""The frame of a survey: the file beside it that lists everybody who was asked, answered or not."""

from dataclasses import replace

from coder.domain.answers import FrameFile, Respondent, Survey, one_line
from coder.domain.errors import CoderError
from coder.importers.problems import listed, nearest, refuse_if, shown, where
from coder.importers.sheets import read_sheet
from coder.importers.toml_tables import Table

_KEYS = ("file", "id", "name", "attributes")


def frame_file(table: Table, survey: Survey) -> FrameFile | None:
    """What a survey's table [frame] says, None where it is missing or empty.

    The file is looked for beside the survey file. Its columns are named as those of the answers unless it says else.
    """
    if not table.values:
        return None
    table.know(_KEYS)
    return FrameFile(
        path=table.path.parent / table.text("file", "frame.csv"),
        id_column=table.optional("id") or survey.id_column,
        name_column=(table.optional("name") or None) if "name" in table.values else survey.name_column,
        attributes=table.texts("attributes", '["lan", "grupp"]') if "attributes" in table.values else survey.attributes,
    )


def read_frame(survey: Survey) -> tuple[Survey, tuple[Respondent, ...] | None, tuple[str, ...]]:
    """The survey with its frame's number, everybody who was asked, and what a user should know of how that was read.

    Nobody where the survey names no file. None where the file it names is not there: answers are passed on without it,
    and can be read all the same. Raises CoderError for columns that are not there, for somebody without an id or listed
    twice, and where the survey says that another number was asked.
    """
    plan = survey.frame_file
    if plan is None:
        return survey, (), ()
    if not plan.path.exists():
        return survey, None, ()
    sheet = read_sheet(plan.path, unlabelled=(plan.id_column,))
    columns = [plan.id_column, *((plan.name_column,) if plan.name_column else ()), *plan.attributes]
    missing = [name for name in columns if sheet.place(name) is None]
    if missing:
        raise CoderError(
            f"{where(sheet.path)}: no column {listed(map(shown, missing), ', ')}",
            f"{nearest(missing[0], [name for name in sheet.header if name])}Name its columns in the survey file: "
            "[frame] takes id, name and attributes of its own.",
        )
    places = [sheet.header.index(name) for name in columns]
    asked: dict[str, Respondent] = {}
    blank, twice = [], []
    for row in sheet.rows:
        key, *texts = (one_line(row.cells[place]) for place in places)
        named = texts.pop(0) if plan.name_column else ""
        if not key:
            blank.append(f"line {row.line}: no id")
        elif key in asked:
            twice.append(f"line {row.line}: {shown(key)} stands there already")
        asked[key] = Respondent(key, named, dict(zip(plan.attributes, texts, strict=True)))
    refuse_if(blank, sheet.path, "Everybody who was asked needs an id, the one that the answers have.")
    refuse_if(twice, sheet.path, "One row for each who was asked: take away the rows that are too many.")
    said = survey.round.frame
    if said is not None and said != len(asked):
        raise CoderError(
            f"{where(sheet.path)}: it lists {len(asked)} who were asked, and [round] says frame = {said}",
            "Correct the one or the other; frame may be left out where a file lists them.",
        )
    if not asked:
        raise CoderError(f"{where(sheet.path)}: there are columns, and no rows", "Check that it is the right file.")
    counted = replace(survey, round=replace(survey.round, frame=len(asked)))
    return counted, tuple(asked.values()), tuple(f"{one_line(plan.path.name)}: {note}" for note in sheet.notes)
