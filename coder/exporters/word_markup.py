"""Elements of a Word document that its library has no word for, each in the place that the format asks for."""

from typing import Any

# What must follow the elements we add, in the order that the format asks for.
_AFTER = {
    "w:tblBorders": ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription"),
    "w:tblCaption": ("w:tblDescription",),
    "w:autoHyphenation": (
        "w:consecutiveHyphenLimit",
        "w:hyphenationZone",
        "w:doNotHyphenateCaps",
        "w:drawingGridHorizontalSpacing",
        "w:drawingGridVerticalSpacing",
        "w:characterSpacingControl",
        "w:savePreviewPicture",
        "w:doNotValidateAgainstSchema",
        "w:hdrShapeDefaults",
        "w:footnotePr",
        "w:compat",
        "w:rsids",
        "w:themeFontLang",
        "w:clrSchemeMapping",
        "w:shapeDefaults",
        "w:decimalSymbol",
        "w:listSeparator",
    ),
    "w:docDefaults": ("w:latentStyles", "w:style"),
    "w:rPrDefault": ("w:pPrDefault",),
    "w:shd": ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"),
}


def child(parent: Any, tag: str) -> Any:
    """The child of that tag, made in its right place where it is not there."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        following = {qn(one) for one in _AFTER.get(tag, ())}
        place = next((number for number, one in enumerate(parent) if one.tag in following), len(parent))
        parent.insert(place, found)
    return found


def put(element: Any, **values: str) -> None:
    """Give an element these attributes."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
