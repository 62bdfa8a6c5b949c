"""What somebody has filled in of a request so far, by form and field; it may be wrong, and it may be half."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Form
from validators.fields import FieldCatalogue, FormDoc
from validators.messages.compose import compose
from validators.messages.field_keys import FormsByName
from validators.messages.request import MessageFamily, Request

MOST_DETAILS: Final = 50
"""Details of one form that are filled in by hand; who orders more sends a file."""
MOST_CHARACTERS: Final = 100_000
"""Of all fields of one request together."""
_HEADS: Final = ("LSR", "SPSR", "ADMIN", "COLLO")
_PRESENT: Final = "details-of "
"""Begin of the hidden fields that say which forms are there, and with how many details."""
_NAME: Final = re.compile(r"(?P<form>[A-Z]{1,16})(\[(?P<detail>[1-9][0-9]?)\])?\.(?P<field>[A-Z0-9_]{1,40})")


def present_name(form: str) -> str:
    """Give the name of the hidden field that says that a form is there; its value is the number of its details."""
    return _PRESENT + form


def field_name(form: str, detail: int, element: str) -> str:
    """Give the name of an input; detail 0 is what stands once on the form."""
    return f"{form}[{detail}].{element}" if detail else f"{form}.{element}"


def parts_of_name(name: str) -> tuple[str, int, str]:
    """Give form, detail and element of an input's name; all empty where it is none."""
    found = _NAME.fullmatch(name)
    return ("", 0, "") if found is None else (found["form"], int(found["detail"] or 0), found["field"])


@dataclass(frozen=True, slots=True)
class TypedForm:
    """One form: the fields that stand once, and those of each detail, by element. What is empty is not there."""

    fields: Mapping[str, str] = field(default_factory=dict)
    details: tuple[Mapping[str, str], ...] = ()

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.fields) or any(self.details)


