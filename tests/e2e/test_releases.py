"""Two releases over HTTP: a partner that was put on the second writes and is written to in it."""

from collections.abc import Callable

import aiohttp
from lxml import etree

from gateway.app.commands import open_partners
from gateway.record.rows import Role
from gateway.settings import Settings
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import XML, Caller, Street
from validators.schema import Schemas

Document = Callable[..., bytes]
PARTNER, KEY = "lemhi", "test-key-of-lemhi-0123456789abcdef"
NOTICE = "{urn:oss-gateway:r2:notice}"


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
