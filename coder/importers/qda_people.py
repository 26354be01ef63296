"""Who wrote which text in a REFI-QDA file: cases and variables as respondents and their attributes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import getsizeof
from types import MappingProxyType

from coder.domain.answers import Respondent, one_line
from coder.domain.qda import VARIABLES, identifier
from coder.importers.qda_memory import Memory
from coder.importers.qda_xml import Node, by_identifier, identifier_of, require_new, targets

_VALUES = ("TextValue", "IntegerValue", "FloatValue", "BooleanValue", "DateValue", "DateTimeValue")
# Bytes, about, beside the letters: of a case, a place in a tuple, a set of attributes, and one attribute in it.
_CASE, _PLACE, _ATTRIBUTES, _ATTRIBUTE = 400, 8, 300, 180
Values = tuple[str, ...]  # a variable's identifier and what is said there, by turns, in the order of the file


def read_values(node: Node, path: Path, memory: Memory) -> Values:
    """The values of variables that a case or a text has."""
    values: list[str] = []
    for value in node.all("VariableValue"):
        text = memory.once(next((one_line(one.text) for one in value.all(*_VALUES)), ""))
        for variable in targets(value, "VariableRef", path):
            memory.hold(2 * _PLACE)
            values += variable, text
    return tuple(values)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it came by: its name, the values of its variables, and the line it begins on."""

    name: str
    values: Values
    line: int = 0


@dataclass
class People:
    """The cases and variables of a file. `own` are the values of this package's variables, by name.

    `several` counts texts that belong to more than one case.
    """

    path: Path
    memory: Memory
    cases: dict[str, Case] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    case_of: dict[str, str] = field(default_factory=dict)
    several: int = 0
    _alike: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)

    def meet(self, case: Node) -> None:
        """Take in a case that comes by."""
        guid = identifier_of(case, self.path)
        require_new(guid, case.line, self.cases[guid].line if guid in self.cases else None, self.path)
        name = one_line(case.attributes.get("name", ""))
        self.memory.hold(_CASE + getsizeof(name))
        self.cases[guid] = Case(name, read_values(case, self.path, self.memory), case.line)
        for source in targets(case, "SourceRef", self.path):
            self.belongs(source, guid)

    def name_variables(self, variables: Iterable[Node]) -> None:
        """Take in what the variables are called."""
        named: dict[str, list[str]] = defaultdict(list)
        for guid, node in by_identifier(variables, self.path).items():
            name = one_line(node.attributes.get("name", "")) or guid
            self.variables[guid] = name
            named[name].append(guid)
        for name in VARIABLES:
            guid = identifier("variable", name)
            # Another program may have given our variables identifiers of its own.
            found = [guid] if guid in self.variables else named.get(name, [])
            self.own.update(dict.fromkeys(found, name))

    def of(self, guid: str, name: str, values: Values) -> tuple[Respondent, dict[str, str]]:
        """The respondent behind a text of that name and values; and the values of this package's variables for it."""
        case = self.cases.get(self.case_of.get(guid, ""), Case("", ()))
        own, attributes = self._read((*case.values, *values))
        # A case without a name only ties variables to its text.
        name = case.name or name or guid
        covers = own.get("covers", "")
        units = int(covers) if covers.isascii() and covers.isdigit() and len(covers) < 10 else 1
        return Respondent(own.get("respondent") or name, own.get("name", ""), attributes, units or 1), own

    def belongs(self, source: str, case: str) -> None:
        """Tie a text to a case, unless it is tied to another already."""
        self.several += self.case_of.setdefault(source, case) != case

    def _read(self, values: Values) -> tuple[dict[str, str], Mapping[str, str]]:
        """The values of this package's variables, and those of the others: the last that says anything."""
        pairs = list(zip(values[::2], values[1::2], strict=True))
        own = {self.own[one]: text for one, text in pairs if one in self.own}
        others = tuple((one, text) for one, text in pairs if one not in self.own and text)
        # Many respondents have the same attributes, and each such set is there once.
        if others not in self._alike:
            self.memory.hold(_ATTRIBUTES + _ATTRIBUTE * len(others))
            attributes = {self.variables[one]: text for one, text in others if one in self.variables}
            self._alike[others] = MappingProxyType(attributes)
        return own, self._alike[others]
