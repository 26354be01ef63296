"""No way to a number gives another count than the rule, or a percentage with another base."""

import shutil
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coder.domain.coding import Coding, Origin, Segment, Work
from coder.domain.comparison import Comparison
from coder.domain.counting import decide
from coder.domain.exchange import CodingRow
from coder.domain.export_diff import export_diff
from coder.domain.figures import Figure, change, theme_bars
from coder.domain.ledger import Ledger
from coder.domain.tables import Count, ThemeTable, Unit
from coder.exporters.links import SIDES, code_anchor, theme_anchor, within
from coder.storage import surveys, works
from coder.workflow import behind, report
from coder.workflow.codings import export_codings
from coder.workflow.comparing import comparison, noted
from coder.workflow.ledger import accounts, round_ledgers
from coder.workflow.output import Extras, write_table
from coder.workflow.printing import write_comparison, write_ledgers
from coder.workflow.project import Project, open_project
from coder.workflow.publication import publication
from coder.workflow.session import Session
from tests.exporters.pages import numbers, read
from tests.workflow.rounds import add_second_round

CODES = (1, 2, 3, 4, 5, 6)
codings = st.builds(
    Coding,
    code=st.sampled_from(CODES),
    segment=st.sampled_from([Segment(0, 3), Segment(0, 4), Segment(2, 3)]),
    analyst=st.sampled_from(["eva", "ola"]),
    origin=st.sampled_from(Origin),
    example=st.booleans(),
)
decided = st.lists(
    st.one_of(
        st.builds(
            Work,
            codings=st.lists(codings, max_size=6, unique_by=lambda one: one.identity).map(tuple),
            choices=st.dictionaries(st.sampled_from([1, 2]), st.sampled_from(CODES), max_size=2),
        ),
        st.just(Work(nothing_by="eva")),
    ),
    min_size=8,
    max_size=8,
)


@pytest.fixture(scope="module")
def two_rounds(_small_original: Path) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(_small_original, Path(name) / "two"))
        with open_project(folder / "small.db") as project:
            add_second_round(project, folder / "survey.toml")
        yield folder / "small.db"


