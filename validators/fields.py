"""The field catalogue: what the schemas of a release say of every form and field, read from the XSD files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lxml import etree

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_FIELD: Final = "{*}field"
_DETAIL_STEPS: Final = ("DETAILS", "DETAIL")


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One field of one form.

    Attributes:
        element: the XML element's name, e.g. `D_TSENT`.
        name: the abbreviation as the field writes it, e.g. `D/TSENT`.
        title: its full name.
        meaning: what it is for, in a sentence or two.
        takes: the values it takes, in words that follow "takes".
        values: the closed list of values, empty where there is none.
        pattern: the regular expression that a value fits as a whole, empty where there is none.
        kind: A letters, N digits, A/N both, date.
        length: greatest number of characters, None where the schema does not say.
        usage: required, conditional or optional in the trade.
        condition: when a conditional field is needed.
        confidence: seen, inferred or memory.
    """

    element: str
    name: str
    title: str = ""
    meaning: str = ""
    takes: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""
    kind: str = ""
    length: int | None = None
    usage: str = "optional"
    condition: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One element of a schema, where it stands: a field if it has no children, else a form or a part of one.

    Attributes:
        required: every message that has the parent must have it, and not empty.
        waived_by: elements that stand in its place: where one of them is present, it is not required.
        repeats: it may stand more than once.
        children: the elements that may stand in it, by name, in the schema's order.
    """

    doc: FieldDoc
    required: bool
    repeats: bool
    children: Mapping[str, "Place"]
    waived_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormDoc:
    """The fields of one form: those that stand once, and those of each detail."""

    name: str
    meaning: str
    header: tuple[Place, ...]
    detail: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class FieldCatalogue:
    """All of one family of messages: its root element and everything below it."""

    family: str
    namespace: str
    root: Place

    @property
    def tag(self) -> str:
        """The root element's name with its namespace, as lxml writes it."""
        return f"{{{self.namespace}}}{self.root.doc.element}"

    def forms(self) -> tuple[FormDoc, ...]:
        """Give the forms in the order in which a message holds them."""
        return tuple(_form(place) for place in self.root.children.values())

    def find(self, steps: tuple[str, ...]) -> Place | None:
        """Give the element at `steps` below the root, None if the schema has none there."""
        place: Place | None = self.root
        for step in steps:
            place = place.children.get(step) if place else None
        return place


def read_catalogue(folder: Path, family: str) -> FieldCatalogue:
    """Read the schema of `family` in the release's `folder`, with all that it includes and imports.

    Raises:
        OSError: there is no such schema.
        etree.XMLSyntaxError: a schema file is not well-formed.
    """
    path = folder / f"{family}.xsd"
    reader = _Reader()
    main = reader.load(path)
    declared = main.find(f"{_XS}element")
    if declared is None:
        raise ValueError(f"{path.name} declares no root element")
    return FieldCatalogue(family, main.get("targetNamespace", ""), reader.place(declared, optional=False))


def _form(place: Place) -> FormDoc:
    detail = place
    for step in _DETAIL_STEPS:
        detail = detail.children.get(step, _NOWHERE)
    header = tuple(child for child in place.children.values() if not child.children)
    return FormDoc(place.doc.element, place.doc.meaning, header, tuple(detail.children.values()))


_NOWHERE: Final = Place(FieldDoc("", ""), required=False, repeats=False, children={})


class _Reader:
    """Walks schema files. Knows what ours use: named and inline types, all, sequence, choice, union, restriction."""

    def __init__(self) -> None:
        self._loaded: set[Path] = set()
        self._types: dict[str, etree._Element] = {}
        self._elements: dict[str, etree._Element] = {}

    def load(self, path: Path) -> etree._Element:
        """Read one file and those it names; give its xs:schema element."""
        self._loaded.add(path)
        schema = etree.parse(path, etree.XMLParser(remove_comments=True)).getroot()
        for child in schema:
            name = child.get("name", "")
            if child.tag in {f"{_XS}simpleType", f"{_XS}complexType"}:
                self._types[name] = child
            elif child.tag == f"{_XS}element":
                self._elements[name] = child
            location = child.get("schemaLocation")
            if location and (other := (path.parent / location).resolve()) not in self._loaded:
                self.load(other)
        return schema

    def place(self, element: etree._Element, *, optional: bool) -> Place:
        """Read one element declaration and all below it."""
        if reference := element.get("ref"):
            return self.place(self._elements[_local(reference)], optional=optional)
        body = self._type_of(element)
        children: dict[str, Place] = {}
        if body is not None and body.tag == f"{_XS}complexType":
            children = {child.doc.element: child for child in self._children(body, optional=False)}
        return Place(
            doc=self._doc(element, body),
            required=not optional and element.get("minOccurs", "1") != "0",
            repeats=element.get("maxOccurs", "1") != "1",
            children=children,
        )

    def _children(self, group: Iterable[etree._Element], *, optional: bool) -> Iterator[Place]:
        for child in group:
            if child.tag == f"{_XS}element":
                yield self.place(child, optional=optional)
            elif child.tag in {f"{_XS}all", f"{_XS}sequence"}:
                yield from self._children(child, optional=optional or child.get("minOccurs") == "0")
            elif child.tag == f"{_XS}choice":
                yield from self._choice(child)

    def _choice(self, choice: etree._Element) -> Iterator[Place]:
        """Read alternatives: what the first requires is waived by elements of the others, which require nothing."""
        first, *others = [list(self._children((branch,), optional=False)) for branch in choice]
        instead = tuple(place.doc.element for branch in others for place in branch)
        yield from (replace(place, waived_by=instead) for place in first)
        yield from (replace(place, required=False) for branch in others for place in branch)

    def _type_of(self, element: etree._Element) -> etree._Element | None:
        if named := element.get("type"):
            return self._types.get(_local(named))
        inline = element.find(f"{_XS}complexType")
        return inline if inline is not None else element.find(f"{_XS}simpleType")

    def _doc(self, element: etree._Element, body: etree._Element | None) -> FieldDoc:
        name = element.get("name", "")
        said = next(element.iterfind(f"{_XS}annotation/{_XS}appinfo/{_FIELD}"), None)
        facts = {str(key): str(value) for key, value in said.attrib.items()} if said is not None else {}
        simple = self._without_empty(body)
        length = facts.get("length", "")
        return FieldDoc(
            element=name,
            name=facts.get("name", name),
            title=facts.get("title", ""),
            meaning=_documentation(element),
            takes=_documentation(simple) if simple is not None and simple.tag == f"{_XS}simpleType" else "",
            values=() if simple is None else tuple(v.get("value", "") for v in simple.iter(f"{_XS}enumeration")),
            pattern="" if simple is None else "|".join(v.get("value", "") for v in simple.iter(f"{_XS}pattern")),
            kind=facts.get("type", ""),
            length=int(length) if length else None,
            usage=facts.get("usage", "optional"),
            condition=facts.get("condition", ""),
            confidence=facts.get("confidence", ""),
        )

    def _without_empty(self, body: etree._Element | None) -> etree._Element | None:
        """Give the type that an optional twin admits beside the empty value; any other type as it is."""
        union = body.find(f"{_XS}union") if body is not None else None
        if union is None:
            return body
        members = [_local(member) for member in union.get("memberTypes", "").split()]
        return next((self._types[member] for member in members if member != "Empty"), body)


def _documentation(element: etree._Element) -> str:
    found = element.find(f"{_XS}annotation/{_XS}documentation")
    return " ".join((found.text or "").split()) if found is not None else ""


def _local(name: str) -> str:
    return name.rpartition(":")[2]
