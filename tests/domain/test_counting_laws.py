"""What holds for the counting rule whatever is coded, chosen, moved and taken back, in whatever order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Coding, Origin, Segment, Work, choose, flag, give, mark_nothing, take_back
from coder.domain.counting import Decision, Status, Tally, decide, statuses, tally
from coder.domain.tables import Count, Origins, ThemeTable
from coder.domain.tallied import theme_table

THEMES = (1, 2, 3)
CODES = tuple(range(10, 18))
ANSWERS = range(4)

segments = st.tuples(st.integers(0, 20), st.integers(1, 12)).map(lambda pair: Segment(pair[0], pair[0] + pair[1]))
codings = st.builds(
    Coding,
    code=st.sampled_from(CODES),
    segment=segments,
    analyst=st.sampled_from(["eva", "ola"]),
    origin=st.sampled_from(Origin),
    score=st.sampled_from([None, 0.2, 0.5, 0.9]),
)
homes = st.lists(st.sampled_from([*THEMES, None]), min_size=len(CODES), max_size=len(CODES))
works = st.builds(
    Work,
    codings=st.lists(codings, max_size=8, unique_by=lambda coding: coding.identity).map(tuple),
    choices=st.dictionaries(st.sampled_from(THEMES), st.sampled_from(CODES)),
)


def book(places: list[int | None]) -> Codebook:
    """A codebook whose codes lie in the themes that `places` says."""
    themes = tuple(Theme(number, f"tema {number}") for number in THEMES)
    return Codebook("t", "sv", "", themes, tuple(Code(c, f"kod {c}", t) for c, t in zip(CODES, places, strict=True)))


def nonzero(total: Tally) -> tuple[Any, ...]:
    """What a tally says, absent and zero being the same."""
    return +total.themes, +total.codes, +total.origins, total.clashes, total.unthemed


def assert_law(answers: list[Work], codebook: Codebook) -> None:
    """The counting rule of a whole question, answer by answer and added up."""
    decisions = [decide(work, codebook) for work in answers]
    for work, decision in zip(answers, decisions, strict=True):
        assert_settled(work, decision, codebook)
    total = tally(decisions)
    for theme in THEMES:
        assert total.themes[theme] == sum(total.codes[code.id] for code in codebook.codes_of(theme))
        assert 0 <= total.themes[theme] <= len(answers)
    assert all(0 <= total.codes[code] <= len(answers) for code in CODES)
    assert all(sum(total.came[code, origin] for origin in Origin) == total.codes[code] for code in CODES)
    assert total.origins.total() == total.codes.total()
    loose = {code.id for code in codebook.codes_of(None)}
    assert total.unthemed == sum(any(settled.code in loose for settled in decision) for decision in decisions)
    assert_split(
        theme_table(codebook, total, question="q", round_key="1", base=len(answers), uncoded=0, nothing_to_code=0)
    )


def assert_split(table: ThemeTable) -> None:
    """Every count of a table is the sum of what came by hand, was accepted, and came from a machine."""
    for theme in table.themes:
        assert theme.count.origins == _together(code.count for code in theme.codes)
    every = [code.count for theme in table.themes for code in theme.codes] + [code.count for code in table.unthemed]
    assert all(one.origins is not None and sum(astuple(one.origins)) == one.count for one in every)
    assert _together(every) == Origins(*(table.origins[origin] for origin in Origin))
    assert table.by_machine is (table.origins[Origin.AUTO] > 0)


def _together(counts: Iterable[Count]) -> Origins:
    split = [astuple(one.origins) for one in counts if one.origins is not None]
    return Origins(*(sum(one[place] for one in split) for place in range(3)))


def assert_settled(work: Work, decision: Decision, codebook: Codebook) -> None:
    themed = [one.theme for one in decision if one.theme is not None]
    assert len(themed) == len(set(themed))
    assert max(Counter(one.counted.code for one in decision).values(), default=1) == 1
    for one in decision:
        assert codebook.theme_of[one.counted.code] == one.theme
        rivals = {one.counted.code} | {other.code for other in one.set_aside}
        choice = None if one.theme is None else work.choices.get(one.theme)
        if choice in rivals:
            assert one.counted.code == choice
            assert not one.clash
        else:
            assert one.clash == (len(rivals) > 1)
        assert one.theme is not None or not one.clash
    everywhere = [coding for one in decision for coding in (one.counted, *one.set_aside)]
    assert Counter(coding.identity for coding in everywhere) == Counter(coding.identity for coding in work.codings)
    assert statuses(decision).keys() == {coding.identity for coding in work.codings}


@given(works, homes, st.randoms(use_true_random=False))
def test_the_order_of_codings_and_choices_makes_no_difference(work: Work, places: list[int | None], dice: Any) -> None:
    shuffled = list(work.codings)
    dice.shuffle(shuffled)
    choices = list(work.choices.items())
    dice.shuffle(choices)
    assert decide(Work(tuple(shuffled), dict(choices)), book(places)) == decide(work, book(places))


@given(works, homes)
def test_choosing_what_is_counted_changes_no_count_and_leaves_no_clash(work: Work, places: list[int | None]) -> None:
    decision = decide(work, book(places))
    settled = work
    for one in decision:
        if one.theme is not None:
            settled = choose(settled, one.theme, one.counted.code)
    again = decide(settled, book(places))
    before, after = tally([decision]), tally([again])
    assert not after.clashes
    assert (before.themes, before.codes, before.origins) == (after.themes, after.codes, after.origins)


@given(works, homes)
def test_an_answer_of_counted_codings_alone_is_counted_the_same(work: Work, places: list[int | None]) -> None:
    decision = decide(work, book(places))
    alone = replace(work, codings=tuple(one.counted for one in decision))
    assert [one.counted for one in decide(alone, book(places))] == [one.counted for one in decision]
    assert Status.PROVISIONAL not in statuses(decide(alone, book(places))).values()


@given(st.lists(works, max_size=6), st.lists(works, max_size=3), homes)
def test_an_answer_taken_out_of_a_tally_leaves_it_as_it_was(
    stay: list[Work], go: list[Work], places: list[int | None]
) -> None:
    total = tally(decide(work, book(places)) for work in stay)
    before = nonzero(total)
    for work in go:
        total.add(decide(work, book(places)))
    for work in go:
        total.add(decide(work, book(places)), times=-1)
    assert nonzero(total) == before


steps = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(ANSWERS), codings),
    st.tuples(st.just("take"), st.sampled_from(ANSWERS), st.integers(0, 7)),
    st.tuples(st.just("flag"), st.sampled_from(ANSWERS), st.integers(0, 7)),
    st.tuples(st.just("choose"), st.sampled_from(ANSWERS), st.integers(0, 7)),
    st.tuples(st.just("unchoose"), st.sampled_from(ANSWERS), st.sampled_from(THEMES)),
    st.tuples(st.just("nothing"), st.sampled_from(ANSWERS), st.none()),
    st.tuples(st.just("move"), st.sampled_from(CODES), st.sampled_from([*THEMES, None])),
    st.tuples(st.just("undo"), st.none(), st.none()),
)


@settings(max_examples=150)
@given(homes, st.lists(steps, max_size=40))
def test_the_law_holds_after_any_sequence_of_decisions(
    places: list[int | None], sequence: list[tuple[str, Any, Any]]
) -> None:
    answers, homes_now = [Work() for _ in ANSWERS], list(places)
    past: list[tuple[list[Work], list[int | None]]] = []
    for what, where, how in sequence:
        if what == "undo":
            answers, homes_now = past.pop() if past else (answers, homes_now)
        else:
            past.append((list(answers), list(homes_now)))
            if what == "move":
                homes_now[CODES.index(where)] = how
            else:
                answers[where] = stepped(answers[where], what, how, book(homes_now))
        assert_law(answers, book(homes_now))


def stepped(work: Work, what: str, how: Any, codebook: Codebook) -> Work:
    """The work after one decision; one that can't be made leaves it as it is."""
    if what == "give":
        return give(work, how)
    if what == "unchoose":
        return choose(work, how, None)
    if what == "nothing":
        return work if work.codings else mark_nothing(work, "eva")
    if how >= len(work.codings):
        return work
    coding = work.codings[how]
    if what == "choose":
        theme = codebook.theme_of[coding.code]
        return work if theme is None else choose(work, theme, coding.code)
    return take_back(work, coding) if what == "take" else flag(work, coding)
