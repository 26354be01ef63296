"""REFI-QDA codebooks as other programs write them; the files are made up here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.importers.codebooks import read_codebook

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
HEAD = '<?xml version="1.0" encoding="{}"?><CodeBook xmlns="urn:QDA-XML:codebook:{}"><Codes>{}</Codes>{}</CodeBook>'


def _code(number: int, name: str, inside: str = "", codable: str = "true") -> str:
    guid = f"{{1FF58B12-6F6F-4B0C-8BE5-BBDC91F5529{number}}}"
    return f'<Code guid="{guid}" name="{name}" isCodable="{codable}">{inside}</Code>'


def _write(path: Path, codes: str, encoding: str = "utf-8", version: str = "1.0", sets: str = "") -> Path:
    path.write_text(HEAD.format(encoding.removesuffix("-sig"), version, codes, sets), encoding=encoding)
    return path


@pytest.mark.parametrize(("encoding", "version"), [("utf-8", "1.0"), ("utf-8-sig", "0:4"), ("utf-16", "1.0")])
def test_themes_and_codes_are_read_whatever_the_encoding(tmp_path: Path, encoding: str, version: str) -> None:
    group = "<Sets><Set guid='1FF58B12-6F6F-4B0C-8BE5-BBDC91F55290' name='Grupp'/></Sets>"
    inner = _code(2, "Kö", "<Description>Att vänta.\n\nExamples:\n- Ingen svarar.</Description>")
    codes = _code(1, "Nåbarhet", "<Description>Tema.</Description>" + inner, "false") + _code(3, "Lös")
    book = read_codebook(_write(tmp_path / "min bok.qdc", codes, encoding, version, group))
    assert (book.key, book.language) == ("min bok", "sv")
    assert [(theme.name, theme.definition) for theme in book.themes] == [("Nåbarhet", "Tema.")]
    found = [(book.theme_name(code.id), code.name, code.definition, code.examples) for code in book.codes]
    assert found == [("Nåbarhet", "Kö", "Att vänta.", ("Ingen svarar.",)), ("", "Lös", "", ())]


def test_a_theme_that_can_be_given_is_a_code_too(tmp_path: Path) -> None:
    book = read_codebook(_write(tmp_path / "b.qdc", _code(1, "Nåbarhet", _code(2, "Kö", _code(3, "Växel")))))
    names = [(book.theme_name(code.id), code.name) for code in book.codes]
    assert names == [("Nåbarhet", "Nåbarhet"), ("Nåbarhet", "Kö"), ("Nåbarhet", "Kö / Växel")]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (_code(1, "Tema", _code(2, "Kö") + "\n" + _code(3, "Kö"), "false"), "line 2"),
        (_code(1, " "), "without a name"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_a_codebook_is_named_with_its_line(tmp_path: Path, said: Said, codes: str, words: str) -> None:
    with pytest.raises(CoderError) as caught:
        read_codebook(_write(tmp_path / "b.qdc", codes))
    assert words in said(caught)
