"""The SOAP doors, called by a client that is generated from their WSDL, and with envelopes written by hand."""

import asyncio
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zeep
from lxml import etree

from gateway.doors.soap.envelope import SOAP
from gateway.doors.soap.wsdl import API
from gateway.services.preorder import QUERIES
from tests.rig.court import TRUNKS, sample
from tests.rig.gateway_server import GatewayServer
from tests.rig.soap_client import client, generated, members
from tests.rig.street import OTHER_KEY, XML, Street
from validators.bundled import bundled_path
from validators.messages.compose import compose
from validators.schema import Schemas

Document = Callable[..., bytes]
TEXT_XML = {"Content-Type": 'text/xml; charset="utf-8"', "SOAPAction": '""'}


async def test_a_generated_client_submits_an_order_and_fetches_its_foc(
    gateway: GatewayServer, street: Street, document: Document
) -> None:
    """The acknowledgement comes at once, the FOC by the notices' WSDL; the FOC is acknowledged once and for all."""
    order = members(document())
    told = await asyncio.to_thread(lambda: client(gateway, "order").SubmitLocalServiceRequest(**order))
    await street.backend.json(
        "POST",
        f"/v1/backend/orders/{told.ORDER_ID}/decisions",
        json={"decision": "confirm", "due_date": "2026-03-16"},
    )
    mailbox = await asyncio.to_thread(client, gateway, "notices")

    def last_notice() -> Any:
        page = mailbox.GetNotices(limit=100)
        while page.more:
            page = mailbox.GetNotices(after=page.cursor, limit=100)
        return page.Notice[-1]

    last = await asyncio.to_thread(last_notice)
    taken = await asyncio.to_thread(lambda: mailbox.AcknowledgeNotice(id=last.ID))

    assert ("accepted", order["LSR"]["PON"]) == (told.OUTCOME, told.PON)
    assert (told.ORDER_ID, "FOC") == (last.ORDER_ID, last.KIND)
    assert last.ID == taken["id"]


async def test_a_generated_client_submits_an_access_service_request(
    gateway: GatewayServer, schemas: Schemas, pons: Iterator[str]
) -> None:
    """The same door takes ASRs."""
    asr = members(compose(sample(TRUNKS), {"ADMIN.PON": next(pons)}, schemas=schemas))
    told = await asyncio.to_thread(lambda: client(gateway, "order").SubmitAccessServiceRequest(**asr))

    assert told.OUTCOME in {"accepted", "deferred"}


async def test_a_generated_client_asks_every_preorder_question(gateway: GatewayServer, street: Street) -> None:
    """The answer is that of the other door."""
    service = await asyncio.to_thread(lambda: client(gateway, "preorder"))
    for query in QUERIES:
        operation = service["".join(part.title() for part in query.name.split("-"))]
        asked = {name: _for_client(value) for name, value in query.example.items()}
        told = await asyncio.to_thread(lambda call=operation, asked=asked: call(**asked))  # type: ignore[misc] # mypy cannot infer defaults of a lambda
        elsewhere = await street.clec.json("POST", f"/v1/preorder/{query.name}", json=dict(query.example))

        assert (elsewhere["found"], elsewhere["text"]) == (told.found, told.text or ""), query.name


def _for_client(value: Any) -> Any:
    """Give a member as a generated client takes it: a list stands in an element of its own."""
    if isinstance(value, dict):
        return {name: _for_client(member) for name, member in value.items()}
    return {"item": value} if isinstance(value, list) else value


async def test_a_preorder_question_that_lacks_something_is_a_fault(street: Street) -> None:
    """The detail names the member."""
    sent = f'<s:Envelope xmlns:s="{SOAP}"><s:Body><x:ClliValidation xmlns:x="{API}"/></s:Body></s:Envelope>'.encode()
    answer = await street.clec("POST", "/soap/preorder", data=sent, headers=TEXT_XML)

    assert 500 == answer.status
    assert b"/cllis" in answer.body


async def test_a_rejected_order_is_a_fault_with_every_finding(gateway: GatewayServer, document: Document) -> None:
    """The detail holds the problem object, as the other doors give it."""
    order = members(document(DDD="02-20-2026"))

    with pytest.raises(zeep.exceptions.Fault) as raised:
        await asyncio.to_thread(lambda: client(gateway, "order").SubmitLocalServiceRequest(**order))

    detail = raised.value.detail
    assert "soap:Client" == raised.value.code
    assert "9.2.4.4" in etree.tostring(detail).decode()


