"""The Local Service Request as a frozen message in the words of its fields."""

from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from validators.messages.counts import read_count
from validators.messages.field_times import read_date
from validators.messages.forms import OrderForms
from validators.messages.request import MessageFamily
from validators.messages.section import Section, read_sections
from validators.messages.telephone import Numbers, read_numbers

SERVICE_FORMS: Final = {"LS": "LQTY", "LSNP": "LQTY", "NP": "NPQTY", "RS": "RSQTY", "PS": "PQTY"}
"""The forms that carry service details, each with the field that counts them."""

LOOP: Final = "A"
LOOP_WITH_PORT: Final = "B"
PORT: Final = "C"
COMBINATION: Final = "P"
"""First characters of REQTYP: an unbundled loop, one with number portability, number portability alone, and a loop that
is combined with transport or a multiplexer."""

CANCEL: Final = "1"
NEW_DATE: Final = "2"
OTHER_CHANGE: Final = "3"

CONVERSIONS: Final = frozenset({"V", "W", "Z"})
"""ACT codes by which a service that another carrier has is taken over, as specified or as it is."""

PortKind = Literal["simple", "complex", "other"]
"""A port of one line with nothing to coordinate; one with hunting; any other. None is for what is no port."""

_NO_FORM: Final = Section("LSR", "/LocalServiceRequest/LSR", {})


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalServiceRequest(OrderForms):
    """One version of one LSR.

    `head` is LSR, or SPSR for a simple port; `service` is None on a cancellation and a simple port. SUP is 1 cancel,
    2 new due date, 3 any other change. `quantity` is LQTY or NPQTY, else the number of service details.
    """

    @property
    def family(self) -> MessageFamily:
        """`lsr`."""
        return "lsr"

    @property
    def lines(self) -> tuple[Section, ...]:
        """The service details."""
        return self.service.details if self.service is not None else ()

    @property
    def cancels(self) -> bool:
        """Whether this version cancels the whole request."""
        return self.supplement_type == CANCEL

    @property
    def port_kind(self) -> PortKind | None:
        """Which kind of port this is, as far as a request tells; None where it is none.

        A simple port is on the one-page form, or asks for one number on form NP with no coordinated cut.
        """
        if (self.requisition_type or "")[:1] != PORT:
            return None
        if self.head.form == "SPSR":
            return "simple"
        if "HGI" in self.forms:
            return "complex"
        lines = self.lines
        alone = read_numbers(lines[0].fields.get("PORTED_NBR")) if len(lines) == 1 else None
        return "simple" if alone is not None and alone.single and self.head.fields.get("CHC") != "Y" else "other"

    @property
    def ported_numbers(self) -> tuple[tuple[Section, Numbers], ...]:
        """The numbers to be ported, each with the form or service detail that has it; what is no number is left out."""
        there = (self.head, *self.lines) if self.head.form == "SPSR" else self.lines
        written = [(section, text) for section in there if (text := section.fields.get("PORTED_NBR"))]
        read = [(section, read_numbers(text)) for section, text in written]
        return tuple((section, numbers) for section, numbers in read if numbers is not None)


def read_lsr(root: etree._Element) -> LocalServiceRequest:
    """Read the document under `root` (a `LocalServiceRequest` that the schema let pass). Keeps nothing of the tree."""
    forms = read_sections(root)
    head = forms.get("LSR") or forms.get("SPSR") or _NO_FORM
    service = next((forms[name] for name in SERVICE_FORMS if name in forms), None)
    field = head.fields.get
    return LocalServiceRequest(
        forms=forms,
        head=head,
        service=service,
        pon=field("PON"),
        ver=field("VER"),
        ccna=field("CCNA"),
        cc=field("CC"),
        requisition_type=field("REQTYP"),
        activity=field("ACT"),
        supplement_type=field("SUP"),
        desired_due_date=read_date(field("DDD")),
        nc=field("NC"),
        nci=field("NCI"),
        quantity=_quantity(service),
    )


def _quantity(service: Section | None) -> int:
    if service is None:
        return 1
    asked = read_count(service.fields.get(SERVICE_FORMS[service.form]))
    return max(len(service.details) if asked is None else asked, 1)
