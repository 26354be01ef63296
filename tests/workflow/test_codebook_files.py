"""A codebook that goes out to a file, is revised there and comes back: what comes back, and how it is taken back."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.answers import one_line
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Define
from coder.domain.coding import Coding, Segment, give
from coder.domain.editing import lines, prose
from coder.domain.errors import CoderError, ProjectChangedError
from coder.domain.revision import TakeIn
from coder.exporters.codebook_file import write_codebook
from coder.importers.codebooks import read_written
from coder.workflow import output, revising, versions
from coder.workflow.intake import read_revision
from coder.workflow.project import Project
from coder.workflow.second_look import second_look
from coder.workflow.session import Session

Rows = Callable[[Path], dict[str, list[tuple[Any, ...]]]]
FORMATS = ("yaml", "csv", "xlsx", "qdc")

# XML has no place for the last two characters of its plane, whatever they are written as.
letters = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
texts = st.text(letters, max_size=30)
names = st.sampled_from(["ett", "två", "=tre", "'=fyra", "Å", "1.0"]) | texts.map(one_line).filter(bool)
listed = st.lists(texts | st.just("råd; stöd"), max_size=3).map(lines)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Any codebook, some of it retired or merged; names of a few words, so that two of them meet."""
    themes = tuple(
        Theme(number, name, prose(draw(texts)), draw(listed), draw(st.integers(0, 5)) == 0)
        for number, name in enumerate(draw(st.lists(names, min_size=1, max_size=3, unique=True)), 1)
    )
    codes: list[Code] = []
    for theme in (*themes, None):
        for name in draw(st.lists(names, max_size=3, unique=True)):
            code = Code(
                len(codes) + 10, name, theme.id if theme else None, prose(draw(texts)), draw(listed), draw(listed)
            )
            state = draw(st.integers(0, 7))
            into = codes[0].id if codes and codes[0].merged_into is None and state == 0 else None
            codes.append(replace(code, retired=state == 1, merged_into=into))
    return Codebook("b", "sv", one_line(draw(texts)), themes, tuple(codes))


def from_file(book: Codebook, suffix: str) -> TakeIn:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"b.{suffix}"
        write_codebook(book.in_use, path)
        return TakeIn(read_written(path))


@settings(max_examples=60, deadline=None)
@given(book=codebooks(), suffix=st.sampled_from(FORMATS))
def test_a_codebook_that_comes_back_as_it_went_out_changes_nothing(book: Codebook, suffix: str) -> None:
    if suffix == "qdc" and not (book.in_use.themes or book.in_use.codes):
        return  # the format has no form for an empty one
    edit = from_file(book, suffix)
    assert edit.apply(book, 90) == book
    assert edit.left_out(book) == []


@settings(max_examples=60, deadline=None)
@given(book=codebooks(), other=codebooks(), suffix=st.sampled_from(FORMATS[:3]))
def test_after_a_file_was_taken_in_the_codebook_says_what_the_file_says(
    book: Codebook, other: Codebook, suffix: str
) -> None:
    edit = from_file(other, suffix)
    try:
        after = edit.apply(book, 90)
    except CoderError:
        return  # what was put away, or can be meant in two ways
    said, now = edit.file.codebook, after.in_use
    places = [(said.theme_name(code.id), code.name) for code in said.in_order()]
    here = [code for code in now.in_order() if (now.theme_name(code.id), code.name) in places]
    assert [(now.theme_name(code.id), code.name) for code in here] == places
    for code, held in zip(said.in_order(), here, strict=True):
        silent = edit.file.codes[code.id].silent
        assert "definition" in silent or held.definition == code.definition
        assert "examples" in silent or held.examples == code.examples
        assert {*held.aliases} >= {*code.aliases} - {code.name}
    assert [theme.name for theme in now.themes if theme.name in {one.name for one in said.themes}] == [
        theme.name for theme in said.themes
    ]
    assert {*book.code_by_id} <= {*after.code_by_id}
    assert edit.apply(after, 200) == after


CHANGED = """\
codebook: t
themes:
  - name: B
    codes: [{name: tre, definition: något annat}, {name: Otydliga roller}, {name: två}]
  - name: A
    codes: [{name: en, aliases: [ett], examples: [Så här.]}, {name: Otydliga roller}]
  - name: Ny
    codes: [{name: lös}, {name: fem}]
"""


