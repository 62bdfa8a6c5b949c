"""The portal as people use it, in Debian's Chromium: signing in, what comes live, what the keyboard reaches."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from gateway.clock import SystemClock
from gateway.portal.forms.typed import Typed
from gateway.record.rows import Role
from tests.rig.applications import COMPLETE
from tests.rig.browser import chromium, signed_in
from tests.rig.court import LOOP, sample
from tests.rig.gateway_server import KEYS, GatewayServer
from tests.rig.people import OTHER_PERSON, PASSWORD, SECOND_REPRESENTATIVE, codes_of, person_of
from validators.messages.compose import compose
from validators.messages.lsr import read_lsr
from validators.schema import Schemas
from validators.xml import parse

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


def typed_in(text: str, schemas: Schemas) -> dict[str, str]:
    """Give an order's text as somebody types it in, by the names of inputs."""
    return dict(Typed.of_message(read_lsr(parse(compose(text, schemas=schemas)))).items())


def filled_in(page: Page, values: Mapping[str, str]) -> None:
    """Fill in a form's fields by name, as somebody does who unfolds what is folded first."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_an_order_goes_its_whole_way(
    gateway: GatewayServer, browser: Browser, schemas: Schemas, pons: Iterator[str]
) -> None:
    """A loop with a mistake is mended and sent; the ILEC works it; claim and FOC come live; a supplement follows."""
    values = {**typed_in(sample(LOOP), schemas), "LSR.PON": next(pons)}
    clec = signed_in(browser, gateway.url, "clec").new_page()
    clec.goto("/portal/entry")
    clec.get_by_label("What is ordered").first.select_option(label="2-wire non-loaded loop")
    clec.get_by_label("Activity (ACT)").first.select_option("N")
    clec.get_by_role("button", name="Begin the LSR").click()

    filled_in(clec, {**values, "LSR.DDD": "03-01-2026"})
    clec.get_by_role("button", name="Submit").first.click()
    expect(clec.locator('[name="LSR.DDD"]')).to_have_attribute("aria-invalid", "true")
    clec.locator('[name="LSR.DDD"]').fill(values["LSR.DDD"])
    clec.get_by_role("button", name="Submit").first.click()
    expect(clec.get_by_role("status").filter(has_text="Live")).to_be_visible()
    expect(clec.locator(".state").first).to_have_text("Accepted")

    ilec = signed_in(browser, gateway.url, "representative").new_page()
    ilec.goto(clec.url.replace("/portal/orders/", "/portal/workbench/orders/"))
    colleague = signed_in(browser, gateway.url, SECOND_REPRESENTATIVE).new_page()
    colleague.goto(ilec.url)
    expect(colleague.get_by_role("status").filter(has_text="Live")).to_be_visible()
    ilec.get_by_role("button", name="Claim it").click()
    expect(colleague.get_by_text("representative works on this order until")).to_be_visible()
    ilec.get_by_label("Order number (ORD)").fill("C1234567")
    ilec.get_by_role("button", name="Send: confirm").click()
    expect(clec.locator(".state").first).to_have_text("Confirmed")

    clec.get_by_role("link", name="Supplement").first.click()
    clec.get_by_role("radio").first.check()
    clec.get_by_role("button", name="Begin the next version").click()
    filled_in(clec, {"LSR.DDD": "04-06-2026"})
    clec.get_by_role("button", name="Submit").first.click()
    expect(clec.get_by_text("VER 02 is accepted")).to_be_visible()


def test_an_application_goes_through_deficiency_and_cure(gateway: GatewayServer, browser: Browser) -> None:
    """Items c and j are missing: the notice names both, the cure is prefilled, and the place in the queue is kept."""
    clec = signed_in(browser, gateway.url, "clec").new_page()
    clec.goto("/portal/collocation/new?kind=caged&premises=boisidma&pon=BROWSER00001")
    complete = COMPLETE["caged"]
    filled_in(clec, {name: text for name, text in complete.items() if name not in ("SPACE[1].AMPS", "COLLO.BILLCON")})
    clec.locator('button[value="send"]').click()
    expect(clec.get_by_text("Item c: the power is not given").first).to_be_visible()
    expect(clec.get_by_text("Item j: the billing contact is not given").first).to_be_visible()
    clec.locator('button[value="send-anyway"]').click()
    clec.wait_for_url("**/portal/collocation/ord_*")

    ilec = signed_in(browser, gateway.url, "representative").new_page()
    ilec.goto(f"/portal/workbench/orders/{clec.url.rpartition('/')[2]}?decide=deficient")
    ilec.locator('button[value="send"]').click()

    clec.goto(f"{clec.url}/application")
    filled_in(clec, {"SPACE[1].AMPS": "40", "COLLO.BILLCON": "Accounts payable"})
    clec.locator('button[value="send"]').click()
    expect(clec.get_by_text("The place in the queue is kept from")).to_be_visible()


def test_nobody_sees_another_carriers_order(gateway: GatewayServer, browser: Browser, document: Document) -> None:
    """The address of an order leads another CLEC to a page that says there is none."""
    other = signed_in(browser, gateway.url, OTHER_PERSON).new_page()
    headers = {"Authorization": f"Bearer {KEYS['clec']}", "Content-Type": "application/xml"}
    sent = other.request.post("/v1/lsr", data=document(), headers=headers)
    answer = other.goto(f"/portal/orders/{sent.headers['location'].rpartition('/')[2]}")

    assert answer is not None
    assert 404 == answer.status
    expect(other.get_by_text("there is no such order, or it is not yours")).to_be_visible()
