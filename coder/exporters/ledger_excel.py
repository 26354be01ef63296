"""The denominator ledger as an Excel workbook: numbers as numbers, and every share a formula on its own base."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coder.domain.ledger import Ledger, QuestionLedger
from coder.domain.method import Made
from coder.domain.non_response import GroupLedger
from coder.domain.tables import Count
from coder.exporters import ledger_words as words
from coder.exporters import wording
from coder.exporters.files import write_bytes
from coder.exporters.sheet import cell_text, note_sheet, print_on_a4, row_height, workbook_bytes

_QUESTIONS = (
    "Omgång",
    "Nyckel",
    "Fråga",
    "Tillfrågade",
    "Svarande",
    "Ställd till",
    "Svar",
    "därav ej ställd till",
    "Ej svar",
    "Ej ställd",
    "Svar % av dem den ställts till",
    "Svar % av tillfrågade",
    "Kodade",
)
_DIVIDED = ("därav hand", "därav maskin")  # where a machine has coded some alone
_LEFT = ("Inget att koda", "Okodade")
_GROUPS = ("Omgång", "Egenskap", "Värde", "I filen", "Svarande", "Tillfrågade", "därav svarat", "Svarsandel")
_WIDE = {"Fråga": 48, "Egenskap": 16, "Värde": 26, "Nyckel": 20}


def write(ledgers: Sequence[Ledger], path: Path, notes: Sequence[str], made: Made | None = None) -> None:
    """Write the workbook: the questions of every round, the groups, and how the columns hang together."""

    def fill(book: Any) -> None:
        share = book.add_format({"num_format": "0.0 %", "valign": "top", "align": "right"})
        divided = any(one.by_machine for one in ledgers)
        questions = _sheet(book, "Frågor", (*_QUESTIONS, *(_DIVIDED if divided else ()), *_LEFT))
        asked = [(ledger, one) for ledger in ledgers for one in ledger.questions]
        for line, (of, one) in enumerate(asked, start=1):
            _question(questions, line, of, one, share, divided=divided)
        groups = _sheet(book, "Grupper", _GROUPS)
        held = [(ledger, one) for ledger in ledgers for one in ledger.groups]
        for line, (of, group) in enumerate(held, start=1):
            _group(groups, line, of, group, share)
        note_sheet(book, [*(line for one in ledgers for line in words.summary(one)), *notes], made)

    write_bytes(path, workbook_bytes(fill))


def _sheet(book: Any, name: str, heads: Sequence[str]) -> Any:
    sheet = book.add_worksheet(name)
    look = {"bold": True, "bottom": 1, "bg_color": "#E7EEF4", "text_wrap": True, "valign": "top"}
    texts, numbers = book.add_format(look), book.add_format({**look, "align": "right"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_row(0, 62)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, _WIDE.get(head, 11), wrapped)
        sheet.write_string(0, column, head, texts if head in _WIDE or column == 0 else numbers)
    sheet.freeze_panes(1, 3)
    print_on_a4(sheet, 0)
    return sheet


def _question(sheet: Any, line: int, ledger: Ledger, one: QuestionLedger, share: Any, *, divided: bool) -> None:
    for column, text in enumerate((ledger.round, one.question, words.question(one, in_full=True))):
        sheet.write_string(line, column, cell_text(wording.name(text)))
    sheet.set_row(line, row_height(words.question(one, in_full=True), _WIDE["Fråga"]))
    numbers = (one.asked, one.respondents, one.routed, one.answered, one.against_routing, one.blank, one.filtered)
    _numbers(sheet, line, 3, numbers)
    row = line + 1
    _share(sheet, (line, 10), f"=(G{row}-H{row})/F{row}", Count(one.answered - one.against_routing, one.routed), share)
    if one.response is not None:
        _share(sheet, (line, 11), f"=(G{row}-{one.uninvited})/D{row}", one.response.count, share)
    by_whom = (one.by_hand, one.by_machine) if divided else ()
    _numbers(sheet, line, 12, (one.coded, *by_whom, one.nothing_to_code, one.uncoded))


def _group(sheet: Any, line: int, ledger: Ledger, group: GroupLedger, share: Any) -> None:
    for column, text in enumerate((ledger.round, group.attribute, group.value)):
        sheet.write_string(line, column, cell_text(wording.name(text)))
    _numbers(sheet, line, 3, (group.listed, group.respondents))
    if group.asked is not None:
        _numbers(sheet, line, 5, (group.asked.base, group.asked.count))
        _share(sheet, (line, 7), f"=G{line + 1}/F{line + 1}", group.asked, share)


def _numbers(sheet: Any, line: int, column: int, numbers: Sequence[int | None]) -> None:
    for place, number in enumerate(numbers, column):
        if number is not None:
            sheet.write_number(line, place, number)


def _share(sheet: Any, place: tuple[int, int], formula: str, count: Count, form: Any) -> None:
    """A share as a formula with its value; a dash where its base is nobody."""
    if count.base:
        sheet.write_formula(*place, formula, form, count.percent / 100)
    else:
        sheet.write_string(*place, wording.NOTHING, form)
