"""An answers file becomes replies, checked against the survey; what may surprise a user is noted."""

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from coder.domain.answers import Kind, Question, Reply, Respondent, Round, Survey
from coder.domain.errors import CoderError
from coder.importers.answers import open_answers
from tests.importers.conftest import Sheets

Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
HEADER = "kommunkod;kommun;lan;Fråga 10;Fråga 9\n"


@dataclass
class Read:
    """A file's replies, and what was said of it at the end."""

    replies: tuple[Reply, ...]
    notes: tuple[str, ...]


def read_answers(path: Path, survey: Survey) -> Read:
    with open_answers(path, survey) as file:
        replies = tuple(reply for _, reply in file)
        return Read(replies, file.finish())


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "svar.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_row_becomes_a_reply(tmp_path: Path, survey: Survey) -> None:
    path = _write(tmp_path, HEADER + "0114; Upplands\u00a0 Väsby ;Stockholm; Bra så ;Mycket  bra\n")
    assert read_answers(path, survey).replies == (
        Reply(
            Respondent("0114", "Upplands Väsby", {"lan": "Stockholm"}),
            {"bra": " Bra så ", "betyg": "Mycket bra"},
        ),
    )


OPEN = {
    "markup": "[/] [b]fet[/b] [@click=app.quit]x[/]",
    "terminal escapes": "\x1b]0;PWNED\x07 \x1b[31mröd",
    "formula": "=1+1",
    "direction and joiners": "\u202eRTL \u200b zwj \U0001f469\u200d\U0001f4bb",
    "dash": "-",
    "decomposed letters": "a\u030ao\u0308",
    "line breaks": "a\r\nb\rc\nd\u2028e",
    "quotation marks": 'sa "nej"',
    "another number": "-98",
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN.keys())
def test_an_open_answer_is_kept_as_it_stands(tmp_path: Path, survey: Survey, text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    (reply,) = read_answers(_write(tmp_path, f"{HEADER}1;A;;{quoted};\n"), survey).replies
    assert reply.values == {"bra": text}


@pytest.mark.parametrize("cell", ["", "  ", "\u200b", "\x1b[0m"], ids=["empty", "spaces", "zero width", "escape"])
def test_what_a_reader_sees_as_blank_is_no_answer(tmp_path: Path, survey: Survey, cell: str) -> None:
    (reply,) = read_answers(_write(tmp_path, f"{HEADER}1;A;;{cell};{cell}\n"), survey).replies
    assert reply.values == {}


def test_codes_for_missing_values_are_no_answers_and_are_noted(tmp_path: Path, survey: Survey) -> None:
    read = read_answers(_write(tmp_path, f"{HEADER}1;A;;-99;-77\n2;B;;x;-77\n3;C;;y;-88\n"), survey)
    assert [dict(reply.values) for reply in read.replies] == [{}, {"bra": "x"}, {"bra": "y"}]
    assert read.notes == (
        'column "Fråga 10": -99 (1) taken as no answer',
        'column "Fråga 9": -77 (2), -88 (1) taken as no answer',
    )


def test_a_code_for_missing_values_that_is_an_option_is_an_answer(tmp_path: Path) -> None:
    question = Question("q", "q", Kind.CLOSED, options=("-99", "1"))
    survey = Survey(Round("1"), "id", None, (), (question,))
    read = read_answers(_write(tmp_path, "id,q\n1,-99\n"), survey)
    assert (read.replies[0].values, read.notes) == ({"q": "-99"}, ())


def test_column_names_are_compared_as_a_reader_sees_them(tmp_path: Path, survey: Survey) -> None:
    header = HEADER.replace("Fråga 10", " Fra\u030aga  10 ")
    assert read_answers(_write(tmp_path, header + "1;A;;x;\n"), survey).replies[0].values == {"bra": "x"}


MISTAKES = {
    "a missing column": ("kommunkod;kommun;lan;Fråga 10\n1;A;;x\n", 'no column "Fråga 9"'),
    "a column with a like name": (HEADER.replace("Fråga 9", "fråga 9") + "1;A;;x;\n", 'perhaps "fråga 9"?'),
    "other columns only": ("a;b\n1;2\n", '"kommunkod", "kommun", "lan", "Fråga 10", "Fråga 9"; there are "a", "b"'),
    "escapes in a column name": (HEADER.replace("Fråga 9", "\x1b]0 x\x07ja") + "1;A;;x;\n", '"ja"'),
    "a header only": (HEADER, "there are columns, and no rows"),
    "no id": (HEADER + "1;A;;x;\n ;B;;y;\n", "line 3, column kommunkod: no id"),
    "no option": (HEADER + "1;A;;x;Bra\n", 'line 2, column Fråga 9: "Bra" is no option'),
    "no option, in other case": (HEADER + "1;A;;x;mycket bra\n", '"mycket bra" is no option'),
    "many that are no option": (HEADER + "".join(f"{n};A;;x;{n}\n" for n in range(1, 12)), "and 6 more"),
    "a very long option": (HEADER + f"1;A;;x;{'lång ' * 9999}\n", "lång…"),
    "escapes in an option": (HEADER + "1;A;;x;\x1b]0 PWNED\x07\x9b31mröd\n", '"31mröd" is no option'),
}


@pytest.mark.parametrize(("text", "wrong"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(tmp_path: Path, survey: Survey, said: Said, text: str, wrong: str) -> None:
    with pytest.raises(CoderError) as error:
        read_answers(_write(tmp_path, text), survey)
    assert wrong in said(error)
    assert error.value.message.startswith("svar.csv")


def test_where_the_columns_may_stand_in_another_sheet_the_sheets_are_named(
    workbook: Callable[[Sheets], Path], survey: Survey, said: Said
) -> None:
    path = workbook({"Läs mig": [["nyckel", "värde"]], "Svar": [HEADER.strip().split(";")], "Till": [["x"]], "Tom": []})
    with pytest.raises(CoderError) as error:
        read_answers(path, survey)
    assert 'there are "nyckel", "värde"' in said(error)
    assert (
        'Only the first sheet was read, not "Svar", "Till": if the answers stand there, make that sheet the first.'
        in (said(error))
    )


def test_a_respondent_who_was_met_before_is_named_with_both_lines(tmp_path: Path, survey: Survey, said: Said) -> None:
    with open_answers(_write(tmp_path, HEADER + "1;A;;x;\n\x1b[31m1;A;;y;\n"), survey) as file:
        (_, (line, reply)) = file
        assert (line, reply.respondent.key) == (3, "1")
        file.stands_twice("1", 3, 2)
        with pytest.raises(CoderError) as error:
            file.finish()
    assert 'svar.csv, line 3, column kommunkod: "1" stands on line 2 too' in said(error)


def test_replies_come_while_the_file_is_read(tmp_path: Path, survey: Survey) -> None:
    """What is wrong further down is said when one gets there."""
    path = _write(tmp_path, HEADER + "1;A;;x;\n2;B;;y\n")
    with open_answers(path, survey) as file:
        replies = iter(file)
        assert next(replies)[1].values == {"bra": "x"}
        with pytest.raises(CoderError, match="line 3: 4 cells where the header has 5"):
            next(replies)


def test_memory_does_not_grow_with_the_file(tmp_path: Path, survey: Survey) -> None:
    peaks = []
    for rows in (8_000, 32_000):
        path = _write(tmp_path, HEADER + "".join(f"{row};A;;{'Ett svar ' * 20}{row};\n" for row in range(rows)))
        tracemalloc.start()
        with open_answers(path, survey) as file:
            assert sum(1 for _ in file) == rows
            file.finish()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # Both files are larger than what is read at once, and the second holds five megabytes more.
    assert peaks[1] < peaks[0] + 500_000


def test_the_options_are_listed(tmp_path: Path, survey: Survey) -> None:
    with pytest.raises(CoderError) as error:
        read_answers(_write(tmp_path, HEADER + "1;A;;x;Bra\n"), survey)
    assert '"Mycket bra", "Ganska bra"' in error.value.hint


_ASKED = HEADER + "Kod;Kommun;Län;Vad fungerar  bra?;Hur är det?\n"
_IMPORT_IDS = '"{""ImportId"":""a""}";x;x;"{""ImportId"":""QID1""}";x\n'


@pytest.mark.parametrize(
    ("top", "noted"),
    [(HEADER, ""), (_ASKED, "(line 2)"), (_ASKED + _IMPORT_IDS, "(line 2, 3)")],
    ids=["one row of headings", "the questions below", "and a tool's own names"],
)
def test_a_second_row_of_headings_is_nobodys_answer(tmp_path: Path, survey: Survey, top: str, noted: str) -> None:
    bra, betyg = survey.questions
    asked = replace(survey, questions=(replace(bra, text="Vad fungerar bra?"), betyg))
    read = read_answers(_write(tmp_path, top + "1;A;;x;\n2;B;;Vad fungerar bra?;\n"), asked)
    assert [reply.values for reply in read.replies] == [{"bra": "x"}, {"bra": "Vad fungerar bra?"}]
    assert len(read.notes) == bool(noted)
    assert noted in "".join(read.notes)


def test_a_first_answer_that_repeats_the_question_is_an_answer(tmp_path: Path, survey: Survey) -> None:
    bra, betyg = survey.questions
    asked = replace(survey, questions=(replace(bra, text="x"), betyg))
    read = read_answers(_write(tmp_path, HEADER + "1;A;;x;\n"), asked)
    assert [reply.values for reply in read.replies] == [{"bra": "x"}]
    assert read.notes == ()


def test_columns_that_nobody_reads_are_noted(tmp_path: Path, survey: Survey) -> None:
    read = read_answers(_write(tmp_path, HEADER.replace("\n", ";e-post;\n") + "1;A;;x;;a@b.se;\n"), survey)
    assert read.notes == ('columns that were not read: "e-post"',)


@pytest.mark.parametrize(("times", "length", "noted"), [(5, 200, True), (4, 200, False), (5, 199, False)])
def test_texts_that_share_the_longest_length_may_have_been_cut(
    tmp_path: Path, survey: Survey, times: int, length: int, noted: bool
) -> None:
    rows = "".join(f"{number};A;;{'x' * length};\n" for number in range(times))
    read = read_answers(_write(tmp_path, HEADER + rows + "99;B;;kort;\n"), survey)
    assert any("may have been cut" in note for note in read.notes) == noted


def test_ids_that_a_workbook_holds_as_numbers_are_noted(
    workbook: Callable[[dict[str, Sequence[Sequence[object]]]], Path], survey: Survey
) -> None:
    header = HEADER.strip().split(";")
    numbers = read_answers(workbook({"Svar": [header, [114, "A", "", "x", ""]]}), survey)
    assert numbers.replies[0].respondent.key == "114"
    assert any("leading zeros" in note for note in numbers.notes)
    texts = read_answers(workbook({"Svar": [header, ["0114", "A", "", "x", ""]]}), survey)
    assert texts.replies[0].respondent.key == "0114"
    assert texts.notes == ()


def test_an_spss_file_keeps_its_ids_where_they_have_labels(spss: Path) -> None:
    pytest.importorskip("pyreadstat")
    betyg = Question("betyg", "BETYG", Kind.CLOSED, options=("Bra", "Daligt"))
    survey = Survey(Round("1"), "KOD", None, (), (Question("svar", "SVAR", Kind.OPEN, codebook="b"), betyg))
    first, second = read_answers(spss, survey).replies
    assert (first.respondent.key, first.values) == ("114", {"svar": "Allt", "betyg": "Bra"})
    assert (second.respondent.key, second.values) == ("115", {})
