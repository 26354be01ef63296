"""What gives somebody away in a quote, and what only looks like it. All names and numbers are made up."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.contact import is_personal_number
from coder.domain.identity import name_forms, signs
from coder.domain.sign import Sign
from tests.growth import LINEAR, growth

NAMES = name_forms(["Rosenstad", "Tångsås kommun", "Björkums stad", "Övre Vik", "Norrvika län", "Is"])


@pytest.mark.parametrize(
    ("text", "sign", "said"),
    [
        ("Hon, 811218-9876, fick vänta.", Sign.PERSONAL_NUMBER, "811218-9876"),
        ("19811218 9876", Sign.PERSONAL_NUMBER, "19811218 9876"),
        ("nr 8112189876.", Sign.PERSONAL_NUMBER, "8112189876"),
        ("född 811218+9876", Sign.PERSONAL_NUMBER, "811218+9876"),
        ("samordningsnummer 811278-9873", Sign.PERSONAL_NUMBER, "811278-9873"),
        ("Mejla eva.ek@exempel.se om det", Sign.EMAIL, "eva.ek@exempel.se"),
        ("eva (at) exempel.se", Sign.EMAIL, "eva (at) exempel.se"),
        ("Ring 070-123 45 67", Sign.PHONE, "070-123 45 67"),
        ("+46 70 123 45 67 gäller", Sign.PHONE, "+46 70 123 45 67"),
        ("+46 (0)8 123 456 78", Sign.PHONE, "+46 (0)8 123 456 78"),
        ("växeln 08-12 34 56 78", Sign.PHONE, "08-12 34 56 78"),
        ("tel. 123 45", Sign.PHONE, "123 45"),
        ("Rosenstad får inget svar", Sign.NAME, "Rosenstad"),
        ("i Rosenstads fall", Sign.NAME, "Rosenstads"),
        ("ROSENSTAD hör aldrig av sig", Sign.NAME, "ROSENSTAD"),
        ("Vi i Tångsås", Sign.NAME, "Tångsås"),
        ("Björkum är litet", Sign.NAME, "Björkum"),
        ("Björkums näringsliv", Sign.NAME, "Björkums"),
        ("Övre Viks skola", Sign.NAME, "Övre Viks"),
        ("kontoret i Norrvika stängde", Sign.NAME, "Norrvika"),
        ("Rosenstad:s kontor", Sign.NAME, "Rosenstad:s"),
        ("handläggaren Karin slutade", Sign.NAME, "Karin"),
        ("mötena med Eva-Lena", Sign.NAME, "Eva-Lena"),
        ("Anna är bra", Sign.NAME, "Anna"),
        ("Mohammed hjälper alla", Sign.NAME, "Mohammed"),
        ("HANDLÄGGAREN EVA BERG", Sign.NAME, "EVA BERG"),
        ("per nilsson hjälper", Sign.NAME, "per nilsson"),
        ("Per Berg hjälper", Sign.NAME, "Per Berg"),
        ("Björn Wallinder ringer", Sign.NAME, "Björn Wallinder"),
        ("Jan-Eriks svar", Sign.NAME, "Jan-Eriks"),
        ("vi ringer karin då", Sign.PERHAPS_NAME, "karin"),
        ("handläggaren Ziwia slutade", Sign.PERHAPS_NAME, "Ziwia"),
        ("Personnr 800101-1234", Sign.PERHAPS_PERSONAL_NUMBER, "800101-1234"),
        ("samordningsnummer 800161-1234", Sign.PERHAPS_PERSONAL_NUMBER, "800161-1234"),
        ("hen, 811218-9875, fick vänta", Sign.PERHAPS_PERSONAL_NUMBER, "811218-9875"),
        ("personnumret är 8001011234", Sign.PERHAPS_PERSONAL_NUMBER, "8001011234"),
        ("född 1980-01-01 1232", Sign.PERHAPS_PERSONAL_NUMBER, "1980-01-01 1232"),
        ("född 1980-01-01 1231", Sign.PERSONAL_NUMBER, "1980-01-01 1231"),
        ("Adress: Kungsgatan 4B, 753 21", Sign.ADDRESS, "Kungsgatan 4B, 753 21"),
        ("bor på kungsgatan 4 i stan", Sign.ADDRESS, "kungsgatan 4"),
        ("https://www.facebook.com/anna.svensson", Sign.WEB, "https://www.facebook.com/anna.svensson"),
        ("se instagram.com/annasv.", Sign.WEB, "instagram.com/annasv"),
        ("@annasv på twitter", Sign.WEB, "@annasv"),
    ],
)
def test_a_sign_is_found_where_it_stands(text: str, sign: Sign, said: str) -> None:
    (found,) = signs(text, NAMES)
    assert (found.sign, found.text, text[found.start : found.end]) == (sign, said, said)


@pytest.mark.parametrize(
    "text",
    [
        "8112189875",  # the check digit is wrong, and nothing says what it is
        "En gång per person och dag. EN GÅNG PER DAG. Inga klara besked.",
        "hans klass på berg ville ha en tom lista i jan",
        "SIUS-konsulenter och KAA-ungdomar möts hos SIUS-konsulenter",
        "på arbetsplatsen 2 dagar, riksväg 40, se verksamhetsplan 2023",
        "https://www.arbetsformedlingen.se",
        "=@SUM(A1) 3 @ 14",
        "811318-9873",  # there is no thirteenth month
        "Mötet var 2023-01-09 eller 09-01-2023.",
        "Öppet 08.00-16.00 och 13:00–15:00.",
        "mellan 2019 och 2023 gick 0,5 tjänst åt",
        "1 200 000 kr",
        "kommunkod 0114",
        "Arbetsförmedlingen svarar. Kommunen väntar.",
        "möten med Försäkringskassan, AF:s chefer och Arbetsförmedlingens personal",
        "Vi ringer.\nIngen svarar: Telefonen är tyst. – Jaha. ”Nej”",
        "1. Ekonomi 2. Kompetens",
        "det är is på vägen",  # Is is a respondent here, ice is not
        "rosenstad",
        "",
    ],
)
def test_what_only_looks_like_a_sign_is_left_alone(text: str) -> None:
    assert [one for one in signs(text, NAMES) if one.sign is not Sign.PERHAPS_NAME] == []
    assert signs(text, NAMES) == []


def test_a_word_that_is_allowed_names_nobody() -> None:
    assert signs("vi kör Kugghjulet här", NAMES)[0].sign is Sign.PERHAPS_NAME
    assert signs("vi kör Kugghjulet här", NAMES, ["kugghjulet"]) == []
    assert signs("i Rosenstad", NAMES, ["Rosenstad"]) == []
    assert signs("Annas grupp", NAMES, ["anna"]) == []
    assert [one.text for one in signs("Anna Bergström", NAMES, ["anna"])] == ["Anna Bergström"]


def test_the_surer_sign_stands_where_two_overlap() -> None:
    found = signs("skriv till Rosenstad@exempel.se", NAMES)
    assert [one.sign for one in found] == [Sign.EMAIL]


def test_several_signs_come_in_order() -> None:
    found = signs("Ring Karin på 070-123 45 67 i Rosenstad", NAMES)
    assert [one.sign for one in found] == [Sign.NAME, Sign.PHONE, Sign.NAME]


@pytest.mark.parametrize("digits", ["", "12345", "81121898765", "811218987x", "٨١١٢١٨٩٨٧٦", "0000000000"])
def test_what_is_no_ten_digit_date_is_no_personal_number(digits: str) -> None:
    assert not is_personal_number(digits)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(0, 999), st.booleans())
def test_every_date_with_its_check_digit_is_one_and_with_another_is_none(
    day: date, serial: int, coordination: bool
) -> None:
    born = str(day).replace("-", "")[2:]
    if coordination:
        born = born[:4] + str(int(born[4:]) + 60)
    nine = f"{born}{serial:03}"
    valid = [digit for digit in range(10) if is_personal_number(f"{nine}{digit}")]
    assert len(valid) == 1
    total = sum(sum(divmod(int(d) * (2 if place % 2 == 0 else 1), 10)) for place, d in enumerate(nine))
    assert valid[0] == -total % 10


@given(st.text(max_size=200))
def test_any_text_gives_signs_that_lie_in_it_and_do_not_overlap(text: str) -> None:
    found = signs(text, NAMES)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["a", "1 ", "a@", "Aa ", "0-", "a.", "anna ", "www.", "800101", "@a"])
def test_a_quote_of_forty_thousand_characters_is_read_in_time_that_grows_as_it_does(piece: str) -> None:
    assert growth(lambda length: signs((piece * length)[:length], NAMES), 10_000) < LINEAR
