"""The table for programs (JSON, CSV) and for people (Markdown, plain text)."""

import csv
import io
import json
from dataclasses import replace

import pytest

from coder.domain.counting import RULE_ORDER
from coder.domain.tables import CodeRow, Count, OptionRow, OptionTable, ThemeRow, ThemeTable
from coder.exporters import wording
from coder.exporters.bars import bar, bars
from coder.exporters.table_file import FORMATS, format_table
from coder.exporters.table_json import to_json
from coder.exporters.table_markdown import escape, to_markdown
from coder.exporters.table_text import render
from coder.exporters.terminal import columns


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_json_of_themes_has_the_agreed_keys_and_unrounded_percentages(themes: ThemeTable) -> None:
    document = to_json(themes)
    keys = ["question", "round", "base", "uncoded", "nothing_to_code", "clashes", "origins", "themes", "unthemed"]
    assert list(document) == keys
    assert document["origins"] == {"hand": 10, "accepted": 5, "auto": 2}
    assert document["themes"][0]["percent"] == 35.0
    assert document["themes"][0]["codes"][0] == {
        "code": "Svåra att nå/Svar dröjer",
        "count": 13,
        "percent": 32.5,
        "examples": ["Vi ringer; ingen svarar.", "Två\nrader, \U0001f937"],
    }
    assert document["unthemed"] == [{"code": "Ny kod", "count": 1}]


def test_json_names_every_origin_even_of_an_empty_table(nobody: ThemeTable) -> None:
    assert to_json(nobody)["origins"] == {"hand": 0, "accepted": 0, "auto": 0}


def test_json_of_options_states_the_routing_only_where_there_is_one(options: OptionTable) -> None:
    assert to_json(options) == {
        "question": "webbsida_betyg",
        "round": "2023",
        "base": 8,
        "options": [
            {"option": "Mycket bra", "count": 5, "percent": 62.5},
            {"option": "-", "count": 3, "percent": 37.5},
        ],
        "routing": {"webbsida_anvand": "Ja"},
        "against_routing": 2,
    }
    assert list(to_json(replace(options, routing=()))) == ["question", "round", "base", "options"]


def test_raw_csv_has_a_row_a_theme_and_a_row_a_code(themes: ThemeTable) -> None:
    text = format_table(themes, "csv")
    assert text.startswith("question,round,theme,code,count,percent,base,examples\nmindre_bra,2023,Otillgänglig,,14,")
    rows = _rows(text)
    assert [(row["theme"], row["code"], row["count"]) for row in rows] == [
        ("Otillgänglig", "", "14"),
        ("Otillgänglig", "Svåra att nå/Svar dröjer", "13"),
        ("Otillgänglig", "=1+1", "1"),
        ("Organisation | *roller*", "", "3"),
        ("Organisation | *roller*", "Otydliga roller", "3"),
        ("Tomt tema", "", "0"),
        ("", "Ny kod", "1"),
    ]
    assert rows[1]["percent"] == "32.5"
    assert rows[1]["examples"].split("\n") == ["Vi ringer; ingen svarar.", "Två rader, \U0001f937"]


def test_raw_csv_of_options(options: OptionTable) -> None:
    assert format_table(options, "csv") == (
        "question,round,option,count,percent,base\n"
        "webbsida_betyg,2023,Mycket bra,5,62.5,8\n"
        "webbsida_betyg,2023,-,3,37.5,8\n"
    )


def test_markdown_of_themes(themes: ThemeTable) -> None:
    text = to_markdown(themes)
    assert text.startswith("## Vad fungerar mindre bra? (2023)\n\nAntal svarande: 40\n\n| Tema/Kod | Antal | Andel |\n")
    assert "| **Otillgänglig** | **14** | **35 %** |" in text
    assert "| Svåra att nå/Svar dröjer | 13 | 33 % |" in text  # 32.5
    assert "| =1+1 | 1 | 3 % |" in text  # 2.5
    assert r"| **Organisation \| \*roller\*** |" in text
    assert "högst en gång inom ett tema" in text
    assert "Preliminärt räknade: 2." in text
    assert "Ännu ej kodade svar: 3." in text
    assert "Svar utan något att koda: 4." in text
    assert "10 för hand, 5 antagna förslag, 2 av maskinen" in text
    assert "- ”Två rader, \U0001f937”" in text


def test_markdown_of_a_table_with_nothing_to_explain_says_only_how_it_counts(nobody: ThemeTable) -> None:
    text = to_markdown(nobody)
    assert text.startswith("## bra (2024)\n\nAntal svarande: 0\n")
    assert "| **Tema** | **0** | **–** |" in text
    assert "Preliminärt" not in text
    assert "Exempel" not in text


