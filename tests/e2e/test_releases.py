"""Two releases over HTTP: a partner that was put on the second writes and is written to in it."""

import asyncio
import re
from collections.abc import Callable

import aiohttp
import pytest
import zeep
from lxml import etree

from gateway.app.commands import open_partners
from gateway.doors.soap.envelope import SOAP
from gateway.doors.soap.wsdl import API
from gateway.record.rows import Role
from gateway.settings import Settings
from tests.rig.gateway_server import GatewayServer
from tests.rig.soap_client import client, members
from tests.rig.street import XML, Caller, Street
from validators.schema import Schemas

Document = Callable[..., bytes]
PARTNER, KEY = "lemhi", "test-key-of-lemhi-0123456789abcdef"
NOTICE = "{urn:oss-gateway:r2:notice}"
SOAP_XML = {"Content-Type": 'text/xml; charset="utf-8"', "SOAPAction": '""'}


async def _enter(street: Street, register: str, **entry: object) -> None:
    body = {"key": "r2", "valid_from": "2026-02-01", **entry}
    await street.operations.json("POST", f"/v1/operations/registers/{register}", json=body)


async def test_a_partner_on_the_second_release_writes_and_is_written_to_in_it(
    gateway: GatewayServer, street: Street, document: Document
) -> None:
    """Its orders are taken in r2, its notices fit r2's schema; who stays on r1 is told until when."""
    async with open_partners(Settings(data=gateway.data)) as (_, partners):
        await partners.add(PARTNER, "Lemhi Telephone", "template", ccna=["ZQF"], cc=["9Z7A"])
        await partners.issue_key(Role.CLEC, PARTNER, "its key", key=KEY)
    await _enter(street, "releases")
    await _enter(street, "release-pins", partner=PARTNER)
    async with aiohttp.ClientSession() as session:
        lemhi = Caller(session, gateway.url, KEY)
        order = document(DDD="2026-02-20")
        refused = await lemhi("POST", "/v1/lsr", data=order, headers=XML)
        rewritten = order.replace(b":r1:", b":r2:").replace(b'"r1"', b'"r2"')
        rejected = await lemhi("POST", "/v1/lsr", data=rewritten, headers=XML)
        page = await lemhi("GET", "/v1/notices", headers={"Accept": "application/xml"})
    stays = await street.clec("GET", "/v1/notices?limit=1", headers={"Accept": "application/xml"})
    schema = await street.nobody("GET", "/schemas/r2/notice.xsd")

    assert (400, b"12.2.8" in refused.body) == (refused.status, True)
    assert (422, b"9.2.4.4" in rejected.body) == (rejected.status, True)
    (notice,) = etree.fromstring(page.body).findall(f"{NOTICE}Notice")
    assert () == Schemas("r2").check(notice, "notice")
    assert "REJECT" in (notice.findtext(f"{NOTICE}TEXT") or "")
    assert (None, "@1769929200") == (page.headers.get("Deprecation"), stays.headers.get("Deprecation"))
    assert "Sun, 02 Aug 2026 06:00:00 GMT" == stays.headers.get("Sunset")
    assert b'targetNamespace="urn:oss-gateway:r2:notice"' in schema.body


async def test_a_client_of_the_second_release_uses_soap_and_batch_files(
    gateway: GatewayServer, street: Street, document: Document
) -> None:
    """Generated from the WSDL of r2 it submits and fetches notices in r2; who stays on r1 is told until when."""
    async with open_partners(Settings(data=gateway.data)) as (_, partners):
        await partners.add("salmon", "Salmon River Telephone", "template", ccna=["ZQF"], cc=["9Z7A"])
        await partners.issue_key(Role.CLEC, "salmon", "its key", key="test-key-of-salmon-0123456789abcdef")
    await _enter(street, "releases")
    await _enter(street, "release-pins", partner="salmon")
    key = "test-key-of-salmon-0123456789abcdef"
    order = re.sub(rb"([0-9]{2})-([0-9]{2})-([0-9]{4})", rb"\3-\1-\2", document())
    made = await asyncio.to_thread(lambda: client(gateway, "order", key, "r2"))
    told = await asyncio.to_thread(lambda: made.SubmitLocalServiceRequest(**members(order)))
    await street.backend.json(
        "POST",
        f"/v1/backend/orders/{told.ORDER_ID}/decisions",
        json={"decision": "confirm", "due_date": "2026-03-16"},
    )
    mailbox = await asyncio.to_thread(lambda: client(gateway, "notices", key, "r2"))
    (foc,) = (await asyncio.to_thread(lambda: mailbox.GetNotices(limit=10))).Notice
    with pytest.raises(zeep.exceptions.Fault, match="cannot be read") as refused:
        await asyncio.to_thread(lambda: client(gateway, "order", key).SubmitLocalServiceRequest(**members(order)))
    envelope = f'<s:Envelope xmlns:s="{SOAP}"><s:Body><GetNotices xmlns="{API}"/></s:Body></s:Envelope>'
    stays = await street.clec("POST", "/soap/notices", data=envelope.encode(), headers=SOAP_XML)
    filed = await street.clec("POST", "/v1/batches", data=b"nothing", headers={"Content-Type": "text/csv"})
    unknown = await street.nobody("GET", "/soap/order?wsdl&release=r7")

    assert ("accepted", told.ORDER_ID, "FOC") == (told.OUTCOME, foc.ORDER_ID, foc.KIND)
    assert ("2026-03-16", True) == (foc.FOC.DD, "FIRM ORDER CONFIRMATION" in foc.TEXT)
    assert b"12.2.8" in etree.tostring(refused.value.detail)
    assert "Sun, 02 Aug 2026 06:00:00 GMT" == stays.headers.get("Sunset") == filed.headers.get("Sunset")
    assert 404 == unknown.status
