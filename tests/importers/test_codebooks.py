"""Codebooks are read in their order from YAML and from sheets, and every mistake is named with its line."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.errors import CoderError
from coder.importers.codebooks import read_codebook

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
YAML = """\
codebook: af-bra
language: sv
question: Vad fungerar bra?
themes:
  - name: Otillgänglig
    definition: Svårt att nå.
    codes:
      - name: Svåra att nå/Svar dröjer
        aliases: [svår att nå, "nej"]
        definition: >-
          Två rader
          i filen.
        examples: [Vi ringer i dagar., No]
      - name: Otydliga roller
  - name: Organisation
    codes:
      - name: Otydliga roller
codes:
  - name: Ny
"""
CODES = (
    Code(1, "Svåra att nå/Svar dröjer", 1, "Två rader i filen.", ("Vi ringer i dagar.", "No"), ("svår att nå", "nej")),
    Code(2, "Otydliga roller", 1),
    Code(3, "Otydliga roller", 2),
    Code(4, "Ny", None),
)
BOOK = Codebook(
    "af-bra", "sv", "Vad fungerar bra?", (Theme(1, "Otillgänglig", "Svårt att nå."), Theme(2, "Organisation")), CODES
)
TABLE = [
    ["theme", "code", "definition", "examples", "aliases", "question"],
    ["Otillgänglig", "", "Svårt att nå.", "", "", "Vad fungerar bra?"],
    ["Otillgänglig", CODES[0].name, "Två rader i filen.", "Vi ringer i dagar.\nNo", "svår att nå\nnej", ""],
    ["Otillgänglig", "Otydliga roller", "", "", "", ""],
    ["Organisation", "Otydliga roller", "", "", "", ""],
    ["", "Ny", "", "", "", ""],
]


def _write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _delimited(table: Sequence[Sequence[str]]) -> str:
    return "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in table)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML"])
def test_a_yaml_codebook_is_read_in_its_order(tmp_path: Path, suffix: str) -> None:
    assert read_codebook(_write(tmp_path, "bok" + suffix, YAML)) == BOOK


def test_a_delimited_codebook_is_named_after_its_file(tmp_path: Path) -> None:
    assert read_codebook(_write(tmp_path, "af-bra.csv", _delimited(TABLE))) == BOOK


def test_a_codebook_in_a_workbook_is_the_same(
    workbook: Callable[[dict[str, Sequence[Sequence[object]]]], Path],
) -> None:
    table = [["codebook", *TABLE[0]], *(["af-bra", *row] for row in TABLE[1:])]
    assert read_codebook(workbook({"Kodbok": table})) == BOOK


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [
        ("Insyn; insyn", ("Insyn", "insyn")),
        ("Insyn;insyn;", ("Insyn", "insyn")),
        ("Insyn\nråd; stöd", ("Insyn", "råd; stöd")),
        ("råd; stöd\n", ("råd; stöd",)),
        (";", ()),
    ],
)
def test_aliases_stand_one_a_line_or_between_semicolons(tmp_path: Path, cell: str, aliases: tuple[str, ...]) -> None:
    table = [["theme", "code", "aliases"], ["T", "", cell], ["T", "k", cell]]
    book = read_codebook(_write(tmp_path, "b.csv", _delimited(table)))
    assert (book.themes[0].aliases, book.codes[0].aliases) == (aliases, aliases)


def test_the_apostrophe_that_guards_a_cell_in_excel_goes(tmp_path: Path) -> None:
    book = read_codebook(_write(tmp_path, "b.csv", "theme;code;definition\n'-T;'=K;'t är text\n"))
    assert (book.themes[0].name, book.codes[0].name, book.codes[0].definition) == ("-T", "=K", "'t är text")


def test_a_codebook_may_be_empty_to_begin_with(tmp_path: Path) -> None:
    assert read_codebook(_write(tmp_path, "b.yaml", "codebook: b\nthemes:\ncodes: []\n")) == Codebook("b", "sv", "")


def test_texts_are_what_stands_there_and_clean(tmp_path: Path) -> None:
    text = 'codebook: 1.10\ncodes:\n- name: " No\\e[31m  way "\n- name: no\n- name: 2023-01-09\n'
    book = read_codebook(_write(tmp_path, "b.yaml", text))
    assert (book.key, [code.name for code in book.codes]) == ("1.10", ["No way", "no", "2023-01-09"])


YAML_MISTAKES = {
    "empty": ("", "the file is empty"),
    "a text": ("bara text\n", "line 1: a codebook must be a mapping"),
    "no key": ("language: sv\n", "line 1: a codebook without its key"),
    "syntax": ("codebook: b\nthemes: [a, b\n", "not valid YAML"),
    "a tab": ("codebook: b\nthemes:\n\t- name: T\n", "line 3: not valid YAML"),
    "a colon in a text": (YAML.replace("Två rader", "x").replace(">-", "Hit hör: allt"), "line 10: not valid YAML"),
    "a control character": ("codebook: b\x1b[31m\n", "not valid YAML"),
    "an unknown key": (YAML.replace("language", "langauge"), 'line 2: unknown key "langauge" in a codebook'),
    "an unknown key of a theme": (YAML.replace("    codes", "    koder", 1), 'unknown key "koder" in a theme'),
    "an unknown key of a code": (YAML.replace("aliases", "alias"), 'Did you mean "aliases"?'),
    "a key twice": ("codebook: a\ncodebook: b\n", 'line 2: the key "codebook" stands there twice'),
    "a theme that is a text": ("codebook: b\nthemes: [T]\n", "line 2: a theme must be a mapping"),
    "themes that are no list": ("codebook: b\nthemes:\n  T: x\n", "line 3: themes must be a list"),
    "examples that are a text": (YAML.replace("[Vi ringer i dagar., No]", "Vi"), "line 13: examples must be a list"),
    "a name that is a list": ("codebook: b\ncodes:\n- name: [a]\n", "line 3: name must be text"),
    "a theme without a name": (YAML.replace("Organisation", '" "'), "line 15: a theme without a name"),
    "a code without a name": ("codebook: b\ncodes:\n- definition: x\n", "line 3: a code without a name"),
    "a theme twice": (YAML.replace("Organisation", "Otillgänglig "), "stands on line 5 too"),
    "a code twice": (YAML.replace("Svåra att nå/Svar dröjer", "Otydliga roller"), "stands in the same theme on line 8"),
    "two documents": ("codebook: a\n---\ncodebook: b\n", "line 3: a second document begins"),
    "an alias bomb": ("a: &a [x]\nb: &b [*a, *a]\n", "line 1: anchors (&) and aliases (*) are not read"),
    "a tag": ("codebook: b\nthemes: !!python/object/apply:os.system [ls]\n", "line 2: a theme must be a mapping"),
    "nested without end": ("codebook: " + "[" * 100_000, "nested too deep"),
    "escapes in a name": ('codebook: b\ncodes: [{name: "x\\e]0;y\\a"}, {name: x}]\n', 'the code "x" stands'),
}


@pytest.mark.parametrize(("text", "wrong"), YAML_MISTAKES.values(), ids=YAML_MISTAKES.keys())
def test_a_mistake_in_yaml_is_named(tmp_path: Path, said: Said, text: str, wrong: str) -> None:
    with pytest.raises(CoderError) as error:
        read_codebook(_write(tmp_path, "bok.yaml", text))
    assert wrong in said(error)


SHEET_MISTAKES = {
    "no code column": ("theme,kod\nT,K\n", 'no column "code"'),
    "an unknown column": ("theme,code,exampels\nT,K,x\n", 'Did you mean "examples"?'),
    "neither theme nor code": ("theme,code,definition\nT,K,\n,,x\n", "line 3: neither a theme nor a code"),
    "a code twice": ("theme,code\nT,K\nU,K\nT,K \n", 'line 4: the code "K" stands in the same theme on line 2 too'),
    "a theme's own row twice": ("theme,code\nT,\nT,K\nT,\n", "has a row of its own on line 2 too"),
    "two languages": ("theme,code,language\nT,K,sv\nT,L,en\n", 'line 3, column language: "en" where an earlier'),
}


@pytest.mark.parametrize(("text", "wrong"), SHEET_MISTAKES.values(), ids=SHEET_MISTAKES.keys())
def test_a_mistake_in_a_sheet_is_named(tmp_path: Path, said: Said, text: str, wrong: str) -> None:
    with pytest.raises(CoderError) as error:
        read_codebook(_write(tmp_path, "bok.csv", text))
    assert wrong in said(error)


@pytest.mark.parametrize("name", ["bok.docx", "bok.txt", "bok"])
def test_a_file_of_another_kind_is_refused_with_those_that_are_read(tmp_path: Path, said: Said, name: str) -> None:
    with pytest.raises(CoderError) as error:
        read_codebook(_write(tmp_path, name, YAML))
    assert ".yaml, .yml, .csv, .xlsx" in said(error)


def test_a_codebook_of_absurd_size_is_refused(tmp_path: Path, said: Said) -> None:
    with pytest.raises(CoderError) as error:
        read_codebook(_write(tmp_path, "bok.yaml", "codebook: b\n" + "# x\n" * 1_300_000))
    assert "5 MB" in said(error)
