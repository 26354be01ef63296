"""What a command says of a file that it has written."""

from pathlib import Path

import click


def wrote(out: Path, more: str = "") -> None:
    """Say on stderr that the file is there; a text table has no room for its method note, which lies beside it."""
    beside = ", with its method note beside it" if out.suffix.lower() == ".csv" else ""
    click.echo(f"wrote {out}{beside}{more}", err=True)