def revised(small: Project, folder: Path, text: str = CHANGED) -> Any:
    (folder / "changed.yaml").write_text(text, encoding="utf-8")
    found = read_revision(small, folder / "changed.yaml")
    assert found is not None
    return found


def test_a_revised_file_is_one_step_that_is_foreseen_logged_and_taken_back(
    small: Project, small_files: Path, rows_of: Rows
) -> None:
    session = Session(small, "1", "q", "eva")
    for answer, code, start, end in ((1, 1, 0, 3), (1, 2, 4, 7), (3, 4, 12, 15)):
        given = Coding(code, Segment(start, end), "eva")
        session.apply(answer, "give", lambda work, given=given: give(work, given))  # type: ignore[misc]
    before = rows_of(small.path)
    found = revised(small, small_files)
    foreseen = revising.preview(small, found.question, found.edit, seen=found.codebook)
    assert foreseen[("1", "q")].summary == ("B 1 -> 2; codes: två 0 -> 1; 1 respondent changes, 1 clash is dissolved")
    assert rows_of(small.path) == before
    assert revising.revise(small, found.question, found.edit, "eva", seen=found.codebook) == foreseen
    assert len(rows_of(small.path)["event"]) == len(before["event"]) + 1
    assert versions.versions(small, "q")[-1].what == (
        "take in changed.yaml: 2 added, 1 renamed, 3 moved, 1 redefined, 1 amended"
    )
    assert [(look.code, look.now) for look in second_look(small, "q")] == [(4, "något annat")]
    book = small.codebook("q")
    assert [(book.theme_name(code.id), code.name) for code in book.in_order()] == [
        *(("B", "tre"), ("B", "Otydliga roller"), ("B", "två")),
        *(("A", "en"), ("A", "Otydliga roller"), ("Ny", "lös"), ("Ny", "fem")),
    ]
    again = revised(small, small_files)
    assert again.edit.apply(again.codebook) == again.codebook
    for suffix in FORMATS:
        output.write_codebook(small, "q", small_files / f"out.{suffix}")
        back = read_revision(small, small_files / f"out.{suffix}")
        assert back is not None
        assert back.edit.apply(book) == book
    session.reload()
    assert session.undo().several
    for table in ("theme", "code", "coding", "choice", "work"):
        assert rows_of(small.path)[table] == before[table]
    session.redo()
    assert small.codebook("q") == book
    entries = {*book.theme_by_id, *book.code_by_id}
    assert len(entries) == len(book.themes) + len(book.codes) - len({*book.theme_by_id} & {*book.code_by_id})


def test_a_file_is_not_taken_into_a_codebook_that_has_changed_since_it_was_looked_at(
    small: Project, small_files: Path, rows_of: Rows
) -> None:
    found = revised(small, small_files)
    revising.revise(small, "q", Define(1, "nytt"), "ola")
    before = rows_of(small.path)
    with pytest.raises(ProjectChangedError, match="the codebook t meanwhile"):
        revising.revise(small, found.question, found.edit, "eva", seen=found.codebook)
    assert rows_of(small.path) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("codebook: t\nthemes: [{name: A, codes: [{name: x, aliases: [ett, två]}]}]\n", "line 2", id="two"),
        pytest.param("codebook: t\nthemes: [{name: A, kod: x}]\n", "line 2: unknown key", id="not_in_the_format"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_by_its_line(
    small: Project, small_files: Path, rows_of: Rows, text: str, words: str
) -> None:
    before = rows_of(small.path)

    def take_in() -> None:
        found = revised(small, small_files, text)
        revising.revise(small, found.question, found.edit, "eva", seen=found.codebook)

    with pytest.raises(CoderError, match=f"changed.yaml, {words}"):
        take_in()
    assert rows_of(small.path) == before


def test_a_codebook_of_another_key_is_none_of_the_projects_but_for_a_question_that_is_named(
    small: Project, small_files: Path
) -> None:
    path = small_files / "other.yaml"
    path.write_text(CHANGED.replace("codebook: t", "codebook: u"), encoding="utf-8")
    assert read_revision(small, path) is None
    found = read_revision(small, path, "q")
    assert found is not None
    assert (found.codebook.key, found.question) == ("t", "q")
