"""REFI-QDA elements: a codebook as a tree of codes, and the writing of any tree. The schema fixes the order."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO
from xml.etree import ElementTree

from coder.domain.codebook import Code, Codebook
from coder.domain.qda import identifier, write_description, write_facts

Element = ElementTree.Element
EMPTY: Mapping[str, Iterable[Element]] = MappingProxyType({})
_INDENT = "  "
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FORBIDDEN = re.compile("[\ufffe\uffff]")  # of all characters that a canonical text can hold, the two XML can't
# A colour for each theme and its codes, told apart also by most people who don't see red or green.
_COLOURS = (
    "#4477AA",
    "#EE6677",
    "#228833",
    "#CCBB44",
    "#66CCEE",
    "#AA3377",
    "#997700",
    "#004488",
    "#BB5566",
    "#777777",
)


def root(tag: str, namespace: str, schema: str, /, **attributes: str) -> Element:
    """The outermost element of a document."""
    location = {"xmlns": namespace, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{namespace} {schema}"}
    return Element(tag, {**location, **{key: clean(value) for key, value in attributes.items()}})


def element(tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new element that stands by itself."""
    made = Element(tag, {key: clean(value) for key, value in attributes.items()})
    if text:
        made.text = clean(text)
    return made


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new element at the end of `parent`."""
    child = element(tag, text, **attributes)
    parent.append(child)
    return child


def clean(text: str) -> str:
    """The text without what no XML document may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def write(document: Element, stream: IO[bytes], filled: Mapping[str, Iterable[Element]] = EMPTY) -> None:
    """Write the document; `filled` are the entries of its wrappers of that tag, each let go once it is written."""
    stream.write(f"<?xml version='1.0' encoding='utf-8'?>\n{_opened(document)}".encode())
    for child in document:
        stream.write(f"\n{_INDENT}".encode())
        if child.tag not in filled:
            _write(child, stream, 1)
            continue
        stream.write(_opened(child).encode())
        for entry in filled[child.tag]:
            stream.write(f"\n{2 * _INDENT}".encode())
            _write(entry, stream, 2)
        stream.write(f"\n{_INDENT}</{child.tag}>".encode())
    stream.write(f"\n</{document.tag}>".encode())


def _opened(element: Element) -> str:
    """The start tag of an element."""
    alone = ElementTree.tostring(Element(element.tag, element.attrib), encoding="unicode")
    return f"{alone.removesuffix(' />')}>"


def _write(element: Element, stream: IO[bytes], level: int) -> None:
    ElementTree.indent(element, _INDENT, level)
    stream.write(ElementTree.tostring(element, encoding="utf-8"))


def code_identifiers(codebook: Codebook) -> dict[int, str]:
    """The identifier of every code, by its id: made of the keys and names, so that it is the same in every project."""
    seen: Counter[tuple[str, str]] = Counter()
    result = {}
    for code in codebook.in_order():
        name = codebook.theme_name(code.id), code.name
        again = [str(seen[name])] if seen[name] else []
        seen[name] += 1
        result[code.id] = identifier("code", codebook.key, *name, *again)
    return result


def add_codes(parent: Element, codebook: Codebook) -> None:
    """Themes, as codes that can't be given, each with its codes; then the codes without a theme."""
    identifiers = code_identifiers(codebook)
    for place, theme in enumerate(codebook.themes):
        colour = _COLOURS[place % len(_COLOURS)]
        guid = identifier("theme", codebook.key, theme.name)
        element = add(parent, "Code", guid=guid, name=theme.name, isCodable="false", color=colour)
        description = write_description(theme.definition, (), theme.aliases, codebook.language)
        if description:
            add(element, "Description", description)
        for code in codebook.codes_of(theme.id):
            _add_code(element, codebook, code, identifiers[code.id], colour)
    for code in codebook.codes_of(None):
        _add_code(parent, codebook, code, identifiers[code.id], "#000000")


def _add_code(parent: Element, codebook: Codebook, code: Code, guid: str, colour: str) -> None:
    element = add(parent, "Code", guid=guid, name=code.name, isCodable="true", color=colour)
    description = write_description(code.definition, code.examples, code.aliases, codebook.language)
    if description:
        add(element, "Description", description)


def add_codebook_set(parent: Element, codebook: Codebook, attribute: str) -> None:
    """The codebook as a set of its codes: its key as the name, its language and question in the description."""
    element = add(parent, "Set", guid=identifier("codebook set", codebook.key), name=codebook.key)
    facts = write_facts(language=codebook.language, question=codebook.question)
    if facts:
        add(element, "Description", facts)
    for theme in codebook.themes:
        add(element, "MemberCode", **{attribute: identifier("theme", codebook.key, theme.name)})
    for guid in code_identifiers(codebook).values():
        add(element, "MemberCode", **{attribute: guid})
