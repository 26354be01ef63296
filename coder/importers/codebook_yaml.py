"""Codebooks in YAML: themes and their codes in published order."""

from pathlib import Path

from coder.domain.written import Written
from coder.importers.codebook_draft import Draft
from coder.importers.yaml_tree import Node, read_tree

_BOOK = ("codebook", "language", "question", "themes", "codes")
_THEME = ("name", "aliases", "definition", "codes")
_CODE = ("name", "definition", "examples", "aliases")


def read_yaml_codebook(path: Path) -> Written:
    """The codebook in a YAML file."""
    root = read_tree(path)
    book = root.mapping("a codebook", _BOOK)
    key = _text(book, "codebook")
    if not key.strip():
        raise root.error("a codebook without its key", "Add codebook: its-key.")
    draft = Draft(path)
    for node in _list(book, "themes"):
        theme = node.mapping("a theme", _THEME)
        number = draft.add_theme(
            node.line,
            _text(theme, "name"),
            definition=_text(theme, "definition"),
            aliases=tuple(item.string("an alias") for item in _list(theme, "aliases")),
            said=theme,
        )
        for code in _list(theme, "codes"):
            _add_code(draft, number, code)
    for code in _list(book, "codes"):
        _add_code(draft, None, code)
    return draft.finish(key, _text(book, "language"), _text(book, "question"))


def _add_code(draft: Draft, theme: int | None, node: Node) -> None:
    code = node.mapping("a code", _CODE)
    draft.add_code(
        node.line,
        theme,
        _text(code, "name"),
        definition=_text(code, "definition"),
        examples=tuple(item.string("an example") for item in _list(code, "examples")),
        aliases=tuple(item.string("an alias") for item in _list(code, "aliases")),
        said=code,
    )


def _text(pairs: dict[str, Node], key: str) -> str:
    return pairs[key].string(key) if key in pairs else ""


def _list(pairs: dict[str, Node], key: str) -> tuple[Node, ...]:
    return tuple(pairs[key].entries(key)) if key in pairs else ()
