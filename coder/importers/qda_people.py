"""Who wrote which text in a REFI-QDA file: cases and variables as respondents and their attributes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.answers import Respondent, one_line
from coder.domain.qda import VARIABLES, identifier
from coder.importers.qda_xml import Node, by_identifier, targets

_VALUES = ("TextValue", "IntegerValue", "FloatValue", "BooleanValue", "DateValue", "DateTimeValue")


@dataclass
class People:
    """The cases and variables of a file. `own` are the values of this package's variables, by name.

    `several` counts texts that belong to more than one case.
    """

    path: Path
    cases: Mapping[str, Node]
    variables: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    several: int = 0

    def of(self, guid: str, source: Node) -> tuple[Respondent, dict[str, str]]:
        """The respondent behind a text, and the values of this package's variables for it."""
        name = one_line(source.attributes.get("name", "")) or guid
        case = self.cases.get(self.case_of.get(guid, ""))
        own, attributes = self._values(source)
        if case is not None:
            case_own, case_attributes = self._values(case)
            own, attributes = {**case_own, **own}, {**case_attributes, **attributes}
            # A case without a name only ties variables to its text.
            name = one_line(case.attributes.get("name", "")) or name
        covers = own.get("covers", "")
        units = int(covers) if covers.isascii() and covers.isdigit() and int(covers[:9]) > 0 else 1
        return Respondent(own.get("respondent") or name, own.get("name", ""), attributes, units), own

    def belongs(self, source: str, case: str) -> None:
        """Tie a text to a case, unless it is tied to another already."""
        self.several += self.case_of.setdefault(source, case) != case

    def _values(self, node: Node) -> tuple[dict[str, str], dict[str, str]]:
        own: dict[str, str] = {}
        attributes: dict[str, str] = {}
        for value in node.all("VariableValue"):
            text = next((one_line(one.text) for one in value.all(*_VALUES)), "")
            for variable in targets(value, "VariableRef", self.path):
                if variable in self.own:
                    own[self.own[variable]] = text
                elif text and variable in self.variables:
                    attributes[self.variables[variable]] = text
        return own, attributes


def read_people(root: Node, path: Path) -> People:
    """The people in a file."""
    people = People(path, by_identifier(root.inside("Cases", "Case"), path))
    named: dict[str, list[str]] = defaultdict(list)
    for guid, node in by_identifier(root.inside("Variables", "Variable"), path).items():
        name = one_line(node.attributes.get("name", "")) or guid
        people.variables[guid] = name
        named[name].append(guid)
    for name in VARIABLES:
        guid = identifier("variable", name)
        # Another program may have given our variables identifiers of its own.
        found = [guid] if guid in people.variables else named.get(name, [])
        people.own.update(dict.fromkeys(found, name))
    for guid, case in people.cases.items():
        for source in targets(case, "SourceRef", path):
            people.belongs(source, guid)
    return people
