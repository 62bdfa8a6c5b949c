"""A message about collocation, or about what is asked for as collocation is, in the words of its forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from validators.messages.field_times import read_date
from validators.messages.request import MessageFamily
from validators.messages.section import Section, read_sections

APPLICATION: Final = "application"
"""The message that opens a request, or sends it again cured."""

_NO_FORM: Final = Section("COLLO", "/CollocationRequest/COLLO", {})


@dataclass(frozen=True, slots=True)
class CollocationRequest:
    """One message of one request. A field that was not sent, or is not readable as its type, is None.

    Attributes:
        forms: every form that was sent, by name.
        head: the COLLO form.
        says: what the message says (MSG), in small letters: `application`, `acceptance`, ….
        kind: what is asked for (KIND), in small letters; None on later messages.
        premises: CLLI code of the Premises.
        reference: PON of the earlier request that it answers or rests on.
    """

    forms: Mapping[str, Section]
    head: Section
    pon: str | None
    ver: str | None
    says: str
    kind: str | None
    premises: str | None
    reference: str | None
    desired_due_date: date | None

    @property
    def family(self) -> MessageFamily:
        """`collocation`: the family of this message."""
        return "collocation"

    @property
    def supplement_type(self) -> None:
        """Nothing: later messages say what they are in MSG."""
        return

    @property
    def quantity(self) -> int:
        """One: a request is for one thing."""
        return 1

    @property
    def amount(self) -> Decimal | None:
        """The payment that comes with it."""
        text = self.value("PAY.AMOUNT")
        return Decimal(text) if text else None

    def items(self) -> Iterator[tuple[str, str]]:
        """Give path and text of every field, form by form."""
        for section in self.forms.values():
            yield from section.items()

    def value(self, field: str) -> str | None:
        """Give the text of `FORM.FIELD` as it stands once on its form; None where it is absent."""
        form, _, name = field.partition(".")
        section = self.forms.get(form)
        return section.fields.get(name) if section is not None else None

    def values(self, field: str) -> tuple[tuple[str, str], ...]:
        """Give path and text of `FORM.FIELD` wherever it stands: once, or in each detail."""
        form, _, name = field.partition(".")
        section = self.forms.get(form)
        if section is None:
            return ()
        places = (section, *section.details)
        return tuple((place.path_of(name), text) for place in places if (text := place.fields.get(name)))

    def number(self, field: str) -> int | None:
        """Give `FORM.FIELD` as a number; the sum where it stands in details."""
        numbers = [int(text) for _, text in self.values(field) if text.isdecimal()]
        return sum(numbers) if numbers else None

    def path_of(self, field: str) -> str:
        """Give the readable path of `FORM.FIELD`, present or not."""
        form, _, name = field.partition(".")
        section = self.forms.get(form)
        return section.path_of(name) if section is not None else f"/CollocationRequest/{form}/{name}"


def read_collocation(root: etree._Element) -> CollocationRequest:
    """Read the document under `root` (a `CollocationRequest` that the schema let pass). Keeps nothing of the tree."""
    forms = read_sections(root)
    head = forms.get("COLLO", _NO_FORM)
    field = head.fields.get
    return CollocationRequest(
        forms=forms,
        head=head,
        pon=field("PON"),
        ver=field("VER"),
        says=(field("MSG") or "").lower(),
        kind=(field("KIND") or "").lower() or None,
        premises=field("PREM") or field("SITE"),
        reference=field("REF"),
        desired_due_date=read_date(field("DATE")),
    )