@dataclass(frozen=True, slots=True)
class Typed:
    """A request that is being filled in."""

    family: MessageFamily
    forms: Mapping[str, TypedForm] = field(default_factory=dict)

    @classmethod
    def sent(cls, catalogue: FieldCatalogue, family: MessageFamily, form: Form) -> "Typed":
        """Read what a browser sent; what names no field of the family is left out.

        Raises:
            Problem: it is more than one request can hold.
        """
        typed = cls(family)
        for doc in catalogue.forms():
            count = form.get(present_name(doc.name))
            if isinstance(count, str) and count.isdecimal():
                typed = typed.with_form(doc, int(count[:4]))
        if sum(len(value) for value in form.values() if isinstance(value, str)) > MOST_CHARACTERS:
            raise Problem(Kind.TOO_LARGE, f"more than {MOST_CHARACTERS:,} characters; send the request as a document")
        return typed.filled_in(catalogue, {name: text for name, text in form.items() if isinstance(text, str)})

    @classmethod
    def of_message(cls, message: Request) -> "Typed":
        """Give a message that was sent as one that is being filled in."""
        forms = {
            name: TypedForm(dict(section.fields), tuple(dict(detail.fields) for detail in section.details))
            for name, section in message.forms.items()
        }
        return cls(message.family, forms)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Typed":
        """Read what `as_json` gave."""
        forms = {name: TypedForm(form["fields"], tuple(form["details"])) for name, form in kept["forms"].items()}
        return cls(kept["family"], forms)

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        forms = {name: {"fields": form.fields, "details": list(form.details)} for name, form in self.forms.items()}
        return {"family": self.family, "forms": forms}

    @property
    def head(self) -> str:
        """The administrative form; not simply the first one, since a database may keep forms in another order."""
        return next((form for form in _HEADS if form in self.forms), "")

    @property
    def fits_a_page(self) -> bool:
        """Whether it is small enough to be filled in by hand; what came as a document may be larger."""
        details = max((len(form.details) for form in self.forms.values()), default=0)
        characters = sum(len(name) + len(text) for name, text in self.items())
        return details <= MOST_DETAILS and characters <= MOST_CHARACTERS

    def of_head(self, element: str) -> str:
        """Give a field of the administrative form, empty if nothing stands there."""
        return self.value(field_name(self.head, 0, element))

    def value(self, name: str) -> str:
        """Give what stands under the name of an input, empty if nothing."""
        form, detail, element = parts_of_name(name)
        return self._part(form, detail).get(element, "")

    def _part(self, form: str, detail: int) -> Mapping[str, str]:
        there = self.forms.get(form, TypedForm())
        if not detail:
            return there.fields
        return there.details[detail - 1] if detail <= len(there.details) else {}

    def items(self) -> Iterator[tuple[str, str]]:
        """Give the name of every input that is filled in, and what stands there."""
        for name, form in self.forms.items():
            for number, part in enumerate((form.fields, *form.details)):
                yield from ((field_name(name, number, element), text) for element, text in part.items())

    def filled_in(self, catalogue: FieldCatalogue, values: Mapping[str, str]) -> "Typed":
        """Give it with these values under the names of inputs; an empty one takes the field away."""
        known = {
            (form.name, in_detail): {place.doc.element for place in places}
            for form in catalogue.forms()
            for in_detail, places in ((False, form.header), (True, form.detail))
        }
        forms = {name: [dict(form.fields), *map(dict, form.details)] for name, form in self.forms.items()}
        for name, text in values.items():
            form, number, element = parts_of_name(name)
            parts = forms.get(form, ())
            if element in known.get((form, number > 0), ()) and number < len(parts):
                parts[number][element] = _plain(text)
        full = {name: [_without_empty(part) for part in parts] for name, parts in forms.items()}
        return replace(self, forms={name: TypedForm(parts[0], tuple(parts[1:])) for name, parts in full.items()})

    def with_form(self, form: FormDoc, details: int = 1) -> "Typed":
        """Give it with one more form, empty, with so many details if it has any."""
        count = min(max(details, 1), MOST_DETAILS) if form.detail else 0
        return replace(self, forms={**self.forms, form.name: TypedForm({}, tuple({} for _ in range(count)))})

    def without_form(self, name: str) -> "Typed":
        """Give it without a form."""
        return replace(self, forms={other: form for other, form in self.forms.items() if other != name})

    def with_detail(self, name: str) -> "Typed":
        """Give it with one more detail on a form, unless there are so many already."""
        form = self.forms.get(name)
        if form is None or not form.details or len(form.details) >= MOST_DETAILS:
            return self
        return replace(self, forms={**self.forms, name: replace(form, details=(*form.details, {}))})

    def without_detail(self, name: str, number: int) -> "Typed":
        """Give it without a detail of a form; the last one stays, since a form with details has one at least."""
        form = self.forms.get(name)
        if form is None or len(form.details) < 2:
            return self
        kept = tuple(detail for place, detail in enumerate(form.details, start=1) if place != number)
        return replace(self, forms={**self.forms, name: replace(form, details=kept)})

    def document(self, catalogue: FieldCatalogue) -> bytes:
        """Give the XML document, with all that is filled in; a form in which nothing is filled in is left out.

        An empty part that has to be there is written with its first field empty, so that the schema tells what it
        lacks, and so that details keep their numbers.
        """
        sets = dict(self.items())
        always = {name for name, place in catalogue.root.children.items() if place.required}
        for form in catalogue.forms():
            there = self.forms.get(form.name)
            if there is None or not (there.filled or form.name in always):
                continue
            if not there.fields and form.header:
                sets[field_name(form.name, 0, form.header[0].doc.element)] = ""
            for number, detail in enumerate(there.details, start=1):
                if not detail:
                    sets[field_name(form.name, number, form.detail[0].doc.element)] = ""
        return compose("", sets, forms=FormsByName((catalogue,)))


def _plain(text: str) -> str:
    """Give text that a document can carry: characters that nobody sees become blanks."""
    return "".join(character if character.isprintable() else " " for character in text).strip()


def _without_empty(part: Mapping[str, str]) -> Mapping[str, str]:
    return {element: text for element, text in part.items() if text}
