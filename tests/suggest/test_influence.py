"""What is said of a text whose respondent taught nothing: worked out, and set against leaving the respondent out."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from coder.domain.suggestion import Evidence
from coder.suggest.background import Graph, Seeds
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.features import Features, Held, Rows
from coder.suggest.influence import Influence
from coder.suggest.linear import Floats, OneVsRest
from tests.suggest.library import BOOK, evidence


class Learnt(NamedTuple):
    """What an Influence is made of, by name."""

    rows: Rows
    weights: Floats
    yes: Floats
    margins: Floats


def learnt(seed: int, rows: int, labels: int) -> tuple[Learnt, Floats]:
    """Rows with some features each, as texts have, learnt by liblinear; and its weights, the intercept's last."""
    rng = np.random.default_rng(seed)
    matrix = sparse.random(rows, 12, density=0.4, random_state=seed, format="csr")
    target = rng.integers(0, labels, rows)
    weights = rng.choice([0.2, 1.0, 2.0], rows)
    model = OneVsRest(labels, 10.0).fit(matrix, target, weights)
    yes = np.eye(labels)[target]
    return Learnt(matrix, 10.0 * weights, yes, model.margins(matrix)), np.vstack([model.coef_, model.intercept_])


def by_newton(found: Learnt, coef: Floats, texts: Floats, held: Held) -> Floats:
    """The margins of texts after one step of Newton without a respondent's rows, with every matrix written out."""
    rows = np.hstack([found.rows.toarray(), np.ones((found.rows.shape[0], 1))])
    kept = np.setdiff1d(np.arange(len(rows)), held.rows)
    margins = np.zeros((len(texts), found.yes.shape[1]))
    for label in range(found.yes.shape[1]):
        chances = 1.0 / (1.0 + np.exp(-found.margins[:, label]))
        curved = found.weights * chances * (1.0 - chances)
        pull = found.weights * (chances - found.yes[:, label])
        hessian = np.eye(rows.shape[1]) + rows[kept].T @ (curved[kept, None] * rows[kept])
        step = np.linalg.solve(hessian, rows[held.rows].T @ pull[held.rows])
        margins[:, label] = np.hstack([texts, np.ones((len(texts), 1))]) @ (coef[:, label] + step)
    return margins


@given(st.integers(0, 10_000), st.integers(8, 40), st.integers(2, 4), st.integers(1, 4))
@settings(max_examples=40)
def test_it_is_newtons_step_away_from_what_was_learnt(seed: int, rows: int, labels: int, own: int) -> None:
    found, coef = learnt(seed, rows, labels)
    held = Held(np.array([1, 2]), np.arange(own))
    if any(column[own:].min() == column[own:].max() for column in found.yes.T):
        return
    texts = sparse.random(4, 12, density=0.4, random_state=seed + 1, format="csr")
    before = texts @ coef[:-1] + coef[-1]
    after = Influence(*found).without(texts, before, [held])
    assert after[[1, 2]] == pytest.approx(by_newton(found, coef, texts.toarray()[[1, 2]], held), abs=1e-8)
    assert np.array_equal(after[[0, 3]], before[[0, 3]])


def test_with_many_rows_the_curvature_of_those_that_matter_most_is_heeded() -> None:
    """Of 900 rows, labels have 400 of their own; the others are taken to be as sure of a row as labels are."""
    found, coef = learnt(5, 900, 6)
    before = found.rows @ coef[:-1] + coef[-1]
    influence = Influence(*found)
    worst = 0.0
    for row in range(0, 900, 60):
        held = Held(np.array([row]), np.array([row]))
        exact = by_newton(found, coef, found.rows[[row]].toarray(), held)
        moved = abs(exact - before[[row]]).max()
        worst = max(worst, abs(influence.without(found.rows, before, [held])[[row]] - exact).max() / moved)
    assert worst < 0.03


def test_a_label_that_only_the_respondent_spoke_for_is_undecided_without() -> None:
    found, coef = learnt(1, 12, 2)
    found.yes[:] = np.eye(2)[[1, 1, *[0] * 10]]
    before = found.rows @ coef[:-1] + coef[-1]
    after = Influence(*found).without(found.rows, before, [Held(np.array([0, 1]), np.array([0, 1]))])
    assert after[:2, 1].tolist() == [0.0, 0.0]
    assert np.array_equal(after[2:], before[2:])


def test_nobody_held_changes_nothing() -> None:
    found, coef = learnt(2, 12, 3)
    before = found.rows @ coef[:-1] + coef[-1]
    assert np.array_equal(Influence(*found).without(found.rows, before, []), before)
    assert np.array_equal(
        Influence(*found).without(found.rows, before, [Held(np.array([3]), np.array([], int))]), before
    )


