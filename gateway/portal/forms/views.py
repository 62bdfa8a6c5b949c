"""The forms of a request as a page shows them: only what its kind allows, what is needed first, findings beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from gateway.portal.forms.places import Findings, Told, element_id, input_name
from gateway.portal.forms.typed import MOST_DETAILS, Typed, TypedForm, field_name, present_name
from validators.fields import FieldCatalogue, FieldDoc, FormDoc, Place
from validators.messages.request import MessageFamily
from validators.usage import STAND_ALONE, Usage

Use = Literal["needed", "conditional", "optional"]

_SUPPLEMENT: Final = "SUP"
"""Field that makes a version a supplement: it is filled in by choosing one, never on a first issue."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends the whole form; `do` says what for."""

    do: str
    label: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands below a field: a button that asks the ILEC's systems, and what they answered.

    Attributes:
        told: the answer in a sentence, empty while nothing was asked.
        good: whether it is yes.
        choices: what can be filled in from it.
    """

    button: Button
    section: str
    told: str = ""
    good: bool = False
    choices: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class FieldView:
    """One input.

    Attributes:
        use: needed by the schema or by a rule for this kind of request; conditional or optional in the trade.
        pattern: for the input's attribute; empty where the value is chosen, or free.
        beside: what stands below it: buttons that ask the ILEC's systems, and their answers.
        asked_for: whether it is shown at once in any case.
    """

    name: str
    doc: FieldDoc
    value: str
    use: Use
    in_detail: bool = False
    findings: Sequence[Told] = ()
    beside: Sequence[Beside] = ()
    asked_for: bool = False

    @property
    def id(self) -> str:
        """Its HTML id."""
        return element_id(self.name)

    @property
    def options(self) -> Sequence[str]:
        """What can be chosen; what stands there is among it, even if it is none of them."""
        values = self.doc.values
        return values if not values or self.value in ("", *values) else (*values, self.value)

    @property
    def pattern(self) -> str:
        """The regular expression of its values as browsers write it."""
        return "" if self.doc.values else self.doc.pattern.replace("/", r"\/")

    @property
    def needed(self) -> bool:
        """Whether a request of this kind cannot go without it."""
        return self.use == "needed"

    @property
    def in_front(self) -> bool:
        """Whether it is shown at once: what is needed, filled in, found fault with, of a detail, or has a button."""
        by_kind = self.needed or (self.in_detail and self.use == "conditional")
        return bool(by_kind or self.asked_for or self.value or self.findings or self.beside)


@dataclass(frozen=True, slots=True)
class PartView:
    """What stands once on a form (number 0), or one of its details."""

    form: str
    number: int
    fields: Sequence[FieldView]
    findings: Sequence[Told] = ()

    @property
    def name(self) -> str:
        """As findings name it: `LS`, `LS[2]`."""
        return f"{self.form}[{self.number}]" if self.number else self.form

    @property
    def id(self) -> str:
        """Its HTML id."""
        return element_id(self.name)

    @property
    def front(self) -> Sequence[FieldView]:
        """The fields that are shown at once."""
        return [one for one in self.fields if one.in_front]

    @property
    def behind(self) -> Sequence[FieldView]:
        """The others, those first that some requests need."""
        rest = [one for one in self.fields if not one.in_front]
        return sorted(rest, key=lambda one: one.use != "conditional")


@dataclass(frozen=True, slots=True)
class FormView:
    """One form as a fieldset."""

    doc: FormDoc
    needed: bool
    header: PartView
    details: Sequence[PartView]

    @property
    def name(self) -> str:
        """Its name."""
        return self.doc.name

    @property
    def present(self) -> str:
        """Name of the hidden field that says that it is there."""
        return present_name(self.doc.name)

    @property
    def takes_more(self) -> bool:
        """Whether one more detail can be added."""
        return 0 < len(self.details) < MOST_DETAILS


@dataclass(frozen=True, slots=True)
class Link:
    """A finding, and what it is at: the HTML id of the nearest input or fieldset on the page, empty without one."""

    finding: Told
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """All forms of a request, and those that may be added."""

    forms: Sequence[FormView]
    addable: Sequence[FormDoc]

    def links(self, findings: Iterable[Told]) -> Sequence[Link]:
        """Give findings with what they are at."""
        parts = [part for form in self.forms for part in (form.header, *form.details)]
        ids = {part.name: part.id for part in parts} | {one.name: one.id for part in parts for one in part.fields}
        names = [(finding, input_name(str(finding.get("path", "")))) for finding in findings]
        return [Link(finding, name, _nearest(name, ids)) for finding, name in names]


def _nearest(name: str, ids: Mapping[str, str]) -> str:
    part = name.partition(".")[0]
    return ids.get(name) or ids.get(part) or ids.get(part.partition("[")[0], "")


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is being filled in, with all that its view is made of.

    Attributes:
        usage: what the rules ask of its kind.
        beside: what stands below fields, by the name of the input.
    """

    catalogue: FieldCatalogue
    typed: Typed
    usage: Usage = Usage()  # noqa: RUF009 - a frozen value
    findings: Findings = Findings()  # noqa: RUF009 - a frozen value
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=lambda: MappingProxyType({}))

    def view(self) -> RequestView:
        """Give it as it is shown: a form or field that its kind bans only where something stands in it."""
        docs, there = self.catalogue.forms(), self.typed.forms
        alone = STAND_ALONE.intersection(there)
        closed = {*there, *self.usage.banned_forms, *STAND_ALONE}
        addable = [] if alone else [doc for doc in docs if doc.name not in closed]
        return RequestView([self._form(doc, there[doc.name]) for doc in docs if doc.name in there], addable)

    def _form(self, doc: FormDoc, there: TypedForm) -> FormView:
        needed = self.catalogue.root.children[doc.name].required or doc.name in self.usage.needed_forms
        details = [
            self._part(doc.name, number, doc.detail, values) for number, values in enumerate(there.details, start=1)
        ]
        return FormView(doc, needed, self._part(doc.name, 0, doc.header, there.fields), details)

    def _part(self, form: str, number: int, places: Iterable[Place], values: Mapping[str, str]) -> PartView:
        fields = [self._field(form, number, place, values) for place in places]
        name = f"{form}[{number}]" if number else form
        return PartView(form, number, [one for one in fields if one is not None], self.findings.at(name))

    def _field(self, form: str, number: int, place: Place, values: Mapping[str, str]) -> FieldView | None:
        element = place.doc.element
        name, key = field_name(form, number, element), (form, element)
        value, found = values.get(element, ""), self.findings.at(name)
        if (key in self.usage.banned or element == _SUPPLEMENT) and not value and not found:
            return None
        use: Use = "conditional" if place.doc.usage == "conditional" else "optional"
        if place.required or key in self.usage.needed:
            use = "needed"
        return FieldView(name, place.doc, value, use, bool(number), found, self.beside.get(name, ()))


def first_forms(catalogue: FieldCatalogue, family: MessageFamily, usage: Usage) -> Typed:
    """Give an empty request of a kind: the forms that it cannot go without."""
    typed = Typed(family)
    for doc in catalogue.forms():
        if catalogue.root.children[doc.name].required or doc.name in usage.needed_forms:
            typed = typed.with_form(doc)
    return typed
