"""Every export carries a method note: in the file, or in a text beside one that has no room for it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coder.domain.agreement import Agreement
from coder.domain.coding import Origin
from coder.domain.method import MethodNote, RunNote, method_path
from coder.domain.sampling import Sampled
from coder.domain.tables import OptionTable, ThemeTable, Unit
from coder.exporters import method_file, method_words
from coder.exporters.table_file import Extras, write_table

NOTE = MethodNote(
    "mindre_bra",
    "2023",
    40,
    datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "coder 1",
    codebook="af",
    fingerprint="c0ffee",
    analysts=(("eva", 8), ("ola", 7)),
    origins={Origin.HAND: 10, Origin.ACCEPTED: 5, Origin.AUTO: 2},
    clashes=2,
    uncoded=3,
    nothing_to_code=4,
    memos=("mindre_bra: Två kodare.",),
    answer_memos=6,
    runs=(RunNote(7, 2, "b06797", "c0ffee", 284, precision=0.9, at="2026-01-01T12:30:00+00:00", accepted=1),),
    coded_with="0ldb00",
)
CLOSED = MethodNote("ja", "2023", 8, NOTE.made_at, "coder 1")
NOON = "2026-01-01T12:00:00"
SAID = (
    "Räkneregel: En svarande räknas högst en gång inom ett tema",
    "i denna ordning: kod som en kodare redan valt, kod som maskinen är säkrast på",
    "Andelarna avser de 40 svarande som besvarat frågan i omgång 2023.",
    "Kodbok: af, version c0ffee, som talen är räknade med. När svaren senast kodades gällde version 0ldb00.",
    "Kodare, med antal räknade kodningar: eva (8), ola (7). Maskinen har gjort 2 som ingen kodare har granskat.",
    "Räknade kodningar: 17, varav 59 % för hand (10), 29 % antagna förslag (5), 12 % av maskinen (2).",
    "körning 7 den 2026-01-01 kl. 12.30 (UTC): modell b06797, som lärt av 284 kodningar med kodbokens version c0ffee; "
    "koder gavs där minst 90 % av förslagen väntades vara rätt. 2 räknade kodningar av maskinen, och 1 "
    "som en kodare har antagit.",
    "Ingen har mätt hur ofta maskinen har fel: dess 2 räknade kodningar räknas som om de vore rätt.",
    "Val som återstår: 2. Okodade svar: 3. Svar utan något att koda: 4.",
    "Anteckning. mindre_bra: Två kodare.",
    "Anteckningar om enskilda svar: 6. De finns i projektet och återges inte",
    "Framställd 2026-01-02 kl. 03.04 (UTC) med coder 1.",
)


@pytest.mark.parametrize("words", SAID)
def test_the_note_says_all_that_a_reader_must_know(words: str) -> None:
    assert words in "\n".join(method_words.lines(NOTE))


@pytest.mark.parametrize(
    ("analysts", "choosers", "words"),
    [
        ((), (), "ingen ännu. Maskinen har gjort 2 som ingen kodare har granskat."),
        (
            (),
            (("eva", 1),),
            "ingen. Maskinen har gjort 2: att 1 av dem räknas har en kodare valt, bland flera koder inom samma tema "
            "(eva (1)), och 1 har ingen kodare granskat.",
        ),
        (
            (("ola", 7),),
            (("eva", 1), ("ola", 1)),
            "ola (7). Maskinen har gjort 2: att 2 av dem räknas har en kodare valt, bland flera koder inom samma tema "
            "(eva (1), ola (1)), och 0 har ingen kodare granskat.",
        ),
    ],
    ids=["nobody", "only_chosen", "given_and_chosen"],
)
def test_what_a_person_has_chosen_is_not_called_unread(
    analysts: tuple[tuple[str, int], ...], choosers: tuple[tuple[str, int], ...], words: str
) -> None:
    told = method_words.lines(replace(NOTE, analysts=analysts, choosers=choosers))
    assert f"Kodare, med antal räknade kodningar: {words}" in told


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param(
            RunNote(0, 1), "Maskinkodning utan uppgift om körning: 1 räknad kodning av maskinen.", id="from_a_file"
        ),
        pytest.param(
            RunNote(1, 2, "m", "f", 3, min_score=0.5, at="2026-01-01T00:00:00"), "från poäng 0,50", id="score"
        ),
        pytest.param(RunNote(1, 2, "m", "f", 3, at="2026-01-01T00:00:00"), "(lokal tid): modell m", id="no_zone"),
    ],
)
def test_a_run_says_what_it_was_to_keep_to(run: RunNote, words: str) -> None:
    assert any(words in line for line in method_words.lines(replace(NOTE, runs=(run,))))


SAMPLED = Sampled(60, 175, since=3, analyst="eva", at="2026-01-01T23:30:00.000+00:00", seed="7")


@pytest.mark.parametrize(
    ("note", "words"),
    [
        pytest.param(
            replace(NOTE, sampled=SAMPLED),
            "60 av de 175 svar som maskinen tagit ställning till lottades 2026-01-01 av eva, med frö 7, och kodades "
            "för hand utan att maskinens kod visades. Intervall som räknar in maskinens fel (95 %) är skattade ur dem. "
            "Skattningen är den tvåfasiga differensskattningen, efterstratifierad efter vad maskinen sagt (Cochran",
            id="finished",
        ),
        pytest.param(
            replace(NOTE, waiting=9), "pågår: 9 lottade svar återstår att koda klart för hand.", id="under_way"
        ),
        pytest.param(
            replace(NOTE, outside=2),
            "2 svar som inte kunde lottas för granskningen av maskinkodningen återstår att koda klart för hand.",
            id="late",
        ),
        pytest.param(replace(NOTE, unit=Unit.UNITS), "mäts i antal svarande och inte i enheter", id="units"),
    ],
)
def test_the_note_says_who_has_measured_the_machine_s_errors_and_how(note: MethodNote, words: str) -> None:
    text = "\n".join(method_words.lines(note))
    assert words in text
    assert "Ingen har mätt" not in text


@pytest.mark.parametrize(
    ("made", "words"),
    [
        pytest.param(
            Agreement(40, 26, 12, 0.9),
            "När urvalet drogs hade maskinen gett de lottade svaren 40 koder (par av svar och kod, före räkneregeln). "
            "Av dem var 26 rätt enligt dem som kodade för hand, 65 % (48–79 %, 95 % intervall enligt Clopper och "
            "Pearson 1934); 12 som de gav hade den inte gett. Enligt körningen skulle minst 90 % vara rätt: hela "
            "intervallet ligger under, så det höll inte.",
            id="broken",
        ),
        pytest.param(
            Agreement(400, 390, 1, 0.875), "minst 87,5 % vara rätt: hela intervallet ligger där eller", id="kept"
        ),
        pytest.param(Agreement(4, 4, 1, 0.9), "minst 90 % vara rätt: urvalet räcker inte för att säga", id="small"),
        pytest.param(Agreement(4, 4, 1), "1 som de gav hade den inte gett.", id="no_promise"),
        pytest.param(Agreement(0, 0, 2, 0.9), "inte gett de lottade svaren någon kod när", id="none"),
    ],
)
def test_the_note_says_how_often_the_machine_was_right_over_the_whole_sample(made: Agreement, words: str) -> None:
    note = replace(NOTE, sampled=replace(SAMPLED, agreement=made))
    (line,) = [line for line in method_words.lines(note) if line.startswith(("När urvalet drogs", "Maskinen hade"))]
    assert words in line
    assert ("Enligt körningen" in line) is bool(made.promise and made.given)
    (told,) = method_file.to_json(note)["questions"]
    assert told["audit"]["agreement"] == made.figures


def test_numbers_without_a_machine_in_them_say_nothing_of_its_errors() -> None:
    note = replace(NOTE, origins={Origin.HAND: 10}, runs=())
    assert not [line for line in method_words.lines(note) if "askinen har" in line or "askinkodning" in line]


def test_a_time_has_the_distance_of_its_zone_from_utc() -> None:
    stockholm = timezone(timedelta(hours=1))
    note = replace(NOTE, made_at=NOTE.made_at.astimezone(stockholm))
    assert method_words.lines(note)[-1] == "Framställd 2026-01-02 kl. 04.04 (UTC+01:00) med coder 1."
    assert method_file.to_json(note)["made_at"] == "2026-01-02T04:04:00+01:00"


def test_json_has_the_audit_with_its_method_or_how_many_answers_wait_for_one() -> None:
    (told,) = method_file.to_json(replace(NOTE, sampled=SAMPLED))["questions"]
    of = told["audit"]
    drawn = (of["drawn"], of["population"], of["seed"], of["drawn_by"], of["level"], of["recoded"])
    assert drawn == (60, 175, "7", "eva", 0.95, 3)
    assert "difference estimator" in of["estimator"]
    assert told["codebook_when_coded"] == "0ldb00"
    (told,) = method_file.to_json(replace(NOTE, waiting=9))["questions"]
    assert (told["waiting_in_audit"], "audit" in told) == (9, False)


def test_a_run_of_the_machine_that_is_unfinished_is_said_of_its_own_round(tmp_path: Path, themes: ThemeTable) -> None:
    warning = "Varning: maskinens senaste körning är inte slutförd. 7 svar återstod."
    stopped = replace(NOTE, round="2024", ahead=7)
    both = replace(NOTE, also=(stopped,))
    lines = method_words.lines(both)
    assert lines.count(warning) == 1
    assert lines.index(warning) > next(place for place, line in enumerate(lines) if "omgång 2024. " in line)
    assert [one.get("ahead_of_autocode") for one in method_file.to_json(both)["questions"]] == [None, 7]
    write_table(themes, tmp_path / "t.csv", Extras(stopped))
    assert warning in method_path(tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()


def test_a_note_on_several_rounds_says_what_holds_for_all_once() -> None:
    both = replace(NOTE, also=(replace(NOTE, round="2024", base=50, runs=()), CLOSED))
    lines = method_words.lines(both)
    assert [line[:11] for line in lines].count("Räkneregel:") == 1
    assert sum("i denna ordning" in line for line in lines) == 1
    assert sum(line.startswith("Anteckning. ") for line in lines) == 1
    places = [line.split(". ")[0] for line in lines if line.startswith("Frågan ")]
    assert places == ["Frågan mindre_bra, omgång 2023", "Frågan mindre_bra, omgång 2024", "Frågan ja, omgång 2023"]


def test_units_are_named_as_what_is_counted() -> None:
    assert "de 40 enheter som omfattas av dem som besvarat" in " ".join(
        method_words.lines(replace(NOTE, unit=Unit.UNITS))
    )


@pytest.mark.parametrize("suffix", [".csv", ".json", ".md", ".html", ".docx", ".xlsx"])
def test_every_table_carries_it(tmp_path: Path, themes: ThemeTable, options: OptionTable, suffix: str) -> None:
    for table, note in ((themes, NOTE), (options, CLOSED)):
        path = tmp_path / f"t{suffix}"
        write_table(table, path, Extras(note))
        beside = method_path(path)
        assert beside.exists() == (suffix == ".csv")
        if suffix == ".csv":
            head, _, *lines = beside.read_text(encoding="utf-8").splitlines()
            assert head == "Metod: t.csv"
            assert lines == method_words.lines(note)
        elif suffix in (".json", ".md", ".html"):
            text = re.sub(r"\\(.)", r"\1", path.read_text(encoding="utf-8"))
            assert all(line.replace('"', "&quot;") in text or line in text for line in method_words.lines(note))


def test_json_has_it_as_values_too_and_keeps_its_own_keys(tmp_path: Path, themes: ThemeTable) -> None:
    write_table(themes, tmp_path / "with.json", Extras(replace(NOTE, also=(CLOSED,))))
    write_table(themes, tmp_path / "without.json")
    document = json.loads((tmp_path / "with.json").read_text(encoding="utf-8"))
    method = document.pop("method")
    assert document == json.loads((tmp_path / "without.json").read_text(encoding="utf-8"))
    assert (method["made_at"], method["program"]) == ("2026-01-02T03:04:00+00:00", "coder 1")
    first, second = method["questions"]
    assert first["codebook_version"] == "c0ffee"
    assert first["origins"] == {"hand": 10, "accepted": 5, "auto": 2}
    assert first["runs"][0]["model"] == "b06797"
    assert second == {"question": "ja", "round": "2023", "base": 8, "unit": "respondents"}
