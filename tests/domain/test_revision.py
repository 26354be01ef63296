"""A codebook revised by a file: which entries are meant, what becomes of them, and what is refused."""

from dataclasses import replace

import pytest

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.codebook_edits import Merge, Rename, Retire
from coder.domain.errors import CoderError
from coder.domain.lineage import diff
from coder.domain.qda import identifier
from coder.domain.revision import TakeIn, amended
from coder.domain.theme_edits import RenameTheme, RetireTheme
from coder.domain.written import OPTIONAL, Spot, Written

BOOK = Codebook(
    "t",
    "sv",
    "Vad?",
    (Theme(1, "A", "om A"), Theme(2, "B"), Theme(3, "C")),
    (
        Code(10, "ett", 1, "vad ett är", ("så",), ("1",)),
        Code(11, "två", 1),
        Code(12, "roller", 1),
        Code(13, "tre", 2),
        Code(14, "roller", 2),
        Code(15, "fyra", 3),
        Code(16, "lös"),
    ),
)
Row = tuple[str, str] | tuple[str, str, str]


def written(*rows: Row, silent: frozenset[str] = OPTIONAL, marks: dict[str, str] | None = None) -> Written:
    """A file of rows: theme, code, former name; an empty code is the theme's own row. Its first row is line 2."""
    themes: dict[str, Theme] = {}
    codes: list[Code] = []
    lines: dict[str, int] = {}
    for theme, code, *former in rows:
        if theme:
            themes.setdefault(theme, Theme(len(themes) + 1, theme))
            lines.setdefault(theme, len(lines) + 2)
        aliases = tuple(one for text in former for one in text.split(";"))
        if code:
            codes.append(Code(len(codes) + 1, code, themes[theme].id if theme else None, aliases=aliases))
        else:
            themes[theme] = replace(themes[theme], aliases=aliases)
    marks = marks or {}
    return Written(
        Codebook("t", "sv", "", tuple(themes.values()), tuple(codes)),
        "b.csv",
        {one.id: Spot(1, silent, marks.get(one.name, "")) for one in themes.values()},
        {one.id: Spot(one.id + 1, silent, marks.get(one.name, "")) for one in codes},
    )


ALL: tuple[Row, ...] = (
    *(("A", "ett"), ("A", "två"), ("A", "roller"), ("B", "tre"), ("B", "roller"), ("C", "fyra"), ("", "lös")),
)


def without(*gone: Row) -> list[Row]:
    return [row for row in ALL if row not in gone]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param(ALL, [], id="the_same"),
        pytest.param(without(("A", "två"), ("B", "tre")), [], id="what_is_left_out_stays"),
        pytest.param([], [], id="nothing"),
        pytest.param([*ALL, ("A", "ny")], ["added code: ny (A)"], id="added"),
        pytest.param([*ALL, ("Ny", "")], ["added theme: Ny"], id="theme_added"),
        pytest.param([*ALL, ("Ny", "fem")], ["added theme: Ny", "added code: fem (Ny)"], id="code_of_a_new_theme"),
        pytest.param([*ALL, ("B", "två")], ["added code: två (B)"], id="a_name_that_another_theme_has_too"),
        pytest.param([*without(("A", "två")), ("B", "två")], ["moved code: två (A) to B"], id="moved"),
        pytest.param([*without(("A", "två")), ("", "två")], ["moved code: två (A) to no theme"], id="moved_out"),
        pytest.param([*without(("", "lös")), ("C", "lös")], ["moved code: lös (no theme) to C"], id="moved_in"),
        pytest.param(
            [*without(("A", "roller"), ("B", "roller")), ("C", "roller")],
            ["added code: roller (C)"],
            id="which_of_two_is_not_known",
        ),
        pytest.param([*without(("B", "roller")), ("C", "roller")], ["moved code: roller (B) to C"], id="the_other_one"),
        pytest.param([("A", "en", "ett"), *ALL[1:]], ["renamed code: ett to en"], id="renamed"),
        pytest.param(
            [*without(("A", "ett")), ("B", "en", "ett")],
            ["moved code: ett (A) to B", "renamed code: ett to en"],
            id="renamed_and_moved",
        ),
        pytest.param([("A", "1"), *ALL[1:]], ["renamed code: ett to 1"], id="by_a_former_name_that_the_project_knows"),
        pytest.param([("A", "två", "ett"), ("A", "ett", "två")], ["moved code: ett within A"], id="names_come_first"),
        pytest.param(
            [("A", "två"), ("A", "ett"), *ALL[2:]],
            ["moved code: ett within A"],
            id="order",
        ),
        pytest.param(
            [*(row for row in ALL if row[0] == "B"), *(row for row in ALL if row[0] != "B")],
            ["moved theme: A to place 2"],
            id="order_of_themes",
        ),
        pytest.param(
            [("Ä" if row[0] == "A" else row[0], row[1]) for row in ALL],
            ["renamed theme: A to Ä"],
            id="a_theme_of_the_same_codes_has_another_name",
        ),
        pytest.param(
            [*(row for row in ALL if row[0] != "A"), ("Ä", "", "A"), ("Ä", "två"), ("Ä", "ny")],
            ["renamed theme: A to Ä", "moved theme: Ä to place 3", "added code: ny (Ä)"],
            id="a_theme_by_its_former_name",
        ),
        pytest.param(
            [*(row for row in ALL if row[0] != "A"), ("Ä", "två"), ("Ä", "ny")],
            ["added theme: Ä", "moved code: två (A) to Ä", "added code: ny (Ä)"],
            id="a_theme_that_holds_some_of_another_is_a_new_one",
        ),
        pytest.param(
            [("D", row[1]) if row[0] in ("B", "C") and row[1] != "roller" else row for row in ALL],
            ["renamed theme: C to D", "moved theme: B to place 3", "moved code: tre (B) to D"],
            id="a_theme_that_takes_codes_from_others_too",
        ),
    ],
)
def test_a_file_means_entries_by_name_by_former_name_and_by_place(rows: list[Row], found: list[str]) -> None:
    edit = TakeIn(written(*rows))
    after = edit.apply(BOOK, 90)
    assert [f"{one.fate} {one.kind}: {one.words}" for one in diff(BOOK, after)] == found
    assert {*BOOK.code_by_id} <= {*after.code_by_id}
    assert edit.apply(after, 200) == after


