"""`coder check`."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from coder.cli import arguments
from coder.workflow.checking import check
from coder.workflow.project import open_project


@click.command("check")
@arguments.project
@arguments.as_json
def command(project: Path, as_json: bool) -> int:
    """Look for damage, clashes, uncoded answers and contradicting data. Exit code 3 where something is found."""
    with open_project(project) as held:
        findings = check(held)
    if as_json:
        click.echo(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    for finding in findings if not as_json else ():
        where = "/".join(part for part in (finding.round, finding.question) if part)
        click.echo(f"{finding.kind}: {where + ': ' if where else ''}{finding.count} {finding.words}")
    if not findings and not as_json:
        click.echo("nothing found")
    return 3 if findings else 0
