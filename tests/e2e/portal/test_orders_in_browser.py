"""Orders in a browser: the FOC arrives while somebody looks, and nothing shuts out people with disabilities."""

from collections.abc import Callable

from tests.rig.browser import barriers, chromium, signed_in
from tests.rig.gateway_server import KEYS, GatewayServer

Document = Callable[..., bytes]


def test_a_foc_arrives_on_the_open_page_and_axe_finds_nothing_serious(
    gateway: GatewayServer, document: Document
) -> None:
    """The page of an order changes by itself when the back end confirms; pages about orders have no barriers."""
    with chromium() as browser:
        context = signed_in(browser, gateway.url, "clec")
        page, api = context.new_page(), context.request
        as_clec = {"Authorization": f"Bearer {KEYS['clec']}", "Accept": "application/json"}
        as_backend = {**as_clec, "Authorization": f"Bearer {KEYS['backend']}"}
        sent = {**as_clec, "Content-Type": "application/xml"}
        body = document(PON="INBROWSER1").decode()
        api.post("/v1/lsr", headers=sent, data=body)
        api.post("/v1/lsr", headers=sent, data=document(PON="INBROWSER1", VER="02", SUP="3", REMARKS="SOON").decode())
        (order,) = api.get("/v1/orders?pon=INBROWSER1", headers=as_clec).json()["orders"]
        address = f"/portal/orders/{order['id']}"

        page.goto(address)
        page.locator("#live", has_text="Live").wait_for()
        decided = {"decision": "confirm", "ver": "02", "due_date": order["desired_due_date"], "order_number": "N7"}
        api.post(f"/v1/backend/orders/{order['id']}/decisions", headers=as_backend, data=decided)
        page.locator("#order .state", has_text="Confirmed").first.wait_for()
        notice = page.get_by_role("link", name="Open the notice").first.get_attribute("href")

        for place in (
            *(address, f"{address}/document", f"{address}/versions", str(notice)),
            *("/portal/orders", "/portal/orders?number=1", "/portal/dashboard", "/portal/mailbox"),
        ):
            page.goto(place)
            assert [] == barriers(page), place
