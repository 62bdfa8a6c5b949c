"""Envelopes as they come from the field's many toolkits."""

import pytest
from lxml import etree

from gateway.doors.soap.envelope import SOAP, FaultCode, SoapFault, body_of, document_of

LIMIT = 10_000


def envelope(body: str, header: str = "", prefix: str = "soapenv", namespace: str = SOAP) -> bytes:
    """Write an envelope."""
    head = f"<{prefix}:Header>{header}</{prefix}:Header>" if header else ""
    opening = f'<{prefix}:Envelope xmlns:{prefix}="{namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    return f"{opening}{head}<{prefix}:Body>{body}</{prefix}:Body></{prefix}:Envelope>".encode()


def fault_of(bad: bytes) -> SoapFault:
    """Give the fault of an envelope."""
    with pytest.raises(SoapFault) as raised:
        body_of(bad, LIMIT)
    return raised.value


@pytest.mark.parametrize("prefix", ["soap", "soapenv", "SOAP-ENV", "s"])
def test_the_same_order_is_the_same_bytes_whatever_envelope_it_came_in(prefix: str) -> None:
    """The envelope's prefixes, comments and CDATA leave no trace."""
    order = '<o:Order xmlns:o="urn:x"><o:PON>A&amp;B</o:PON></o:Order>'
    plain = document_of(body_of(envelope(order, "", prefix), LIMIT))
    odd = envelope('<o:Order xmlns:o="urn:x"><o:PON><![CDATA[A&B]]><!-- x --></o:PON></o:Order>', "", "other")

    assert order.encode() == plain == document_of(body_of(odd, LIMIT))


def test_a_declaration_and_blanks_before_the_envelope_are_taken() -> None:
    """As toolkits write them."""
    written = b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\n' + envelope("<a/>")

    assert "a" == body_of(written, LIMIT).tag


@pytest.mark.parametrize("must", ["1", "true"])
def test_a_header_that_must_be_understood_and_is_not_is_a_fault(must: str) -> None:
    """SOAP 1.1, 4.2.3."""
    header = f'<w:Security xmlns:w="urn:wsse" xmlns:s="{SOAP}" s:mustUnderstand="{must}"/>'
    fault = fault_of(envelope("<a/>", header))

    assert FaultCode.MUST_UNDERSTAND == fault.code
    assert "Security" in fault.text


@pytest.mark.parametrize(
    "header",
    [
        '<w:Security xmlns:w="urn:wsse"/>',
        f'<w:Security xmlns:w="urn:wsse" xmlns:s="{SOAP}" s:mustUnderstand="0"/>',
        f'<w:Route xmlns:w="urn:w" xmlns:s="{SOAP}" s:mustUnderstand="1" s:actor="urn:somebody-else"/>',
        f'<a:Action xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:s="{SOAP}" s:mustUnderstand="1">x</a:Action>',
    ],
)
def test_other_headers_are_passed_over(header: str) -> None:
    """Those that need not be understood, are for somebody else, or repeat what HTTP has said."""
    assert "a" == body_of(envelope("<a/>", header), LIMIT).tag


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (envelope("<a/>", namespace="http://www.w3.org/2003/05/soap-envelope"), FaultCode.VERSION_MISMATCH),
        (envelope(""), FaultCode.CLIENT),
        (envelope("<a/><b/>"), FaultCode.CLIENT),
        (f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(), FaultCode.CLIENT),
        (b"<a/>", FaultCode.CLIENT),
        (b"", FaultCode.CLIENT),
        (b"<a", FaultCode.CLIENT),
        (b'<!DOCTYPE a [<!ENTITY x "y">]>' + envelope("<a>&x;</a>"), FaultCode.CLIENT),
        (envelope("<a>" + "x" * LIMIT + "</a>"), FaultCode.CLIENT),
    ],
)
def test_what_is_no_envelope_is_a_fault(bad: bytes, code: FaultCode) -> None:
    """Another version, no body, two elements, no XML, a DOCTYPE, or too much of it."""
    assert code == fault_of(bad).code


def test_inherited_namespaces_go_with_the_order() -> None:
    """A prefix that the envelope declares and the order uses is declared in the order's own document."""
    declared = envelope("<p:Order><p:PON>1</p:PON></p:Order>").replace(
        b"<soapenv:Envelope ", b'<soapenv:Envelope xmlns:p="urn:x" '
    )
    document = document_of(body_of(declared, LIMIT))

    assert b'<p:Order xmlns:p="urn:x"><p:PON>1</p:PON></p:Order>' == document
    assert "{urn:x}Order" == etree.fromstring(document).tag
