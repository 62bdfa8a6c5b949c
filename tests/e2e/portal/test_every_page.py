"""Everything that can be reached by links: no dead end, no planted markup that lives, nothing of another partner."""

from collections import deque
from collections.abc import AsyncIterator, Callable

import pytest

from tests.rig.street import JSON, OTHER_PARTNER, XML, Street
from tests.rig.visitor import House, Seen, Visitor

Document = Callable[..., bytes]
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


async def test_what_is_another_partners_does_not_exist(street: Street, house: House, document: Document) -> None:
    """The page of another's order is answered like that of none, whichever page it is."""
    taken = await street.other("POST", "/v1/lsr", data=document(), headers=XML)
    theirs = taken.headers["Location"].rpartition("/")[2]
    visitor = await house.visitor("clec")

    refused = await visitor.open(f"/portal/orders/{theirs}")
    unknown = await visitor.open("/portal/orders/ord_none")

    assert [404, 404] == [refused.status, unknown.status]
    assert unknown.words == refused.words
    assert 200 == (await (await house.other()).open(f"/portal/orders/{theirs}")).status
