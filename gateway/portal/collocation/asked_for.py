"""What a message about a kind of request is asked for: the fields of the schema that the agreement's terms name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from validators.agreement.collocation_terms import Needed
from validators.agreement.terms import Agreement
from validators.collocation.completeness import needs_of
from validators.fields import FieldCatalogue, FieldDoc, FormDoc
from validators.messages.collocation import APPLICATION

WHOLE: Final = (APPLICATION, "material-change")
"""Messages that carry the whole application: it is sent again when it is cured, or revised (8.4.1.2)."""
HIDDEN: Final = ("COLLO.PON", "COLLO.VER", "COLLO.MSG", "COLLO.KIND")
"""What the page fills in by itself, the PON of a first message aside."""
_OF_APPLICATIONS: Final = ("COLLO.CCNA", "COLLO.CC", "COLLO.REF", "COLLO.CONTACT", "COLLO.EMAIL", "COLLO.REMARKS")
_OF_LATER: Final = ("COLLO.SIGNED", "COLLO.DATE", "COLLO.CONTACT", "COLLO.EMAIL", "COLLO.REMARKS")
_PAYMENT: Final = ("PAY.AMOUNT", "PAY.REFNO")
_NOT_APPLICABLE: Final = "SPACE.NA"


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field.

    Attributes:
        key: `FORM.FIELD`.
        doc: what the schema says of it.
        about: the item of a complete application and the sections that ask for it, in words; empty for an optional one.
        need: whether it must be there, in words: empty, `needed`, or on which condition.
        choices: the values that it may have; empty where any of its type may be.
    """

    key: str
    doc: FieldDoc
    about: str = ""
    need: str = ""
    choices: tuple[str, ...] = ()

    def options(self, value: str) -> tuple[tuple[str, str], ...]:
        """Give the choices with what stands in the field, which may be none of them."""
        return tuple((choice, choice) for choice in dict.fromkeys((*self.choices, value)) if choice)


@dataclass(frozen=True, slots=True)
class AskedForm:
    """One form: fields that stand once, further ones that may be given, and those of each line with what a line is."""

    name: str
    meaning: str
    fields: tuple[AskedField, ...]
    further: tuple[AskedField, ...]
    details: tuple[AskedField, ...]
    line: str

    @property
    def about(self) -> str:
        """What asks for each field of a line, where that is the same for all that are asked for; else nothing."""
        about = {field.about for field in self.details if field.about}
        return about.pop() if len(about) == 1 else ""

    def all(self) -> Iterator[AskedField]:
        """Give every field of the form."""
        yield from (*self.fields, *self.further, *self.details)


def forms_of(catalogue: FieldCatalogue, agreement: Agreement, kind: str, says: str) -> tuple[AskedForm, ...]:
    """Give the forms of a message, with only what its kind needs or may have."""
    needs = tuple(needs_of(APPLICATION if says in WHOLE else says, kind, agreement))
    named = {field for need in needs for field in _fields(need)} | set(_companions(agreement, kind, says, needs))
    barred = {field for need in needs for field in need.absent}
    asked = _Asked(agreement, needs)
    found = (_form(catalogue, form, named - barred, barred, asked) for form in catalogue.forms())
    return tuple(form for form in found if form.fields or form.details)


def _companions(agreement: Agreement, kind: str, says: str, needs: Sequence[Needed]) -> Iterator[str]:
    """Give fields that no term needs, but that go with such a message."""
    yield from _OF_APPLICATIONS if says in WHOLE else _OF_LATER
    if any(need.or_not_applicable for need in needs):
        yield _NOT_APPLICABLE
    terms = agreement.collocation
    if terms is None:
        return
    if says in WHOLE:
        for size in terms.sizes.values():
            if kind in agreement.products_named(size.kinds):
                yield from (*size.least, *size.only)
        return
    steps = [step for step in terms.process_of(kind).steps if step.on == says and step.by == "clec"]
    if any(fact.startswith("paid") for step in steps for fact in (*step.when, *step.unless)):
        yield from _PAYMENT


class _Asked:
    """What the terms say of each field."""

    def __init__(self, agreement: Agreement, needs: Sequence[Needed]) -> None:
        self._items = agreement.collocation.items if agreement.collocation else {}
        self._needs = needs

    def field(self, key: str, doc: FieldDoc) -> AskedField:
        """Give a field with what is asked of it."""
        mine = [need for need in self._needs if key in _fields(need)]
        about = dict.fromkeys(self._about(need) for need in mine)
        wanted = next((need for need in mine if key in (*need.any_of, *need.every) and need.effect != "warn"), None)
        lists = [need.one_of[key] for need in mine if key in need.one_of]
        return AskedField(
            key, doc, "; ".join(about), _how_needed(key, wanted) if wanted else "", lists[0] if lists else doc.values
        )

    def _about(self, need: Needed) -> str:
        name = self._items.get(need.item or "")
        item = f"item {need.item}, {name}, " if name else ""
        return f"{item}section {need.section}"


def _how_needed(key: str, need: Needed) -> str:
    if need.where:
        conditions = (
            f"{name} is {' or '.join(values)}" if values else f"{name} is given" for name, values in need.where.items()
        )
        return f"needed where {' and '.join(conditions)}"
    others = [field.partition(".")[2] for field in need.any_of if field != key]
    return f"this or {' or '.join(others)} is needed" if others else "needed"


def _fields(need: Needed) -> tuple[str, ...]:
    """Give the fields that a need speaks of, those that may not be there aside."""
    return (*need.any_of, *need.every, *need.one_of, *need.least, *need.most, *need.multiple, *need.where)


def _form(
    catalogue: FieldCatalogue, form: FormDoc, named: Iterable[str], barred: Iterable[str], asked: _Asked
) -> AskedForm:
    docs = {f"{form.name}.{place.doc.element}": place.doc for place in form.header}
    lines = {f"{form.name}.{place.doc.element}": place.doc for place in form.detail}
    fields = tuple(asked.field(key, doc) for key, doc in docs.items() if key in named)
    with_lines = any(key in named for key in lines)
    further = tuple(
        AskedField(key, doc, choices=doc.values)
        for key, doc in docs.items()
        if (fields or with_lines) and doc.usage == "optional" and key not in {*named, *barred, *HIDDEN}
    )
    details = tuple(asked.field(key, doc) for key, doc in lines.items()) if with_lines else ()
    place = catalogue.find((form.name, "DETAILS", "DETAIL"))
    line = place.doc.meaning.removeprefix("A detail: ").rstrip(".") if place else ""
    return AskedForm(form.name, form.meaning, fields, further, details, line)
