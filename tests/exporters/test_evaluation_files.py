"""An evaluation as text, JSON and a picture."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.errors import CoderError
from coder.domain.evaluation import Bin, CodeFigures, CurvePoint, Evaluated, Evaluation, Figures
from coder.exporters import evaluation_figure, evaluation_json, evaluation_text
from coder.exporters import evaluation_words as words
from tests.suggest.library import BOOK

OURS = Figures(0.8, 0.9, 1.0, 0.75, 0.051)
PLAIN = Figures(0.4, 0.5, 0.6, 0.2, 0.25)
CODES = (
    CodeFigures(11, 20, 0.9, 0.9, 12, 1, 20),
    CodeFigures(12, 20, 0.75, 0.45, 11, 8, 12),
    CodeFigures(21, 10, 0.25, 0.5, None, 0, 20),
    CodeFigures(22, 2, 0.0, 0.0, 21, 2, 0),
    CodeFigures(31, 0, 0.0, 0.0, None, 0, 1),
    CodeFigures(32, 8, 1.0, 1.0, None, 0, 8),
)
FOUND = Evaluation(
    60,
    40,
    5,
    OURS,
    PLAIN,
    CODES,
    (CurvePoint(12, replace(OURS, top1=0.6), PLAIN), CurvePoint(48, OURS, PLAIN)),
    (Bin(0.4, 0.5, 10, 0.44, 4), Bin(0.9, 1.0, 50, 0.95, 48)),
)
MADE = Evaluated("bättre", BOOK, FOUND)
UNKNOWN = replace(MADE, found=replace(FOUND, ours=replace(OURS, calibration_error=None), reliability=()))


def test_the_text_says_which_definitions_need_work() -> None:
    text = evaluation_text.render(MADE, 200)
    lines = text.splitlines()
    assert any(line.split() == ["coder", "80", "%", "90", "%", "100", "%", "75", "%", "0.05"] for line in lines)
    assert any(line.split() == ["48", "80", "%", "90", "%", "40", "%", "50", "%"] for line in lines)
    work = lines[lines.index("Definitions that need work") + 2 :]
    assert work == [
        "- Urval · Samling: right in 5 of the 20 times it was suggested first; say what it does not hold.",
        "- Läge · Öppet: found in 9 of its 20 codings; say more of what it holds, or give examples. taken for "
        "Tider · Öppet 8 times of 20; say what tells the two apart.",
        "- With fewer than 5 codings, too few to judge (1): Köer · Samling.",
        "- Never given (1): Ljud · Huset.",
    ]


def test_the_text_says_when_scores_promise_nothing_and_no_code_stands_out() -> None:
    sound = replace(UNKNOWN, found=replace(UNKNOWN.found, codes=CODES[:1]))
    text = evaluation_text.render(sound, 200)
    assert "promise nothing yet" in text
    assert text.endswith("- None stands out.\n")


@pytest.mark.parametrize("width", [60, 100])
def test_the_text_keeps_within_the_terminal(width: int) -> None:
    assert max(map(len, evaluation_text.render(MADE, width).splitlines())) <= max(width, 77)


def test_names_from_data_cannot_steer_the_terminal() -> None:
    spoilt = replace(BOOK, codes=tuple(replace(code, name="a\x1b[31mb\nc") for code in BOOK.codes))
    text = evaluation_text.render(replace(MADE, codebook=spoilt), 100)
    assert "\x1b" not in text
    assert "ab c" in text


def test_the_shape_of_the_json_stands() -> None:
    found = json.loads(evaluation_json.render(MADE))
    assert list(found) == [
        "question",
        "codebook",
        "codings",
        "respondents",
        "folds",
        "ours",
        "defaults",
        "learning_curve",
        "reliability",
        "codes",
    ]
    assert found["ours"] == {"top1": 0.8, "top3": 0.9, "top5": 1.0, "macro_f1": 0.75, "calibration_error": 0.051}
    assert found["learning_curve"][0]["ours"]["top1"] == 0.6
    assert found["reliability"][0] == {"from": 0.4, "to": 0.5, "count": 10, "mean_score": 0.44, "right": 4}
    assert found["codes"][1] == {
        "theme": "Öppet",
        "code": "Läge",
        "support": 20,
        "suggested_first": 12,
        "right": 9,
        "precision": 0.75,
        "recall": 0.45,
        "f1": pytest.approx(0.5625),
        "confused_with": {"theme": "Öppet", "code": "Tider", "times": 8},
        "weaknesses": ["missed", "confused"],
    }
    unused = found["codes"][4]
    assert (unused["recall"], unused["precision"], unused["f1"], unused["weaknesses"]) == (None, 0.0, None, ["unused"])


@pytest.mark.parametrize("suffix", evaluation_figure.SUFFIXES)
@pytest.mark.parametrize("made", [MADE, UNKNOWN], ids=["known", "unknown"])
def test_equal_evaluations_give_equal_pictures_with_their_words(tmp_path: Path, made: Evaluated, suffix: str) -> None:
    beside = evaluation_figure.write(made, tmp_path / f"one{suffix}")
    evaluation_figure.write(made, tmp_path / f"two{suffix}")
    content = (tmp_path / f"one{suffix}").read_bytes()
    assert content == (tmp_path / f"two{suffix}").read_bytes()
    assert content.startswith({".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix])
    assert beside.read_text(encoding="utf-8") == words.alt_text(made) + "\n"


def test_the_picture_draws_every_line_and_no_two_alike() -> None:
    from coder.exporters.drawing import settings  # noqa: PLC0415 - brings matplotlib
    from coder.exporters.evaluation_drawing import draw  # noqa: PLC0415

    with settings():
        lines = draw(MADE).axes[0].lines
    curves = [line for line in lines if len(line.get_xdata()) == 2 and line.get_marker() not in ("", "None")]  # type: ignore[arg-type]
    looks = {(str(line.get_linestyle()), str(line.get_marker()), str(line.get_markerfacecolor())) for line in curves}
    assert len(looks) == 5
    assert len(curves) == 10  # five lines, and each again in the legend


def test_the_words_of_the_picture_say_all_that_it_shows() -> None:
    text = words.alt_text(MADE).replace("\u00a0", " ")
    assert text.startswith("Förslagens träffsäkerhet: Vad kan biblioteket göra bättre. Korsvalidering på 60 kodningar")
    assert "12 kodningar: coder, rätt kod bland de tre första 90 %, coder, rätt kod först 60 %" in text
    assert "poäng 90 % till 100 %: i medel 95 %, rätt i 48 av 50 (96 %)" in text
    assert text.endswith("Kalibreringsfel: 5,1 procentenheter.")
    assert words.alt_text(UNKNOWN).endswith(words.UNKNOWN)


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match=r"f\.gif"):
        evaluation_figure.write(MADE, tmp_path / "f.gif")
    assert not list(tmp_path.iterdir())
