"""The made-up round of 2024, coded by machine from the hand codings of 2023, against what its writers meant."""

from pathlib import Path

import pytest

from coder.domain.coding import Origin
from coder.workflow.autocode import autocode
from coder.workflow.codings import export_codings
from coder.workflow.intake import import_answers
from coder.workflow.machine import Terms
from coder.workflow.project import Project
from tests.second_round import examples_on, forced, given_pairs, new_topics, true_pairs

PROMISE = 0.9


@pytest.mark.parametrize(
    ("question", "topic"),
    [("bra", "Gemensamma projekt med extern finansiering"), ("mindre_bra", "Kostnader vältras över")],
)
def test_a_machine_keeps_its_promise_and_offers_what_most_speak_of_anew(
    root: Path, coded: Project, question: str, topic: str
) -> None:
    folder = root / "corpora" / "af-2024"
    import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    report = autocode(coded, question, "2024", Terms(PROMISE))
    given = [one for one in export_codings(coded) if one.round == "2024" and one.origin is Origin.AUTO]
    pairs = given_pairs(given)
    assert len(pairs) >= 30
    assert len(pairs & true_pairs(question)) >= PROMISE * len(pairs)
    rows = next(rows for name, rows in new_topics(question).items() if name.startswith(topic))
    first = report.candidates[0]
    assert 2 * examples_on(rows, first.examples) > len(first.examples)
    # It is left to people: the nearest code is not good enough.
    assert 4 * sum(forced(row, given) for row in rows) <= len(rows)


def test_what_six_say_in_words_of_their_own_is_offered_among_the_last(root: Path, coded: Project) -> None:
    folder = root / "corpora" / "af-2024"
    import_answers(coded, folder / "answers.csv", folder / "survey.toml")
    report = autocode(coded, "mindre_bra", "2024", Terms(PROMISE), dry_run=True)
    rows = next(rows for name, rows in new_topics("mindre_bra").items() if name.startswith("Otrygghet"))
    assert any(
        len(one.examples) >= 3 and examples_on(rows, one.examples) == len(one.examples) for one in report.candidates
    )
