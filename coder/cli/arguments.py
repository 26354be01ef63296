"""Arguments and options that several commands share, under one name and one help text."""

import getpass
import math
from pathlib import Path
from typing import Any

import click

project = click.argument("project", type=click.Path(path_type=Path))
question = click.option("--question", "-q", required=True, metavar="Q", help="Key of the question.")
round_key = click.option("--round", "-r", "round_key", required=True, metavar="R", help="Key of the round.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
out = click.option("--out", "-o", type=click.Path(path_type=Path), help="The file; its suffix says the format.")


class Number(click.FloatRange):
    """A number within bounds, its decimals after a point or, as in Swedish, a comma."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number as a float; what is none is a usage error."""
        pointed: Any = value.replace(",", ".") if isinstance(value, str) else value
        number: float = super().convert(pointed, param, ctx)
        if math.isnan(number):  # which lies outside no bounds
            self.fail(f"{value!r} is not a valid number.", param, ctx)
        return number


def analyst_name() -> str:
    """Who is at the keyboard, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "analyst"


analyst = click.option(
    "--analyst", "-a", default=analyst_name, metavar="NAME", help="Who does it; else your user name."
)
