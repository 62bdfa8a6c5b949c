"""The Access Service Request as a frozen message in the words of its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from validators.messages.counts import read_count
from validators.messages.field_times import read_date
from validators.messages.request import MessageFamily
from validators.messages.section import Section, read_sections

SERVICE_FORMS: Final = ("TRANSPORT", "TRUNKING", "EUSA")
"""The forms that describe a service; a request has one of them at most."""

TRUNKING: Final = "M"
TRANSPORT: Final = "S"
SIGNALING: Final = "L"
"""First characters of REQTYP: trunk groups, transport, signaling links."""

CORRECTION: Final = "4"
"""SUP of a correction before the confirmation; 1 to 3 mean what they do on an LSR, 3 after the confirmation only."""

_NO_FORM: Final = Section("ADMIN", "/AccessServiceRequest/ADMIN", {})


@dataclass(frozen=True, slots=True)
class AccessServiceRequest:
    """One version of one ASR. A field that was not sent, or is not readable as its type, is None; `forms` has the text.

    Attributes:
        forms: every form that was sent, by name.
        head: the administrative section, ADMIN.
        service: the form that describes the service, None where there is none (a disconnect, a cancellation).
        requisition_type: REQTYP, two characters: service, and which step of inquiry and order this is.
        activity: ACT.
        group_activity: ACTI: what happens to a trunk group.
        supplement_type: SUP: 1 cancel, 2 new due date, 3 change after, 4 correction before the confirmation.
        desired_due_date: DDD.
        quantity: QTY, at least 1.
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
    group_activity: str | None
    supplement_type: str | None
    desired_due_date: date | None
    nc: str | None
    nci: str | None
    quantity: int

    @property
    def family(self) -> MessageFamily:
        """`asr`."""
        return "asr"

    @property
    def unbundled(self) -> bool:
        """Whether an unbundled element is ordered (UNE)."""
        return self.head.fields.get("UNE") == "Y"

    @property
    def service_letter(self) -> str:
        """The first character of REQTYP, empty where there is none."""
        return (self.requisition_type or "")[:1]

    @property
    def circuits(self) -> tuple[Section, ...]:
        """The second and later circuits (form ACI)."""
        additional = self.forms.get("ACI")
        return additional.details if additional is not None else ()

    def field(self, form: str, field: str) -> str | None:
        """Give the text of one field of one form, None where either is absent."""
        section = self.forms.get(form)
        return None if section is None else section.fields.get(field)

    def of_service(self, field: str) -> str | None:
        """Give the text of a field of the form that describes the service."""
        return self.service.fields.get(field) if self.service is not None else None

    def remarks_say(self, phrase: str) -> bool:
        """Say whether REMARKS of the administrative section has `phrase`, given in upper case."""
        remarks = self.head.fields.get("REMARKS")
        return remarks is not None and phrase in remarks.upper()

    def items(self) -> Iterator[tuple[str, str]]:
        """Give path and text of every field, form by form."""
        for section in self.forms.values():
            yield from section.items()


def read_asr(root: etree._Element) -> AccessServiceRequest:
    """Read the document under `root` (an `AccessServiceRequest`). Keeps nothing of the tree."""
    forms = read_sections(root)
    head = forms.get("ADMIN") or _NO_FORM
    service = next((forms[name] for name in SERVICE_FORMS if name in forms), None)
    field = head.fields.get
    codes = service.fields if service is not None else {}
    return AccessServiceRequest(
        forms=forms,
        head=head,
        service=service,
        pon=field("PON"),
        ver=field("VER"),
        ccna=field("CCNA"),
        cc=field("CC"),
        requisition_type=field("REQTYP"),
        activity=field("ACT"),
        group_activity=field("ACTI"),
        supplement_type=field("SUP"),
        desired_due_date=read_date(field("DDD")),
        nc=codes.get("NC"),
        nci=codes.get("NCI"),
        quantity=max(read_count(field("QTY")) or 1, 1),
    )
