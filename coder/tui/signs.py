"""Signs and words for what the domain knows: a sign beside every colour, and text that no terminal obeys."""

from coder.domain.counting import State, Status

STATES = {
    State.UNTOUCHED: ("○", "untouched"),
    State.AUTO: ("◇", "machine-coded"),
    State.BEGUN: ("◐", "begun"),
    State.DONE: ("●", "done"),
    State.CLASH: ("▲", "clash"),
}

STATUSES = {
    Status.COUNTED: ("✓", "counted"),
    Status.PROVISIONAL: ("▲", "provisional"),
    Status.SET_ASIDE: ("–", "set aside"),
}

EXAMPLE = "★"
MACHINE = "◇"
MEMO = "✎"
ESTIMATED = "≈"  # before what an audit says, where a count lies outside its limits

_UNSEEN = {number: "\ufffd" for number in (*range(0x20), *range(0x7F, 0xA0)) if number != 0x0A}


def visible(text: str) -> str:
    """The text with every control character as a visible sign, character for character: offsets still hold."""
    return text.translate(_UNSEEN)


def one_line(text: str, width: int = 0) -> str:
    """The text on one line, cut to `width` characters where that is given."""
    line = " ".join(visible(text).split())
    return shortened(line, width) if width else line


def shortened(line: str, width: int) -> str:
    """The line, cut to `width` characters with a sign that something is missing."""
    return f"{line[: width - 1]}…" if len(line) > width > 0 else line


def percent(share: float | None) -> str:
    """A share as whole percent, or the word for a score that nobody can tell; 100 where nothing at all is missing."""
    if share is None or share != share:  # noqa: PLR0124 - nan
        return "unknown"
    return "99 %" if 0.995 <= share < 1.0 else f"{share * 100:.0f} %"


def remaining(seconds: float) -> str:
    """About how long something still takes."""
    whole = round(seconds)
    return f"about {whole} s left" if whole < 90 else f"about {round(whole / 60)} min left"


def theme_style(place: int) -> str:
    """The style of the theme at that place of the codebook; colours repeat, the words beside them do not."""
    return f"theme-{place % 5}"
