"""What an LSR and an ASR have alike: forms, an administrative one and one of the service, and the fields of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from validators.messages.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForms:
    """One version of one order. A field that was not sent, or is not readable as its type, is None.

    Attributes:
        forms: every form that was sent, by name; it has the text of each field.
        head: the form with the administrative fields.
        service: the form that describes the service, None where there is none.
        requisition_type: REQTYP, two characters.
        activity: ACT.
        supplement_type: SUP; None on a first issue.
        desired_due_date: DDD.
        quantity: how many of the product are asked for, at least 1.
    """

    forms: Mapping[str, Section]
    head: Section
    service: Section | None
    pon: str | None
    ver: str | None
    ccna: str | None
    cc: str | None
    requisition_type: str | None
    activity: str | None
    supplement_type: str | None
    desired_due_date: date | None
    nc: str | None
    nci: str | None
    quantity: int

    def field(self, form: str, field: str) -> str | None:
        """Give the text of one field of one form, None where either is absent."""
        section = self.forms.get(form)
        return None if section is None else section.fields.get(field)

    def remarks_say(self, phrase: str) -> bool:
        """Say whether REMARKS of the administrative form has `phrase`, given in upper case."""
        remarks = self.head.fields.get("REMARKS")
        return remarks is not None and phrase in remarks.upper()

    def items(self) -> Iterator[tuple[str, str]]:
        """Give path and text of every field, form by form."""
        for section in self.forms.values():
            yield from section.items()
