"""Who was asked is taken in with a round, and tells where those who did not answer are."""

from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.domain.identity import signs
from coder.domain.non_response import Of, Rate
from coder.domain.tables import Count
from coder.storage import frames
from coder.workflow.checking import check, frame_notes
from coder.workflow.examples import names_in
from coder.workflow.intake import IntakeReport, import_answers
from coder.workflow.ledger import round_ledgers
from coder.workflow.project import Project
from coder.workflow.publishing import gate

FRAME = """\
id,namn,grupp,län
0114,Ale,stad,Norr
0115,Åsele,land,Norr
0116,Zorn,land,Norr
0117,Örnby,stad,Söder
0118,Bo,stad,Söder
0119,Dal,land,Söder
0120,Hemsele,land,Öster
0121,Xby,by,Norr
0122,Yby,stad,Norr
0123,Zby,stad,Norr
"""


def framed(folder: Path, content: str = FRAME) -> Path:
    survey = folder / "framed.toml"
    text = (folder / "survey.toml").read_text(encoding="utf-8")
    named = '[frame]\nfile = "frame.csv"\nattributes = ["grupp", "län"]\n[[question]]'
    survey.write_text(text.replace("[[question]]", named, 1), encoding="utf-8")
    (folder / "frame.csv").write_text(content, encoding="utf-8")
    return survey


def take(project: Project, folder: Path, content: str = FRAME) -> IntakeReport:
    return import_answers(project, folder / "answers.csv", framed(folder, content))


def asked(project: Project) -> list[str]:
    with project.file.reading() as db:
        return list(frames.load(db, "1"))


def test_the_same_file_again_changes_nothing(small: Project, small_files: Path) -> None:
    assert take(small, small_files).notes == []
    assert len(asked(small)) == 10
    again = take(small, small_files)
    assert (again.notes, again.unchanged) == ([], 6)


def test_groups_have_a_response_rate_of_all_who_were_asked(small: Project, small_files: Path) -> None:
    take(small, small_files)
    made = round_ledgers(small, ["1"])[0]
    assert (made.by_name, made.uninvited, made.asked) == (True, 0, 10)
    rates = {(one.attribute, one.value): one.asked for one in made.groups}
    assert rates == {
        ("grupp", "by"): Count(0, 1),
        ("grupp", "land"): Count(3, 4),
        ("grupp", "stad"): Count(3, 5),
        ("län", "Norr"): Count(3, 6),
        ("län", "Söder"): Count(3, 3),
        ("län", "Öster"): Count(0, 1),
    }
    for name in ("grupp", "län"):
        mine = [count for (attribute, _), count in rates.items() if attribute == name and count]
        assert made.response is not None
        assert (sum(one.count for one in mine), sum(one.base for one in mine)) == (
            made.response.count.count,
            made.response.count.base,
        )


def test_without_names_the_groups_have_no_response_rate(small: Project) -> None:
    made = round_ledgers(small, ["1"])[0]
    assert not made.by_name
    assert {one.asked for one in made.groups} == {None}


def test_who_answered_and_was_not_asked_is_told_and_is_in_no_rate(small: Project, small_files: Path) -> None:
    without = FRAME.replace("0114,Ale,stad,Norr", "0199,Annan,stad,Norr")
    assert take(small, small_files, without).notes == ["1 answered who is not in the frame: 0114"]
    (note,) = frame_notes(small, ["1"])
    assert (note.kind, note.count, note.where) == ("frame", 1, ("0114",))
    assert note in gate(small).notes
    assert check(small) == [one for one in check(small) if one.kind != "frame"]
    made = round_ledgers(small, ["1"])[0]
    assert (made.uninvited, made.respondents) == (1, 6)
    assert made.response is not None
    assert made.response.count == Count(5, 10)
    for one in made.questions:
        assert one.answered + sum(one.excluded.values()) == 10 + 1
    rates = {one.question: (one.answered, one.response) for one in made.questions}
    assert rates["q"] == (5, Rate(Count(4, 10), Of.FRAME))
    assert next(one.asked for one in made.groups if one.value == "stad") == Count(2, 5)


def test_whose_answers_and_frame_say_different_things_is_told_and_named(small: Project, small_files: Path) -> None:
    (small_files / "answers.csv").write_text(
        (small_files / "answers.csv").read_text(encoding="utf-8").replace("Ale,stad", "Ale,by"), encoding="utf-8"
    )
    (told,) = take(small, small_files, FRAME.replace("Åsele,land", "Åsäle,land")).notes
    assert told == (
        "2 respondents have another name or attribute in the frame, and the ledger's groups go by the frame: "
        "0114 (grupp by, in the frame stad), 0115 (Åsele, in the frame Åsäle)"
    )
    (note,) = frame_notes(small, ["1"])
    assert (note.count, len(note.where)) == (2, 2)


def test_a_frame_in_another_encoding_is_read_and_told(small: Project, small_files: Path) -> None:
    survey = framed(small_files)
    (small_files / "frame.csv").write_bytes(FRAME.encode("latin-1"))
    notes = import_answers(small, small_files / "answers.csv", survey).notes
    assert notes == ["frame.csv: the file is not UTF-8 and was read as Windows-1252: check å, ä and ö"]


def test_a_contradicting_number_changes_nothing(small: Project, small_files: Path) -> None:
    with pytest.raises(CoderError, match="it lists 9 who were asked"):
        take(small, small_files, FRAME.replace("0123,Zby,stad,Norr\n", ""))
    assert asked(small) == []


def test_changes_are_told(small: Project, small_files: Path) -> None:
    take(small, small_files)
    changed = FRAME.replace("0123,Zby", "0124,Wby").replace("Yby,stad", "Yby,by")
    assert take(small, small_files, changed).notes == [
        "who was asked has changed: 1 new, 1 gone, 1 with another name or attribute"
    ]


def test_a_file_that_is_not_there_leaves_what_is_known(small: Project, small_files: Path) -> None:
    survey = framed(small_files)
    (small_files / "frame.csv").unlink()
    notes = import_answers(small, small_files / "answers.csv", survey).notes
    assert notes == ["the frame file frame.csv is not there: who was asked is not known, but for their number"]
    take(small, small_files)
    (small_files / "frame.csv").unlink()
    import_answers(small, small_files / "answers.csv", survey)
    assert len(asked(small)) == 10


def test_a_survey_without_a_frame_makes_the_project_forget(small: Project, small_files: Path) -> None:
    take(small, small_files)
    notes = import_answers(small, small_files / "answers.csv", small_files / "survey.toml").notes
    assert notes == ["the survey file names no [frame] any more: the 10 who were asked are forgotten"]
    assert asked(small) == []


def test_a_quote_that_names_somebody_who_did_not_answer_is_found(small: Project, small_files: Path) -> None:
    take(small, small_files)
    assert [hit.text for hit in signs("Som i Hemsele dröjer svaret.", names_in(small))] == ["Hemsele"]
