"""The denominator ledger of a round, from what the project holds."""

from collections.abc import Iterator, Mapping, Sequence

from coder.domain.answers import Kind
from coder.domain.ledger import Ledger, ledger
from coder.domain.tables import OptionTable, ThemeTable
from coder.storage import frames, surveys
from coder.workflow import report
from coder.workflow.long_run import Parts, Progress, unwatched
from coder.workflow.one_pass import Passed, parts_of
from coder.workflow.project import Project


def round_ledgers(project: Project, keys: Sequence[str], progress: Progress = unwatched) -> list[Ledger]:
    """The ledgers of some rounds; raises CoderError for a round that is not there."""
    places = [(project.round(key).key, asked.key) for key in keys for asked in project.questions(key)]
    parts = parts_of(project, places, progress)
    return [round_ledger(project, key, parts) for key in keys]


def round_ledger(project: Project, round_key: str, parts: Parts | None = None) -> Ledger:
    """The ledger of a round; raises CoderError for a round that is not there."""
    one = project.round(round_key)
    questions = project.questions(round_key)
    parts = parts or Parts(unwatched, 0)
    tables: dict[str, ThemeTable | OptionTable] = {}
    answered: dict[str, list[str]] = {}
    for asked in questions:
        gave = answered[asked.key] = []

        def noted(answers: Iterator[Passed], gave: list[str] = gave) -> Iterator[Passed]:
            for each in answers:
                if not each.answer.blank:
                    gave.append(each.answer.respondent.key)
                yield each

        tables[asked.key] = report.table(project, asked.key, round_key, passing=noted, progress=parts.part())
    with project.file.reading() as db:
        respondents = surveys.held_respondents(db, round_key)
        asked_of = frames.load(db, round_key)
        replies: dict[str, Mapping[str, str]] = {}
        for asked in questions:
            if asked.kind is Kind.CLOSED:
                replies[asked.key] = surveys.replies(db, round_key, asked.key)
                answered[asked.key] = list(replies[asked.key])
    return ledger(one, questions, respondents, answered=answered, replies=replies, tables=tables, frame=asked_of)
