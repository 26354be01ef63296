"""Whether an audit can be drawn now, and what to do where it can't."""

from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.storage import runs
from coder.storage.database import Database
from coder.workflow.blind import unsettled
from coder.workflow.project import Project
from coder.workflow.provenance import stopped


def require_none_open(project: Project, db: Database, round_key: str, question: str) -> None:
    """Raise where a sample is still being read."""
    left = len(unsettled(db, project.codebook(question), round_key, question))
    if left:
        scope = project.typed_with(question, round_key)
        raise CoderError(
            f"an audit of {question} in round {round_key} is under way: {how_many(left, 'answer')} left to code",
            f"Code them with `coder review {scope}`, or give it up with `coder audit {scope} --withdraw`.",
        )


def require_finished(project: Project, round_key: str, question: str) -> None:
    """Raise where a run has answers before it: what it does to them would not be of what was drawn from."""
    ahead, again = stopped(project, question, round_key)
    if ahead:
        raise CoderError(
            f"the last run of autocode on {question} in round {round_key} has stopped or is under way: "
            f"{how_many(ahead, 'answer')} still ahead of it",
            f"Let it come to its end, or complete it with `{again}`; then draw.",
        )


def why_none(db: Database, round_key: str, question: str) -> str:
    """What to do where no machine's coding is left to measure."""
    run = runs.latest(db, round_key, question)
    if run is None:
        return (
            "An audit measures what `coder autocode` did: run it first. If it has run, it was sure of no code and has "
            "left nothing to measure; code more answers by hand, and run it again."
        )
    return (
        f"`coder autocode` has run (run {run.id}), and none of its codings stands: it was sure of nothing, or people "
        "have gone through it all. There is nothing to measure; code on with `coder review`."
    )