def test_markdown_of_options_states_the_routing(options: OptionTable) -> None:
    text = to_markdown(options)
    assert "| Alternativ | Antal | Andel |" in text
    assert "| Mycket bra | 5 | 63 % |" in text
    assert "Frågan ställdes till dem som svarat Ja på frågan ”webbsida_anvand”." in text
    assert "Svarande som ändå svarat på den, och ingår i basen: 2." in text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("snake_case", "snake_case"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("C:\\temp", r"C:\\temp"),
        ("two\r\nlines\tand\x1b[31m red\x00", "two lines and red"),
        ("\x07", "(utan namn)"),
    ],
)
def test_markdown_shows_a_text_as_it_is(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("count", "base", "shown"), [(1, 200, "1 %"), (1, 40, "3 %"), (49, 10_000, "0 %"), (0, 0, "–")]
)
def test_whole_percent_goes_halves_up(count: int, base: int, shown: str) -> None:
    assert wording.percent(Count(count, base)) == shown


def test_every_step_of_the_rule_has_its_swedish_words() -> None:
    assert tuple(wording.RULE_WORDS) == RULE_ORDER


def test_plain_text_of_themes(themes: ThemeTable) -> None:
    lines = render(themes, 80).splitlines()
    assert lines[:2] == ["Vad fungerar mindre bra? (2023)", "Antal svarande: 40"]
    assert lines[3].split() == ["Tema/Kod", "Antal", "Andel"]
    (theme,) = [line for line in lines if line.startswith("Otillgänglig")]
    assert theme.split()[1:4] == ["14", "35", "%"]
    assert "█" in theme
    assert "  Svåra att nå/Svar dröjer     13   33 %" in lines
    assert "Koder utan tema" in lines


@pytest.mark.parametrize("width", [10, 40, 60, 100])
def test_plain_text_keeps_to_its_width_and_its_columns(themes: ThemeTable, width: int) -> None:
    wide = ThemeRow(
        9, "日本語 och ett väldigt långt namn " * 4, Count(7, 40), (CodeRow(9, "e\u0301" * 90, Count(7, 40)),)
    )
    lines = render(replace(themes, themes=(*themes.themes, wide)), width).splitlines()
    assert max(map(columns, lines)) <= max(width, 40)
    ends = {columns(line[: line.index("%")]) for line in lines if " %" in line}
    assert len(ends) == 1


def test_plain_text_of_options_and_of_nobody(options: OptionTable, nobody: ThemeTable) -> None:
    assert "Mycket bra      5   63 %  ████" in render(options)
    assert "Antal svarande: 0" in render(nobody)
    assert "Antal svarande: 0" in render(OptionTable("q", "", "2024", 0, ()))


def test_control_characters_reach_no_reader(themes: ThemeTable, options: OptionTable) -> None:
    evil = "Bra\x1b]0;titel\x07\x9b31m\x00\u202e"
    spoilt = replace(
        themes, text=evil, themes=(ThemeRow(1, evil, Count(1, 1), (CodeRow(1, evil, Count(1, 1), (evil,)),)),)
    )
    closed = replace(options, text=evil, options=(OptionRow(evil, Count(1, 1)),), routing=((evil, evil),))
    for text in (
        to_markdown(spoilt),
        render(spoilt),
        to_markdown(closed),
        render(closed),
        *bars([(evil, 1, "50 %")], 40),
    ):
        assert not set(text) & set("\x1b\x07\x9b\x00\u202e")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_by_name_takes_both_kinds(name: str, themes: ThemeTable, options: OptionTable) -> None:
    assert format_table(themes, name)
    assert format_table(options, name)


def test_the_json_format_is_one_document(themes: ThemeTable) -> None:
    assert json.loads(format_table(themes, "json")) == to_json(themes)


def test_bars_are_aligned_and_the_largest_is_full() -> None:
    lines = bars([("Otillgänglig", 45, "21 %"), ("日本語", 1, "1 %"), ("Inget", 0, "0 %"), ("Okodat", None, "–")], 40)
    assert {columns(line) for line in lines} == {40}
    assert lines[3].split() == ["Okodat", "–"]
    assert [line.split()[-3:] for line in lines[:3]] == [["45", "21", "%"], ["1", "1", "%"], ["0", "0", "%"]]
    assert set(lines[1]) & set("▏▎▍▌▋▊▉")
    assert not set(lines[2]) & set("█▏▎▍▌▋▊▉")
    assert bars([], 40) == []


def test_no_count_but_zero_has_an_empty_bar() -> None:
    assert bar(1, 10_000, 10) == "▏"
    assert bar(0, 5, 10) == ""
    assert bar(5, 5, 10) == "█" * 10