def test_respondents_among_many_are_told_what_each_is_told_alone() -> None:
    found, coef = learnt(3, 2200, 3)
    influence, before = Influence(*found), found.rows @ coef[:-1] + coef[-1]
    sizes = np.random.default_rng(4).integers(1, 4, 1200)
    held = [
        Held(np.arange(end - size, end), np.arange(end - size, end))
        for size, end in zip(sizes, np.cumsum(sizes), strict=True)
    ]
    held = [one for one in held if one.rows[-1] < 2200]
    together = influence.without(found.rows, before, held)
    for one in held[::90]:
        assert together[one.texts] == pytest.approx(influence.without(found.rows, before, [one])[one.texts], abs=1e-9)


def test_words_that_only_the_respondent_has_are_unknown_without() -> None:
    texts = ["öppna tidigt", "öppna sent", "stäng sent", "tidigt tidigt"]
    features, other = Features("sv").fit(texts), Features("sv").fit(texts[1:])
    known = [name for block in other.blocks_ for name in block.names]
    every = [name for block in features.blocks_ for name in block.names]
    rows = features.without(["öppna tidigt", "stäng"], [Held(np.array([0]), np.array([0]))])
    for place, text in enumerate(["öppna tidigt", "stäng"]):
        expected = features.transform([text])
        if place == 0:
            expected = expected.multiply(np.isin(every, known)).tocsr()
        assert set(rows[place].tocoo().col[rows[place].data != 0]) == set(expected.tocoo().col[expected.data != 0])
    # Each kind of feature keeps its length, shared by those that are known.
    assert np.linalg.norm(rows.toarray()[:, : features.words], axis=1) == pytest.approx(np.full(2, np.hypot(1.0, 0.5)))


def test_in_a_graph_the_respondent_neither_sows_nor_is_near() -> None:
    rng = np.random.default_rng(3)
    rows = sparse.random(60, 15, density=0.3, random_state=3, format="csr")
    graph = Graph().fit(rows)
    target, weights = rng.integers(0, 3, 20), rng.choice([0.5, 1.0], 20)
    nodes = np.where(np.arange(20) == 7, -1, np.arange(20))
    seeds, held = Seeds(nodes, target, weights, 3), [Held(np.array([0, 1]), np.array([4, 7, 9]))]
    texts = rows[[4, 9, 11]]
    found = graph.log_chances_without(texts, seeds, held)

    gone = np.isin(np.arange(20), [4, 7, 9])
    rest = graph.spread(Seeds(np.where(gone, -1, nodes), target, weights, 3))
    cosines = np.maximum((texts @ rows.T).toarray(), 0.0) ** 2
    for place in (0, 1):
        nearest = np.argsort(-cosines[place])[:10]
        said = sum(cosines[place, one] * rest[one] for one in nearest if one not in (4, 9)) + 1e-3
        assert found[place] == pytest.approx(np.log(said / said.sum()), abs=1e-6)
    assert found[2] == pytest.approx(graph.log_chances(texts, graph.spread(seeds))[2])


@pytest.mark.parametrize("background", [0, 1200], ids=["by words", "with a graph"])
def test_it_says_what_a_suggester_says_that_never_met_the_respondent(background: int) -> None:
    every = [Evidence(item.text, item.code, f"r{place // 2}") for place, item in enumerate(evidence(0, 10))]
    uncoded = [f"Parkering och laddstolpe nummer {place}" for place in range(background)]
    suggester = CodebookSuggester().fit(BOOK, every, uncoded)
    texts = [f"{item.text}. Och det är sant" for item in every]
    groups = [item.group for item in every]
    shares, margins = suggester.left_out(texts, groups)
    seen = suggester.shares(texts)
    apart = []
    for group in sorted(set(groups))[:12]:
        own = [place for place, other in enumerate(groups) if other == group]
        truly = suggester.without({group}).shares([texts[place] for place in own])
        apart += [abs(shares[own] - truly).max(), abs(seen[own] - truly).max()]
    near, far = np.array(apart).reshape(-1, 2).T
    assert np.median(near) < 0.02
    assert np.median(near) < np.median(far) / 10
    assert margins.shape == shares.shape


def test_who_taught_nothing_is_told_what_everyone_is() -> None:
    suggester = CodebookSuggester().fit(BOOK, evidence(0, 5))
    texts = [item.text for item in evidence(5, 9)]
    shares, _ = suggester.left_out(texts, ["ny"] * len(texts))
    assert shares == pytest.approx(suggester.shares(texts))
