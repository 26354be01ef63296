"""Two rounds of one question set side by side."""

from coder.domain.answers import Kind
from coder.domain.comparison import Comparison, Occasion, compare
from coder.domain.errors import UsageError
from coder.domain.estimates import Design
from coder.domain.tables import OptionTable
from coder.storage import history
from coder.workflow import behind, report
from coder.workflow.project import Project


def comparison(
    project: Project,
    question: str,
    rounds: tuple[str, str],
    *,
    design: Design | None = None,
    interval: bool | None = None,
) -> Comparison:
    """The change of a question's shares from the first round to the second; see `domain.comparison.compare`."""
    if rounds[0] == rounds[1]:
        raise UsageError(f"round {rounds[0]} can't be compared with itself", "Name two rounds.")
    before, after = (_occasion(project, question, key) for key in rounds)
    return compare(before, after, design=design, interval=interval)


def with_round_before(project: Project, question: str, round_key: str) -> Comparison | None:
    """The comparison of a round with the nearest earlier one that put the question; None where there is none."""
    put = [one.key for one in project.rounds() if any(asked.key == question for asked in project.questions(one.key))]
    place = put.index(round_key)
    return comparison(project, question, (put[place - 1], round_key)) if place else None


def _occasion(project: Project, question: str, round_key: str) -> Occasion:
    one, asked = project.round(round_key), project.question(question, round_key)
    if asked.kind is Kind.CLOSED:
        table = report.table(project, question, round_key)
        assert isinstance(table, OptionTable)
        return Occasion(one, asked, table, behind.of_options(project, table))
    held = behind.read(project, question, round_key)
    with project.file.reading() as db:
        coded = history.last_coded(db, round_key, question)
        then = history.codebook_as_of(db, held.codebook.key, coded)
    return Occasion(one, asked, held.table(), held.membership(), then, coded)
