"""What the command that is being run was asked for, so that a file which it writes can be written again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

# Where the file goes is noted down with it, and what is printed beside it is not in it.
_NOT_IN_THE_FILE = frozenset({"out", "name", "as_json"})


def asked() -> tuple[tuple[str, ...], ...]:
    """The command's name, and then the words of every option that was given and that its file depends on.

    Of an option that may be repeated, each time by itself. Paths are absolute: it may be run elsewhere next time.
    """
    context = click.get_current_context()
    found: list[tuple[str, ...]] = [(context.info_name or "",)]
    for one in context.command.params:
        given = context.get_parameter_source(one.name or "") is ParameterSource.COMMANDLINE
        if isinstance(one, click.Option) and given and one.name not in _NOT_IN_THE_FILE:
            found += _words(one, context.params[one.name or ""])
    return tuple(found)


def _words(option: click.Option, value: Any) -> Iterator[tuple[str, ...]]:
    name = min(option.opts, key=len)
    if option.is_flag:
        yield (name if value else option.secondary_opts[0],)
        return
    for each in value if option.multiple else (value,):
        text = str(each.absolute() if isinstance(each, Path) else each)
        # An empty word asks for nothing.
        if text:
            yield name, text
