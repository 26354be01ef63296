"""`coder suggest`."""

import json
import sys
from pathlib import Path

import click

from coder.cli import arguments
from coder.cli.progress import progress_bar
from coder.domain.answers import canonical
from coder.workflow.project import open_project
from coder.workflow.suggesting import adviser

_BATCH = 500


@click.command("suggest")
@arguments.project
@arguments.question
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 99), help="How many suggestions a text.")
@click.option("--round", "round_key", metavar="R", help="As at the workbench on this round; else on the newest.")
@arguments.as_json
def command(project: Path, question: str, top: int, round_key: str | None, as_json: bool) -> None:
    """Suggest codes for the texts on standard input, one a line, best first.

    The same as the workbench suggests. Below 100 codings of 10 respondents nobody can tell how sure a score is: it
    ranks, and promises nothing.
    """
    with progress_bar(f"Learning {question}"), open_project(project) as held:
        advice = adviser(held, question, round_key)
    codebook, uncalibrated = advice.codebook, False
    source = sys.stdin.buffer
    while lines := [line for _, line in zip(range(_BATCH), source, strict=False)]:
        texts = [canonical(line.decode("utf-8", "replace")).strip() for line in lines]
        for text, suggestions in zip(texts, advice.suggest(texts, top), strict=True):
            if as_json:
                found = [
                    {
                        "theme": codebook.theme_name(one.code),
                        "code": codebook.code_by_id[one.code].name,
                        "score": one.score,
                        "because": list(one.because),
                    }
                    for one in suggestions
                ]
                calibrated = bool(suggestions) and all(one.known for one in suggestions)
                document = {"text": text, "suggestions": found, "calibrated": calibrated}
                click.echo(json.dumps(document, ensure_ascii=False))
                continue
            uncalibrated |= not all(one.known for one in suggestions)
            click.echo(text)
            for place, one in enumerate(suggestions, 1):
                theme, code = codebook.theme_name(one.code), codebook.code_by_id[one.code].name
                because = f"  ({', '.join(one.because)})" if one.because else ""
                score = f"{one.score:.2f}" if one.known else "unknown"
                click.echo(f"  {place}  {score:7}  {code} · {theme}{because}")
    if uncalibrated:
        click.echo(
            "unknown: too few codings to tell how sure a suggestion is; they are in order of likelihood", err=True
        )
