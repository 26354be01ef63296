"""A project as other programs see it: read by an independent reader, and as bare archive and XML."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyrefiqda import RefiCodebook, RefiProject

from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Origin, Segment
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow, QdaAnswer, QdaProject
from coder.exporters import project_qdpx
from coder.exporters.codebook_file import write_codebook

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = 'Vi når er inte.\nKöer 👩‍👩‍👧 och <ö> & "å" \uffff'
BOOK = Codebook(
    "bok",
    "sv",
    "Vad?",
    (Theme(1, "Nåbarhet", "Att nå fram."), Theme(2, "Tomt")),
    (Code(1, "Kö & <väntan>", 1, "Lång.", ("Ingen svarar.",), ("köer",)), Code(2, "Lös")),
)
ANSWERS = (
    QdaAnswer("2023", "q", Respondent("0114", "Åby", {"län": "Norra"}), TEXT),
    QdaAnswer("2024", "q", Respondent("0114", "Åby", {"län": "Södra"}), "Bättre nu."),
    QdaAnswer("2023", "q", Respondent("2", "Öby", covers=3), "-"),
)


def _row(answer: QdaAnswer, segment: Segment | None, code: int, analyst: str = "eva", **more: object) -> CodingRow:
    entry = BOOK.code_by_id[code]
    place = answer.round, answer.question, answer.respondent.key
    row = CodingRow(*place, segment, "", BOOK.theme_name(code), entry.name, analyst)
    return CodingRow(**{**{name: getattr(row, name) for name in row.__slots__}, **more})


ROWS = (
    _row(ANSWERS[0], Segment(16, 26), 1),
    _row(ANSWERS[0], Segment(16, 26), 2),
    _row(ANSWERS[0], Segment(16, 26), 2, "ola", status=Status.SET_ASIDE, origin=Origin.AUTO, score=0.5),
    _row(ANSWERS[1], None, 1),
    CodingRow("2023", "q", "2", None, "", "", "", "ola"),
)
PROJECT = QdaProject(
    "Studie",
    (Round("2023", frame=10), Round("2024")),
    (Question("q", "", Kind.OPEN, "Vad?", "bok"),),
    (BOOK,),
    ANSWERS,
    ROWS,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.qdpx"
    project_qdpx.write(PROJECT, path, AT)
    return path


def test_an_independent_reader_finds_every_quote_in_its_place(file: Path, tmp_path: Path) -> None:
    project = RefiProject.load(file, str(tmp_path / "out"))
    users = {user.guid: user.name for user in project.users.user}
    codes = {code.guid: code.name for top in project.code_book.codes.code for code in (top, *top.code)}
    found = []
    for source, answer in zip(project.sources.text_source, ANSWERS, strict=True):
        text = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out").read_bytes().decode()
        assert text == answer.text
        for selection in source.plain_text_selection:
            quoted = text[selection.start_position : selection.end_position]
            assert selection.name == quoted
            names = [codes[coding.code_ref.target_guid] for coding in selection.coding]
            found.append((quoted, names, users[selection.creating_user]))
    assert found == [
        ("Köer 👩‍👩‍👧", ["Kö & <väntan>", "Lös"], "eva"),
        ("Köer 👩‍👩‍👧", ["Lös"], "ola"),
        ("Bättre nu.", ["Kö & <väntan>"], "eva"),
    ]


def test_themes_are_codes_that_cannot_be_given_and_respondents_are_cases_with_variables(
    file: Path, tmp_path: Path
) -> None:
    project = RefiProject.load(file, str(tmp_path / "out"))
    tops = project.code_book.codes.code
    assert [(top.name, top.is_codable, [one.name for one in top.code]) for top in tops] == [
        ("Nåbarhet", False, ["Kö & <väntan>"]),
        ("Tomt", False, []),
        ("Lös", True, []),
    ]
    names = {variable.guid: variable.name for variable in project.variables.variable}
    cases = {
        case.name: {names[one.variable_ref.target_guid]: one.text_value for one in case.variable_value}
        for case in project.cases.case
    }
    # Whose attributes differ between rounds is a case for each.
    assert cases == {
        "0114 (2023)": {"respondent": "0114", "name": "Åby", "län": "Norra"},
        "0114 (2024)": {"respondent": "0114", "name": "Åby", "län": "Södra"},
        "2": {"respondent": "2", "name": "Öby", "covers": "3"},
    }


def test_the_archive_holds_one_description_and_plain_texts_and_nothing_else(file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        texts = [packed.read(name) for name in names[1:]]
    assert names[0] == "project.qde"
    assert all(re.fullmatch(r"sources/[0-9a-f-]{36}\.txt", name) for name in names[1:])
    assert [text.decode() for text in texts] == [answer.text for answer in ANSWERS]
    assert not [text for text in texts if text.startswith(b"\xef\xbb\xbf") or b"\r" in text]


@pytest.mark.parametrize(
    "project",
    [
        PROJECT,
        QdaProject("Tom"),
        QdaProject("Okodad", answers=ANSWERS),
        QdaProject("Bok", codebooks=(BOOK, Codebook("b", "sv", ""))),
    ],
    ids=lambda project: project.name,
)
def test_no_element_is_empty_and_no_identifier_stands_twice(tmp_path: Path, project: QdaProject) -> None:
    project_qdpx.write(project, tmp_path / "p.qdpx", AT)
    with zipfile.ZipFile(tmp_path / "p.qdpx") as packed:
        root = ElementTree.fromstring(packed.read("project.qde"))
    leaves = {
        "Code",
        "User",
        "Variable",
        "CodeRef",
        "SourceRef",
        "VariableRef",
        "MemberCode",
        "MemberSource",
        "Project",
    }
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        assert len(element) or (element.text or "").strip() or name in leaves, name
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))


def test_the_same_project_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    project_qdpx.write(PROJECT, tmp_path / "again.qdpx", AT)
    assert (tmp_path / "again.qdpx").read_bytes() == file.read_bytes()


def test_an_independent_reader_reads_a_codebook(tmp_path: Path) -> None:
    write_codebook(BOOK, tmp_path / "b.qdc")
    book = RefiCodebook.load(tmp_path / "b.qdc")
    first = book.codes.code[0]
    assert (first.name, first.is_codable, first.description) == ("Nåbarhet", False, "Att nå fram.")
    assert first.code[0].description == "Lång.\n\nExempel:\n- Ingen svarar.\n\nAndra namn:\n- köer"
    assert re.fullmatch("#[0-9A-F]{6}", str(first.color))


def test_an_empty_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="empty"):
        write_codebook(Codebook("b", "sv", ""), tmp_path / "b.qdc")
    assert not list(tmp_path.iterdir())
