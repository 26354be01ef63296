"""`coder suggest` before anything is coded."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Coder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Three lines on standard input, a pipe: two answers, and a blank one between them."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="utf-8") as lines:
        lines.write(getattr(request, "param", "Ingen svarar i telefon\n\nKontoret är stängt\n"))
    with os.fdopen(reader, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield


@pytest.mark.usefixtures("typed")
def test_scores_are_in_0_to_1_and_best_first(coder: Coder, project: Path) -> None:
    found = [json.loads(line) for line in coder("suggest", project, "-q", "q", "--json").out.splitlines()]
    assert [one["text"] for one in found] == ["Ingen svarar i telefon", "", "Kontoret är stängt"]
    assert all(one["calibrated"] is False for one in found)
    assert [one["suggestions"][0]["code"] for one in found if one["suggestions"]] == ["Telefon", "Kontor"]
    for one in found:
        scores = [suggestion["score"] for suggestion in one["suggestions"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert set(one["suggestions"][0]) == {"theme", "code", "score", "because"} if scores else not one["text"]


@pytest.mark.usefixtures("typed")
def test_a_score_that_promises_nothing_is_called_unknown(coder: Coder, project: Path) -> None:
    found = coder("suggest", project, "-q", "q", "--top", "1")
    assert "too few codings to tell" in found.err
    lines = found.out.splitlines()
    assert lines[0] == "Ingen svarar i telefon"
    assert lines[1].startswith("  1  unknown  Telefon · Nåbarhet  (")


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize("typed", ["Vi ringer och ringer\n\nkontoret finns inte kvar\n"], indirect=True)
def test_every_line_is_answered_with_at_most_so_many_codes(coder: Coder, project: Path) -> None:
    outcome = coder("suggest", project, "-q", "q", "--top", "2", "--json")
    assert outcome.code == 0
    found = [json.loads(line) for line in outcome.out.splitlines()]
    assert [one["text"] for one in found] == ["Vi ringer och ringer", "", "kontoret finns inte kvar"]
    assert [one["suggestions"][0]["code"] for one in (found[0], found[2])] == ["Telefon", "Kontor"]
    assert [len(one["suggestions"]) for one in found if one["text"]] == [2, 2]
