"""The keys: those each screen has, and the file in which a user gives them other ones."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from textual.binding import Binding, BindingType

from coder.domain.errors import CoderError

Scopes = Mapping[str, Iterable[BindingType]]


@dataclass(frozen=True, slots=True)
class Bound:
    """An action with its keys as they are now. `id` is its name in the keys file."""

    id: str
    keys: tuple[str, ...]
    action: str
    description: str
    tooltip: str


def bound(bindings: Iterable[BindingType], keymap: Mapping[str, str]) -> list[Bound]:
    """The actions of one screen, with the user's keys where they have given any."""
    found = []
    for binding in bindings:
        if isinstance(binding, Binding) and binding.id:
            keys = [one.key for one in _expanded(keymap.get(binding.id, binding.key))]
            found.append(Bound(binding.id, tuple(keys), binding.action, binding.description, binding.tooltip))
    return found


def read_keymap(path: Path, scopes: Scopes) -> dict[str, str]:
    """The keys file: `[keys]` with `id = "key,key"`. A file that is not there changes nothing.

    Raises CoderError, naming the file, for an id that no action has, and for two actions on one key of one screen.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise CoderError(f"{path} can't be read: {error}", "Mend or remove the keys file.") from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CoderError(f"{path}: {error}", 'Write lines like `answer.done = "enter"` under [keys].') from error
    keys = content.pop("keys", {})
    if content or not isinstance(keys, dict):
        raise CoderError(f"{path}: only a table [keys] is read, not {', '.join(content) or 'this'}", "Remove the rest.")
    keymap = {name: _checked(path, name, value, scopes) for name, value in _flat(keys)}
    for scope, bindings in scopes.items():
        _require_distinct(path, scope, bound(bindings, keymap))
    return keymap


def _flat(table: Mapping[str, object], before: str = "") -> Iterable[tuple[str, object]]:
    """`answer.done = "x"` in TOML is a table inside a table; both spellings are meant."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _checked(path: Path, name: str, value: object, scopes: Scopes) -> str:
    known = {one.id for bindings in scopes.values() for one in bound(bindings, {})}
    if name not in known:
        close = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(close)}? " if close else ""
        raise CoderError(f"{path}: no action is called {name!r}", f"{hint}? in the workbench lists every action.")
    if not isinstance(value, str) or not value.strip(" ,"):
        raise CoderError(f"{path}: {name} must be a text of one or more keys", f'Write {name} = "x" or "x,ctrl+x".')
    return value


def _require_distinct(path: Path, scope: str, actions: list[Bound]) -> None:
    owner: dict[str, Bound] = {}
    for action in actions:
        for key in action.keys:
            if key in owner and owner[key].action != action.action:
                raise CoderError(
                    f"{path}: {owner[key].id} and {action.id} would both lie on the key {key!r} ({scope})",
                    "Give one of them another key.",
                )
            owner[key] = action


def _expanded(keys: str) -> Iterable[Binding]:
    return Binding.make_bindings([Binding(keys, "none")])
