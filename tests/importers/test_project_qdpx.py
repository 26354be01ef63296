"""Projects as other programs write them, each with its ways; the files are made up here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.coding import Segment
from coder.domain.exchange import QdaProject
from coder.importers.project_qdpx import read_qdpx

Write = Callable[..., Path]
GUIDS = {letter: f"0000000{letter}-0000-0000-0000-000000000000" for letter in "0123456789ABCDEF"}
A, B, C, D, E, F = (GUIDS[letter] for letter in "ABCDEF")
BOOK = (
    f'<CodeBook><Codes><Code guid="{A}" name="Tema" isCodable="true">'
    f'<Code guid="{B}" name="Kö" isCodable="true" color="#F00"><Description>Att vänta.</Description></Code></Code>'
    f"</Codes></CodeBook>"
)
USERS = f'<Users><User guid="{F}" name="Eva"/></Users>'


def _selection(start: int, end: int, quote: str = "", code: str = B, guid: str = D) -> str:
    return (
        f'<PlainTextSelection guid="{guid}" name="{quote}" startPosition="{start}" endPosition="{end}" '
        f'creatingUser="{F}"><Coding guid="{E}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def _source(*selections: str, path: str = f"internal://{C}.txt", name: str = "Svar 1", guid: str = C) -> str:
    return f'<TextSource guid="{guid}" name="{name}" plainTextPath="{path}">{"".join(selections)}</TextSource>'


def _project(*sources: str, more: str = "") -> str:
    return f"{USERS}{BOOK}{more}<Sources>{''.join(sources)}</Sources>"


def _words(project: QdaProject) -> list[str]:
    texts = {answer.respondent.key: answer.text for answer in project.answers}
    return [row.segment.of(texts[row.respondent]) if row.segment else texts[row.respondent] for row in project.codings]


TEXT = "Å ena sidan: 🙂 kö. Å andra: ö."
START = TEXT.index("kö")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param(TEXT, START, START + 2, id="as the standard says"),
        pytest.param(TEXT, START, START + 1, id="the last character as the end"),
        pytest.param("\ufeff" + TEXT, START, START + 2, id="a mark that is not counted"),
        pytest.param("\ufeff" + TEXT, START + 1, START + 3, id="a mark that is counted"),
        pytest.param("Rad\r\n" + TEXT, START + 5, START + 7, id="carriage returns that are counted"),
        pytest.param("Rad\r\n" + TEXT, START + 4, START + 6, id="carriage returns that are not"),
        pytest.param(TEXT, START + 1, START + 3, id="units of UTF-16"),
        pytest.param("\ufeffRad\r\n" + TEXT, START + 7, START + 8, id="all of it at once"),
        pytest.param("Två\tord\x0b\u200b " + TEXT, START + 10, START + 12, id="characters that are not taken in"),
    ],
)
def test_positions_are_read_by_what_is_quoted(qdpx: Write, text: str, start: int, end: int) -> None:
    project = read_qdpx(qdpx(_project(_source(_selection(start, end, "kö"))), {f"Sources/{C}.TXT": text.encode()}))
    assert _words(project) == ["kö"]
    assert not project.left[1:]  # the colour is left


@pytest.mark.parametrize(("origin", "start"), [("NVivo", 5), ("ATLAS.ti 26", 4)])
def test_without_quotes_the_program_decides_what_is_counted(qdpx: Write, origin: str, start: int) -> None:
    inside = _project(_source(_selection(start, start + 2)))
    project = read_qdpx(qdpx(inside, {f"sources/{C}.txt": "Rad\r\nkö".encode()}, origin=origin))
    assert _words(project) == ["kö"]


def test_one_selection_is_read_as_the_others_show(qdpx: Write) -> None:
    """A quote that was cut short, or is none, says nothing of its end; the others do."""
    whole = "ett två tre fyra"
    selections = (
        _selection(0, 2, "ett"),
        _selection(4, 6, "två"),
        _selection(8, 15, "tre…"),
        _selection(4, 10, "1:4 i dokumentet"),
    )
    project = read_qdpx(qdpx(_project(_source(*selections)), {f"sources/{C}.txt": whole.encode()}))
    assert _words(project) == ["ett", "två", "tre fyra", "två tre"]
    assert any(line.startswith("1 passage reads otherwise") for line in project.left)


@pytest.mark.parametrize("name", ["Studie om köer.qde", "mapp/PROJECT.QDE"])
def test_the_description_may_have_any_name_and_identifiers_braces(qdpx: Write, name: str) -> None:
    folder = name.rpartition("/")[0]
    inside = _project(_source(_selection(0, 2, "kö"), _selection(3, 4, "x"))).replace(
        f'targetGUID="{B}"', f'targetGUID="{{{B.lower()}}}"'
    )
    member = f"{folder}/SOURCES/{C}.txt".lstrip("/")
    project = read_qdpx(qdpx(inside, {member: "kö x".encode(), "__MACOSX/._project.qde": b"\x00"}, name))
    assert _words(project) == ["kö", "x"]


def test_people_come_from_cases_whichever_way_they_are_tied(qdpx: Write) -> None:
    variables = f'<Variables><Variable guid="{GUIDS["0"]}" name="län" typeOfVariable="Text"/></Variables>'
    value = f'<VariableValue><VariableRef targetGUID="{GUIDS["0"]}"/><TextValue>{{}}</TextValue></VariableValue>'
    case = '<Case guid="{}" {}>{}<SourceRef targetGUID="{}"/></Case>'
    cases = (
        case.format(GUIDS["1"], 'name="Åby"', value.format("Norra"), C),
        case.format(GUIDS["2"], "", value.format("Södra"), GUIDS["7"]),  # MAXQDA: a case that only holds variables
        f'<Case guid="{GUIDS["3"]}" name="Öby">{value.format("Västra")}</Case>',  # NVivo: tied by a coding
    )
    book = BOOK.replace("</Codes>", f'<Code guid="{GUIDS["3"]}" name="Öby" isCodable="true"/></Codes>')
    inside = (
        f"{USERS}{book}{variables}<Cases>{''.join(cases)}</Cases><Sources>"
        + _source(_selection(0, 1))
        + _source(name="Svar 2", guid=GUIDS["7"])
        + _source(_selection(0, 1, code=GUIDS["3"]), name="Svar 3", guid=GUIDS["8"])
        + "</Sources>"
    )
    project = read_qdpx(qdpx(inside, {f"sources/{C}.txt": b"x y"}))
    people = {answer.respondent.key: dict(answer.respondent.attributes) for answer in project.answers}
    assert people == {"Åby": {"län": "Norra"}, "Svar 2": {"län": "Södra"}, "Öby": {"län": "Västra"}}
    assert [code.name for code in project.codebooks[0].codes] == ["Kö"]
    assert len(project.codings) == 1


def test_texts_of_one_person_to_one_question_become_respondents_of_their_own(qdpx: Write) -> None:
    ties = "".join(f'<SourceRef targetGUID="{guid}"/>' for guid in (C, D))
    cases = f'<Cases><Case guid="{GUIDS["1"]}" name="Åby">{ties}</Case></Cases>'
    inside = _project(_source(), _source(name="Svar 2", guid=D), more=cases)
    project = read_qdpx(qdpx(inside, {f"sources/{C}.txt": b"x"}))
    assert [answer.respondent.key for answer in project.answers] == ["Åby", "Åby / Svar 2"]


def test_those_of_the_same_name_are_numbered_for_each_person(qdpx: Write) -> None:
    guids = [f"00000000-0000-0000-0000-{number:012}" for number in range(8)]
    ties = [f'<SourceRef targetGUID="{guid}"/>' for guid in guids]
    cases = (
        f'<Cases><Case guid="{GUIDS["1"]}" name="Åby">{"".join(ties[::2])}</Case>'
        f'<Case guid="{GUIDS["2"]}" name="Öby">{"".join(ties[1::2])}</Case></Cases>'
    )
    texts = "".join(
        f'<TextSource guid="{guid}" name="Svar"><PlainTextContent>x</PlainTextContent></TextSource>' for guid in guids
    )
    project = read_qdpx(qdpx(f"{cases}<Sources>{texts}</Sources>"))
    further = ("", " / Svar", " / Svar (2)", " / Svar (3)")
    assert [one.respondent.key for one in project.answers] == [
        name + more for more in further for name in ("Åby", "Öby")
    ]


def test_codes_at_any_depth_become_themes_and_codes(qdpx: Write) -> None:
    book = (
        f'<CodeBook><Codes><Code guid="{A}" name="Tema" isCodable="true"><Code guid="{GUIDS["1"]}" name="Grupp" '
        f'isCodable="true"><Code guid="{B}" name="Kö" isCodable="true"/><Code guid="{GUIDS["2"]}" name="Kö" '
        f'isCodable="true"/></Code></Code><Code guid="{GUIDS["3"]}" name="Lös" isCodable="true"/></Codes></CodeBook>'
    )
    inside = f"{book}<Sources>{_source(_selection(0, 1, code=A), _selection(2, 3))}</Sources>".replace(
        f'creatingUser="{F}"', ""
    )
    project = read_qdpx(qdpx(inside, {f"sources/{C}.txt": b"x y"}))
    codebook = project.codebooks[0]
    names = [(codebook.theme_name(code.id), code.name) for code in codebook.codes]
    assert names == [("Tema", "Tema"), ("Tema", "Grupp / Kö"), ("Tema", "Grupp / Kö (2)"), ("", "Lös")]
    assert [(row.theme, row.code, row.analyst) for row in project.codings] == [
        ("Tema", "Tema", "import"),
        ("Tema", "Grupp / Kö", "import"),
    ]
    assert len([line for line in project.left if "numbers" in line or "1 level between" in line]) == 2


def test_what_is_not_carried_over_is_told(qdpx: Write) -> None:
    bare = f'<PlainTextSelection guid="{D}" startPosition="0" endPosition="1"/>'
    sources = (
        _source(
            bare,
            _selection(0, 1),
            _selection(0, 1),
            _selection(1, 2),
            _selection(2, 2),
            _selection(3, 2),
        ),
        _source(path=f"internal://{GUIDS['2']}.txt", guid=GUIDS["2"]),
        f'<TextSource guid="{GUIDS["3"]}" richTextPath="internal://x.docx"/>',
        *(f'<{kind}Source guid="{D}"/>' for kind in ("Picture", "Picture", "PDF", "Audio", "Video")),
    )
    inside = (
        f"{_project(*sources)}<Notes><Note guid='{D}'/></Notes><Links><Link guid='{D}'/></Links>"
        f"<Sets><Set guid='{D}' name='urval'/></Sets><Graphs><Graph guid='{D}'/></Graphs>"
    )
    project = read_qdpx(qdpx(inside, {f"sources/{C}.txt": b"x y", f"sources/{GUIDS['2']}.txt": b" \n"}))
    assert [row.segment for row in project.codings] == [Segment(0, 1)]
    assert sorted(project.left) == sorted(
        [
            "1 text that is not there as plain text",
            "1 empty text",
            "1 passage without a code (an annotation)",
            "2 images",
            "1 PDF document",
            "1 sound recording",
            "1 film",
            "1 memo",
            "1 link",
            "1 graph",
            "1 set",
            "1 formatted version of a text",
            "1 colour of a code",
            "1 coding that stands there twice",
            "3 codings of passages that are empty or outside their text",
        ]
    )


def test_a_text_inside_the_description_is_read(qdpx: Write) -> None:
    inside = f"<PlainTextContent>a kö</PlainTextContent>{_selection(2, 4, 'kö')}"
    project = read_qdpx(qdpx(_project(f'<TextSource guid="{C}" name="x">{inside}</TextSource>')))
    assert _words(project) == ["kö"]
    assert project.questions[0].key == project.codebooks[0].key == "studie"


def test_the_parts_of_a_project_may_come_in_any_order(qdpx: Write) -> None:
    """The standard fixes it, and everything that a text refers to then comes before it."""
    variables = f'<Variables><Variable guid="{GUIDS["0"]}" name="län" typeOfVariable="Text"/></Variables>'
    value = f'<VariableValue><VariableRef targetGUID="{GUIDS["0"]}"/><TextValue>Norra</TextValue></VariableValue>'
    case = f'<Cases><Case guid="{GUIDS["1"]}" name="Åby">{value}<SourceRef targetGUID="{C}"/></Case></Cases>'
    parts = [USERS, BOOK, variables, case, f"<Sources>{_source(_selection(2, 4, 'kö'))}</Sources>"]
    text = {f"sources/{C}.txt": "a kö".encode()}
    forwards, backwards = (read_qdpx(qdpx("".join(some), text)) for some in (parts, parts[::-1]))
    assert forwards == backwards
    assert _words(forwards) == ["kö"]
    assert [(row.respondent, row.analyst) for row in forwards.codings] == [("Åby", "Eva")]