# Somebody covers several in either round, the first of which has six respondents: else there are no units to count.
_covers = st.lists(st.integers(1, 5), min_size=10, max_size=10).filter(lambda one: max(one[:6]) > 1 < max(one[6:]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decided, _covers)
def test_every_number_is_the_rules_and_every_share_is_of_the_answers(
    two_rounds: Path, decisions: list[Work], covers: list[int]
) -> None:
    with TemporaryDirectory() as name:
        path = Path(shutil.copyfile(two_rounds, Path(name) / "p.db"))
        with open_project(path) as project:
            _decide(project, decisions, covers)
            compared = comparison(project, "q", ("1", "2"), interval=True)
            for key in ("1", "2"):
                _hold(project, key, round_ledgers(project, [key])[0], compared)
            _hold_pages(project, Path(name))
            exported = list(export_codings(project))
            assert export_diff(exported, exported) == []
            _hold_export(exported, compared)


def _decide(project: Project, decisions: list[Work], covers: list[int]) -> None:
    left = iter(decisions)
    for key in ("1", "2"):
        session = Session(project, key, "q", "eva")
        for answer, work in zip(session.answers, left, strict=False):
            chosen = {theme: code for theme, code in work.choices.items() if code in {one.code for one in work.codings}}
            fitting = Work(work.codings, chosen, nothing_by="" if work.codings else work.nothing_by)
            session.apply(answer.id, "decide", lambda _, fitting=fitting: fitting)  # type: ignore[misc]
    with project.file.writing() as db:
        for number, units in enumerate(covers, 1):
            db.conn.execute("update participation set covers = ? where rowid = ?", (units, number))


def _hold(project: Project, key: str, ledger: Ledger, compared: Comparison) -> None:
    """Every path to the numbers of one round, against the rule applied answer by answer."""
    themes, codes, base, units, weight = _by_hand(project, key)
    made = report.table(project, "q", key)
    assert isinstance(made, ThemeTable)
    wanted = {("", name): Count(number, base) for name, number in themes.items()}
    assert {("", row.name): plain(row.count) for row in made.themes} == wanted
    rows = [(row.id, plain(row.count)) for theme in made.themes for row in theme.codes] + [
        (row.id, plain(row.count)) for row in made.unthemed
    ]
    assert dict(rows) == {code: Count(codes.get(code, 0), base) for code in CODES}
    assert made.base == base

    loose = {row.id for row in made.unthemed}
    shown = publication(project, "q", key)
    assert (shown.table, shown.note.base) == (made, base)
    shown.membership.require_same(made)
    assert behind.read(project, "q", key).table() == made

    side = compared.before if key == "1" else compared.after
    assert side.table == made
    for row in compared.rows:
        count = row.before if key == "1" else row.after
        assert (count is None) is (side.untouched or side.silent)
        if count is None:
            continue
        if row.theme and not row.code:
            assert plain(count) == wanted["", row.theme]
        assert count.base == base
        assert row.kept + row.lost + row.gained <= compared.both <= base
        assert row.estimate is None or not compared.by_machine
    assert compared.estimated is (compared.known and not compared.by_machine)

    (asked,) = [one for one in ledger.questions if one.question == "q"]
    assert asked.answered == base
    assert (asked.coded, asked.nothing_to_code, asked.uncoded) == (
        base - made.nothing_to_code - made.uncoded,
        made.nothing_to_code,
        made.uncoded,
    )
    if base:
        figure = theme_bars(made)
        _hold_bars(figure, 0, made, wanted)
        if compared.before.table.base and compared.after.table.base:
            tables = [one.table for one in compared.occasions]
            _hold_bars(change(tables), 0 if key == "1" else 1, made, wanted)
        (coded,) = figure.coded
        assert coded.unthemed == sum(any(code in loose for code in one.counted) for one in shown.membership.members)
    in_units = publication(project, "q", key, unit=Unit.UNITS)
    assert isinstance(in_units.table, ThemeTable)
    assert {row.name: row.count for row in in_units.table.themes} == {
        name: Count(number, weight) for name, number in units.items()
    }
    assert in_units.note.base == weight
    in_units.membership.require_same(in_units.table)


def _hold_bars(figure: Figure, place: int, made: ThemeTable, wanted: dict[tuple[str, str], Count]) -> None:
    """The bars of a round are the rule's counts, or none where nobody has coded it."""
    shares = dict(zip(figure.labels, figure.series[place].counts, strict=True))
    untouched = 0 < made.uncoded == made.base
    assert {name: count if count is None else plain(count) for name, count in shares.items()} == {
        name: None if untouched else count for (_, name), count in wanted.items()
    }
    assert figure.coded[place].base == made.base


def _hold_pages(project: Project, folder: Path) -> None:
    """On every page a number leads to as many respondents as it says, and it says what the rule does."""
    compared, note = noted(project, "q", ("1", "2"), whole=True)
    _hold_workbook(compared, folder / "c.xlsx")
    write_comparison(compared, folder / "c.html", note=note, behind=True)
    ledgers, accounted = accounts(project, ["1", "2"])
    write_ledgers(ledgers, folder / "l.html", behind=accounted)
    both, every = (numbers(read(folder / name)) for name in ("c.html", "l.html"))
    for place, (key, side) in enumerate(zip(("1", "2"), SIDES, strict=True)):
        themes, codes, base, units, weight = _by_hand(project, key)
        made, weighed = (publication(project, "q", key, unit=unit) for unit in Unit)
        assert isinstance(made.table, ThemeTable)
        targets = {theme.name: theme_anchor(theme.id) for theme in made.table.themes}
        wanted = {targets[name]: number for name, number in themes.items()}
        wanted |= {code_anchor(code): codes.get(code, 0) for code in CODES}
        wanted |= {"svar": base, "okodade": made.table.uncoded, "inget": made.table.nothing_to_code}
        write_table(made.table, folder / "t.html", Extras(made.note, made.membership))
        alone = numbers(read(folder / "t.html"))
        assert {to: alone.get(to, 0) for to in wanted} == wanted
        assert {to: both.get(within(side, to), 0) for to in wanted} == wanted
        answered, uncoded = (every.get(f"omgang-{place}-{what}-q--", 0) for what in ("answered", "uncoded"))
        assert (answered, uncoded) == (base, made.table.uncoded)
        # A respondent stands there once, and the number is of what it covers.
        write_table(weighed.table, folder / "t.html", Extras(weighed.note, weighed.membership))
        shown = dict(read(folder / "t.html").numbers)
        assert {name: shown.get(targets[name], 0) for name in units} == units
        assert shown.get("svar", 0) == weight


def _hold_workbook(compared: Comparison, path: Path) -> None:
    """A compared workbook has the rows' counts and shares in its cells, and a dash where a round is not coded."""
    write_comparison(compared, path)
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    (head,) = [place for place, row in enumerate(sheet) if row[0] == "Tema/Kod"]
    for row, cells in zip(compared.rows, sheet[head + 1 :], strict=False):
        for count, (number, share) in zip((row.before, row.after), (cells[1:3], cells[3:5]), strict=True):
            assert number == (count.count if count else "–")
            assert share == (pytest.approx(count.percent / 100, abs=1e-12) if count and count.base else "–")


def plain(count: Count) -> Count:
    """The number and its base alone; where the count is split by origin, the parts sum to it."""
    assert count.origins is None or sum(astuple(count.origins)) == count.count
    return Count(count.count, count.base)


def _hold_export(rows: list[CodingRow], compared: Comparison) -> None:
    """What a reader counts in an export, from nothing: every theme and code of both rounds."""
    found = {(one.round, one.theme, one.code): one.after for one in export_diff([], rows)}
    for row in compared.rows:
        for side, count in (("1", row.before), ("2", row.after)):
            assert found.pop((side, row.theme, row.code), 0) == (0 if count is None else count.count)
    assert found == {}


def _by_hand(project: Project, key: str) -> tuple[dict[str, int], dict[int, int], int, dict[str, int], int]:
    """Themes, codes and base in respondents, themes and base in units, straight from the rule for one answer."""
    codebook = project.codebook("q")
    with project.file.reading() as db:
        answers = [one for one in surveys.answers(db, key, "q") if one.text.strip()]
        held = works.load(db, key, "q")
    themes = {theme.name: 0 for theme in codebook.themes}
    units = dict(themes)
    codes: dict[int, int] = {}
    for answer in answers:
        for settled in decide(held.get(answer.id, Work()), codebook):
            codes[settled.code] = codes.get(settled.code, 0) + 1
            if settled.theme is not None:
                name = codebook.theme_by_id[settled.theme].name
                themes[name] += 1
                units[name] += answer.respondent.covers
    return themes, codes, len(answers), units, sum(answer.respondent.covers for answer in answers)
