"""Taking in who was asked, answered or not."""

from collections.abc import Iterator, Sequence

from coder.domain.answers import Respondent, Survey, one_line
from coder.domain.how_many import form
from coder.storage import frames
from coder.storage.database import Database
from coder.workflow.named import Named

_NAMED = 10


def take_frame(db: Database, plan: Survey, asked: Sequence[Respondent] | None) -> list[str]:
    """Make these the ones who were asked in the survey's round; say what changed, and where the answers contradict it.

    Call it inside a transaction, once the round and its answers are there. The same people again change nothing; a
    survey without a frame file makes the project forget whom it was told of. None for a file that is not there changes
    nothing either.
    """
    held = frames.load(db, plan.round.key)
    if asked is None:
        assert plan.frame_file is not None
        known = "as the project has them from before" if held else "not known, but for their number"
        return [f"the frame file {one_line(plan.frame_file.path.name)} is not there: who was asked is {known}"]
    now = {one.key: one for one in asked}
    notes = []
    if list(held.items()) != list(now.items()):
        frames.replace(db, plan.round.key, asked)
        if not now:
            notes.append(f"the survey file names no [frame] any more: the {len(held)} who were asked are forgotten")
        elif held:
            differing = sum(held[key] != now[key] for key in held.keys() & now.keys())
            notes.append(
                f"who was asked has changed: {len(now.keys() - held.keys())} new, {len(held.keys() - now.keys())} "
                f"gone, {differing} with another name or attribute"
            )
    for words, whom in disagreements(db, plan.round.key):
        notes.append(f"{len(whom)} {words}: {Named(whom[:_NAMED], len(whom)).listed()}")
    return notes


def disagreements(db: Database, round_key: str) -> Iterator[tuple[str, list[str]]]:
    """Where a round's answers and its frame contradict each other: in words that follow a number, and whom."""
    if strangers := frames.strangers(db, round_key):
        yield f"answered who {form(len(strangers), 'is', 'are')} not in the frame", strangers
    both = ((one, asked, _differing(one, asked)) for one, asked in frames.told_apart(db, round_key))
    if differing := [f"{one.key} ({how})" for one, _, how in both if how]:
        have = form(len(differing), "respondent has", "respondents have")
        yield f"{have} another name or attribute in the frame, and the ledger's groups go by the frame", differing


def _differing(one: Respondent, asked: Respondent) -> str:
    """What of a respondent is another in the frame, where both tell it."""
    pairs = [("", one.name, asked.name)] if one.name and asked.name else []
    pairs += [
        (f"{name} ", own, asked.attributes[name]) for name, own in one.attributes.items() if name in asked.attributes
    ]
    return "; ".join(
        f"{name}{one_line(own) or 'blank'}, in the frame {one_line(other) or 'blank'}"
        for name, own, other in pairs
        if own != other
    )
