"""What a message about a kind of request is asked for: the fields of the schema that the agreement's terms name."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from validators.agreement.collocation_terms import Needed
from validators.agreement.terms import Agreement
from validators.collocation.completeness import needs_of
from validators.fields import FieldCatalogue, FieldDoc, FormDoc
from validators.messages.collocation import APPLICATION

WHOLE: Final = (APPLICATION, "material-change")
"""Messages that carry the whole application: it is sent again when it is cured, or revised (8.4.1.2)."""
_PON: Final = "COLLO.PON"
HIDDEN: Final = (_PON, "COLLO.VER", "COLLO.MSG", "COLLO.KIND")
"""What the page fills in by itself, the PON of a first message aside."""
_OF_APPLICATIONS: Final = ("COLLO.CCNA", "COLLO.CC", "COLLO.REF", "COLLO.CONTACT", "COLLO.EMAIL", "COLLO.REMARKS")
_OF_LATER: Final = ("COLLO.SIGNED", "COLLO.DATE", "COLLO.CONTACT", "COLLO.EMAIL", "COLLO.REMARKS")
_PAYMENT: Final = ("PAY.AMOUNT", "PAY.REFNO")
_NOT_APPLICABLE: Final = "SPACE.NA"


@dataclass(frozen=True, slots=True)
class AskedForm:
    """One form: the fields that stand once, and those of each detail, each with what the agreement says of it.

    Attributes:
        further: keys (`FORM.FIELD`) of fields that may be given and are not asked for.
        needed: keys of fields that a complete message must have.
    """

    doc: FormDoc
    header: tuple[FieldDoc, ...]
    detail: tuple[FieldDoc, ...]
    further: frozenset[str]
    needed: frozenset[str]


def forms_of(
    catalogue: FieldCatalogue, agreement: Agreement, kind: str, says: str, *, first: bool = False
) -> tuple[AskedForm, ...]:
    """Give the forms of a message, with only what its kind needs or may have; the first one is given its PON."""
    needs = tuple(needs_of(APPLICATION if says in WHOLE else says, kind, agreement))
    named = {field for need in needs for field in _fields(need)} | set(_companions(agreement, kind, says, needs))
    named |= {_PON} if first else set()
    barred = {field for need in needs for field in need.absent}
    asked = _Asked(agreement, needs)
    found = (_form(form, named - barred, barred, asked) for form in catalogue.forms())
    return tuple(form for form in found if len(form.further) < len(form.header) or form.detail)


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

    def of(self, key: str, doc: FieldDoc) -> FieldDoc:
        """Give a field with the items and sections that ask for it, its values, and when it must be there."""
        mine = [need for need in self._needs if key in _fields(need)]
        about = "; ".join(dict.fromkeys(self._about(need) for need in mine))
        lists = [need.one_of[key] for need in mine if key in need.one_of]
        wanted = self.need(key)
        condition = _condition(key, wanted) if wanted else ""
        return replace(
            doc,
            meaning=f"{about[:1].upper()}{about[1:]}. {doc.meaning}" if about else doc.meaning,
            values=lists[0] if lists else doc.values,
            usage="conditional" if condition else "optional",
            condition=condition,
        )

    def need(self, key: str) -> Needed | None:
        """Give what asks that a field is there, the condition of it apart."""
        return next(
            (need for need in self._needs if key in (*need.any_of, *need.every) and need.effect != "warn"), None
        )

    def always(self, key: str) -> bool:
        """Say whether a field must be there whatever stands in the others."""
        wanted = self.need(key)
        return wanted is not None and not _condition(key, wanted)

    def _about(self, need: Needed) -> str:
        name = self._items.get(need.item or "")
        item = f"item {need.item}, {name}, " if name else ""
        return f"{item}section {need.section}"


def _condition(key: str, need: Needed) -> str:
    """Give on which condition a field must be there, in words; empty where it always must."""
    if need.where:
        conditions = (
            f"{name} is {' or '.join(values)}" if values else f"{name} is given" for name, values in need.where.items()
        )
        return f"where {' and '.join(conditions)}"
    others = [field.partition(".")[2] for field in need.any_of if field != key]
    return f"unless {' or '.join(others)} is given" if others else ""


def _fields(need: Needed) -> tuple[str, ...]:
    """Give the fields that a need speaks of, those that may not be there aside."""
    return (*need.any_of, *need.every, *need.one_of, *need.least, *need.most, *need.multiple, *need.where)


def _form(form: FormDoc, named: Collection[str], barred: Collection[str], asked: _Asked) -> AskedForm:
    header = [(f"{form.name}.{place.doc.element}", place.doc) for place in form.header]
    lines = [(f"{form.name}.{place.doc.element}", place.doc) for place in form.detail]
    with_lines = any(key in named for key, _ in lines)
    further = {
        key for key, doc in header if doc.usage == "optional" and key not in named and key not in (*barred, *HIDDEN)
    }
    shown = [(key, doc) for key, doc in header if key in named or key in further]
    detail = lines if with_lines else []
    return AskedForm(
        form,
        tuple(asked.of(key, doc) for key, doc in shown),
        tuple(asked.of(key, doc) for key, doc in detail),
        frozenset(further),
        frozenset(key for key, _ in (*shown, *detail) if key == _PON or asked.always(key)),
    )
