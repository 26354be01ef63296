"""A codebook as YAML, laid out to be read and edited by hand."""

from pathlib import Path
from typing import Any, TextIO

import yaml

from coder.domain.codebook import Code, Codebook, Theme
from coder.exporters.files import write_text_file

_WIDTH = 110


class _InLine(list[str]):
    """A list that stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, long texts folded, order and letters kept."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the dumper passes it
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else ">" if len(text) > _WIDTH - 12 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _in_line(dumper: yaml.SafeDumper, values: _InLine) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_InLine, _in_line)


def to_yaml(codebook: Codebook) -> str:
    """The codebook as a YAML document; an optional key that would hold nothing is left out."""
    document = {
        "codebook": codebook.key,
        "language": codebook.language,
        "question": codebook.question,
        "themes": [_theme(codebook, theme) for theme in codebook.themes],
        "codes": [_code(code) for code in codebook.codes_of(None)],
    }
    text: str = yaml.dump(
        document,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_WIDTH,
    )
    return text


def write(codebook: Codebook, path: Path) -> None:
    """Write the codebook to a file."""

    def document(stream: TextIO) -> None:
        stream.write(to_yaml(codebook))

    write_text_file(path, document)


def _theme(codebook: Codebook, theme: Theme) -> dict[str, Any]:
    said = _said(aliases=_InLine(theme.aliases), definition=theme.definition)
    return {"name": theme.name, **said, "codes": [_code(code) for code in codebook.codes_of(theme.id)]}


def _code(code: Code) -> dict[str, Any]:
    aliases, examples = _InLine(code.aliases), list(code.examples)
    return {"name": code.name, **_said(aliases=aliases, definition=code.definition, examples=examples)}


def _said(**optional: str | list[str]) -> dict[str, Any]:
    return {key: value for key, value in optional.items() if value}
