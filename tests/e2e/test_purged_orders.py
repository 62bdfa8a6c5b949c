"""A purge beside a gateway that runs: what was purged says so, and nothing fails."""

from collections.abc import Callable
from datetime import date, timedelta

import aiohttp
from lxml import etree

from gateway.app.commands import open_partners
from gateway.clock import ManualClock
from gateway.ids import Ids
from gateway.record.rows import Role
from gateway.services.personal_data import load_personal_data
from gateway.services.retention import Retention
from gateway.settings import Settings
from tests.rig.court import MONDAY
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import XML, Caller, Street
from tests.rig.visitor import visiting
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

Document = Callable[..., bytes]
PARTNER, KEY = "selway", "test-key-of-selway-0123456789abcdef"


async def _purge(gateway: GatewayServer) -> dict[str, int]:
    """Purge what this test's partner has, as an operator does three years later."""
    async with open_partners(Settings(data=gateway.data)) as (record, _):
        agreements = load_agreements(bundled_path("config") / "agreements")
        clock = ManualClock(MONDAY + timedelta(days=1100))
        listed = load_personal_data()
        retention = Retention(record, agreements, listed, clock, Ids(), by="a test")
        others = [partner.id for partner in await record.partners() if partner.id != PARTNER]
        due = await retention.due_before(date(2027, 3, 1), others)
        return {kind: count async for kind, count in retention.purge(due)}


def _page_of(path: str) -> str:
    """Give the portal's page of an order by its address in the API."""
    return path.replace("/v1/", "/portal/")


async def test_what_was_purged_says_so_and_nothing_fails(
    gateway: GatewayServer, street: Street, document: Document
) -> None:
    """Document and single notice are gone (410), lists and history go on, and the same bytes get the same answer."""
    async with open_partners(Settings(data=gateway.data)) as (_, partners):
        await partners.add(PARTNER, "Selway Telephone", "template", ccna=["ZQF"], cc=["9Z7A"])
        await partners.issue_key(Role.CLEC, PARTNER, "its key", key=KEY)
    order = document()
    async with aiohttp.ClientSession() as session:
        selway = Caller(session, gateway.url, KEY)
        first = await selway("POST", "/v1/lsr", data=order, headers=XML)
        path = first.headers["Location"]
        finding = {"code": "E399", "section": "12.2.1.1.6", "text": "LARKSPUR is no customer"}
        rejected = {"decision": "reject", "findings": [finding]}
        await street.backend.json("POST", f"/v1/backend/{path.removeprefix('/v1/')}/decisions", json=rejected)
        purged = await _purge(gateway)
        gone = await selway("GET", f"{path}/document")
        seen = {
            (tail, accept): await selway("GET", path + tail, headers={"Accept": accept})
            for tail in ("", "/history", "/notices", "/clocks")
            for accept in ("application/json", "application/xml", "text/plain")
        }
        mailbox = await selway.json("GET", "/v1/notices")
        (notice,) = [one for one in mailbox["notices"] if one["kind"] == "reject"]
        single = await selway("GET", f"/v1/notices/{notice['id']}", headers={"Accept": "text/plain"})
        again = await selway("POST", "/v1/lsr", data=order, headers=XML)
        order_view = await selway.json("GET", path)
        history = await selway.json("GET", f"{path}/history")
        as_operator = await street.operations("GET", f"{path}/document")
        async with visiting(gateway.url, "operations") as operator:
            page = await operator.open(_page_of(path))
            pages = [
                await operator.open(_page_of(path) + tail) for tail in ("/document", "/document/file", "/versions")
            ]
        in_xml = await selway("GET", "/v1/notices", headers={"Accept": "application/xml"})

    assert 1 == purged["orders"]
    assert {410} == {gone.status, single.status, as_operator.status}
    assert b"were purged on 2029-03-06" in gone.body
    assert (200, True) == (page.status, "purged on 2029-03-06" in page.words)
    assert [(410, True)] * 3 == [(one.status, "were purged on 2029-03-06" in one.words) for one in pages]
    assert {200} == {answer.status for (_, accept), answer in seen.items() if accept != "text/plain"}
    assert all(answer.status < 500 for answer in seen.values())
    assert (202, first.body) == (again.status, again.body)
    assert "2029-03-06" == order_view["purged_at"][:10]
    assert "order.purged" == history["events"][-1]["type"]
    assert "LARKSPUR" not in str(mailbox)
    assert notice["id"] in {one.text for one in etree.fromstring(in_xml.body).iter("{urn:oss-gateway:r1:notice}ID")}
