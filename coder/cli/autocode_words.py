"""What a run of `coder autocode` did, in words."""

from collections.abc import Iterator

from coder.domain.acceptance import FEWEST_EXAMPLES, CodeGate, Gate, Verdict
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.workflow.autocode_report import AutocodeReport

_EXAMPLE = 90  # characters of an example that are shown
# Answers held as new, and how many for each that is coded, from which on the round is not what the promise speaks of.
_SEVERAL, _MUCH_NEW = 10, 1 / 3


def in_short(report: AutocodeReport) -> Iterator[str]:
    """What a run did to one question in a line, and why where it did nothing."""
    would = "would be " if report.dry_run else ""
    sample = f" ({report.in_audit} of them unseen, for the sample of an audit)" if report.in_audit else ""
    yield (
        f"{report.question}: {how_many(report.answers, 'answer')}; {report.coded} {would}coded with "
        f"{how_many(report.codings, 'code')}, "
        f"{report.left} {would}left for review{sample}, {report.by_hand} left as "
        "people have decided"
    )
    if report.gate.shut:
        yield f"  nothing is coded: {why_shut(report.gate)}"


def words(report: AutocodeReport) -> Iterator[str]:
    """What a run did to one question, for a reader."""
    yield from in_short(report)
    run = f"run {report.run}, " if report.run is not None else ""
    if not (run or report.dry_run):
        yield "  no run is recorded: it gave nothing, and no earlier run had anything to take back"
    yield f"  {run}model {report.model.id}, learnt from {how_many(report.model.trained_on, 'coding')}"
    yield from (f"  {line}" for line in _gate_words(report))
    if report.stood:
        yield f"  beside what the machine had given before: {_changes(report)}"
    if report.clashes:
        times = how_many(report.clashes, "time")
        yield f"  {times} several codes of one theme in an answer: counted by score until you choose"
    if report.new:
        hold = how_many(report.new, "answer holds", "answers hold")
        yield f"  {hold} what the machine was sure of and yet is unlike all that was read: left"
        if report.new >= max(_SEVERAL, _MUCH_NEW * report.coded):
            yield "    much of this round seems to be new, and of such a round no precision is promised:"
            yield "    give the new topics codes, code some answers by hand, and run again"
    for one in report.candidates:
        telling = ", ".join(one_line(word) for word in one.words)
        yield f"  perhaps a new code, {how_many(one.answers, 'answer')}: {telling}"
        if one.respondents:
            whom = ", ".join(one_line(report.called.get(key) or key) for key in one.respondents)
            yield f"      of them, for g in the workbench: {whom}"
        for text in one.examples:
            line = one_line(text)
            yield f"      {line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1] + '…'}"
    if report.candidates and report.run is not None:
        yield "  N in the workbench shows them with all their segments, and makes codes of them"


def _changes(report: AutocodeReport) -> str:
    """How the codes of a run differ from those that it replaces, each counted once an answer."""
    if not (report.withdrawn or report.added):
        return "the same codes"
    gone = f"{report.withdrawn} {'would not be' if report.dry_run else 'not'} given again"
    return f"{how_many(report.added, 'code')} more, {gone}, {report.stood - report.withdrawn} as before, once an answer"


def _gate_words(report: AutocodeReport) -> Iterator[str]:
    gate, book = report.gate, report.codebook
    if gate.promise is None:
        yield f"every suggestion of score {gate.least:g} and above was taken; nothing is promised of their precision"
        return
    if gate.answers:
        if gate.shut:
            finished = how_many(gate.answers, "answer")
            yield f"precision {gate.promise:g} asked for; judged by the {finished} that analysts have finished"
        else:
            yield f"precision {gate.promise:g} promised for answers like the {gate.answers} that analysts have finished"
    for verdict, heading in _HEADINGS.items() if gate.answers else ():
        of_verdict = [one for one in gate.codes if one.verdict is verdict]
        if of_verdict:
            yield f"{heading}: {how_many(len(of_verdict), 'code')}"
        pooled = [one for one in of_verdict if one.pooled]
        for one in sorted(of_verdict, key=lambda one: one.pooled):
            if one in pooled[:1]:
                yield from _pool(pooled)
            name = f"{book.theme_name(one.code)} · {book.code_name(one.code)}".removeprefix(" · ")
            yield f"    {one_line(name)}: {_evidence(one)}"


_HEADINGS = {
    Verdict.AUTOMATIC: "automatic",
    Verdict.WEAK: "weak, left to people",
    Verdict.INSUFFICIENT: f"fewer than {FEWEST_EXAMPLES} examples or counterexamples, left to people",
}


def _pool(pooled: list[CodeGate]) -> Iterator[str]:
    """What holds for the codes that are judged together, once for all of them."""
    one = pooled[0]
    yield (
        f"    these share a score, as each has too few trials alone: from {one.threshold:.3f} at least "
        f"{one.at_least:.3f} right over all of them; a single one may do worse"
    )


def _evidence(one: CodeGate) -> str:
    examples = how_many(one.examples, "example")
    if one.threshold is None:
        if one.verdict is Verdict.INSUFFICIENT and one.examples >= FEWEST_EXAMPLES:
            return f"{examples}; hardly a finished answer is anything else, so nothing shows when it would be wrong"
        tried = how_many(one.tried, "left-out answer")
        return f"{examples}; suggested first for {tried}, rightly for {one.right}" if one.tried else examples
    right = f"{one.right} of {one.tried} right"
    if one.pooled:
        return f"{right}; {examples}"
    return f"from score {one.threshold:.3f}; {right}, at least {one.at_least:.3f}; {examples}"


def why_shut(gate: Gate) -> str:
    """Why the gate lets nothing through."""
    if not gate.answers:
        return (
            "no answer has been finished by an analyst, so there is nothing to judge by; code answers by hand first: "
            f"at least {gate.fewest} codes given, {FEWEST_EXAMPLES} of each code that the machine is to give"
        )
    if all(one.verdict is Verdict.INSUFFICIENT for one in gate.codes):
        if any(one.examples >= FEWEST_EXAMPLES for one in gate.codes):
            return (
                f"it takes {FEWEST_EXAMPLES} finished answers that are anything else than one code, to show when that "
                "would be wrong; give other codes, or mark answers as having nothing to code"
            )
        return f"no code has the {FEWEST_EXAMPLES} examples that it takes to judge it; code more answers by hand"
    known = [one for one in gate.codes if one.verdict is Verdict.WEAK]
    tried, right = sum(one.tried for one in known), sum(one.right for one in known)
    return (
        f"of {how_many(tried, 'code')} it would have given to left-out answers {how_many(right, 'was', 'were')} right, "
        "and no least score makes it sure enough; code more answers by hand, or ask for less"
    )
