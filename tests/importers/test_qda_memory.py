"""What a REFI-QDA project may take of memory: everything that stays of it counts, whatever it is made of."""

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from coder.domain.errors import CoderError
from coder.importers.project_qdpx import read_qdpx
from coder.importers.qda_archive import opened, room_of
from coder.importers.qda_xml import Node, parse

Write = Callable[..., Path]
Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
_ROOM = 80_000  # bytes; what is told of texts and cases may take twice as many
_LONG = 20_000
_WIDE = "🙂" + "a" * 100


def _guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012}"


def _text(number: int, inside: str, given: str = "") -> str:
    return f'<TextSource guid="{_guid(number)}"{given}>{inside}</TextSource>'


def _plain(text: str) -> str:
    return f"<Sources>{_text(1, f'<PlainTextContent>{text}</PlainTextContent>')}</Sources>"


def _cases(number: int) -> str:
    return "<Cases>" + "".join(f'<Case guid="{_guid(one)}"/>' for one in range(number)) + "</Cases>"


def _values(number: int, word: str) -> str:
    variables = f'<Variables><Variable guid="{_guid(1)}" name="v"/></Variables>'
    value = '<VariableValue><TextValue>{}</TextValue><VariableRef targetGUID="{}"/></VariableValue>'
    values = "".join(value.format(word.format(one), _guid(1)) for one in range(number))
    return f'{variables}<Cases><Case guid="{_guid(1)}">{values}</Case></Cases>'


def _coded(selections: int, codes: int) -> str:
    book = f'<CodeBook><Codes><Code guid="{_guid(9)}" name="k"/></Codes></CodeBook>'
    coding = "<Coding>" + codes * f'<CodeRef targetGUID="{_guid(9)}"/>' + "</Coding>"
    selection = f'<PlainTextSelection startPosition="0" endPosition="1">{coding}</PlainTextSelection>'
    return f"{book}<Sources>{_text(1, '<PlainTextContent>x</PlainTextContent>' + selections * selection)}</Sources>"


def _named(number: int) -> str:
    """Texts of one case, whose respondents are all named with the case."""
    references = "".join(f'<SourceRef targetGUID="{_guid(one)}"/>' for one in range(number))
    texts = "".join(_text(one, "<PlainTextContent>x</PlainTextContent>", f' name="{one}"') for one in range(number))
    case = f'<Case guid="{_guid(0)}" name="{"n" * _LONG}">{references}</Case>'
    return f"<Cases>{case}</Cases><Sources>{texts}</Sources>"


def _filled(references: int, whose: int) -> str:
    """A text that takes nearly all there is, and a case with a value that many references say is a variable's."""
    variable = f'<VariableRef targetGUID="{_guid(2)}"/>'
    value = f"<VariableValue><TextValue>x</TextValue>{references * variable}</VariableValue>"
    case = f'<Case guid="{_guid(3)}">{value}<SourceRef targetGUID="{_guid(whose)}"/></Case>'
    variables = f'<Variables><Variable guid="{_guid(2)}" name="v"/></Variables>'
    texts = _plain("🙂" + "a" * 37_300) + f'<Sources><PDFSource guid="{_guid(4)}"/></Sources>'
    return f"{variables}<Cases>{case}</Cases>{texts}"


# Each a little below what may stay in memory, and a little above it.
@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [
        pytest.param(_plain("a" * 60_000), _plain("🙂" + "a" * 60_000), id="one letter that makes all of them wide"),
        pytest.param(
            _plain("–" + "a" * 70_000), _plain("–" + "a\u0085" * 20_000), id="a text held as it came and clean"
        ),
        pytest.param(_cases(250), _cases(380), id="cases"),
        pytest.param(_values(300, _WIDE), _values(300, f"{_WIDE} {{}}"), id="values that differ"),
        pytest.param(_filled(100, whose=4), _filled(600, whose=4), id="variables that a value is said to be of"),
        pytest.param(_filled(100, whose=4), _filled(100, whose=1), id="attributes of respondents"),
        pytest.param(_coded(200, 1), _coded(300, 1), id="passages"),
        pytest.param(_coded(1, 400), _coded(1, 800), id="codes that are given"),
        pytest.param(_named(2), _named(8), id="names that are made of others"),
    ],
)
def test_what_stays_of_a_project_is_counted(qdpx: Write, said: Said, fits: str, exceeds: str) -> None:
    read_qdpx(qdpx(fits), room=lambda _: _ROOM)
    with pytest.raises(CoderError) as caught:
        read_qdpx(qdpx(exceeds), room=lambda _: _ROOM)
    assert "take more than the 0 MB of memory" in said(caught)


