"""The keys of the comparison's screen, each with the name it has in the keys file."""

from textual.binding import Binding, BindingType

COMPARISON: list[BindingType] = [
    Binding("escape,b,q", "close", "Back", id="compare.close", tooltip="go back to the workbench", priority=True),
    Binding(
        "i",
        "interval",
        "Intervals",
        id="compare.interval",
        tooltip="give intervals and tests, or leave them out",
        priority=True,
    ),
    Binding(
        "o",
        "question",
        "Other question",
        id="compare.question",
        tooltip="compare another question, open or closed",
        priority=True,
    ),
    Binding(
        "r",
        "round",
        "Other round",
        id="compare.round",
        tooltip="compare with another of the earlier rounds",
        priority=True,
    ),
    Binding("question_mark", "help", "Help", id="compare.help", tooltip="this list of keys", priority=True, show=False),
]
