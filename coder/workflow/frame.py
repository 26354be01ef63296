"""Taking in who was asked, answered or not."""

from collections.abc import Sequence

from coder.domain.answers import Respondent, Survey, one_line
from coder.storage import frames
from coder.storage.database import Database

_NAMED = 10


def take_frame(db: Database, plan: Survey, asked: Sequence[Respondent] | None) -> list[str]:
    """Make these the ones who were asked in the survey's round; say what changed, and who answered and is none of them.

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
    if now and (strangers := frames.strangers(db, plan.round.key)):
        more = f" and {len(strangers) - _NAMED} more" if len(strangers) > _NAMED else ""
        notes.append(f"{len(strangers)} answered who are not in the frame: {', '.join(strangers[:_NAMED])}{more}")
    return notes
