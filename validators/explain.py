"""Why a document breaks its schema: every error with path, value and plain words. Runs only after the gate said no."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from validators.codes import Code
from validators.fields import FieldCatalogue, FieldDoc, Place
from validators.verdict import Finding, Severity

SECTION: Final = "12.2.1.1.6"
"""The agreement's duty to notify electronically of an order that is rejected."""

_SHOWN: Final = 200  # characters of a value that a finding carries
_QUOTED: Final = 60  # characters of a value that its text repeats
_NAME_SHOWN: Final = 64  # characters of a name; the longest of ours has 16
_MET_PER_LISTED: Final = 3  # errors that are counted for each that is listed
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_HARMLESS_ATTRIBUTES: Final = frozenset({f"{_XSI}schemaLocation", f"{_XSI}noNamespaceSchemaLocation"})
_DATE_SHAPE: Final = re.compile(r"([0-9]{2}-[0-9]{2}-[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(-[0-9]{4}[AP]M)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """An element that a validator found at fault.

    Attributes:
        element: the element.
        by_content: whether its children, or its standing among its siblings, is at fault; else its value or attributes.
    """

    element: etree._Element
    by_content: bool


def explain(
    root: etree._Element, catalogue: FieldCatalogue, faults: Iterable[Fault], *, most: int
) -> tuple[Finding, ...]:
    """Give what is wrong with the document at `root`, in the order of the document.

    A validator only has to name the elements; what is wrong there is worked out anew from the catalogue, so an answer
    reads the same whichever validator found it. At most `most` findings, then one that says how many more were met.
    `faults` is read no further than that takes.
    """
    places = _Places(root, catalogue)
    listed: dict[tuple[str, str], Finding] = {}
    met = 0
    for finding in places.findings(faults):
        met += 1
        if met <= most:
            listed[finding.path, finding.code] = finding
        elif met >= most * _MET_PER_LISTED:
            break
    if not listed:
        return (unjudgeable("it breaks its schema in a way that cannot be told"),)
    findings = sorted(listed.values(), key=places.order)
    return (*findings, _more(met - most)) if met > most else tuple(findings)


def wrong_root(root: etree._Element, catalogue: FieldCatalogue) -> Finding:
    """Give the finding for a document whose root is not that of the family."""
    name = etree.QName(root)
    expected = f"{catalogue.root.doc.element} in the namespace {catalogue.namespace}"
    text = (
        f"The root element is {name.localname} in the namespace {name.namespace or '(none)'}, expected is {expected}."
    )
    return _finding(Code.UNKNOWN_ROOT, f"/{name.localname}", None, text, f"Send {expected}.")


def unjudgeable(reason: str) -> Finding:
    """Give the finding for a document on which the validator gave up."""
    return _finding(Code.SCHEMA_OTHER, "/", None, f"The document cannot be judged: {reason}.", "Simplify its values.")


class _Places:
    """One document laid over its catalogue."""

    def __init__(self, root: etree._Element, catalogue: FieldCatalogue) -> None:
        self._catalogue = catalogue
        self._paths = _paths(root)
        self._told: set[Fault] = set()
        self._opened: set[etree._Element] = set()  # elements whose children are told
        self._ranks = {path: rank for rank, path in enumerate(self._paths.values())}

    def order(self, finding: Finding) -> int:
        """Give the rank of a finding: where its element stands, or where its missing element's parent does."""
        return self._ranks.get(finding.path, self._ranks.get(finding.path.rpartition("/")[0], 0))

    def findings(self, faults: Iterable[Fault]) -> Iterator[Finding]:
        """Give what is wrong with the elements named, each told once however often it is named."""
        for fault in faults:
            if fault not in self._told:
                self._told.add(fault)
                yield from self._content(fault.element) if fault.by_content else self._itself(fault.element)

    def _content(self, element: etree._Element) -> Iterator[Finding]:
        """Tell a fault of content: a validator names the parent that lacks something, or the child that is too much."""
        parent = element.getparent()
        for blamed in (element,) if parent is None else (element, parent):
            if blamed in self._opened:
                return
            place = self._place(blamed)
            found = list(self._children(blamed, place)) if place and place.children else []
            if found:
                self._opened.add(blamed)
                yield from found
                return
        blamed = element if parent is None else parent
        self._opened.add(blamed)
        yield self._layout(blamed)

    def _itself(self, element: etree._Element) -> Iterator[Finding]:
        """Tell a fault of an element's attributes or value; of an unknown one, its standing there."""
        place = self._place(element)
        if place is None:
            yield from self._content(element)
            return
        attributes = list(self._attributes(element))
        yield from attributes
        if place.children:
            yield from () if element in self._opened else self._children(element, place)
            self._opened.add(element)
        elif not attributes:
            yield from self._value(element, place)

    def _place(self, element: etree._Element) -> Place | None:
        steps = [etree.QName(element), *(etree.QName(above) for above in element.iterancestors())][::-1]
        if any(step.namespace != self._catalogue.namespace for step in steps):
            return None
        return self._catalogue.find(tuple(step.localname for step in steps[1:]))

    def _attributes(self, element: etree._Element) -> Iterator[Finding]:
        path = self._paths[element]
        for name, value in element.attrib.items():
            if str(name) in _HARMLESS_ATTRIBUTES:
                continue
            if name == "release" and element.getparent() is None:
                held = self._catalogue.namespace.split(":")[2]
                if value != held:
                    text = f"The message is written for release {_shown(value)}; its namespace is that of {held}."
                    yield _finding(Code.UNKNOWN_RELEASE, f"{path}/@release", value, text, f"Write it for {held}.")
                continue
            local = etree.QName(str(name)).localname[:_NAME_SHOWN]
            text = f"{_local(element)} takes no attribute {local}."
            yield _finding(Code.FIELD_UNKNOWN, f"{path}/@{local}", value, text, "Leave the attribute out.")

    def _children(self, element: etree._Element, place: Place) -> Iterator[Finding]:
        path, form = self._paths[element], self._named(element)
        counts: Counter[str] = Counter()
        for child in element.iterchildren(etree.Element):
            name = etree.QName(child)
            known = place.children.get(name.localname) if name.namespace == self._catalogue.namespace else None
            if known is None:
                yield self._unknown(child, form, place)
                continue
            counts[name.localname] += 1
            if counts[name.localname] > 1 and not known.repeats:
                text = f"{_title(known.doc)} stands more than once in {form}."
                cure = f"Keep one {known.doc.name}."
                yield _finding(Code.FIELD_REPEATED, self._paths[child], child.text, text, cure)
        for name_, child_place in place.children.items():
            if child_place.required and not counts[name_] and not any(counts[other] for other in child_place.waived_by):
                yield _missing(f"{path}/{name_}", child_place.doc, form)
        if stray := "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
            text = f"{form} holds fields, but words stand between them."
            yield _finding(Code.SCHEMA_OTHER, path, stray, text, "Put the words into a field.")

    def _unknown(self, child: etree._Element, form: str, place: Place) -> Finding:
        name = _local(child)
        near = difflib.get_close_matches(name.upper(), place.children, n=1)
        text = f"{name} is nothing that {form} takes."
        if name in place.children:
            return _finding(
                Code.FIELD_UNKNOWN,
                self._paths[child],
                child.text,
                f"{name} stands in another namespace than the message.",
                f"Put it into {self._catalogue.namespace}.",
            )
        cure = f"Did you mean {near[0]}? Else leave it out." if near else "Leave it out."
        return _finding(Code.FIELD_UNKNOWN, self._paths[child], child.text, text, cure)

    def _value(self, element: etree._Element, place: Place) -> Iterator[Finding]:
        doc, path = place.doc, self._paths[element]
        value = element.text or ""
        if len(element):
            text = f"{_title(doc)} takes a value, but holds elements."
            yield _finding(Code.SCHEMA_OTHER, path, value, text, f"Send {doc.name} as {_takes(doc)}.")
        elif place.required and not value.strip():
            yield _missing(path, doc, self._named(element.getparent()))
        else:
            text = f"{_title(doc)} takes {_takes(doc)}; {_shown(value)} was sent."
            yield _finding(_value_code(doc, value), path, value, text, f"Send {doc.name} as {_takes(doc)}.")

    def _named(self, element: etree._Element | None) -> str:
        """Name a form, or a detail by its number and form, as a sentence needs it."""
        if element is None or _local(element) != "DETAIL":
            return _local(element)
        form, _, detail = self._paths[element].rpartition("/DETAILS/")
        number = detail.removeprefix("DETAIL").strip("[]") or "1"
        return f"detail {number} of {form.rpartition('/')[2]}"

    def _layout(self, element: etree._Element) -> Finding:
        place = self._place(element)
        names = ", ".join(place.children if place else ())
        text = f"The parts of {_local(element)} do not stand in the order that the schema gives them: {names}."
        return _finding(Code.SCHEMA_OTHER, self._paths[element], None, text, "Put the parts into that order.")


def _paths(root: etree._Element) -> dict[etree._Element, str]:
    """Give the readable path of each element, in the order of the document."""
    paths = {root: f"/{_local(root)}"}
    for parent in root.iter(etree.Element):
        children = list(parent.iterchildren(etree.Element))
        total = Counter(str(child.tag) for child in children)
        nth: Counter[str] = Counter()
        for child in children:
            tag = str(child.tag)
            nth[tag] += 1
            index = f"[{nth[tag]}]" if total[tag] > 1 else ""
            paths[child] = f"{paths[parent]}/{_local(child)}{index}"
    return {element: paths[element] for element in root.iter(etree.Element)}


def _value_code(doc: FieldDoc, value: str) -> Code:
    if doc.values:
        return Code.FIELD_VALUE
    if doc.length is not None and len(value) > doc.length:
        return Code.FIELD_TOO_LONG
    if doc.kind == "date" and _DATE_SHAPE.fullmatch(value):
        return Code.DATE_NOT_REAL
    return Code.FIELD_FORMAT


def _missing(path: str, doc: FieldDoc, parent: str) -> Finding:
    cure = f"Add {doc.name}: {_takes(doc)}. {doc.meaning}" if doc.takes else f"Add {doc.name}. {doc.meaning}"
    return _finding(Code.FIELD_MISSING, path, None, f"{_title(doc)} is missing from {parent}.", cure.strip())


def _more(count: int) -> Finding:
    text = f"At least {count} more errors were met than are listed."
    return _finding(Code.MORE_ERRORS, "/", None, text, "Cure those that are listed, then send the document again.")


def _title(doc: FieldDoc) -> str:
    return f"{doc.name} ({doc.title})" if doc.title else doc.name


def _takes(doc: FieldDoc) -> str:
    return doc.takes or "its schema type asks"


def _shown(value: str) -> str:
    return repr(value if len(value) <= _QUOTED else f"{value[:_QUOTED]}...")


def _local(element: etree._Element | None) -> str:
    return "" if element is None else etree.QName(element).localname[:_NAME_SHOWN]


def _finding(code: Code, path: str, value: str | None, text: str, cure: str) -> Finding:
    shown = None if value is None else value.strip()[:_SHOWN]
    return Finding("schema", SECTION, code, Severity.REJECT, path, shown, text, cure)
