"""Everything that can be reached by links: no dead end, no planted markup that lives, nothing of another partner."""

import re
from collections import deque
from collections.abc import AsyncIterator

import pytest

from gateway.portal.front import roles_of
from gateway.portal.pages import Page
from tests.rig.route_table import guarded_routes, portal_pages
from tests.rig.street import JSON, OTHER_PARTNER, XML, Street
from tests.rig.theirs import MADE, Document
from tests.rig.visitor import House, Seen, Visitor

ROLES = roles_of(portal_pages(), {route.name: route for route in guarded_routes()})
PLANTED = "<b data-planted onclick=alert(1)>\"'>{{7*7}}<script data-planted>alert(1)</script>"
"""What somebody may put wherever text is taken, in the hope that it comes alive on somebody else's page."""
MOST = 150
LOGINS = ("clec", "clec-supervisor", "representative", "operations", "auditor")
THEIRS = "THEIRS9000001"


@pytest.fixture
async def planted(street: Street, document: Document) -> None:
    """Plant markup by every door that takes text, from this CLEC, another one, and an operator."""
    own = document(REMARKS=PLANTED[:120].replace("\n", ""))
    await street.clec("POST", "/v1/lsr", data=own, headers=XML)
    await street.other("POST", "/v1/lsr", data=document(PON=THEIRS), headers=XML)
    await street.clec("POST", "/v1/batches", data=PLANTED.encode(), headers={**XML, "X-File-Name": PLANTED})
    announcement = {"kind": "change-management", "title": PLANTED, "text": PLANTED}
    entry = {"valid_from": "2026-03-01", "data": announcement}
    await street.operations.json("POST", "/v1/operations/registers/announcements", json=entry, headers=JSON)


async def crawl(visitor: Visitor) -> AsyncIterator[Seen]:
    """Give every page that links lead to from the first one, breadth first, up to a bound."""
    waiting, known = deque(["/portal"]), {"/portal"}
    for _ in range(MOST):
        if not waiting:
            return
        seen = await visitor.open(waiting.popleft())
        yield seen
        if "text/html" not in seen.headers["Content-Type"]:
            continue
        for link in seen.tree.xpath("//a/@href"):
            address = link if link.startswith("/") else _beside(seen.address, link)
            if address.startswith("/portal") and address not in known:
                known.add(address)
                waiting.append(address)


def _beside(address: str, link: str) -> str:
    return f"{address.partition('?')[0]}{link}" if link.startswith("?") else ""


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("login", LOGINS)
async def test_every_page_stands_and_nothing_planted_lives(house: House, login: str) -> None:
    """Each link leads to a page; planted markup is text; no page carries script, style or handler inline."""
    alive, visited = [], 0
    async for seen in crawl(await house.visitor(login)):
        visited += 1
        assert 200 == seen.status, (seen.address, seen.text[:2000])
        if "text/html" in seen.headers["Content-Type"]:
            alive += [
                (seen.address, found)
                for found in seen.tree.xpath("//*[@data-planted] | //@onclick | //@style | //script[not(@src)]")
            ]
            assert "49" != seen.tree.xpath("string(//h1)"), "a template was filled in twice"

    assert [] == alive
    assert visited > 3


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("login", ["clec", "clec-supervisor"])
async def test_no_page_of_a_clec_names_another(house: House, login: str) -> None:
    """Wherever links lead a CLEC, the other's orders and name are on no page."""
    told = [
        (seen.address, secret)
        async for seen in crawl(await house.visitor(login))
        for secret in (THEIRS, OTHER_PARTNER)
        if secret in seen.text
    ]

    assert [] == told


KINDS = {
    "orders": "order",
    "collocation": "order",
    "mailbox": "notice",
    "batches": "batch",
    "keys": "key",
    "webhook": "notice",
    "entry": "draft",
}
"""By the first part of its address, what kind of object a page of a CLEC is about; a search is a person's own."""
ABOUT = [
    page
    for page in portal_pages()
    if "{" in page.path and any(role.of_partner for role in ROLES[page.name]) and "/searches/" not in page.path
]


async def _theirs(street: Street, house: House, document: Document, kind: str) -> str:
    if kind != "draft":
        return await MADE[kind](street, document)
    chosen = [("family", "lsr"), ("start", "product loop-2w-analog"), ("activity", "N"), ("step", "B")]
    page = await (await house.other()).open("/portal/entry")
    token = page.tree.xpath("//input[@name='form_token']/@value")[0]
    begun = await (await house.other()).post("/portal/entry", [("form_token", token), *chosen])
    return begun.address.rpartition("/")[2]


@pytest.mark.parametrize("page", ABOUT, ids=lambda page: page.name)
async def test_what_is_another_partners_does_not_exist(
    street: Street, house: House, document: Document, page: Page
) -> None:
    """Each page about an object, and each form, is answered for another's as for one that never was."""
    kind = KINDS[page.path.split("/")[2]]
    theirs = await _theirs(street, house, document, kind)
    visitor = await house.visitor("clec-supervisor")
    keys = await visitor.open("/portal/keys")
    newest = keys.tree.xpath("//input[@name='newest']/@value")[0]
    filled: list[tuple[str, object]] = [("confirm", "yes"), ("overlap_hours", "1"), ("newest", newest)]
    token = (await visitor.open("/portal/entry")).tree.xpath("//input[@name='form_token']/@value")[0]

    async def answer(object_id: str) -> Seen:
        address = re.sub(r"\{(id|draft)\}", object_id, page.path)
        address = re.sub(r"\{[^}]+\}", "cancellation", address)
        if page.method == "GET":
            return await visitor.open(address)
        return await visitor.post(address, [*filled, ("form_token", token)])

    refused, unknown = await answer(theirs), await answer("none")

    assert [404, 404] == [refused.status, unknown.status]
    assert unknown.words == refused.words.replace(theirs, "none")
