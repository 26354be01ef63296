"""The denominator ledger of a round, from what the project holds."""

from collections.abc import Mapping

from coder.domain.answers import Kind
from coder.domain.ledger import Ledger, ledger
from coder.storage import surveys
from coder.workflow import report
from coder.workflow.project import Project


def round_ledger(project: Project, round_key: str) -> Ledger:
    """The ledger of a round; raises CoderError for a round that is not there."""
    one = project.round(round_key)
    questions = project.questions(round_key)
    tables = {asked.key: report.table(project, asked.key, round_key) for asked in questions}
    with project.file.reading() as db:
        respondents = surveys.held_respondents(db, round_key)
        replies: dict[str, Mapping[str, str]] = {}
        answered: dict[str, list[str]] = {}
        for asked in questions:
            if asked.kind is Kind.CLOSED:
                replies[asked.key] = surveys.replies(db, round_key, asked.key)
                answered[asked.key] = list(replies[asked.key])
            else:
                given = surveys.answers(db, round_key, asked.key)
                answered[asked.key] = [answer.respondent.key for answer in given if not answer.blank]
    return ledger(one, questions, respondents, answered=answered, replies=replies, tables=tables)
