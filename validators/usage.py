"""What the rules ask of each kind of request, found by asking them: with an empty request of the kind, and a full one.

A kind is what REQTYP and ACT say together. Worksheets and forms are made of this, so that they cannot say anything else
than the rules do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from lxml import etree

from validators.codes import Code
from validators.families import FAMILIES
from validators.fields import FormDoc, Place
from validators.judge import Judge
from validators.messages.request import MessageFamily
from validators.schema import Schemas
from validators.verdict import Finding

Key = tuple[str, str]
"""Form and element."""
RequestKind = tuple[str, MessageFamily, str, str]
"""Agreement, family, REQTYP and ACT."""
Fill = Callable[[Key], bool]
"""Says which fields of a made-up request are filled."""

NEEDS: Final = frozenset(
    {Code.FIELD_NEEDED, Code.ACCOUNT_MISSING, Code.CIRCUIT_MISSING, Code.INTERFACE_CODES_MISSING, Code.TIME_MISSING}
)
"""Codes of findings that ask for a field."""
BANS: Final = frozenset({Code.FIELD_NOT_ALLOWED})
"""Codes of findings that refuse a field."""
STAND_ALONE: Final = frozenset({"SPSR"})
"""Forms that come with no other."""
_ALWAYS_ASKED: Final[Mapping[MessageFamily, tuple[str, ...]]] = MappingProxyType({"lsr": ("EU",), "asr": ()})
"""Forms that rules look at whenever they come along."""
_KINDS_KEPT: Final = 1024


def key_of(path: str) -> Key:
    """Give form and element of a readable path such as `/LocalServiceRequest/LS/DETAILS/DETAIL[2]/CFA`."""
    steps = path.strip("/").split("/")
    form = steps[1] if len(steps) > 1 else ""
    return form, steps[-1] if len(steps) > 2 else ""


def everything(_: Key) -> bool:
    """Fill every field."""
    return True


def nothing(_: Key) -> bool:
    """Fill no field."""
    return False


@dataclass(frozen=True, slots=True)
class Usage:
    """What the rules ask of one kind of request.

    Attributes:
        refused: why REQTYP and ACT do not go together; empty where they do.
        needed_forms: those that must come along, or one of their alternatives.
        banned_forms: those that may not.
        needed: the fields that a rule asks for.
        banned: the fields that a rule refuses.
    """

    refused: tuple[Finding, ...] = ()
    needed_forms: frozenset[str] = frozenset()
    banned_forms: frozenset[str] = frozenset()
    needed: frozenset[Key] = frozenset()
    banned: frozenset[Key] = frozenset()


class Asked:
    """Asks the judge about made-up requests; the schema is not asked, so they may be as bare or as full as can be."""

    def __init__(self, judge: Judge, schemas: Schemas, at: datetime) -> None:
        """Take the judge, the schemas of its first release, and the instant at which the requests are received."""
        self._judge = judge
        self._schemas = schemas
        self._at = at
        self._usage = lru_cache(maxsize=_KINDS_KEPT)(self._find)

    def usage(self, agreement_id: str, family: MessageFamily, requisition: str, activity: str) -> Usage:
        """Give what an agreement's rules ask of a kind of request; it is remembered.

        Raises:
            KeyError: there is no such agreement.
        """
        return self._usage((agreement_id, family, requisition[:2], activity[:1]))

    def _find(self, kind: RequestKind) -> Usage:
        empty, full = self.about(kind), self.about(kind, fill=everything)
        every = self._findings(kind, tuple(form.name for form in self._forms(kind[1])), everything)
        refused = {key_of(finding.path) for finding in full if finding.code in BANS}
        return Usage(
            refused=tuple(finding for finding in empty if finding.code == Code.ACTIVITY_NOT_ALLOWED)[:1],
            needed_forms=frozenset(key_of(found.path)[0] for found in empty if found.code == Code.FORM_MISSING),
            banned_forms=frozenset(key_of(found.path)[0] for found in every if found.code == Code.FORM_NOT_ALLOWED),
            needed=frozenset(key_of(found.path) for found in empty if found.code in NEEDS),
            banned=frozenset(key for key in refused if self._is_refused_alone(kind, key)),
        )

    def _is_refused_alone(self, kind: RequestKind, key: Key) -> bool:
        """Say whether a field is refused even with no other: else it is refused for what stands beside it."""
        found = self.about(kind, fill=lambda other: other == key)
        return any(finding.code in BANS and key_of(finding.path) == key for finding in found)

    def about(self, kind: RequestKind, fill: Fill = nothing) -> tuple[Finding, ...]:
        """Give the findings on a request of a kind: with all forms that rules ask for, and the fields that are named.

        Raises:
            KeyError: there is no such agreement.
        """
        without = self._findings(kind, (), nothing)
        missing = (key_of(finding.path)[0] for finding in without if finding.code == Code.FORM_MISSING)
        names = tuple(dict.fromkeys((*_ALWAYS_ASKED.get(kind[1], ()), *missing)))
        return (*without, *self._findings(kind, names, fill))

    def _forms(self, family: MessageFamily) -> Iterable[FormDoc]:
        return (form for form in self._schemas.catalogue(family).forms() if form.name not in STAND_ALONE)

    def _findings(self, kind: RequestKind, names: tuple[str, ...], fill: Fill) -> tuple[Finding, ...]:
        agreement_id, family, requisition, activity = kind
        known = FAMILIES[family]
        always = {name for name, place in self._schemas.catalogue(family).root.children.items() if place.required}
        root = etree.Element(known.root)
        for form in self._forms(family):
            if form.name in always or form.name in names:
                _add(root, form, fill)
        for name, text in (("PON", "P1"), ("VER", "01"), ("REQTYP", requisition), ("ACT", activity)):
            _set(root[0], name, text)
        return self._judge.judge(known.read(root), agreement_id, self._at).verdict.findings


def _add(root: etree._Element, form: FormDoc, fill: Fill) -> None:
    element = etree.SubElement(root, form.name)
    parts: list[tuple[etree._Element, tuple[Place, ...]]] = [(element, form.header)]
    if form.detail:
        parts.append((etree.SubElement(etree.SubElement(element, "DETAILS"), "DETAIL"), form.detail))
    for parent, places in parts:
        for place in places:
            if place.doc.element != "SUP" and fill((form.name, place.doc.element)):
                etree.SubElement(parent, place.doc.element).text = "1"


def _set(head: etree._Element, name: str, text: str) -> None:
    element = next((child for child in head if child.tag == name), None)
    element = etree.SubElement(head, name) if element is None else element
    element.text = text
