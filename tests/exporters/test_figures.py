"""Figures as files and in words; the pixels are looked at, what they say is asserted."""

import struct
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.domain.figures import Coded, Figure, Series, Shape
from coder.domain.sampling import Sampled
from coder.domain.tables import Count
from coder.exporters import figure_text, figure_words, figures

SVG = "{http://www.w3.org/2000/svg}"

BARS = Figure(
    Shape.BARS,
    "Vad fungerar bra?",
    ("Prioriterat", "Kommunikation"),
    (Series("2023", (Count(50, 180), Count(35, 180))),),
    ("bra",),
    ("2023",),
    11,
    coded=(Coded(180),),
)
STACKED = Figure(
    Shape.STACKED,
    "",
    ("Samsyn om grupper?", "Samsyn om insatser?"),
    (
        Series("Ja", (Count(180, 219), Count(148, 218))),
        Series("Nej", (Count(39, 219), None)),
        Series("Vet inte", (Count(0, 219), Count(70, 218))),
    ),
    ("a", "b"),
    ("2023",),
    2,
)
CHANGE = replace(
    BARS,
    shape=Shape.CHANGE,
    series=(Series("2023", (Count(50, 180), Count(35, 180))), Series("2024", (Count(0, 178), Count(70, 178)))),
    rounds=("2023", "2024"),
    shown_of=2,
    coded=(Coded(180, codings=180), Coded(178, codings=120, machine=20, clashes=4)),
)
MEASURED = replace(
    BARS,
    series=(Series("2024", (Count(50, 180, 40, 70), Count(35, 180, 36, 72))),),
    coded=(Coded(180, codings=120, machine=20, uncoded=9, unthemed=3, sampled=Sampled(60, 175)),),
)
ALL = {"bars": BARS, "stacked": STACKED, "change": CHANGE, "measured": MEASURED}


