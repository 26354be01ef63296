"""REFI-QDA elements: a codebook as a tree of codes, and the writing of any tree. The schema fixes the order."""

import re
from collections import Counter
from typing import BinaryIO
from xml.etree import ElementTree

from coder.domain.codebook import Code, Codebook
from coder.domain.qda import identifier, write_description, write_facts

Element = ElementTree.Element
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


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new element at the end of `parent`."""
    child = ElementTree.SubElement(parent, tag, {key: clean(value) for key, value in attributes.items()})
    if text:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    """The text without what no XML document may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def write(element: Element, stream: BinaryIO) -> None:
    """Write the document."""
    ElementTree.indent(element)
    ElementTree.ElementTree(element).write(stream, encoding="utf-8", xml_declaration=True)


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
