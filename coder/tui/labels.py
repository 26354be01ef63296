"""What stands below a segment and in the banner: codes, their signs, and what the rule makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.domain.codebook import Codebook
from coder.domain.coding import Origin, Segment
from coder.domain.counting import Decision, Status, statuses
from coder.domain.segmenting import at_home
from coder.tui.answer_rows import Label
from coder.tui.signs import EXAMPLE, MACHINE, STATES, STATUSES, one_line, percent, theme_style
from coder.tui.widgets.answer_list import called
from coder.workflow.session import Standing


@dataclass(frozen=True, slots=True)
class Rival:
    """A code that stands against others of its theme on one answer."""

    theme: int
    code: int
    clash: bool
    counted: bool


def code_labels(
    standing: Standing, segments: tuple[Segment, ...], part: Segment, codebook: Codebook, analyst: str
) -> dict[int | None, list[Label]]:
    """A line for every coding, by the segment it is shown at; none for segments outside the part that is shown."""
    work, status = standing.work, statuses(standing.decision)
    style = {theme.id: theme_style(place) for place, theme in enumerate(codebook.themes)}
    labels: dict[int | None, list[Label]] = {}
    if work.nothing:
        labels[None] = [Label("● nothing to code", "good")]
    for number, codings in at_home(work, segments).items():
        if number is not None and not (segments[number].start < part.end and part.start < segments[number].end):
            continue
        for coding in codings:
            what = status[coding.identity]
            machine = f" {MACHINE}" if coding.origin is Origin.AUTO else ""  # before the name: a long line is cut
            words = [
                f"{STATUSES[what][0]}{machine} {one_line(codebook.code_name(coding.code))}",
                *([STATUSES[what][1]] if what is not Status.COUNTED else []),
                *(["the whole answer"] if coding.whole else []),
                *([f"by machine, {percent(coding.score)}"] if machine else []),
                one_line(codebook.theme_name(coding.code)) or "no theme yet",
                *([f"{EXAMPLE} example{', shortened' if coding.kept else ''}"] if coding.example else []),
                *([one_line(coding.analyst)] if coding.analyst != analyst and not machine else []),
            ]
            shown = style.get(codebook.theme_of[coding.code] or -1, "dim") if what is Status.COUNTED else "clash"
            line = ("" if number is None else "  ") + " · ".join(words)
            labels.setdefault(number, []).append(Label(line, shown if what is not Status.SET_ASIDE else "dim"))
    return labels


def head(standing: Standing, memos: str, remaining: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The two lines above an answer: whose it is and how far it has come, then its memos and what remains."""
    sign, word = STATES[standing.state]
    answer = standing.answer
    attributes = " · ".join(one_line(value) for value in answer.respondent.attributes.values() if value)
    return (
        ((called(answer), "strong"), (f"   {attributes}", "dim"), (f"{sign} {word}", "right")),
        ((f" {memos}", ""), (remaining, "right dim")),
    )


def rivals(decision: Decision) -> list[Rival]:
    """The codes that stand against each other, clashes first; one entry a code."""
    found: list[Rival] = []
    for settled in sorted(decision, key=lambda one: not one.clash):
        if settled.theme is not None and len(settled.codes) > 1:
            found += [Rival(settled.theme, code, settled.clash, code == settled.code) for code in settled.codes]
    return found


def banner(decision: Decision, codebook: Codebook, choice: Callable[[], str]) -> list[tuple[tuple[str, str], ...]]:
    """The lines that a clash is announced in; none where there is none. `choice` says what the key does."""
    lines: list[tuple[tuple[str, str], ...]] = []
    for settled in decision:
        if settled.clash and settled.theme is not None:
            lines.append(((f" ▲ Clash in {one_line(codebook.theme_by_id[settled.theme].name)}", "clash strong"),))
            lines.append((("   counted for now: ", "dim"), (_names([settled.code], codebook), "strong")))
            lines.append((("   set aside: ", "dim"), (_names(settled.codes[1:], codebook), "")))
    if lines:
        lines.append(((" c ", "key"), (f" {choice()}", "")))
    return lines


def _names(codes: Sequence[int], codebook: Codebook) -> str:
    return ", ".join(one_line(codebook.code_name(code)) for code in codes)
