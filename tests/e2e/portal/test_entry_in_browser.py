"""Order entry as somebody sees it: one walk from the choice to the page of the order."""

from collections.abc import Iterator

from tests.e2e.portal.test_entry import typed
from tests.rig.browser import barriers, chromium, signed_in
from tests.rig.court import LOOP
from tests.rig.gateway_server import GatewayServer
from validators.schema import Schemas

FILL = "values => { for (const [name, value] of values) document.getElementsByName(name)[0].value = value; }"
"""Fills inputs in one go: typing each would take the walk a minute."""


def test_an_order_is_entered_mended_and_submitted(
    gateway: GatewayServer, schemas: Schemas, pons: Iterator[str]
) -> None:
    """A mistake is told at its field and reached by its link; mended, the order is taken; axe finds nothing serious."""
    pon = next(pons)
    with chromium() as browser:
        page = signed_in(browser, gateway.url, "clec").new_page()
        page.goto("/portal/entry")
        found = barriers(page)
        page.select_option("#lsr-start", "product loop-2w-analog")
        page.select_option("#lsr-activity", "N")
        page.click("text=Begin the LSR")
        page.evaluate(FILL, list(typed(schemas, LOOP, PON=pon, VER="01", CC="9Z7").items()))
        page.click("button.main")
        found += barriers(page)
        page.click("a[href='#f-LSR-CC']")
        told = page.locator("#f-LSR-CC-about").inner_text()
        page.fill("#f-LSR-CC", "9Z7A")
        page.click("text=Check NC and NCI")
        answered = page.locator("#f-LSR-NCI ~ .beside").inner_text()
        page.click("button.main")
        words = page.locator("main").inner_text()
        order = page.url
        for address in (f"{order}/cancel", "/portal/preorder/address-validation"):
            page.goto(address)
            found += barriers(page)

    assert [] == found
    assert "takes four capital letters or digits" in told
    assert "They go together" in answered
    assert ("/portal/orders/" in order, True) == (True, f"PON {pon} VER 01 is accepted" in words)
