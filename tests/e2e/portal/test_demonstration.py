"""`oss-gateway serve --demo-data`: a newcomer sees a living system, and no page of it keeps anybody out."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from gateway.portal.guests import GUESTS
from tests.rig.browser import barriers, chromium
from tests.rig.demonstration import Demonstration, demonstration
from tests.rig.route_table import portal_pages
from tests.rig.visitor import Visitor, visiting

SCREENSHOTS = Path(__file__).parents[3] / "var" / "screenshots"
MAIN = {
    "dana": ("dashboard", "mailbox", "orders", "order", "entry", "collocation"),
    "riley": ("work", "workOrder"),
    "omar": ("health", "registers", "performance"),
}
"""By guest, the pages of which pictures are kept, by name."""
LOOKED_AT = "preorderAddressValidationForm"
ALIKE = {"portalLive", *(page.name for page in portal_pages() if page.path.startswith("/portal/preorder/"))} - {
    LOOKED_AT
}
"""No page for people; and forms of the same make as one that is looked at."""
MOST = 400


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Give a demonstration that is ready."""
    with demonstration(tmp_path_factory.mktemp("demonstration")) as shown:
        asyncio.run(shown.ready())
        yield shown


async def test_a_guest_walks_in_and_nobody_else(shown: Demonstration) -> None:
    """Without password: orders in many states, clocks, notices; who is no guest stays outside."""
    async with visiting(shown.url, None) as stranger:
        asked = await stranger.open("/portal")
        outside = await stranger.send(asked, "/be-guest", button="guest=eve")
        inside = await stranger.send(asked, "/be-guest", button="guest=dana")
        orders = await stranger.open("/portal/orders?format=csv")

    assert 404 == outside.status
    assert 200 == inside.status
    assert "demonstration" in inside.text
    assert all(state in orders.text for state in ("BILLED", "CONFIRMED", "CANCELLED", "IN_CONSTRUCTION"))


def test_no_page_keeps_anybody_out(shown: Demonstration) -> None:
    """On one page of each kind, for each guest who sees it first, axe finds no serious barrier; pictures are kept."""
    seen = asyncio.run(_addresses(shown.url))
    found: list[str] = []
    with chromium() as browser:
        for guest, addresses in seen.items():
            for scheme in ("light", "dark"):
                found += _look(browser, shown.url, guest, addresses, scheme)

    assert [] == found


def _look(browser: Browser, url: str, guest: str, addresses: dict[str, str], scheme: str) -> list[str]:
    """Look at one guest's pages: at all of them by day, at the main ones by night too."""
    context = _walked_in(browser, url, guest, scheme)
    page, found = context.new_page(), list[str]()
    for name, address in addresses.items():
        kept = name in MAIN.get(guest, ())
        if scheme == "dark" and not kept:
            continue
        page.goto(address)
        found += [f"{scheme} {address}: {barrier}" for barrier in barriers(page)]
        if kept:
            page.screenshot(path=SCREENSHOTS / f"{name}-{scheme}.png")
    context.close()
    return found


def _walked_in(browser: Browser, url: str, guest: str, scheme: str) -> BrowserContext:
    look = {"light": "light", "dark": "dark"}
    context = browser.new_context(base_url=url, color_scheme=look[scheme], viewport={"width": 1280, "height": 900})  # type: ignore[arg-type] # a word of the list
    page = context.new_page()
    page.goto("/portal/sign-in")
    page.get_by_role("button", name=guest.capitalize(), exact=True).click()
    page.close()
    return context


async def _addresses(url: str) -> dict[str, dict[str, str]]:
    """Give by guest one address of each page, by the page's name, which no guest before had."""
    patterns = {
        page.name: re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(page.path)))
        for page in portal_pages()
        if page.method == "GET" and page.name not in ALIKE
    }
    known: set[str] = set()
    told: dict[str, dict[str, str]] = {}
    for guest in GUESTS:
        async with visiting(url, None) as visitor:
            asked = await visitor.open("/portal")
            await visitor.send(asked, "/be-guest", button=f"guest={guest.login}")
            told[guest.login] = {}
            async for address in _reached(visitor):
                path = address.partition("?")[0]
                names = [name for name, pattern in patterns.items() if pattern.fullmatch(path)]
                if names and names[0] not in known:
                    known.add(names[0])
                    told[guest.login][names[0]] = address
    return told


async def _reached(visitor: Visitor) -> AsyncIterator[str]:
    """Give every address that links lead to, breadth first, up to a bound; of one kind a few."""
    waiting, known, opened = deque(["/portal"]), {"/portal"}, dict[str, int]()
    while waiting and len(known) < MOST:
        address = waiting.popleft()
        kind = re.sub(r"(ord|ntc|bat|evt|prt|key)_\w+", "*", address.partition("?")[0])
        opened[kind] = opened.get(kind, 0) + 1
        if opened[kind] > 3:
            continue
        seen = await visitor.open(address)
        if "text/html" not in seen.headers["Content-Type"]:
            continue
        yield address
        for link in seen.tree.xpath("//a/@href"):
            if link.startswith("/portal") and link not in known:
                known.add(link)
                waiting.append(link)