async def test_the_same_order_in_another_envelope_gets_the_first_answer(street: Street, document: Document) -> None:
    """Other prefixes, CDATA and a header to be passed over: it is the same order, and it is taken once."""
    order = document()
    pon = re.search(rb"<PON>(.*?)</PON>", order)
    assert pon is not None
    inner = order.partition(b"?>")[2] if order.startswith(b"<?xml") else order
    odd_inner = inner.replace(pon[0], b"<PON><![CDATA[" + pon[1] + b"]]></PON>")
    odd_header = b'<h:Trace xmlns:h="urn:trace" SOAP-ENV:mustUnderstand="0">1</h:Trace>'
    plain = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>'.encode() + inner + b"</s:Body></s:Envelope>"
    odd = (
        f'<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="{SOAP}" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema"><SOAP-ENV:Header>'
    ).encode()
    odd += odd_header + b"</SOAP-ENV:Header><SOAP-ENV:Body>\n  " + odd_inner + b"\n</SOAP-ENV:Body></SOAP-ENV:Envelope>"

    first = await street.clec("POST", "/soap/order", data=plain, headers=TEXT_XML)
    second = await street.clec("POST", "/soap/order", data=odd, headers=TEXT_XML)

    assert (200, "text/xml") == (first.status, first.media)
    assert first.body == second.body
    assert 1 == len((await street.clec.json("GET", f"/v1/orders?pon={pon[1].decode()}"))["orders"])


async def test_a_header_that_must_be_understood_stops_the_order(street: Street, document: Document) -> None:
    """The fault names it, and nothing is recorded."""
    order = document(PON="MUSTUNDERST1")
    inner = order.partition(b"?>")[2] if order.startswith(b"<?xml") else order
    header = '<s:Header><w:Security xmlns:w="urn:wsse" s:mustUnderstand="1"/></s:Header>'
    sent = f'<s:Envelope xmlns:s="{SOAP}">{header}<s:Body>'.encode()
    answer = await street.clec("POST", "/soap/order", data=sent + inner + b"</s:Body></s:Envelope>", headers=TEXT_XML)

    assert 500 == answer.status
    assert b"<faultcode>soap:MustUnderstand</faultcode>" in answer.body
    assert [] == (await street.clec.json("GET", "/v1/orders?pon=MUSTUNDERST1"))["orders"]


async def test_an_element_that_no_operation_takes_is_a_fault(street: Street) -> None:
    """Its name is said."""
    sent = f'<s:Envelope xmlns:s="{SOAP}"><s:Body><Order/></s:Body></s:Envelope>'.encode()
    answer = await street.clec("POST", "/soap/order", data=sent, headers=TEXT_XML)

    assert 500 == answer.status
    assert b"no operation takes the element Order" in answer.body


async def test_a_generated_client_reads_every_kind_of_notice(gateway: GatewayServer) -> None:
    """Each example is taken in by the client's own types, the loss notice that names no order of the CLEC too."""
    made = await asyncio.to_thread(lambda: generated(gateway, "notices"))
    notice = made.get_element("{urn:oss-gateway:r1:notice}Notice")
    examples = sorted((bundled_path("schemas") / "r1" / "examples" / "notice").rglob("*.xml"))

    read = {path.stem: notice.parse(etree.parse(path).getroot(), made.wsdl.types) for path in examples}

    assert len(read) > 20
    for name, value in read.items():
        # What it says stands in the part named after its kind, or in a form of ASRs.
        assert any(form in value and value[form] is not None for form in (value.KIND, "CN", "C_NR")), name
    assert read["loss-by-another-carrier"].ORDER_ID is None
    assert read["foc"].ORDER_ID is not None


async def test_no_clec_reaches_anothers_notices(gateway: GatewayServer, street: Street, document: Document) -> None:
    """Neither reads nor acknowledges them."""
    await street.other("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    theirs = (await street.other.json("GET", "/v1/notices?limit=500"))["notices"][-1]["id"]
    mine = await asyncio.to_thread(lambda: client(gateway, "notices").GetNotices(limit=100))
    with pytest.raises(zeep.exceptions.Fault, match="no such thing"):
        await asyncio.to_thread(lambda: client(gateway, "notices").AcknowledgeNotice(id=theirs))

    assert theirs not in {notice.ID for notice in mine.Notice}
    seen = await asyncio.to_thread(lambda: client(gateway, "notices", OTHER_KEY).GetNotices(limit=100))
    assert theirs in {notice.ID for notice in seen.Notice} or seen.more


async def test_the_doors_need_a_key(street: Street) -> None:
    """Without one it is 401 before any envelope is read; the descriptions need none."""
    assert 401 == (await street.nobody("POST", "/soap/order", data=b"<a/>", headers=TEXT_XML)).status
    assert 200 == (await street.nobody("GET", "/soap/notices?wsdl")).status
    assert 200 == (await street.nobody("GET", "/schemas/r1/lsr/eu.xsd")).status
    assert 404 == (await street.nobody("GET", "/schemas/r1/../agreements/idaho-2021.yaml")).status