def _png(path: Path) -> tuple[tuple[int, int], dict[str, str], bytes]:
    """Size, texts and pixel rows of a PNG file, by its published format."""
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    place, texts, data, size = 8, {}, b"", (0, 0)
    while place < len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        chunk = content[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            size = struct.unpack(">II", chunk[:8])
        elif kind == b"tEXt":
            key, _, text = chunk.partition(b"\0")
            texts[key.decode()] = text.decode("latin-1")
        elif kind == b"iTXt":
            key, _, rest = chunk.partition(b"\0")
            texts[key.decode()] = rest[2:].split(b"\0", 2)[2].decode()
        elif kind == b"IDAT":
            data += chunk
        place += length + 12
    return size, texts, zlib.decompress(data)


@pytest.mark.parametrize("figure", ALL.values(), ids=ALL)
@pytest.mark.parametrize("suffix", figures.SUFFIXES)
def test_equal_figures_give_equal_files(tmp_path: Path, figure: Figure, suffix: str) -> None:
    figures.write(figure, tmp_path / f"one{suffix}")
    figures.write(figure, tmp_path / f"two{suffix}")
    content = (tmp_path / f"one{suffix}").read_bytes()
    assert content == (tmp_path / f"two{suffix}").read_bytes()
    assert content.startswith({".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix])
    assert (tmp_path / f"one{suffix}.alt.txt").read_text(encoding="utf-8") == figure_words.alt_text(figure) + "\n"


def test_a_png_is_as_wide_as_a_page_and_says_what_it_shows(tmp_path: Path) -> None:
    figures.write(BARS, tmp_path / "f.png")
    (width, height), texts, pixels = _png(tmp_path / "f.png")
    assert width == 1890
    assert 500 < height < 1500
    assert texts["Title"] == "Vad fungerar bra?"
    assert texts["Description"] == figure_words.alt_text(BARS)
    assert len(set(pixels)) > 2


def test_an_svg_says_what_it_shows_to_readers_of_the_screen(tmp_path: Path) -> None:
    spoilt = replace(BARS, title="a < b & $x^2$ \\1 \ufffe\x1b[31m")
    figures.write(spoilt, tmp_path / "f.svg")
    root = ET.fromstring((tmp_path / "f.svg").read_bytes())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "a < b & $x^2$ \\1"
    assert root.findtext(f"{SVG}desc") == figure_words.alt_text(spoilt)


def test_bars_are_as_long_as_their_shares_and_fill_one_hundred_percent_when_stacked(tmp_path: Path) -> None:
    from coder.exporters.drawing import draw, settings  # noqa: PLC0415 - brings matplotlib

    with settings():
        plain = [patch.get_width() for patch in draw(BARS).axes[0].patches]  # type: ignore[attr-defined]
        stacked = [patch.get_width() for patch in draw(STACKED).axes[0].patches]  # type: ignore[attr-defined]
    assert plain[1] / plain[0] == pytest.approx(35 / 50)
    # Three in the legend, then two bars a question: none for 0 %, none where it was not offered.
    assert len(stacked) == 3 + 2 + 2
    assert stacked[3] + stacked[4] == pytest.approx(stacked[5] + stacked[6])
    assert stacked[3] / (stacked[3] + stacked[4]) == pytest.approx(180 / 219)


def test_fills_differ_without_their_colours() -> None:
    from coder.exporters.drawing import _PARTS, _ROUNDS  # noqa: PLC0415 - brings matplotlib

    for fills in (_PARTS, _ROUNDS):
        greys = [(round(_grey(fill.ground), 1), fill.hatch) for fill in fills]
        assert len(set(greys)) == len(fills)
        assert all(abs(_grey(fill.label) - _grey(fill.ground)) > 0.3 for fill in fills)


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("label", ["å" * 5_000, "ord " * 2_000, "\U0001f937 \u4e2d\u6587", "", "$\\frac{$", "a\nb"])
def test_any_name_can_be_drawn(tmp_path: Path, label: str) -> None:
    figures.write(replace(BARS, title=label, labels=(label, label)), tmp_path / "f.png")
    (width, height), _, _ = _png(tmp_path / "f.png")
    assert width == 1890
    assert height < 6_000


def test_shares_of_nothing_but_zero_can_be_drawn(tmp_path: Path) -> None:
    none = (Series("2023", (Count(0, 1), Count(0, 1))),)
    figures.write(replace(BARS, series=none), tmp_path / "f.png")
    told = (tmp_path / "f.png.alt.txt").read_text("utf-8").replace("\u00a0", " ")
    assert "Prioriterat 0 % (0); Kommunikation 0 % (0)." in told


@pytest.mark.parametrize("figure", [STACKED, CHANGE], ids=["options", "rounds"])
def test_more_kinds_of_bars_than_can_be_told_apart_are_refused(tmp_path: Path, figure: Figure) -> None:
    with pytest.raises(CoderError, match="told apart"):
        figures.write(replace(figure, series=figure.series * 5), tmp_path / "f.png")
    assert not list(tmp_path.iterdir())


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match=r"f\.jpg"):
        figures.write(BARS, tmp_path / "f.jpg")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (
            BARS,
            "Liggande stapeldiagram. Vad fungerar bra? Andel i procent av de 180 som besvarat frågan. De 2 vanligaste "
            "av 11 teman visas. En svarande kan räknas inom flera teman. Prioriterat 28 % (50); Kommunikation "
            "19 % (35). Källa: kodade svar på enkäten, omgång 2023.",
        ),
        (
            STACKED,
            "Liggande staplat stapeldiagram. Svarens fördelning. Andel i procent av dem som besvarat respektive fråga "
            "(218–219 svarande). Samsyn om grupper? (219): Ja 82 %, Nej 18 %, Vet inte 0 %; Samsyn om "
            "insatser? (218): Ja 68 %, Vet inte 32 %. Källa: svar på enkäten, omgång 2023.",
        ),
        (
            replace(CHANGE, source="egen"),
            "Liggande stapeldiagram med en stapel per omgång. Vad fungerar bra? Andel i procent av dem som besvarat "
            "frågan (2023: 180, 2024: 178). En svarande kan räknas inom flera teman. Räknade kodningar som maskinen "
            "gjort: 2023: 0 av 180, 2024: 20 av 120. Varning: inget granskat urval säger hur många av maskinens som är "
            "rätt (2024). Preliminärt räknade: 2023: 0, 2024: 4. Prioriterat: 2023 28 %, 2024 0 %; Kommunikation: 2023 "
            "19 %, 2024 39 %. Källa: egen",
        ),
        (
            MEASURED,
            "Liggande stapeldiagram. Vad fungerar bra? Andel i procent av de 180 som besvarat frågan. De 2 vanligaste "
            "av 11 teman visas. En svarande kan räknas inom flera teman. Räknade kodningar som maskinen gjort: 20 av "
            "120. Intervallen (strecken i en bild) visar mellan vilka gränser andelen ligger när maskinens fel räknas "
            "in (95 %), och romben på ett streck den uppskattade andelen. De är skattade ur 60 av 175 svar som lottats "
            "och kodats för hand. Där en andel ligger utanför sitt intervall har maskinen räknat för många eller för "
            "få: lita på intervallet. Kommunikation: uppskattat 20 % (20–40). Ännu ej kodade svar: 9. "
            "Svarande med koder utan tema, som inte visas: 3. Prioriterat 28 % (50; 22–39 %); Kommunikation 19 % (35; "
            "20–40 %). Källa: kodade svar på enkäten, omgång 2023.",
        ),
    ],
    ids=ALL,
)
def test_the_alternative_text_says_all_that_is_shown(figure: Figure, text: str) -> None:
    assert figure_words.alt_text(figure).replace("\u00a0", " ") == text


