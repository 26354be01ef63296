"""A comparison as a page: every count a link to whom it counts, and from there to the answers of both rounds."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coder.domain.answers import Kind, Question, Round
from coder.domain.compared_rows import Occasion
from coder.domain.comparison import Comparison, compare
from coder.domain.errors import ProjectChangedError
from coder.domain.method import MethodNote
from coder.domain.tables import CodeRow, Count, Member, Membership, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import comparison_html
from tests.exporters.pages import numbers, read

FIRST = (
    Member("1", "Ale", {"län": "Norr"}, "ett först", {11: "ett"}),
    Member("2", "Bo", {}, "två och lös", {12: "två", 13: "lös"}),
    Member("3", "Dal", {}, "-", nothing=True),
)
SECOND = (
    Member("1", "Ale nya", {}, "två sedan", {12: "två"}),
    Member("4", "Elm", {}, "<script>alert(1)</script>", uncoded=True),
)


def themes(key: str, members: tuple[Member, ...]) -> Occasion:
    base = len(members)

    def count(*codes: int) -> Count:
        return Count(sum(any(code in one.counted for code in codes) for one in members), base)

    theme = ThemeRow(1, "A", count(11, 12), (CodeRow(11, "ett", count(11)), CodeRow(12, "två", count(12))))
    uncoded, nothing = (sum(getattr(one, what) for one in members) for what in ("uncoded", "nothing"))
    table = ThemeTable("q", "Vad?", key, base, uncoded, nothing, 0, {}, (theme,), (CodeRow(13, "lös", count(13)),))
    return Occasion(Round(key), Question("q", "", Kind.OPEN, codebook="t"), table, Membership(members))


def options(key: str, chosen: str, names: tuple[str, ...]) -> Occasion:
    rows = tuple(OptionRow(name, Count(int(name == chosen), 1)) for name in names)
    asked = Question("s", "", Kind.CLOSED, options=names)
    members = Membership((Member("1", "Ale", counted={names.index(chosen): ""}),))
    return Occasion(Round(key), asked, OptionTable("s", "Ja?", key, 1, rows), members)


@pytest.fixture
def made() -> Comparison:
    return compare(themes("2023", FIRST), themes("2024", SECOND))


def test_every_count_of_either_round_leads_to_as_many_respondents(made: Comparison, tmp_path: Path) -> None:
    comparison_html.write(made, tmp_path / "c.html", behind=True)
    assert numbers(read(tmp_path / "c.html")) == {
        **{"fore-svar": 3, "efter-svar": 2, "bada": 1, "bara-fore": 2, "bara-efter": 1},
        **{"fore-tema-1": 2, "fore-kod-11": 1, "fore-kod-12": 1, "fore-kod-13": 1},
        **{"efter-tema-1": 1, "efter-kod-12": 1, "efter-okodade": 1},
    }


def test_a_respondent_has_the_answers_of_both_rounds_at_one_place(made: Comparison, tmp_path: Path) -> None:
    comparison_html.write(made, tmp_path / "c.html", behind=True)
    page = read(tmp_path / "c.html")
    texts = [text for text in page.texts if text.strip()]
    begins = len(texts) - 1 - texts[::-1].index("Svarade båda gångerna (1)")
    whole = [text for text in texts[begins:] if text != "Till tabellen"]
    assert whole == [
        *("Svarade båda gångerna (1)", "Ale nya", "2023: Ale", "Norr", "ett först", "2024", "två sedan"),
        *("Svarade bara 2023 (2)", "Bo", "2023", "två och lös", "Dal", "2023", "Inget att koda", "-"),
        *("Svarade bara 2024 (1)", "Elm", "2024", "Ännu ej kodat", "<script>alert(1)</script>"),
    ]
    # The list of a round calls everybody what they were called then, and leads to that one place.
    assert page.links.count("s0") == 4
    assert not {"script", "link", "img"} & {tag for tag, _ in page.tags}


def test_options_lead_to_whom_they_count_by_their_place_in_either_round(tmp_path: Path) -> None:
    made = compare(options("1", "Nej", ("Ja", "Nej")), options("2", "Nej", ("Nej", "Ja", "Vet ej")))
    comparison_html.write(made, tmp_path / "c.html", behind=True)
    page = read(tmp_path / "c.html")
    assert numbers(page) == {"fore-svar": 1, "efter-svar": 1, "bada": 1, "fore-kod-1": 1, "efter-kod-0": 1}
    assert page.texts.count("Nej") == 3  # the row, and the answer of either round


def test_the_numbers_of_the_method_note_lead_to_their_rounds_too(made: Comparison, tmp_path: Path) -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    notes = [
        MethodNote("q", one.round.key, one.table.base, at, "coder 1", codebook="t", uncoded=one.uncoded)
        for one in (made.before, made.after)
    ]
    comparison_html.write(made, tmp_path / "c.html", note=replace(notes[0], also=(notes[1],)), behind=True)
    page = read(tmp_path / "c.html")
    numbers(page)
    # What a reader must know first is a link too.
    first, *told = page.links
    assert first == "efter-okodade"
    assert told[told.index("efter-okodade") - 2 :][:3] == ["fore-svar", "efter-svar", "efter-okodade"]


def test_without_the_respondents_nobody_is_named_and_nothing_is_a_link(made: Comparison, tmp_path: Path) -> None:
    comparison_html.write(made, tmp_path / "c.html")
    page = read(tmp_path / "c.html")
    assert page.links == []
    assert not {"Ale", "Ale nya", "ett först"} & set(page.texts)


@pytest.mark.parametrize("wrong", [SECOND[:1], (replace(SECOND[0], counted={11: ""}), SECOND[1])])
def test_respondents_of_another_moment_are_refused_and_nothing_written(
    made: Comparison, tmp_path: Path, wrong: tuple[Member, ...]
) -> None:
    spoilt = replace(made, after=replace(made.after, behind=Membership(wrong)))
    for behind in (True, False):
        with pytest.raises(ProjectChangedError, match="different moments"):
            comparison_html.write(spoilt, tmp_path / "c.html", behind=behind)
    assert not list(tmp_path.iterdir())


def test_the_writing_is_told_to_the_end(made: Comparison, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    comparison_html.write(made, tmp_path / "c.html", behind=True, progress=lambda *how_far: told.append(how_far))
    assert (told[0], told[-1]) == ((0, 4), (4, 4))
