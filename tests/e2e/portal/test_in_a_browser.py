"""The portal as people use it, in Debian's Chromium: signing in, what comes live, what the keyboard reaches."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from gateway.clock import SystemClock
from gateway.record.rows import Role
from tests.rig.browser import chromium, signed_in
from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.people import PASSWORD, codes_of, person_of

Document = Callable[..., bytes]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with chromium() as browser:
        yield browser


def test_somebody_signs_in_with_a_code(gateway: GatewayServer, browser: Browser) -> None:
    """By keyboard alone: login, password, the authenticator's code, and the first page of the role is there."""
    person = person_of("representative", Role.REPRESENTATIVE, None)
    page = browser.new_context(base_url=gateway.url).new_page()
    page.goto("/portal")
    page.get_by_label("Login").focus()
    page.keyboard.type("representative")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(codes_of(gateway.data).shown(person, SystemClock().now()))
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_what_happens_to_an_order_shows_at_once(gateway: GatewayServer, browser: Browser, document: Document) -> None:
    """The page of an order stands open; the ILEC confirms; state and notice appear without anybody's doing."""
    page = signed_in(browser, gateway.url, "clec").new_page()
    sent = page.request.post(
        "/v1/lsr",
        data=document(),
        headers={"Authorization": f"Bearer {KEYS['clec']}", "Content-Type": "application/xml"},
    )
    order = sent.headers["location"].rpartition("/")[2]
    page.goto(f"/portal/orders/{order}")
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    expect(page.locator(".state").first).to_have_text("Accepted")

    page.request.post(
        f"/v1/backend/orders/{order}/decisions",
        data={"decision": "confirm", "due_date": "2026-12-09", "order_number": "C1234567"},
        headers={"Authorization": f"Bearer {KEYS['backend']}"},
    )

    expect(page.locator(".state").first).to_have_text("Confirmed")
    expect(page.get_by_text("Firm order confirmation").or_(page.get_by_text("Foc")).first).to_be_visible()
