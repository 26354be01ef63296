"""Figures of what a machine has coded in part, or nobody at all: whiskers, dashes, and the words for both."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coder.domain.figures import Coded, Series
from coder.domain.tables import Count
from coder.exporters import figure_text, figure_words, figures
from tests.exporters.test_figures import BARS, CHANGE, MEASURED

ESTIMATED = replace(
    MEASURED,
    series=(Series("2024", (Count(50, 180, 40, 70, estimate=56.0), Count(35, 180, 36, 72, estimate=30.0))),),
)


def test_a_round_that_nobody_has_coded_has_a_dash_and_no_bar(tmp_path: Path) -> None:
    none = Series("2024", (None, None))
    later = replace(CHANGE, series=(CHANGE.series[0], none), coded=(Coded(180), Coded(178, uncoded=178)))
    for figure in (later, replace(later, series=(none, none)), replace(BARS, series=(none,))):
        assert figure_text.render(figure, 60).count("–") == sum(len(one.counts) for one in figure.series if one == none)
        figures.write(figure, tmp_path / "f.png")
    assert "(2023: 180, 2024: 178)" in figure_words.base(later)


def test_an_audit_under_way_is_told() -> None:
    told = figure_words.base(replace(BARS, coded=(Coded(180, waiting=7),)))
    assert "Varning: 7 svar väntar på att kodas klart för hand i en granskning av maskinkodningen." in told


def test_an_audit_that_only_late_answers_keep_from_measuring_is_told_as_that() -> None:
    told = figure_words.base(replace(BARS, coded=(Coded(180, 9, machine=7, outside=2),)))
    assert "Varning: 2 svar som inte kunde lottas för granskningen av maskinkodningen återstår" in told
    assert "inget granskat urval" not in told


def test_an_unfinished_run_of_the_machine_is_told_with_its_round_where_there_are_several() -> None:
    stopped = Coded(180, ahead=7)
    told = figure_words.base(replace(BARS, coded=(stopped,)))
    assert "Varning: maskinens senaste körning är inte slutförd. 7 svar återstod." in told
    told = figure_words.base(replace(CHANGE, coded=(Coded(178), stopped)))
    assert told.count("Varning: maskinens senaste körning") == 1
    assert f"körning på omgång {CHANGE.rounds[1]} är inte slutförd. 7 svar återstod." in told


def test_whiskers_reach_from_limit_to_limit_and_labels_stand_beyond_them() -> None:
    from coder.exporters.drawing import draw, settings  # noqa: PLC0415 - brings matplotlib

    with settings():
        axes = draw(ESTIMATED).axes[0]
        bars: list[float] = [patch.get_width() for patch in axes.patches]  # type: ignore[attr-defined]
    left = axes.patches[0].get_x()  # type: ignore[attr-defined]
    scale = bars[0] / (100 * 50 / 180)
    drawn = [np.asarray(line.get_xdata(), dtype=float) for line in axes.lines]
    whiskers = [line[:2].tolist() for line in drawn if len(line) == 8]
    wanted = [[left + scale * 100 * end / 180 for end in ends] for ends in ((40, 70), (40, 70), (36, 72), (36, 72))]
    for got, want in zip(whiskers, wanted, strict=True):  # each twice: white below, ink above
        assert got == pytest.approx(want)
    estimates = [np.asarray(line.get_xdata(), dtype=float)[0] for line in axes.lines if line.get_marker() == "D"]
    assert estimates == pytest.approx([left + scale * 100 * 56 / 180, left + scale * 20])
    ends = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert ends["28\u00a0% (50; 22–39\u00a0%)".replace(" ", "\u00a0")] > whiskers[0][1]


def test_what_nobody_has_coded_yet_is_told_by_round() -> None:
    assert "Ännu ej kodade svar: 40." in figure_words.base(replace(BARS, coded=(Coded(180, uncoded=40),)))
    later = replace(CHANGE, coded=(Coded(180), Coded(178, uncoded=178)))
    assert "Ännu ej kodade svar: 2023: 0, 2024: 178." in figure_words.base(later)
    assert "kodade svar" not in figure_words.base(CHANGE)


def test_the_words_say_what_the_diamonds_are_and_name_the_bars_to_distrust_with_their_estimates() -> None:
    alone = figure_words.base(ESTIMATED)
    assert "romben på ett streck den uppskattade andelen" in alone
    # An estimate never lies outside its own limits.
    assert f"lita på intervallet. {ESTIMATED.labels[1]}: uppskattat 20 % (20–40)." in alone
    assert alone in figure_words.alt_text(ESTIMATED)
    (one,) = ESTIMATED.series
    both = replace(CHANGE, series=(CHANGE.series[0], one))
    assert f"{both.labels[1]} · 2024: uppskattat 20 % (20–40)." in figure_words.base(both)
    assert "lita på" not in figure_words.base(
        replace(ESTIMATED, series=(replace(one, counts=one.counts[:1]),), labels=("a",))
    )