@pytest.mark.parametrize("figure", ALL.values(), ids=ALL)
@pytest.mark.parametrize("width", [40, 80])
def test_the_terminal_shows_title_shares_and_base_within_its_width(figure: Figure, width: int) -> None:
    text = figure_text.render(figure, width)
    assert max(map(len, text.splitlines())) <= width
    assert text.startswith(figure_words.title(figure))
    shares = [figure_words.share(count) for one in figure.series for count in one.counts]
    assert all(share.replace("\u00a0", " ") in text.replace("\u00a0", " ") for share in shares)
    assert " ".join(figure_words.base(figure).split()[:3]) in text


@pytest.mark.parametrize(("given", "printed"), [("egen", "Källa: egen"), ("källa: egen", "källa: egen")])
def test_a_source_is_headed_once(given: str, printed: str) -> None:
    assert figure_words.source(replace(BARS, source=given)) == printed


def test_shares_in_stacked_bars_are_all_numbers_where_one_has_no_room_for_more() -> None:
    from coder.exporters.drawing import draw, settings  # noqa: PLC0415 - brings matplotlib

    def said(small: int) -> set[str]:
        series = (Series("Ja", (Count(100 - small, 100),)), Series("Nej", (Count(small, 100),)))
        one = replace(STACKED, labels=("Fråga?",), series=series, questions=("q",), shown_of=1)
        with settings():
            return {text.get_text() for text in draw(one).axes[0].texts}

    assert {"80\u00a0%", "20\u00a0%"} <= said(20)
    assert {"96", "4"} <= said(4)


def test_shares_that_round_to_another_sum_are_told() -> None:
    thirds = tuple(Series(name, (Count(1, 3),)) for name in ("a", "b", "c"))
    uneven = replace(STACKED, labels=("Fråga?",), series=thirds, questions=("q",), shown_of=1)
    told = "Procenttalen är avrundade och summerar därför inte alltid till 100."
    assert told in figure_words.base(uneven)
    assert told not in figure_words.base(STACKED)


def test_bars_over_rounds_stand_on_one_scale_of_shares() -> None:
    lines = figure_text.render(CHANGE, 80).splitlines()
    bars = [line.count("█") for line in lines if line.startswith("  20")]
    longest = max(bars)
    assert bars == pytest.approx([longest * 50 / 180 / (70 / 178), 0, longest * 35 / 70 * 178 / 180, longest], abs=1)
