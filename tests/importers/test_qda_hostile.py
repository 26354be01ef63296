"""Files made to harm: a clear refusal, little memory, and nothing outside the file touched."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.importers.codebooks import read_codebook
from coder.importers.project_qdpx import read_qdpx

Write = Callable[..., Path]
Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
G = "00000000-0000-0000-0000-00000000000"
SOURCE = f'<Sources><TextSource guid="{G}1" name="x" plainTextPath="internal://t.txt"/></Sources>'
SELECTION = (
    f'><PlainTextContent>x</PlainTextContent><PlainTextSelection guid="{G}2" startPosition="1e9" endPosition="2">'
    f'<Coding guid="{G}3"/></PlainTextSelection></TextSource>'
)
CODE = '<Code guid="{}" name="K" isCodable="true"/>'
FULL = " ".join(f"a{number}=''" for number in range(200))
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
CODED = (
    f'<CodeBook><Codes><Code guid="{G}4" name="K"/></Codes></CodeBook><Variables><Variable guid="{G}5" name="v"/>'
    f'</Variables><Cases><Case guid="{G}6"><VariableValue><VariableRef targetGUID="{G}5"/></VariableValue>'
    f'<SourceRef targetGUID="{G}1"/></Case></Cases><Sources><TextSource guid="{G}1" name="x" plainTextPath='
    f'"internal://t.txt"><PlainTextSelection guid="{G}2" startPosition="0" endPosition="3"><Coding guid="{G}3">'
    f'<CodeRef targetGUID="{G}4"/></Coding></PlainTextSelection></TextSource></Sources>'
)
LONGEST = 5  # as any program may count the text: a mark, one emoji as two, a carriage return and a line feed
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _refused(path: Path, said: Said, read: Callable[[Path], object] = read_qdpx) -> str:
    """What is said of a file that is refused in little memory, with nothing left beside it."""
    tracemalloc.start()
    try:
        with pytest.raises(CoderError) as caught:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
    return said(caught)


@pytest.mark.parametrize(
    "head", [BOMB, OUTSIDE, '<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd">'], ids=["bomb", "file", "net"]
)
@pytest.mark.parametrize("suffix", [".qdc", ".qdpx"])
def test_entities_and_document_types_are_refused(tmp_path: Path, said: Said, head: str, suffix: str) -> None:
    text = f"<?xml version='1.0'?>{head}<Project name='&a;'>&h;</Project>"
    path = tmp_path / f"p{suffix}"
    if suffix == ".qdc":
        path.write_text(text, encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("project.qde", text)
    assert "entities" in _refused(path, said, read_codebook if suffix == ".qdc" else read_qdpx)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        pytest.param("<a>" * 60 + "</a>" * 60, "more, or deeper nested", id="deeply nested"),
        pytest.param(
            "<a " + " ".join(f"a{n}=''" for n in range(600_000)) + "/>", "a tag of more", id="a tag of megabytes"
        ),
        pytest.param("<a>", "damaged or cut off", id="cut off"),
        pytest.param(f"<CodeBook><Codes>{CODE.format('x')}</Codes></CodeBook>", "no identifier", id="no identifier"),
        pytest.param(
            f"<CodeBook><Codes>{CODE.format(G + '1')}{CODE.format('{' + G + '1}')}</Codes></CodeBook>",
            "stands on line",
            id="an identifier twice",
        ),
        pytest.param(
            f'<CodeBook><Codes><Code guid="{G}1" name="t"><Code guid="{G}2" name="{"n" * 1_000}">'
            f"{CODE.format(G + '3')}</Code></Code></Codes></CodeBook>",
            "more than 1,000 letters",
            id="a long name that is repeated",
        ),
        pytest.param(2 * SOURCE.replace('plainTextPath="internal://t.txt"', ""), "stands on line", id="a text twice"),
        pytest.param(2 * f'<Cases><Case guid="{G}1"/></Cases>', "stands on line", id="a case twice"),
        pytest.param(SOURCE, "is not in it", id="a text that is missing"),
        pytest.param(SOURCE.replace("t.txt", "../../x.txt"), "out of the archive", id="a text outside"),
        pytest.param(SOURCE.replace("/></", SELECTION + "</"), "no position", id="positions that are none"),
    ],
)
def test_descriptions_that_no_program_writes_are_refused(qdpx: Write, said: Said, inside: str, words: str) -> None:
    assert words in _refused(qdpx(inside), said)


@pytest.mark.parametrize(
    ("told", "instead", "words"),
    [
        pytest.param(f'CodeRef targetGUID="{G}4"', f'CodeRef targetGUID="{G}9"', f"a code {G}9 that", id="no code"),
        pytest.param(f'CodeRef targetGUID="{G}4"', 'CodeRef targetGUID="4"', "no identifier of a CodeRef", id="foul"),
        pytest.param(f'SourceRef targetGUID="{G}1"', f'SourceRef targetGUID="{G}9"', "a text", id="no text"),
        pytest.param(
            f'VariableRef targetGUID="{G}5"', f'VariableRef targetGUID="{G}9"', "a variable", id="no variable"
        ),
        pytest.param('startPosition="0"', 'startPosition="-1"', "a passage from -1 to 3", id="before the text"),
        pytest.param('startPosition="0"', 'startPosition="5"', "a passage from 5 to 3", id="backwards"),
        pytest.param('endPosition="3"', f'endPosition="{LONGEST + 1}"', "in a text of 5", id="beyond the text"),
        pytest.param("internal://t.txt", "/etc/passwd", "outside the archive", id="an absolute path"),
        pytest.param("internal://t.txt", "absolute:///etc/passwd", "outside the archive", id="an absolute address"),
        pytest.param("internal://t.txt", "relative:///etc/passwd", "outside the archive", id="a relative address"),
        pytest.param("internal://t.txt", "../t.txt", "leads out of the archive", id="a path upwards"),
        pytest.param("internal://t.txt", "internal://%2e%2e/t.txt", "leads out", id="a path upwards in disguise"),
        pytest.param(
            "</Sources>",
            f'<PDFSource guid="{G}7" path="relative:///..\\x.pdf"/></Sources>',
            "leads out of the archive",
            id="a path upwards to what is not read",
        ),
    ],
)
def test_references_to_nothing_and_places_elsewhere_are_refused(
    qdpx: Write, said: Said, told: str, instead: str, words: str
) -> None:
    members = {"sources/t.txt": "\ufeff🙂\r\n".encode()}
    assert told in CODED
    path = qdpx(CODED.replace(told, instead), members)
    assert words in _refused(path, said)
    with pytest.raises(CoderError, match="line 1"):
        read_qdpx(path)


def test_the_last_place_that_any_program_may_count_is_not_refused(qdpx: Write) -> None:
    path = qdpx(
        CODED.replace('endPosition="3"', f'endPosition="{LONGEST}"'), {"sources/t.txt": "\ufeff🙂\r\n".encode()}
    )
    assert [answer.text for answer in read_qdpx(path).answers] == ["🙂\n"]


def test_a_flood_of_elements_is_refused(qdpx: Write) -> None:
    with pytest.raises(CoderError, match="more, or deeper nested"):
        read_qdpx(qdpx(f"<a {FULL}/>" * 13_000))


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["../project.qde"], "out of the archive"),
        (["project.qde", "sources/../../../x.txt"], "out of the archive"),
        (["project.qde", "/etc/x.txt"], "out of the archive"),
        (["project.qde", "C:\\x.txt"], "out of the archive"),
        (["project.qde", "sources\\..\\x.txt"], "out of the archive"),
        (["a.qde", "b.QDE"], "several descriptions"),
        (["project.xml"], "no description"),
        (["project.qde", "sources/T.txt", "Sources/t.txt"], "twice"),
    ],
)
def test_archives_with_names_that_lead_astray_are_refused(
    tmp_path: Path, said: Said, names: list[str], words: str
) -> None:
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as packed:
        for name in names:
            packed.writestr(name, "<Project/>")
    assert words in _refused(tmp_path / "p.qdpx", said)


@pytest.mark.parametrize(("name", "inside"), [("project.qde", ""), ("sources/t.txt", SOURCE)])
def test_a_member_of_a_hundred_megabytes_is_refused(tmp_path: Path, said: Said, name: str, inside: str) -> None:
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w", zipfile.ZIP_DEFLATED) as packed:
        if inside:
            packed.writestr("project.qde", f"<Project>{inside}</Project>")
        with packed.open(name, "w") as stream:
            for _ in range(100):
                stream.write(b" " * 1_000_000)
    assert (tmp_path / "p.qdpx").stat().st_size < 200_000
    assert "larger than" in _refused(tmp_path / "p.qdpx", said)


def test_a_member_that_lies_about_its_size_is_refused(qdpx: Write, said: Said) -> None:
    path = qdpx(SOURCE, {"sources/t.txt": b" " * 6_000_000})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 6_000_000), struct.pack("<I", 1_000)))
    assert "damaged" in _refused(path, said)


def test_ways_of_packing_that_know_no_limit_are_refused(tmp_path: Path, said: Said) -> None:
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("project.qde", "<Project/>" + " " * 1_000_000)
    assert "packed in a way" in _refused(tmp_path / "p.qdpx", said)


def test_a_directory_of_many_parts_is_refused_unread(qdpx: Write, said: Said) -> None:
    path = qdpx("")
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 900_000_000)
    path.write_bytes(data)
    assert "more parts" in _refused(path, said)


def test_an_archive_cut_short_or_garbled_anywhere_is_refused_or_read(qdpx: Write) -> None:
    path = qdpx(SOURCE, {"sources/t.txt": b"Text."})
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        for bad in (whole[:place], whole[:place] + b"\xff\x00" + whole[place + 2 :]):
            path.write_bytes(bad)
            try:
                answers = read_qdpx(path).answers
            except CoderError:
                continue
            assert [answer.text for answer in answers] == ["Text."]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "damaged"), (b"Text", "damaged"), (b"PK\x05\x06", "damaged")],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, said: Said, content: bytes, words: str) -> None:
    (tmp_path / "p.qdpx").write_bytes(content)
    assert words in _refused(tmp_path / "p.qdpx", said)


@pytest.mark.parametrize("text", ["", "<x/>", "<CodeBook/>", "text", "<CodeBook><Codes></CodeBook>"])
def test_what_is_no_codebook_is_refused(tmp_path: Path, said: Said, text: str) -> None:
    (tmp_path / "b.qdc").write_text(text, encoding="utf-8")
    assert "b.qdc" in _refused(tmp_path / "b.qdc", said, read_codebook)