@pytest.mark.parametrize(
    ("before", "rows", "words"),
    [
        pytest.param(
            [], [("A", "en", "ett;två")], "line 2: former names mean 2 codes.*'ett' and 'två'", id="two_in_one"
        ),
        pytest.param(
            [],
            [("A", "x", "ett"), ("A", "y", "ett")],
            "line 3: the code 'ett' is a former name on line 2",
            id="one_in_two",
        ),
        pytest.param([], [("X", "", "A"), ("Y", "", "A")], "theme 'A' is a former name", id="one_theme_in_two"),
        pytest.param([], [("X", "", "A;B")], "former names mean 2 themes", id="two_themes_in_one"),
        pytest.param([Retire(11)], [("A", "två")], "line 2: the code 'två' is retired", id="retired"),
        pytest.param([RetireTheme(1)], [("A", "ett")], "the theme 'A' is retired", id="of_a_retired_theme"),
        pytest.param(
            [Merge((11,), 10)], [("A", "ett"), ("A", "två")], "line 3: the code 'två' was merged", id="merged"
        ),
    ],
)
def test_what_can_be_meant_in_two_ways_or_was_put_away_is_refused(
    before: list[Retire], rows: list[Row], words: str
) -> None:
    book = BOOK
    for edit in before:
        book = edit.apply(book)
    with pytest.raises(CoderError, match=f"b.csv, .*{words}") as caught:
        TakeIn(written(*rows)).apply(book)
    assert caught.value.hint


def test_what_was_put_away_keeps_its_place_and_its_state() -> None:
    book = RetireTheme(3).apply(Retire(11).apply(Merge((12,), 10).apply(BOOK)))
    after = TakeIn(written(("B", "tre"), ("A", "ny"), ("A", "ett"), ("B", "roller"))).apply(book, 90)
    assert [theme.name for theme in after.themes] == ["B", "C", "A"]
    assert [code.name for code in after.codes if code.theme == 1] == ["ny", "ett", "två", "roller"]
    assert [(after.code_by_id[code].retired, after.code_by_id[code].merged_into) for code in (11, 12)] == [
        (True, None),
        (False, 10),
    ]


@pytest.mark.parametrize(
    ("silent", "definition", "examples"),
    [
        (OPTIONAL, "vad ett är", ("så",)),
        (frozenset({"definition"}), "vad ett är", ()),
        (frozenset({"examples", "aliases"}), "", ("så",)),
        (frozenset(), "", ()),
    ],
)
def test_what_a_file_says_nothing_of_stays_and_what_it_empties_is_empty(
    silent: frozenset[str], definition: str, examples: tuple[str, ...]
) -> None:
    code = TakeIn(written(("A", "ett"), silent=silent)).apply(BOOK).code_by_id[10]
    assert (code.definition, code.examples, code.aliases) == (definition, examples, ("1",))


def test_every_former_name_goes_on_finding_its_entry() -> None:
    after = TakeIn(written(("Ä", "", "A"), ("Ä", "en", "ett;uno;en"), silent=frozenset())).apply(BOOK)
    assert (after.code_by_id[10].aliases, after.theme_by_id[1].aliases) == (("1", "ett", "uno"), ("A",))
    assert after.find("A", "ett") == after.code_by_id[10]


def test_an_identifier_finds_an_entry_whatever_it_is_called_and_was_called_then() -> None:
    marks = {"en": identifier("code", "t", "A", "ett"), "Ä": identifier("theme", "t", "A")}
    for book in (BOOK, RenameTheme(1, "Å").apply(Rename(10, "uno").apply(BOOK))):
        after = TakeIn(written(("Ä", "en"), marks=marks)).apply(book)
        assert (after.code_by_id[10].name, after.theme_by_id[1].name) == ("en", "Ä")
        assert len(after.codes) == len(BOOK.codes)
    with pytest.raises(CoderError, match="line 2: the project has another code 'två' in that theme"):
        TakeIn(written(("A", "två"), marks={"två": marks["en"]})).apply(BOOK)


def test_the_edit_says_what_it_does_and_what_the_file_leaves_out() -> None:
    file = written(("A", "en", "ett"), ("A", "ny"), ("B", "tre", "3"), silent=frozenset({"definition", "examples"}))
    edit = TakeIn(file)
    assert edit.words(BOOK) == "take in b.csv: 1 added, 1 renamed, 1 amended"
    assert amended(BOOK, edit.apply(BOOK)) == ["code: tre (B): 1 former name more"]
    assert edit.left_out(BOOK) == [
        "theme C",
        *(f"code {name}" for name in ("två (A)", "roller (A)", "roller (B)", "fyra (C)", "lös (no theme)")),
        "former names of code ett (A): 1",
    ]
    assert TakeIn(written(*ALL)).words(BOOK) == "take in b.csv"
