"""Examples for publication: the flagged ones, what speaks against them, and proposals beside them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coder.domain.coding import Coding, Segment, Work, choose, flag, give, take_back
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.sign import Sign
from coder.domain.tables import ThemeTable
from coder.workflow.examples import examples, names_in, shorten_example
from coder.workflow.intake import import_answers
from coder.workflow.project import Project
from coder.workflow.report import table
from coder.workflow.session import Session

ETT, TVA, TRE = (Coding(code, Segment(start, end), "eva") for code, start, end in ((1, 0, 3), (2, 4, 7), (4, 8, 11)))


@pytest.fixture
def session(small: Project) -> Session:
    return Session(small, "1", "q", "eva")


def decide(session: Session, respondent: str, *changes: Callable[[Work], Work]) -> None:
    (answer,) = [one.id for one in session.answers if one.respondent.key == respondent]
    for change in changes:
        session.apply(answer, "test", change)


def published(project: Project) -> list[str]:
    made = table(project, "q", "1")
    assert isinstance(made, ThemeTable)
    return [example for theme in made.themes for code in theme.codes for example in code.examples]


def test_what_is_flagged_is_what_the_table_prints(session: Session) -> None:
    decide(session, "0114", lambda work: give(work, ETT), lambda work: flag(work, ETT), lambda work: give(work, TRE))
    found = examples(session.project, "q", "1").examples
    assert [(one.name, one.respondent, one.text, one.status) for one in found] == [
        ("ett", "0114", "ett", Status.COUNTED)
    ]
    assert [one.text for one in found] == published(session.project) == ["ett"]


def test_a_flagged_example_that_is_set_aside_is_told_and_not_printed(session: Session) -> None:
    decide(
        session,
        "0114",
        lambda work: give(give(work, ETT), TVA),
        lambda work: flag(work, ETT),
        lambda work: choose(work, 1, 2),
    )
    (found,) = examples(session.project, "q", "1").examples
    assert (found.flagged, found.status) == (True, Status.SET_ASIDE)
    assert published(session.project) == []


def test_a_flag_that_went_with_its_coding_is_told_with_what_stands_there_now(session: Session) -> None:
    decide(session, "0114", lambda work: give(work, ETT), lambda work: flag(work, ETT))
    instead = Coding(2, ETT.segment, "eva")
    decide(session, "0114", lambda work: give(take_back(work, ETT), instead))
    (lost,) = examples(session.project, "q", "1").changed
    assert (lost.name, lost.respondent, lost.text, lost.analyst, lost.now) == ("ett", "0114", "ett", "eva", ("två",))


def test_an_undone_removal_and_an_unflagged_example_are_no_loss(session: Session) -> None:
    decide(
        session, "0114", lambda work: give(work, ETT), lambda work: flag(work, ETT), lambda work: take_back(work, ETT)
    )
    assert len(examples(session.project, "q", "1").changed) == 1
    session.undo()
    found = examples(session.project, "q", "1")
    assert (found.changed, [one.name for one in found.examples]) == ((), ["ett"])
    decide(session, "0114", lambda work: flag(work, ETT), lambda work: take_back(work, ETT))
    assert examples(session.project, "q", "1").changed == ()


def test_a_quote_that_may_identify_somebody_is_told(small: Project, small_files: Path) -> None:
    assert {"Ale", "Ales", "Åsele", "Örnby"} <= names_in(small).forms
    answers = (
        (small_files / "answers.csv").read_text(encoding="utf-8").replace("ett två tre,Ja", "ring Ale 070-123 45 67,Ja")
    )
    (small_files / "answers.csv").write_text(answers, encoding="utf-8")
    import_answers(small, small_files / "answers.csv", small_files / "survey.toml")
    session = Session(small, "1", "q", "eva")
    whole = Coding(1, Segment(0, len("ring Ale 070-123 45 67")), "eva", whole=True)
    decide(session, "0114", lambda work: give(work, whole), lambda work: flag(work, whole))
    (found,) = examples(small, "q", "1").examples
    assert [one.sign for one in found.signs] == [Sign.NAME, Sign.PHONE]
    (allowed,) = examples(small, "q", "1", allowed=["ale"]).examples
    assert [one.sign for one in allowed.signs] == [Sign.PHONE]


def test_proposals_are_counted_typical_and_from_different_respondents(corpus: Project) -> None:
    found = examples(corpus, "mindre_bra", "2023", number=2).examples
    assert not any(one.flagged or one.signs for one in found)
    assert {one.status for one in found} == {Status.COUNTED}
    by_code: dict[int, list[str]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one.respondent)
    assert len(by_code) == len(corpus.codebook("mindre_bra").codes)
    assert all(len(set(who)) == len(who) <= 2 for who in by_code.values())
    assert len({one.respondent for one in found}) >= len(found) - 3
    assert examples(corpus, "mindre_bra", "2023", number=2).examples == found


def test_a_clash_is_no_candidate(session: Session) -> None:
    decide(session, "0114", lambda work: give(give(work, ETT), TVA))
    assert examples(session.project, "q", "1", number=3).examples == ()


def test_a_closed_question_has_no_examples(small: Project) -> None:
    with pytest.raises(CoderError, match="closed question"):
        examples(small, "ja", "1")


def test_a_shortened_quote_is_printed_everywhere_until_it_is_undone(session: Session) -> None:
    whole = Coding(1, Segment(0, 11), "eva")
    decide(session, "0114", lambda work: give(work, whole), lambda work: flag(work, whole))
    (full,) = published(session.project)
    assert full == "ett två tre"
    assert shorten_example(session.project, "q", "1", "0114", "ett [...] tre …", analyst="eva").startswith("ett … tre")
    session.reload()
    quoted = "ett … tre"
    prints = [published(session.project), published(session.project)]
    prints.append([one.text for one in examples(session.project, "q", "1").examples])
    prints.append([text for theme in session.table().themes for code in theme.codes for text in code.examples])
    assert prints == [[quoted]] * 4
    assert session.undo().what == "shorten an example"
    assert published(session.project) == [full]
    session.redo()
    assert published(session.project) == [quoted]
    assert shorten_example(session.project, "q", "1", "0114", full, analyst="eva") == full
    session.reload()
    decide(session, "0114", lambda work: take_back(work, whole))
    assert published(session.project) == []


@pytest.mark.parametrize(
    ("respondent", "edited", "told"),
    [
        pytest.param("0114", "ett … fyra", "'fyra'", id="a_word_nobody_said"),
        pytest.param("0115", "ett …", "no flagged example", id="nothing_flagged"),
        pytest.param("0114", "… två …", "fits 2", id="two_examples"),
    ],
)
def test_a_quote_that_fits_no_example_or_several_changes_nothing(
    session: Session, respondent: str, edited: str, told: str
) -> None:
    first, second = Coding(1, Segment(0, 7), "eva"), Coding(4, Segment(4, 11), "eva")
    decide(session, "0114", lambda work: give(give(work, first), second))
    decide(session, "0114", lambda work: flag(flag(work, first), second))
    before = published(session.project)
    with pytest.raises(CoderError, match=told):
        shorten_example(session.project, "q", "1", respondent, edited, analyst="eva")
    assert published(session.project) == before
