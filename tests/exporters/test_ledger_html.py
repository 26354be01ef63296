"""The ledger as a page: every number whose respondents are known leads to them, and to all that they answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from coder.domain.accounted import Accounted, Number, What, behind_ledger
from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.errors import ProjectChangedError
from coder.domain.ledger import Ledger, ledger
from coder.domain.tables import Count, OptionRow, OptionTable, ThemeTable
from coder.exporters import ledger_file
from tests.exporters.pages import numbers, read

USED = Question("använd", "", Kind.CLOSED, options=("Ja", "Nej"))
RATED = Question("betyg", "", Kind.CLOSED, options=("Bra",), asked_if=(("använd", "Ja"),))
OPEN = Question("bra", "", Kind.OPEN, codebook="t")
REPLIES = {"använd": {"1": "Ja", "2": "Nej", "3": "Nej"}, "betyg": {"1": "Bra", "2": "Bra"}}
TEXTS = {"bra": {"1": "<b>allt</b>", "2": "-", "3": "=1+1"}}
ROWS = {
    "1": Respondent("1", "Ödby", {"län": "å ä.ö-"}),
    "2": Respondent("2", "Åby", {"län": ""}),
    "3": Respondent("3", "", {"län": "å ä.ö-"}),
    "4": Respondent("4", "Tyst", {"län": ""}),
}
FRAME = {**{key: ROWS[key] for key in ("1", "2", "4")}, "5": Respondent("5", "Frånby", {"län": "ny"})}

Made = tuple[Ledger, Accounted]


def account(frame: dict[str, Respondent], by_machine: Sequence[str] = ()) -> Made:
    questions = (USED, RATED, OPEN)
    tables: dict[str, ThemeTable | OptionTable] = {
        one.key: OptionTable(one.key, "", "1", len(REPLIES[one.key]), (OptionRow("Ja", Count(1, 3)),))
        for one in (USED, RATED)
    }
    tables["bra"] = ThemeTable("bra", "Vad?", "1", 3, 1, 1, 0, {}, ())
    answered = {key: list(who) for key, who in (REPLIES | TEXTS).items()}
    made = ledger(
        Round("1", frame=4),
        questions,
        ROWS,
        answered=answered,
        replies=REPLIES,
        tables=tables,
        frame=frame,
        by_machine={"bra": by_machine},
    )
    behind = behind_ledger(
        questions,
        ROWS,
        answered=answered,
        replies=REPLIES,
        frame=frame,
        nothing={"bra": ["2"]},
        uncoded={"bra": ["3"]},
        by_machine={"bra": by_machine},
    )
    return made, Accounted({**frame, **ROWS}, behind, REPLIES | TEXTS)


def written(folder: Path, *made: Made) -> Path:
    ledger_file.write_ledgers([one for one, _ in made], folder / "l.html", behind=[other for _, other in made])
    return folder / "l.html"


def test_every_number_leads_to_as_many_respondents(tmp_path: Path) -> None:
    found = numbers(read(written(tmp_path, account(FRAME))))
    assert {to.removeprefix("omgang-0-"): number for to, number in found.items()} == {
        **{"asked---": 4, "respondents---": 3, "invited---": 2, "silent---": 1, "uninvited---": 1},
        **{"answered-anv.e4.nd--": 3, "answered-bra--": 3, "answered-betyg--": 1, "against_routing-betyg--": 1},
        **{"routed-betyg--": 1, "filtered-betyg--": 1},
        **{"coded-bra--": 1, "nothing_to_code-bra--": 1, "uncoded-bra--": 1},
        **{"asked--l.e4.n-": 2, "invited--l.e4.n-": 1, "no_response--l.e4.n-": 1},
        **{"asked--l.e4.n-.e5..20..e4..2e..f6..2d.": 1, "invited--l.e4.n-.e5..20..e4..2e..f6..2d.": 1},
        **{"asked--l.e4.n-ny": 1, "no_response--l.e4.n-ny": 1},
    }


def test_what_the_machine_alone_has_coded_leads_to_those_who_wrote_it(tmp_path: Path) -> None:
    found = numbers(read(written(tmp_path, account(FRAME, ["1"]))))
    assert (found["omgang-0-coded-bra--"], found["omgang-0-coded_by_machine-bra--"]) == (1, 1)
    assert "omgang-0-coded_by_hand-bra--" not in found  # nobody is behind a 0


def test_of_a_frame_that_is_a_number_alone_nobody_is_named(tmp_path: Path) -> None:
    found = numbers(read(written(tmp_path, account({}))))
    assert not {to for to in found if "-asked-" in to or "-invited-" in to or "-no_response-" in to} - {
        "omgang-0-invited---"
    }
    assert (found["omgang-0-listed--l.e4.n-"], found["omgang-0-respondents--l.e4.n-"]) == (2, 1)


def test_a_respondent_stands_there_once_with_all_that_they_answered(tmp_path: Path) -> None:
    page = read(written(tmp_path, account(FRAME)))
    texts = [text for text in page.texts if text.strip()]
    begins = texts.index("Alla i omgång 1") + 2
    assert texts[begins:] == [
        *("Ödby", "å ä.ö-", "använd", "Ja", "betyg", "Bra", "Vad?", "<b>allt</b>"),
        *("Åby", "använd", "Nej", "betyg", "Bra", "Vad?", "-", "Tyst", "Inga svar."),
        *("Frånby", "ny", "Inga svar.", "3", "å ä.ö-", "använd", "Nej", "Vad?", "=1+1"),
    ]
    assert not {"b", "script", "img"} & {tag for tag, _ in page.tags}


def test_several_rounds_stand_on_one_page_each_with_targets_of_its_own(tmp_path: Path) -> None:
    found = numbers(read(written(tmp_path, account(FRAME), account({}))))
    assert (found["omgang-0-respondents---"], found["omgang-1-respondents---"]) == (3, 3)
    assert "omgang-1-asked---" not in found


def test_without_the_respondents_nobody_is_named_and_nothing_is_a_link(tmp_path: Path) -> None:
    made, _ = account(FRAME)
    ledger_file.write_ledgers([made], tmp_path / "l.html")
    page = read(tmp_path / "l.html")
    assert page.links == []
    assert not {"Ödby", "Frånby"} & set(page.texts)


def _fewer(one: Accounted) -> Accounted:
    return replace(one, behind={**one.behind, Number(What.UNCODED, "bra"): []})


def _more(one: Accounted) -> Accounted:
    return replace(one, behind={**one.behind, Number(What.RESPONDENTS): ["1", "2", "3", "4"]})


@pytest.mark.parametrize("spoil", [_fewer, _more])
def test_respondents_of_another_moment_are_refused_and_nothing_written(
    tmp_path: Path, spoil: Callable[[Accounted], Accounted]
) -> None:
    made, behind = account(FRAME)
    with pytest.raises(ProjectChangedError, match="different moments"):
        written(tmp_path, (made, spoil(behind)))
    assert not list(tmp_path.iterdir())


def test_an_empty_round_is_a_page_too(tmp_path: Path) -> None:
    empty = Ledger("1", None, 0, 0, (), ())
    assert numbers(read(written(tmp_path, (empty, Accounted({}, {}, {}))))) == {}
