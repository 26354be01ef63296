"""From an empty codebook to the published table: open codes, gathered theme by theme, and the clashes chosen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coder.domain.codebook import Codebook
from coder.domain.codebook_edits import Move, Rename
from coder.domain.coding import Coding, Segment, Work, choose, give, mark_nothing
from coder.domain.counting import Status
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow
from coder.domain.theme_edits import AddTheme
from coder.importers.codings import read_codings
from coder.workflow.clashes import queue_of
from coder.workflow.intake import import_answers
from coder.workflow.project import Project, create, open_project
from coder.workflow.report import table
from coder.workflow.session import Session

ROUND = "2023"
PUBLISHED = yaml.safe_load((Path(__file__).parents[1] / "data" / "published.yaml").read_text(encoding="utf-8"))
OPEN = {one["question"]: one for one in PUBLISHED["open"]}
TRACES = {"event", "undo", "place", "sqlite_sequence"}
Name = tuple[str, str]


@pytest.fixture
def uncoded(tmp_path: Path, root: Path) -> Iterator[Project]:
    """The bundled answers of 2023 and two codebooks that hold nothing."""
    books = [
        Codebook(f"af-{question.replace('_', '-')}", "sv", OPEN[question]["text"]) for question in ("bra", "mindre_bra")
    ]
    with create(tmp_path / "road.db", books) as project:
        folder = root / "corpora" / "af-2023"
        import_answers(project, folder / "answers.csv", folder / "survey.toml")
        yield project


def code_openly(session: Session, rows: list[CodingRow]) -> dict[Name, int]:
    """Code segment by segment, making each code when its segment is met; two codes of one name are told apart."""
    numbers = {answer.respondent.key: answer for answer in session.answers}
    made: dict[Name, int] = {}
    for row in rows:
        answer = numbers[row.respondent]
        if row.nothing:
            session.apply(answer.id, "nothing", lambda work, by=row.analyst: mark_nothing(work, by))  # type: ignore[misc]
            continue
        segment = row.segment or Segment(0, len(answer.text))

        def given(work: Work, code: int, one: CodingRow = row, there: Segment = segment) -> Work:
            return give(work, Coding(code, there, one.analyst, whole=one.segment is None))

        name = (row.theme, row.code)
        if name in made:
            session.apply(answer.id, "give", lambda work, code=made[name], do=given: do(work, code))  # type: ignore[misc]
            continue
        taken = {code for _, code in made}
        typed = f"{row.code} ({row.theme})" if row.code in taken else row.code
        entry = session.code_anew(answer.id, typed, given, anyway=True).entry
        assert entry is not None
        made[name] = entry
    return made


def gather(session: Session, made: dict[Name, int], published: dict[str, Any]) -> None:
    """Gather the codes in themes, in published order, and give those that were told apart their names."""
    for theme in published["themes"]:
        names = [(theme["theme"], code["code"]) for code in theme["codes"]]
        # Met in any order and put in order afterwards, as on a table full of slips.
        met = tuple(sorted(made[name] for name in names))
        entry = session.edit(AddTheme(theme["theme"], met)).entry
        assert entry is not None
        for place, name in enumerate(names):
            if [code.id for code in session.codebook.codes_of(entry)][place] != made[name]:
                session.edit(Move((made[name],), entry, place))
            session.edit(Rename(made[name], name[1]))


def resolve(session: Session, made: dict[Name, int], rows: list[CodingRow]) -> int:
    """Choose in every clash of the queue what was recorded as counted."""
    recorded = {(row.respondent, row.theme): made[row.theme, row.code] for row in rows if row.status is Status.COUNTED}
    queue = queue_of(session)
    for clash in queue:
        theme = session.codebook.theme_by_id[clash.theme].name
        wanted = recorded[clash.answer.respondent.key, theme]
        assert wanted in {rival.code for rival in clash.rivals}
        session.apply(
            clash.answer.id,
            "choose",
            lambda work, one=clash.theme, code=wanted: choose(work, one, code, session.codebook),  # type: ignore[misc]
        )
    return len(queue)


@pytest.mark.parametrize("question", ["bra", "mindre_bra"])
def test_open_codes_gathered_theme_by_theme_give_the_published_table(
    uncoded: Project, root: Path, question: str, rows_of: Callable[[Path], dict[str, list[tuple[Any, ...]]]]
) -> None:
    rows = [one for one in read_codings(root / "corpora" / "af-2023" / "codings.csv") if one.question == question]
    published = OPEN[question]
    before = rows_of(uncoded.path)
    session = Session(uncoded, ROUND, question, "eva")
    made = code_openly(session, rows)
    assert session.table().themes == ()
    assert session.table().clashes == 0
    codings = sum(not row.nothing for row in rows)
    assert sum(row.count.count for row in session.table().unthemed) <= codings

    gather(session, made, published)
    assert session.table().unthemed == ()
    queue = queue_of(session)
    assert queue == queue_of(Session(uncoded, ROUND, question, "eva"))
    assert len(queue) == session.table().clashes > 0
    assert resolve(session, made, rows) == len(queue)

    with open_project(uncoded.path) as again:
        found = table(again, question, ROUND)
    assert found == session.table()
    assert found.clashes == 0
    assert found.base == published["respondents"]
    assert [
        {
            "theme": theme.name,
            "count": theme.count.count,
            "codes": [{"code": code.name, "count": code.count.count} for code in theme.codes],
        }
        for theme in found.themes
    ] == published["themes"]

    while session.undo().what:
        pass
    after = rows_of(uncoded.path)
    assert {name: held for name, held in after.items() if name not in TRACES} == {
        name: held for name, held in before.items() if name not in TRACES
    }


def test_a_slip_of_the_keyboard_is_offered_the_code_that_was_meant(uncoded: Project) -> None:
    session = Session(uncoded, ROUND, "bra", "eva")
    answer = session.answers[0]

    def given(work: Work, code: int) -> Work:
        return give(work, Coding(code, Segment(0, len(answer.text)), "eva", whole=True))

    first = session.code_anew(answer.id, "Kända kontaktvägar", given)
    before = session.work(answer.id)
    with pytest.raises(CoderError, match="Kända kontaktvägar"):
        session.code_anew(answer.id, "kända kontaktvagar", given)
    assert session.work(answer.id) == before
    assert [code.id for code in session.codebook.active] == [first.entry]
    assert session.code_anew(answer.id, "kända kontaktvagar", given, anyway=True).entry != first.entry
    session.undo()
    assert session.work(answer.id) == before
    session.undo()
    assert session.codebook.codes == ()
    assert session.work(answer.id) == Work()
