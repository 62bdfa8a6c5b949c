"""`oss-gateway serve --demo-data`: a newcomer sees a living system, and no page of it keeps anybody out."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from gateway.clock import SystemClock
from gateway.portal.front import roles_of
from gateway.portal.guests import GUESTS
from tests.rig.browser import barriers, chromium
from tests.rig.demonstration import Demonstration, demonstration
from tests.rig.route_table import guarded_routes, portal_pages
from tests.rig.visitor import Visitor, visiting

SCREENSHOTS = Path(__file__).parents[3] / "var" / "screenshots"
MAIN = {
    "dana": ("dashboard", "mailbox", "orders", "order", "entry", "collocation"),
    "riley": ("work", "workOrder", "registers"),
    "omar": ("health", "performance"),
}
"""By guest, the pages of which pictures are kept, by name."""
MORE = {
    "performance": "/portal/reports/pid?month={month}&partner=bitterroot",
    "payments": "/portal/reports/pap?month={month}",
    "collocationNew": "/portal/collocation/new?kind=caged&premises=BOISIDMA",
}
"""Of pages that ask first: where they show something, of the month before; axe is slow on large reports."""
NARROW = 400
QUESTIONS = {page.name for page in portal_pages() if page.path.startswith("/portal/preorder/")}
SKIPPED = {"portalLive"} | QUESTIONS - {"preorderAddressValidationForm"}
"""No page for people; and forms of the same make as one that is looked at."""
ROLES = roles_of(portal_pages(), {route.name: route for route in guarded_routes()})
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


@pytest.mark.parametrize("guest", MAIN)
def test_no_page_keeps_anybody_out(shown: Demonstration, guest: str) -> None:
    """On no page axe finds a barrier, none is wider than a phone; of the main ones pictures are kept, by night too."""
    addresses = asyncio.run(_addresses(shown.url, guest))
    with chromium() as browser:
        by_day = _looked_at(browser, shown.url, guest, "light", addresses)
        main = {name: address for name, address in addresses.items() if name in MAIN[guest]}
        by_night = _looked_at(browser, shown.url, guest, "dark", main)

    assert [] == [*by_day, *by_night]
    assert set(MAIN[guest]) == main.keys()


def _looked_at(browser: Browser, url: str, guest: str, scheme: str, addresses: Mapping[str, str]) -> list[str]:
    """Give the barriers on pages."""
    context = _walked_in(browser, url, guest, scheme)
    page, found = context.new_page(), list[str]()
    for name, address in addresses.items():
        page.goto(address, wait_until="domcontentloaded")
        found += [f"{scheme} {address}: {barrier}" for barrier in barriers(page)]
        found += [f"{address} is {width} wide on a screen of {NARROW}" for width in _too_wide(page)]
        if name in MAIN[guest]:
            page.screenshot(path=SCREENSHOTS / f"{name}-{scheme}.png")
    context.close()
    return found


def _too_wide(page: Page) -> list[int]:
    """Give how wide a page is on a phone, where it cannot be seen without scrolling sideways."""
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": NARROW, "height": usual["height"]})
    width, seen = page.evaluate("(root => [root.scrollWidth, root.clientWidth])(document.documentElement)")
    page.set_viewport_size(usual)
    return [width] if width > seen else []


def _walked_in(browser: Browser, url: str, guest: str, scheme: str) -> BrowserContext:
    look = {"light": "light", "dark": "dark"}
    context = browser.new_context(base_url=url, color_scheme=look[scheme], viewport={"width": 1280, "height": 900})  # type: ignore[arg-type] # a word of the list
    page = context.new_page()
    page.goto("/portal/sign-in")
    page.get_by_role("button", name=guest.capitalize(), exact=True).click()
    page.close()
    return context


async def _addresses(url: str, login: str) -> dict[str, str]:
    """Give an address of each page, by its name, that this guest is the first of all to see."""
    guest = next(one for one in GUESTS if one.login == login)
    before = [one.role for one in GUESTS[: GUESTS.index(guest)]]
    patterns = {
        page.name: re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(page.path)))
        for page in portal_pages()
        if page.method == "GET" and page.name not in SKIPPED and ROLES[page.name].isdisjoint(before)
    }
    found: dict[str, str] = {}
    async with visiting(url, None) as visitor:
        asked = await visitor.open("/portal")
        await visitor.send(asked, "/be-guest", button=f"guest={login}")
        async for address in _reached(visitor):
            path = address.partition("?")[0]
            names = [name for name, pattern in patterns.items() if pattern.fullmatch(path)]
            if names:
                found.setdefault(names[0], address)
    month = (SystemClock().now() - timedelta(days=31)).strftime("%Y-%m")
    more = {f"{name}-shown": MORE[name].format(month=month) for name in MORE if name in found}
    return {**found, **more}


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
