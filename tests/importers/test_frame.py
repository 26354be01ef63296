"""Who was asked is read from a file beside the survey's, and every mistake in it is named with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.answers import FrameFile, Respondent, Round
from coder.domain.errors import CoderError
from coder.importers.frame import read_frame
from coder.importers.survey import read_survey

SURVEY = """\
[round]
key = "1"
{frame}
[respondent]
id = "id"
name = "namn"
attributes = ["län"]
[frame]
file = "frame.csv"
{more}
[[question]]
key = "q"
column = "svar"
kind = "open"
codebook = "t"
"""
FRAME = "id,namn,län\n0114, Ale ,Norr\n0115,Åby,Söder\n"


def _survey(folder: Path, content: str = FRAME, frame: str = "", more: str = "") -> Path:
    (folder / "frame.csv").write_text(content, encoding="utf-8")
    path = folder / "survey.toml"
    path.write_text(SURVEY.format(frame=frame, more=more), encoding="utf-8")
    return path


def test_everybody_asked_is_read_and_counted(tmp_path: Path) -> None:
    survey, asked, notes = read_frame(read_survey(_survey(tmp_path)))
    assert asked == (Respondent("0114", "Ale", {"län": "Norr"}), Respondent("0115", "Åby", {"län": "Söder"}))
    assert notes == ()
    assert survey.round == Round("1", frame=2)


def test_columns_are_those_of_the_respondents_unless_the_frame_has_its_own(tmp_path: Path) -> None:
    plain = read_survey(_survey(tmp_path))
    assert plain.frame_file == FrameFile(tmp_path / "frame.csv", "id", "namn", ("län",))
    own = read_survey(_survey(tmp_path, "kod,grupp\n1,A\n", more='id = "kod"\nname = ""\nattributes = ["grupp"]'))
    assert own.frame_file == FrameFile(tmp_path / "frame.csv", "kod", None, ("grupp",))
    assert read_frame(own)[1] == (Respondent("1", "", {"grupp": "A"}),)


def test_a_survey_without_a_frame_has_nobody_and_keeps_its_number(tmp_path: Path) -> None:
    survey = replace(read_survey(_survey(tmp_path, frame="frame = 7")), frame_file=None)
    assert read_frame(survey) == (survey, (), ())


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    survey = read_survey(_survey(tmp_path, frame="frame = 7"))
    (tmp_path / "frame.csv").unlink()
    assert read_frame(survey) == (survey, None, ())


@pytest.mark.parametrize(
    ("content", "frame", "words"),
    [
        pytest.param(FRAME, "frame = 3", "it lists 2 who were asked, and [round] says frame = 3", id="another_number"),
        pytest.param("id,namn\n1,A\n", "", 'frame.csv: no column "län"', id="no_column"),
        pytest.param("id,namn,län\n,A,B\n", "", "frame.csv, line 2: no id", id="no_id"),
        pytest.param("id,namn,län\n1,A,B\n1,C,D\n", "", 'line 3: "1" stands there already', id="twice"),
        pytest.param("id,namn,län\n", "", "there are columns, and no rows", id="no_rows"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, content: str, frame: str, words: str) -> None:
    survey = read_survey(_survey(tmp_path, content, frame))
    with pytest.raises(CoderError) as caught:
        read_frame(survey)
    assert words in caught.value.message
    assert caught.value.hint


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match=r"\[frame\], fil: unknown key"):
        read_survey(_survey(tmp_path, more='fil = "x"'))
