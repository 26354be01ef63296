"""A project as a REFI-QDA project: a packed archive of one description and one text for each answer."""

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from coder.domain.coding import Segment
from coder.domain.exchange import CodingRow, QdaAnswer, QdaProject
from coder.domain.qda import ORIGIN, VARIABLES, code_path, identifier, write_facts, write_nothing, write_remark
from coder.exporters import qda_xml
from coder.exporters.files import Progress, write_file
from coder.exporters.qda_xml import Element, add

_NAMESPACE = "urn:QDA-XML:project:1.0"
_SCHEMA = "http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
_TOLD = 500  # texts between two words of progress
_Place = tuple[str, str, str]


def write(project: QdaProject, path: Path, at: datetime, progress: Progress = lambda _done, _total: None) -> None:
    """Write the project to a file, as of `at`. The same project at the same time gives the same bytes.

    Texts are UTF-8 with bare line feeds and no mark before them. Positions count code points from 0, the end excluded,
    and the words between them stand in the selection's name. `progress` is told how many texts have been described
    and written, of twice as many as there are.
    """
    making = _Document(project, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    number = len(project.answers)

    def told(before: int) -> Iterator[QdaAnswer]:
        for place, answer in enumerate(project.answers, start=before):
            if place % _TOLD == 0:
                progress(place, 2 * number)
            yield answer

    def archive(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            with packed.open(_member("project.qde"), "w", force_zip64=True) as described:
                # A hundred thousand texts and their codings as elements would take a gigabyte: each is made as it goes.
                filled = {"Cases": making.cases(), "Sources": making.sources(told(0))}
                qda_xml.write(making.build(), described, filled)
            for answer in told(number):
                packed.writestr(_member(f"sources/{_source(answer)}.txt"), answer.text.encode())
        progress(2 * number, 2 * number)

    write_file(path, archive)


def _member(name: str) -> zipfile.ZipInfo:
    # A fixed time: what differs between two files is then what differs between the projects.
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def _source(answer: QdaAnswer) -> str:
    return identifier("source", answer.round, answer.question, answer.respondent.key)


def _variable(name: str, attribute: bool = False) -> str:
    return identifier("attribute" if attribute else "variable", name)


@dataclass
class _Document:
    """The description of a project in the making. Every wrapper comes with its first entry, so that none is empty."""

    project: QdaProject
    at: str
    codes: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def build(self) -> Element:
        """The description but for its cases and sources, whose wrappers are there and empty."""
        document = qda_xml.root(
            "Project", _NAMESPACE, _SCHEMA, name=self.project.name, origin=ORIGIN, creationDateTime=self.at
        )
        self._users(document)
        self._codebook(document)
        self._variables(document)
        if self.project.answers:
            add(document, "Cases")
            add(document, "Sources")
        self._sets(document)
        return document

    def _users(self, document: Element) -> None:
        names = list(dict.fromkeys(row.analyst for row in self.project.codings))
        if names:
            users = add(document, "Users")
            for name in names:
                add(users, "User", guid=identifier("user", name), name=name)

    def _codebook(self, document: Element) -> None:
        filled = [book for book in self.project.codebooks if book.themes or book.codes]
        if not filled:
            return
        codes = add(add(document, "CodeBook"), "Codes")
        for book in filled:
            parent = codes
            if len(filled) > 1:
                # Two questions may each have a theme of one name: each gets a branch of its own.
                guid = identifier("codebook", book.key)
                parent = add(codes, "Code", guid=guid, name=book.key, isCodable="false")
                if book.question:
                    add(parent, "Description", book.question)
            qda_xml.add_codes(parent, book)
            questions = [one.key for one in self.project.questions if one.codebook == book.key]
            for number, guid in qda_xml.code_identifiers(book).items():
                for question in questions:
                    key = (question, book.theme_name(number), book.code_by_id[number].name)
                    self.codes.setdefault(key, guid)

    def _variables(self, document: Element) -> None:
        if not self.project.answers:
            return
        variables = add(document, "Variables")
        for name in VARIABLES:
            add(variables, "Variable", guid=_variable(name), name=name, typeOfVariable="Text")
        attributes = {name: None for answer in self.project.answers for name in answer.respondent.attributes}
        for name in attributes:
            add(variables, "Variable", guid=_variable(name, True), name=name, typeOfVariable="Text")

    def cases(self) -> Iterator[Element]:
        """Respondents; one whose name or attributes differ between rounds is a case for each round."""
        by_key: dict[str, dict[str, list[QdaAnswer]]] = defaultdict(lambda: defaultdict(list))
        for answer in self.project.answers:
            by_key[answer.respondent.key][answer.round].append(answer)
        for key, by_round in by_key.items():
            every = [answer for answers in by_round.values() for answer in answers]
            if all(answer.respondent == every[0].respondent for answer in every):
                yield self._case(identifier("case", key), key, every)
            else:
                for one, answers in by_round.items():
                    yield self._case(identifier("case", key, one), f"{key} ({one})", answers)

    def _case(self, guid: str, name: str, answers: list[QdaAnswer]) -> Element:
        case = qda_xml.element("Case", guid=guid, name=name)
        respondent = answers[0].respondent
        _value(case, _variable("respondent"), respondent.key)
        _value(case, _variable("name"), respondent.name)
        _value(case, _variable("covers"), str(respondent.covers) if respondent.covers != 1 else "")
        for attribute, value in respondent.attributes.items():
            _value(case, _variable(attribute, True), value)
        for answer in answers:
            add(case, "SourceRef", targetGUID=_source(answer))
        return case

    def sources(self, answers: Iterable[QdaAnswer]) -> Iterator[Element]:
        """The answers, each with its codings. Call it after `build`, which names the codes."""
        rows: dict[_Place, list[CodingRow]] = defaultdict(list)
        for row in self.project.codings:
            rows[row.round, row.question, row.respondent].append(row)
        for answer in answers:
            yield self._source(answer, rows[answer.round, answer.question, answer.respondent.key])

    def _source(self, answer: QdaAnswer, rows: Iterable[CodingRow]) -> Element:
        guid = _source(answer)
        name = " ".join(part for part in (answer.round, answer.question, answer.respondent.key) if part)
        source = qda_xml.element("TextSource", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt")
        source.set("modifiedDateTime", self.at)
        selections: dict[tuple[Segment | None, str], list[CodingRow]] = defaultdict(list)
        for row in rows:
            if row.nothing:
                add(source, "Description", write_nothing(row.analyst))
            else:
                selections[row.segment, row.analyst].append(row)
        for (segment, analyst), given in selections.items():
            self._selection(source, answer, segment, analyst, given)
        _value(source, _variable("round"), answer.round)
        _value(source, _variable("question"), answer.question)
        return source

    def _selection(
        self, source: Element, answer: QdaAnswer, segment: Segment | None, analyst: str, rows: list[CodingRow]
    ) -> None:
        covered = segment or Segment(0, len(answer.text))
        place = (answer.round, answer.question, answer.respondent.key, analyst)
        # The identifier tells an answer meant as a whole from a segment that happens to cover all of it.
        range_ = ("whole",) if segment is None else (str(segment.start), str(segment.end))
        user = identifier("user", analyst)
        selection = add(
            source,
            "PlainTextSelection",
            guid=identifier("selection", *place, *range_),
            name=covered.of(answer.text),
            startPosition=str(covered.start),
            endPosition=str(covered.end),
            creatingUser=user,
            modifiedDateTime=self.at,
        )
        remarks = [write_remark(code_path(row.theme, row.code), row.status, row.origin, row.score) for row in rows]
        if any(remarks):
            add(selection, "Description", "\n".join(remark for remark in remarks if remark))
        for row in rows:
            code = self.codes[row.question, row.theme, row.code]
            coding = add(selection, "Coding", guid=identifier("coding", *place, *range_, code), creatingUser=user)
            add(coding, "CodeRef", targetGUID=code)

    def _sets(self, document: Element) -> None:
        """What was asked, when, and with which codebook: sets of the texts and of the codes."""
        sets = Element("Sets")
        for book in self.project.codebooks:
            if book.themes or book.codes:
                qda_xml.add_codebook_set(sets, book, "targetGUID")
        answers = self.project.answers
        for question in self.project.questions:
            facts = write_facts(codebook=question.codebook, text=question.text)
            _set(sets, "question", question.key, facts, [one for one in answers if one.question == question.key])
        for one in self.project.rounds:
            facts = write_facts(
                opens=one.opens.isoformat() if one.opens else "",
                closes=one.closes.isoformat() if one.closes else "",
                frame=str(one.frame or ""),
                drawn_from=str(one.drawn_from or ""),
            )
            _set(sets, "round", one.key, facts, [answer for answer in answers if answer.round == one.key])
        if len(sets):
            document.append(sets)


def _set(sets: Element, kind: str, key: str, facts: str, answers: list[QdaAnswer]) -> None:
    if not answers:
        return
    element = add(sets, "Set", guid=identifier(f"{kind} set", key), name=key)
    if facts:
        add(element, "Description", facts)
    for answer in answers:
        add(element, "MemberSource", targetGUID=_source(answer))


def _value(parent: Element, variable: str, text: str) -> None:
    if text:
        value = add(parent, "VariableValue")
        add(value, "VariableRef", targetGUID=variable)
        add(value, "TextValue", text)
