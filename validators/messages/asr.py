"""The Access Service Request as a frozen message in the words of its fields."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from validators.messages.counts import read_count
from validators.messages.field_times import read_date
from validators.messages.forms import OrderForms
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessServiceRequest(OrderForms):
    """One version of one ASR.

    `head` is ADMIN; `service` is None on a disconnect and a cancellation. REQTYP tells the service, and which step of
    inquiry and order this is. SUP is 1 cancel, 2 new due date, 3 change after, 4 correction before the confirmation.

    Attributes:
        group_activity: ACTI: what happens to a trunk group.
    """

    group_activity: str | None

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

    def of_service(self, field: str) -> str | None:
        """Give the text of a field of the form that describes the service."""
        return self.service.fields.get(field) if self.service is not None else None


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
