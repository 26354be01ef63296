"""`coder audit`."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments
from coder.cli.consent import agreed
from coder.cli.progress import progress_bar
from coder.domain.agreement import Agreement
from coder.domain.answers import one_line
from coder.domain.audit import Key, Measured
from coder.domain.codebook import Codebook
from coder.domain.errors import UsageError
from coder.domain.how_many import how_many
from coder.domain.tables import whole_percent
from coder.workflow.audit import AuditState, draw_audit, state, withdraw
from coder.workflow.project import Project, open_project

_NAMED = 10


@click.command("audit")
@arguments.project
@arguments.question
@arguments.round_key
@click.option("--size", "-n", type=click.IntRange(min=1), metavar="N", help="Draw so many answers.")
@click.option(
    "--half-width",
    type=click.FloatRange(0, 100, min_open=True),
    metavar="P",
    help="Draw as many as it takes to know a share of them to within P percentage points.",
)
@click.option("--seed", metavar="S", help="Draw by this seed; else by one that is made up, and stored.")
@click.option("--withdraw", "gives_up", is_flag=True, help="Give the latest audit up and its codings back.")
@click.option(
    "--yes", "-y", is_flag=True, help="Don't ask before a coded sample is withdrawn, or another drawn in its place."
)
@arguments.analyst
@arguments.as_json
def command(
    project: Path,
    question: str,
    round_key: str,
    size: int | None,
    half_width: float | None,
    seed: str | None,
    gives_up: bool,
    yes: bool,
    analyst: str,
    as_json: bool,
) -> None:
    """Draw a random sample of what the machine decided, or say how far it has come and what it measures.

    The machine's codings are taken off the sampled answers and kept apart; code them with `coder review`, which shows
    nothing that a machine says of them. Once all are coded the table's counts have intervals that hold whatever the
    machine got wrong.
    """
    if size is not None and half_width is not None:
        raise UsageError("--size and --half-width both say how many to draw", "Give one of them.")
    if gives_up and (size is not None or half_width is not None):
        raise UsageError("an audit is drawn or withdrawn, not both", "Leave --withdraw out, or the size.")
    if gives_up:
        _give_up(project, question, round_key, analyst, yes)
        return
    with open_project(project) as held:
        if size is not None or half_width is not None:
            if not _may_draw(held, question, round_key, yes):
                return
            share = None if half_width is None else half_width / 100
            draw_audit(held, question, round_key, analyst=analyst, size=size, half_width=share, seed=seed)
        found = state(held, question, round_key)
        codebook = held.codebook(question)
        review = f"coder review {held.typed_with(question, round_key)}"
    if as_json:
        click.echo(json.dumps(summary(found, codebook), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found, codebook, question, round_key)))
        if found is not None and found.waiting:
            click.echo(f"code them blind: `{review}`")


def _may_draw(held: Project, question: str, round_key: str, yes: bool) -> bool:
    """Whether a sample may be drawn, though one that is coded measures the round already."""
    with progress_bar("Reading"):
        found = state(held, question, round_key)
    if found is None or not found.complete or not found.left:
        return True
    words = (
        f"the {how_many(found.audit.drawn, 'answer')} that were drawn {_day(found)} are coded and measure the round: "
        "a new audit draws from what is left and takes their place, until `coder audit --withdraw` gives it up"
    )
    if agreed(words, yes):
        return True
    click.echo("left as it was", err=True)
    return False


def _give_up(project: Path, question: str, round_key: str, analyst: str, yes: bool) -> None:
    """Withdraw the latest audit, once that is agreed to where some of it is coded."""
    with open_project(project) as held:
        with progress_bar("Reading"):
            found = state(held, question, round_key)
        coded = 0 if found is None else found.read + found.clashes
        if found is not None and coded:
            words = (
                f"{coded} of the {how_many(found.audit.drawn, 'answer')} that were drawn {_day(found)} are coded: "
                "their codings stay, but withdrawn, the audit measures nothing; that can't be undone"
            )
            if not agreed(words, yes):
                click.echo("left as it was", err=True)
                return
        with progress_bar("Writing"):
            given_up = withdraw(held, question, round_key, analyst=analyst)
    click.echo(f"withdrew the audit of {how_many(given_up.drawn, 'answer')}", err=True)


def _day(found: AuditState) -> str:
    """The day an audit was drawn, where the program is run."""
    return f"{datetime.fromisoformat(found.audit.at).astimezone():%Y-%m-%d}"


def summary(found: AuditState | None, codebook: Codebook) -> dict[str, Any]:
    """How far an audit has come and what it measures."""
    if found is None:
        return {"drawn": 0, "complete": False}
    one = found.audit
    document: dict[str, Any] = {
        "question": one.question,
        "round": one.round,
        "drawn": one.drawn,
        "population": one.population,
        "read": found.read,
        "clashes": found.clashes,
        "outside": list(found.outside),
        "recoded": found.since,
        "complete": found.complete,
        "by": one.analyst,
        "at": one.at,
        "seed": one.seed,
    }
    if found.agreement is not None:
        document["agreement"] = found.agreement.figures
    if found.measured is not None:
        document["themes"] = [
            {"theme": theme.name, **_figures(found, ("theme", theme.id))} for theme in codebook.themes
        ]
        document["codes"] = [
            {"theme": codebook.theme_name(code.id), "code": code.name, **_figures(found, ("code", code.id))}
            for code in codebook.in_order()
        ]
    return document


def _figures(found: AuditState, key: tuple[str, int]) -> dict[str, Any]:
    assert found.measured is not None
    one = found.measured[key]
    return {
        "estimate": one.estimate,
        "low": one.low,
        "high": one.high,
        "sample": {"counted": one.counted, "right": one.right, "missed": one.missed},
    }


def _lines(found: AuditState | None, codebook: Codebook, question: str, round_key: str) -> list[str]:
    if found is None:
        return [f"no audit of {question} in round {round_key}: draw one with --size or --half-width"]
    one = found.audit
    lines = [
        f"{question} in round {round_key}: {one.drawn} of {how_many(one.population, 'answer')} drawn {_day(found)} by "
        f"{one_line(one.analyst)}, seed {one_line(one.seed)}; {found.read} coded"
    ]
    if found.clashes:
        clash = how_many(found.clashes, "more is coded but has", "more are coded but have")
        lines.append(f"{clash} an open clash: the intervals wait until c has chosen what is counted there")
    if found.outside:
        left = len(found.outside) - _NAMED
        lines += [
            f"{how_many(len(found.outside), 'answer')} could not be drawn, and nobody is done with them: "
            f"{', '.join(map(one_line, found.outside[:_NAMED]))}{f' and {left} more' if left > 0 else ''}",
            "no count has its interval until a person has read them and is done with them",
        ]
    if found.since:
        lines.append(f"autocode has decided otherwise on {found.since} since: the intervals hold all the same")
    if found.measured is None or found.agreement is None:
        return lines
    lines += [
        *_overall(found.agreement),
        "Below, after the once-per-theme rule: how many answers belong (95 percent interval), and the sample.",
        '"9 of 10 right, 1 missed": the machine counted 10 answers there, 9 rightly, and missed 1 more.',
    ]
    for theme in codebook.themes:
        lines.append(f"  {_line(found.measured['theme', theme.id], theme.name)}")
        lines += _codes(found.measured, codebook, theme.id)
    loose = _codes(found.measured, codebook, None)
    return [*lines, *(["  (codes without a theme)", *loose] if loose else [])]


def _overall(one: Agreement) -> Iterator[str]:
    """How often the machine was right over the whole sample, against what it promised."""
    if one.share is None:
        yield f"the machine gave the sampled answers no code; people gave {one.missed} that it had not"
        return
    low, high = (whole_percent(100 * end) for end in one.interval)
    given = how_many(one.given, "code")
    yield (
        f"the machine gave the sampled answers {given}, {one.right} of them right: {whole_percent(100 * one.share)} % "
        f"({low}-{high} %, 95 percent interval)"
    )
    yield f"people gave {one.missed} that it had not"
    if one.promise is not None:
        yield f"promised: {100 * one.promise:g} % right at least; {_KEPT[one.kept]}"


_KEPT = {
    True: "all of the interval lies there or above",
    False: "all of the interval lies below, so the promise was not kept",
    None: "the sample is too small to say whether it was kept",
}


def _codes(measured: Mapping[Key, Measured], codebook: Codebook, theme: int | None) -> list[str]:
    """A line for each code of a theme, or of none."""
    codes = (code for code in codebook.in_order() if codebook.theme_of[code.id] == theme)
    return [f"    {_line(measured['code', code.id], code.name)}" for code in codes]


def _line(of: Measured, name: str) -> str:
    return f"{one_line(name)}: {of.low}-{of.high}; {of.right} of {of.counted} right, {of.missed} missed"
