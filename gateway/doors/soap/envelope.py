"""SOAP 1.1 envelopes: what stands in the body of one, and how answers and faults are put into another."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiohttp import web
from lxml import etree

from gateway.doors.problems import Problem, to_xml
from gateway.notices.xml_text import xml_text
from validators.xml import XmlRefused, parse

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
PROBLEM = "urn:ietf:rfc:7807"

_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"
_ADDRESSING = ("http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing")
"""Headers of these namespaces say where and under which id a message goes: HTTP has said the same already."""


class FaultCode(StrEnum):
    """The four faults of SOAP 1.1 (4.4.1)."""

    VERSION_MISMATCH = "VersionMismatch"
    MUST_UNDERSTAND = "MustUnderstand"
    CLIENT = "Client"
    SERVER = "Server"


@dataclass(eq=False)
class SoapFault(Exception):  # noqa: N818 - SOAP calls it a fault
    """Raised to answer with a fault.

    Attributes:
        code: which of the four.
        text: what happened, in plain words.
        problem: the problem object that stands in the detail, if the body was the reason.
    """

    code: FaultCode
    text: str
    problem: Problem | None = None


def body_of(envelope: bytes, max_bytes: int) -> etree._Element:
    """Give the one element in the body of an envelope.

    Raises:
        SoapFault: the envelope cannot be read, is of another version, holds a header that must be understood and is
            not, or does not have one element in its body.
    """
    try:
        root = parse(envelope, max_bytes=max_bytes)
    except XmlRefused as refused:
        raise SoapFault(FaultCode.CLIENT, f"{refused.finding.text} {refused.finding.cure}") from None
    if root.tag != f"{{{SOAP}}}Envelope":
        if etree.QName(root).localname == "Envelope":
            raise SoapFault(FaultCode.VERSION_MISMATCH, f"this door speaks SOAP 1.1, whose namespace is {SOAP}")
        raise SoapFault(FaultCode.CLIENT, "the document is no SOAP envelope")
    for header in root.iterfind(f"{{{SOAP}}}Header/*"):
        _check_understood(header)
    bodies = root.findall(f"{{{SOAP}}}Body")
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise SoapFault(FaultCode.CLIENT, "an envelope has one body, and that has one element")
    return bodies[0][0]


def document_of(element: etree._Element) -> bytes:
    """Give an element of a body as a document of its own: exclusive canonical XML, without the envelope's prefixes.

    So the same order is the same bytes, whatever envelope it came in.
    """
    canonical: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
    return canonical


def answer_with(element: bytes, headers: Mapping[str, str]) -> web.Response:
    """Give an envelope around one element, given as bytes without XML declaration."""
    return _response(element, 200, headers)


def answer_with_fault(fault: SoapFault) -> web.Response:
    """Give the envelope of a fault; SOAP 1.1 over HTTP answers every fault with 500 (6.2)."""
    envelope = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP})
    etree.SubElement(envelope, "faultcode").text = f"soap:{fault.code.value}"
    etree.SubElement(envelope, "faultstring").text = xml_text(fault.text)
    if fault.problem is not None:
        detail = etree.SubElement(envelope, "detail")
        detail.append(etree.fromstring(to_xml("problem", fault.problem.as_json(), PROBLEM)))
    return _response(etree.tostring(envelope), 500)


def element(name: str, namespace: str, members: Mapping[str, Any]) -> bytes:
    """Give an element with simple members, for `answer_with`."""
    return etree.tostring(etree.fromstring(to_xml(name, members, namespace)))


def _check_understood(header: etree._Element) -> None:
    """Refuse a header that is meant for us, must be understood, and is not."""
    if header.get(f"{{{SOAP}}}mustUnderstand") not in {"1", "true"}:
        return
    if header.get(f"{{{SOAP}}}actor", _NEXT) not in {"", _NEXT}:
        return
    name = etree.QName(header)
    if name.namespace not in _ADDRESSING:
        text = f"the header {name.localname} of {name.namespace or 'no namespace'} is not understood here"
        raise SoapFault(FaultCode.MUST_UNDERSTAND, text)


def _response(content: bytes, status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    opening = f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'.encode()
    return web.Response(
        body=opening + content + b"</soap:Body></soap:Envelope>",
        status=status,
        content_type="text/xml",
        charset="utf-8",
        headers=headers,
    )
