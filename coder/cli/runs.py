"""`coder runs`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from coder.cli import arguments
from coder.domain.answers import one_line
from coder.domain.how_many import how_many
from coder.workflow.project import open_project
from coder.workflow.provenance import Ran, ran, unknown


@click.command("runs")
@arguments.project
@click.option("--question", "-q", metavar="Q", help="Key of the question; else every one.")
@click.option("--round", "-r", "round_key", metavar="R", help="Key of the round; else every one.")
@arguments.as_json
def command(project: Path, question: str | None, round_key: str | None, as_json: bool) -> None:
    """Say of every run of autocode what it coded with, whether it came to its end, and what is left of it.

    The model, what it had learnt from and by which codebook, which scores it took, its seed, and the versions of the
    program and of the libraries that decide. The same of all these gives the same codings. What a run has not come to,
    the same `coder autocode` again does.
    """
    with open_project(project) as held:
        found, others = ran(held, question, round_key), unknown(held, question, round_key)
    if as_json:
        click.echo(json.dumps({"runs": [summary(one) for one in found], "of_no_known_run": others}, ensure_ascii=False))
        return
    for one in found:
        click.echo("\n".join(lines(one)))
    if others:
        click.echo(f"no known run: {how_many(others, 'machine coding')} from a file that did not tell of it")
    elif not found:
        click.echo("no run: `coder autocode` has coded nothing here")


def summary(one: Ran) -> dict[str, Any]:
    """A run as values that JSON knows."""
    run = one.run
    return {
        "run": run.id,
        "at": run.at,
        "finished": None if run.ahead is None else run.ahead == 0,
        "ahead": run.ahead,
        "completes": one.completes or None,
        "files": run.files or None,
        "round": run.round,
        "question": run.question,
        "model": {"id": run.model, "trained_on": run.trained_on, "codebook": run.codebook, "version": run.fingerprint},
        "unit": run.unit,
        "precision": run.thresholds.get("precision"),
        "min_score": run.thresholds.get("min_score"),
        "seed": run.seed,
        "thresholds": [
            {"theme": theme, "code": code, "score": score} for (theme, code), score in one.thresholds.items()
        ],
        "versions": dict(run.versions),
        "codings": {"auto": one.auto, "accepted": one.accepted},
    }


def lines(one: Ran) -> Iterator[str]:
    """A run for a reader."""
    run = one.run
    yield (
        f"run {run.id}, {run.at}: {one_line(run.question)} in {one_line(run.round)}; of its codings "
        f"{how_many(one.auto, 'stands', 'stand')} and {how_many(one.accepted, 'is', 'are')} accepted"
    )
    if run.ahead:
        left = how_many(run.ahead, "answer was", "answers were")
        again = f"; `{one.completes}` completes it" if one.completes else ""
        yield f"  not finished, unless it is under way: {left} still ahead of it{again}"
    if run.files:
        yield (
            f"  coded files, as {one_line(run.files)}: a run on the project's own answers may have another model, as "
            "it reads other uncoded texts"
        )
    yield (
        f"  model {run.model}, learnt from {how_many(run.trained_on, 'coding')} with the codebook "
        f"{one_line(run.codebook)}, version {run.fingerprint}"
    )
    least, promise = run.thresholds.get("min_score"), run.thresholds.get("precision")
    kept = (
        f"score {least:g} and above" if least is not None else f"precision {promise:g}" if promise else "no threshold"
    )
    yield f"  unit {run.unit}, {kept}, seed {run.seed}"
    yield "  " + ", ".join(f"{name} {version}" for name, version in sorted(run.versions.items()))
    named: dict[float, list[str]] = {}
    for (theme, code), score in one.thresholds.items():
        named.setdefault(score, []).append(one_line(f"{theme} · {code}".removeprefix(" · ")))
    for score, codes in named.items():
        yield f"  from score {score:.3f}: {'; '.join(codes)}"
