"""Reports in the portal: of a month for operators and for the CLEC itself, of a day for the CLEC alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.rig.street import XML, Street
from tests.rig.visitor import House

Document = Callable[..., bytes]


async def completed(street: Street, body: bytes) -> tuple[str, datetime]:
    """Have an order confirmed and completed on the day on which it came; give its id and when it came."""
    order = await street.clec.json(
        "GET", (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"]
    )
    received = datetime.fromisoformat(order["received_at"]).astimezone(UTC)
    day = received.astimezone(ZoneInfo("America/Denver")).date()
    for decision in (
        {"decision": "confirm", "due_date": order["desired_due_date"]},
        {"decision": "complete", "completed_on": str(day), "order_number": "N4711"},
    ):
        await street.backend.json("POST", f"/v1/backend/orders/{order['id']}/decisions", json=decision)
    return order["id"], received


async def test_a_month_shows_its_orders_to_operators_and_each_clec_its_own(
    street: Street, house: House, document: Document
) -> None:
    """Each record leads to its order in the portal, charts may carry their style, and the figures are a file, too."""
    order_id, received = await completed(street, document(PON="MONTHLY1"))
    month = f"{received:%Y-%m}"
    operator, own, other = await house.visitor("auditor"), await house.visitor("clec"), await house.other()

    asked = await operator.open("/portal/reports/pid")
    shown = await operator.send(asked, "/pid", month=month)
    mine = await own.open(f"/portal/reports/own?month={month}")
    theirs = await other.open(f"/portal/reports/own?month={month}")
    file = await operator.open(f"/portal/reports/pid?month={month}&format=csv")
    wrong = await operator.open("/portal/reports/pid?month=2026-13")

    assert "Choose a month." in asked.words
    for page in (shown, mine):
        assert page.tree.xpath(f"//main//a[@href='/portal/orders/{order_id}']/text()")
        nonces = set(page.tree.xpath("//style/@nonce"))
        assert 1 == len(nonces)
        assert len(page.tree.xpath("//style")) == len(page.tree.xpath("//style[@nonce]"))
        assert f"'nonce-{nonces.pop()}'" in page.headers["Content-Security-Policy"]
    assert (200, False) == (theirs.status, order_id in theirs.text)
    assert ("text/csv", True) == (file.headers["Content-Type"].partition(";")[0], "PO-2A" in file.text)
    assert (400, "true") == (wrong.status, wrong.tree.xpath("//input[@id='month']/@aria-invalid")[0])


async def test_payments_are_for_operators_alone(house: House) -> None:
    """The statement of a month with its cap; a CLEC is refused, as by the API."""
    shown = await (await house.visitor("operations")).open("/portal/reports/pap?month=2026-01")
    refused = await (await house.visitor("clec")).open("/portal/reports/pap?month=2026-01")

    assert (200, True) == (shown.status, "Annual cap (10)" in shown.words)
    assert 403 == refused.status


async def test_a_day_shows_a_clec_what_was_completed_for_it(street: Street, house: House, document: Document) -> None:
    """Its own orders and nobody else's; a day that is none, or has not begun, is refused beside its field."""
    _, received = await completed(street, document(PON="DAILY1"))
    day = received.astimezone(ZoneInfo("America/Denver")).date()
    own, other = await house.visitor("clec"), await house.other()

    mine = await own.open(f"/portal/reports/daily?date={day}")
    file = await own.open(f"/portal/reports/daily?date={day}&format=csv")
    theirs = await other.open(f"/portal/reports/daily?date={day}")
    wrong = [await own.open(f"/portal/reports/daily?date={text}") for text in ("2026-02-30", "2099-01-01")]

    assert ["DAILY1 VER 01"] == [text for text in mine.tree.xpath("//tbody/tr/th/text()") if "DAILY1" in text]
    assert "completion,other,N4711,DAILY1" in file.text
    assert "DAILY1" not in theirs.words
    assert [400, 400] == [page.status for page in wrong]
    assert all(page.tree.xpath("//input[@id='date']/@aria-invalid") for page in wrong)
