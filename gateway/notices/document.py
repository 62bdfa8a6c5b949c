"""A notice as a document: XML of the release, and JSON of the same content."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from lxml import etree

from gateway.notices.notice import NoticeContent, Value
from gateway.notices.numbers import NUMBER_FIELD
from gateway.notices.xml_text import xml_text
from gateway.record.rows import Family
from validators.verdict import Finding

NAMESPACE = "urn:oss-gateway:r1:notice"


@dataclass(frozen=True, slots=True)
class OrderHeader:
    """What every notice repeats of its order.

    Attributes:
        order_id: id of the order in the gateway.
        number: the provider's number (LSR NO, ASR NO).
        pon: purchase order number.
        ver: version that the notice answers.
        ccna: customer carrier's abbreviation, None if the request had none.
        cc: company code, None if the request had none.
        response: how many notices on the order there were, this one included (EC VER); None where that is not counted.
        family: family of the order.
    """

    order_id: str
    number: str
    pon: str
    ver: str
    ccna: str | None = None
    cc: str | None = None
    response: int | None = None
    family: Family = Family.LSR

    @property
    def ec_ver(self) -> str | None:
        """EC VER as the forms have it: two digits, which stay at 99 after the 99th response."""
        return None if self.response is None else f"{min(self.response, 99):02}"


def render(
    notice_id: str, order: OrderHeader | None, content: NoticeContent, issued_at: datetime, zone: tzinfo
) -> bytes:
    """Give the notice as a `Notice` document in UTF-8, canonical (C14N), so that the same notice has the same bytes.

    A notice that came of another carrier's order (`order` is None) has nothing of it in its head.

    Instants carry the offset of `zone`, the agreement's; dates of fields are MM-DD-CCYY as the forms write them.
    Characters that XML cannot carry stand as U+FFFD.
    """
    root = etree.Element(f"{{{NAMESPACE}}}Notice", nsmap={None: NAMESPACE})
    for name, text in _header(notice_id, order, content, issued_at.astimezone(zone)):
        _child(root, name, text)
    body = _child(root, content.form or content.kind.name)
    for field, value in content.fields:
        for shown in _texts(value, zone):
            _child(body, field.name, shown)
    for detail in content.details:
        several = _child(body, detail.element)
        for name, _, told in detail.fields:
            _child(several, name, told)
    for finding in content.findings:
        _finding(body, finding)
    for charge in content.charges:
        element = _child(body, "CHARGE")
        for name, text in charge.fields():
            _child(element, name, text)
    return etree.tostring(root, method="c14n")


def as_json(
    notice_id: str, order: OrderHeader | None, content: NoticeContent, issued_at: datetime, zone: tzinfo
) -> dict[str, Any]:
    """Give the same content as plain JSON values: header, fields by their readable names, findings if there are any."""
    shown: dict[str, Any] = {
        "id": notice_id,
        "kind": content.kind.value,
        "section": content.section,
        "issued_at": issued_at.astimezone(zone).isoformat(),
    }
    if order is not None:
        shown |= {
            "order_id": order.order_id,
            "number": order.number,
            "ccna": order.ccna,
            "cc": order.cc,
            "pon": order.pon,
            "ver": order.ver,
            "ec_ver": order.ec_ver,
        }
    shown = {name: value for name, value in shown.items() if value is not None}
    if content.form is not None:
        shown["form"] = content.form
    shown |= {field.value: _plain(value, zone) for field, value in content.fields}
    if content.charges:
        shown["charges"] = [charge.as_json() for charge in content.charges]
    for detail in content.details:
        members = {member: text for _, member, text in detail.fields}
        shown.setdefault(detail.plural, []).append(members)
    if content.findings:
        shown["findings"] = [finding.as_json() for finding in content.findings]
    return shown


def _header(
    notice_id: str, order: OrderHeader | None, content: NoticeContent, issued_at: datetime
) -> tuple[tuple[str, str | None], ...]:
    head = (
        ("ID", notice_id),
        ("KIND", content.kind.name),
        ("SECTION", content.section),
        ("ISSUED_AT", issued_at.isoformat()),
    )
    if order is None:
        return head
    return (
        *head,
        ("ORDER_ID", order.order_id),
        (NUMBER_FIELD[order.family], order.number),
        ("CCNA", order.ccna),
        ("CC", order.cc),
        ("PON", order.pon),
        ("VER", order.ver),
        ("EC_VER", order.ec_ver),
    )


def _child(parent: etree._Element, name: str, text: str | None = "") -> etree._Element:
    if text is None:
        return parent
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = xml_text(text) or None
    return child


def _texts(value: Value, zone: tzinfo) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("Y",)
    if isinstance(value, datetime):
        return (value.astimezone(zone).isoformat(),)
    if isinstance(value, date):
        return (f"{value:%m-%d-%Y}",)
    return value if isinstance(value, tuple) else (value,)


def _plain(value: Value, zone: tzinfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _finding(parent: etree._Element, finding: Finding) -> None:
    element = _child(parent, "FINDING")
    for name, text in finding_fields(finding):
        _child(element, name, text)


def finding_fields(finding: Finding) -> tuple[tuple[str, str | None], ...]:
    """Give the elements of a finding in their order; None where there is nothing to say."""
    return (
        ("ERRORCODE", finding.code),
        ("ERRORTEXT", finding.text),
        ("SEVERITY", finding.severity.value),
        ("RULE", finding.rule),
        ("SECTION", finding.section),
        ("PATH", finding.path or None),
        *(("ALSO", path) for path in finding.also),
        ("VALUE", finding.value),
        ("CURE", finding.cure or None),
    )