def test_references_are_counted_each_once(qdpx: Write) -> None:
    def read(number: int, different: int) -> None:
        inside = "".join(f'<SourceRef targetGUID="{_guid(one % different)}"/>' for one in range(number))
        read_qdpx(qdpx(f'<Cases><Case guid="{_guid(1)}">{inside}</Case></Cases>'), room=lambda _: _ROOM)

    for different, words in ((1, "does not hold"), (700, "of memory")):
        with pytest.raises(CoderError, match=words):
            read(700, different)


def test_a_member_that_several_texts_name_counts_for_each(qdpx: Write) -> None:
    def sources(number: int) -> str:
        address = ' plainTextPath="internal://t.txt"'
        return f"<Sources>{''.join(_text(one, '', address) for one in range(number))}</Sources>"

    members = {"sources/t.txt": b"a" * _LONG}
    assert len(read_qdpx(qdpx(sources(6), members), room=lambda _: _ROOM).answers) == 6
    with pytest.raises(CoderError, match="of memory"):
        read_qdpx(qdpx(sources(8), members), room=lambda _: _ROOM)


@pytest.mark.parametrize(
    ("size", "room"),
    [
        (0, 60_000_000),
        (1_500_000, 60_000_000),
        (2_000_000, 80_000_000),
        (18_000_000, 720_000_000),
        (10**9, 750_000_000),
    ],
)
def test_more_is_read_of_a_larger_file_up_to_an_end(size: int, room: int) -> None:
    assert room_of(size) == room


def test_no_more_is_read_of_a_description_than_its_file_has_room_for(qdpx: Write) -> None:
    path = qdpx("<!--" + "a" * _ROOM + "-->")
    with pytest.raises(CoderError, match="larger than the 0 MB"):
        read_qdpx(path, room=lambda _: _ROOM)
    with opened(path) as archive:
        assert archive.room == room_of(path.stat().st_size)


def _take(_root: Node, wrapper: Node, _entry: Node) -> bool:
    return wrapper.name == "Cases"


@pytest.mark.parametrize(
    ("inside", "stays"),
    [
        pytest.param("<Cases>" + "<Case/>" * 1_000 + "</Cases>", 0, id="entries that are taken over"),
        pytest.param("<Sets><Set>" + "<MemberSource/>" * 1_000 + "</Set></Sets>", 1, id="members of a set"),
        pytest.param("<Sets>" + "\n  " * 1_000 + "</Sets>", 0, id="lines between entries"),
    ],
)
def test_what_nobody_reads_is_not_held(tmp_path: Path, inside: str, stays: int) -> None:
    (wrapper,) = parse([b"<Project>", inside.encode(), b"</Project>"], tmp_path, _take, 10_000).children
    assert (len(wrapper.children), wrapper.text) == (stays, "")
    assert [len(one.children) for one in wrapper.children] == [0] * stays


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<Notes>" + "<Note/>" * 1_000 + "</Notes>", id="entries that are not taken over"),
        pytest.param("<Sets><Set>" + "<Other/>" * 1_000 + "</Set></Sets>", id="what else is in a set"),
        pytest.param("<Cases><Case>" + "\n  " * 2_000 + "</Case></Cases>", id="lines in an entry"),
        pytest.param("<Notes><Note>" + "a" * 4_000 + "🙂</Note></Notes>", id="one letter that makes all of them wide"),
        pytest.param(f"<Notes><Note name='{'a' * 3_000}🙂'/></Notes>", id="and in an attribute"),
    ],
)
def test_what_is_read_is_held_in_as_much_memory_as_it_is_given(tmp_path: Path, inside: str) -> None:
    with pytest.raises(CoderError, match="more, or deeper nested"):
        parse([b"<Project>", inside.encode(), b"</Project>"], tmp_path, _take, 10_000)


def test_a_text_of_millions_of_letters_is_refused_before_it_is_cleaned(tmp_path: Path, said: Said) -> None:
    document = b"<Project><Sources><TextSource>" + b"a" * 5_000_001 + b"</TextSource></Sources></Project>"
    with pytest.raises(CoderError) as caught:
        parse([document], tmp_path / "p.qde")
    assert "line 1: a text of more than 5 million letters" in said(caught)


def test_respondents_that_have_the_same_attributes_can_t_change_them_for_each_other(qdpx: Write) -> None:
    variables = f'<Variables><Variable guid="{_guid(1)}" name="län"/></Variables>'
    value = f'<VariableValue><TextValue>Norra</TextValue><VariableRef targetGUID="{_guid(1)}"/></VariableValue>'
    texts = "".join(_text(one, f"<PlainTextContent>x</PlainTextContent>{value}") for one in (1, 2))
    one, other = (answer.respondent for answer in read_qdpx(qdpx(f"{variables}<Sources>{texts}</Sources>")).answers)
    assert one.attributes == other.attributes == {"län": "Norra"}
    assert isinstance(one.attributes, MappingProxyType)
