"""Arguments and options that several commands share, under one name and one help text."""

import getpass
from pathlib import Path

import click

project = click.argument("project", type=click.Path(path_type=Path))
question = click.option("--question", "-q", required=True, metavar="Q", help="Key of the question.")
round_key = click.option("--round", "-r", "round_key", required=True, metavar="R", help="Key of the round.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
out = click.option("--out", "-o", type=click.Path(path_type=Path), help="The file; its suffix says the format.")


def analyst_name() -> str:
    """Who is at the keyboard, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "analyst"


analyst = click.option(
    "--analyst", "-a", default=analyst_name, metavar="NAME", help="Who does it; else your user name."
)
