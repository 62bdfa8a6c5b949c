"""Looking at orders in the portal: searched by each criterion, read with their clauses, and never another's."""

import csv
import io
import re
from collections.abc import Callable

from tests.rig.street import Street
from tests.rig.visitor import House, Seen

Document = Callable[..., bytes]

XML = {"Content-Type": "application/xml"}
HOSTILE = '"><script>alert(1)</script>&'


async def ordered(street: Street, document: bytes, *, by_other: bool = False) -> str:
    """Order, and give the order's id."""
    caller = street.other if by_other else street.clec
    sent = await caller("POST", "/v1/lsr", data=document, headers={**XML, "Accept": "application/json"})
    assert 202 == sent.status, sent.body
    named = re.search(rb"ord_\w+", sent.body)
    assert named is not None
    return named.group().decode()


async def confirm(street: Street, order_id: str) -> None:
    """Send a FOC for the day that was asked for."""
    order = await street.clec.json("GET", f"/v1/orders/{order_id}")
    decision = {"decision": "confirm", "ver": order["ver"], "due_date": order["desired_due_date"], "order_number": "N1"}
    await street.backend.json("POST", f"/v1/backend/orders/{order_id}/decisions", json=decision)


def pons_on(seen: Seen) -> list[str]:
    """Give the PONs that a list shows."""
    return [link.text for link in seen.tree.xpath("//div[@id='found']//tbody//th//a")]


async def test_orders_are_found_by_each_criterion_and_given_as_a_file(
    street: Street, house: House, document: Document
) -> None:
    """By PON, telephone number, state, product, family and day; the file has what the page has."""
    await ordered(street, document("04-standalone-port-multi-tn", PON="LOOKEDFOR1", ATN="208-555-0789"))
    visitor = await house.visitor("clec")
    (order,) = (await street.clec.json("GET", "/v1/orders?pon=LOOKEDFOR1"))["orders"]
    day = order["received_at"][:10]

    for query in (
        "pon=LOOKEDFOR1",
        "number=(208)%20555-0789",
        "state=ACCEPTED&product=lnp",
        f"family=lsr&product=lnp&received_from={day}&pon=LOOKEDFOR1",
    ):
        assert "LOOKEDFOR1" in pons_on(await visitor.open(f"/portal/orders?{query}")), query
        assert order["id"] in {one["id"] for one in (await street.clec.json("GET", f"/v1/orders?{query}"))["orders"]}
    for query in ("number=2085550788", "pon=LOOKEDFOR1&state=BILLED", "pon=LOOKEDFOR1&received_until=2020-01-01"):
        assert "No order fits" in (await visitor.open(f"/portal/orders?{query}")).words, query
    file = await visitor.open("/portal/orders?pon=LOOKEDFOR1&format=csv")
    (_, row) = csv.reader(io.StringIO(file.text))
    assert ["LOOKEDFOR1", "01", "sawtooth", "lsr", "lnp", "ACCEPTED"] == row[:6]


async def test_what_is_no_criterion_is_said_beside_its_field(street: Street, house: House) -> None:
    """Half a telephone number and a day that is none are told apart, and what was typed stays."""
    query = "/portal/orders?number=555-01&received_from=2026-13-45&pon=" + HOSTILE.replace("&", "%26")

    seen = await (await house.visitor("clec")).open(query)
    told = await street.clec("GET", "/v1/orders?number=555-01&family=fax", headers={"Accept": "application/json"})

    assert 422 == seen.status
    assert "ten digits" in seen.tree.xpath("string(//*[@id='number-about'])")
    assert "takes a day" in seen.tree.xpath("string(//*[@id='received_from-about'])")
    assert [HOSTILE] == seen.tree.xpath("//input[@id='pon']/@value")
    assert (400, True, True) == (told.status, b"number" in told.body, b"family" in told.body)


async def test_nothing_finds_or_opens_anothers_order(street: Street, house: House, document: Document) -> None:
    """By PON, number or partner it is not found; its pages are as unknown as any. The ILEC finds it by its partner."""
    theirs = document("04-standalone-port-multi-tn", PON="HIDDENPON1", ATN="208-555-0790")
    order_id = await ordered(street, theirs, by_other=True)
    owner = (await street.backend.json("GET", "/v1/orders?pon=HIDDENPON1&limit=1"))["orders"]
    partners = await (await house.visitor("representative")).open("/portal/orders?pon=HIDDENPON1")
    visitor, ilec = await house.visitor("clec"), await house.visitor("representative")
    (other,) = {value for value in partners.tree.xpath("//select[@id='partner']/option/@value") if value} - {"sawtooth"}

    assert [order_id] == [one["id"] for one in owner]
    for query in ("pon=HIDDENPON1", "number=2085550790", f"partner={other}&pon=HIDDENPON1"):
        assert [] == pons_on(await visitor.open(f"/portal/orders?{query}")), query
        assert [] == (await street.clec.json("GET", f"/v1/orders?{query}"))["orders"], query
    for tail in ("", "/document", "/document/file", "/versions"):
        for tried in (order_id, "ord_none"):
            seen = await visitor.open(f"/portal/orders/{tried}{tail}")
            assert (404, True) == (seen.status, "there is no such order, or it is not yours" in seen.words)
    assert ["HIDDENPON1"] == pons_on(await ilec.open(f"/portal/orders?partner={other}&pon=HIDDENPON1"))
    assert 200 == (await ilec.open(f"/portal/orders/{order_id}")).status


async def test_an_order_is_read_with_its_clauses_versions_and_notices(
    street: Street, house: House, document: Document
) -> None:
    """The time line cites clauses and has the notice's words; versions differ word by word; no value becomes markup."""
    order_id = await ordered(street, document(PON="READITALL1"))
    await ordered(street, document(PON="READITALL1", VER="02", SUP="3", REMARKS=HOSTILE))
    await confirm(street, order_id)
    visitor = await house.visitor("clec")

    page = await visitor.open(f"/portal/orders/{order_id}")
    shown = await visitor.open(f"/portal/orders/{order_id}/document")
    compared = await visitor.open(f"/portal/orders/{order_id}/versions")

    assert "section 12.2.1.1.5" in page.words
    assert "Notice: FOC (firm order confirmation)" in page.words
    assert any("FIRM ORDER CONFIRMATION" in pre.text for pre in page.tree.xpath("//details/pre"))
    assert "How it is reckoned" in page.words
    assert "The ILEC owes" in page.words
    assert [HOSTILE] == shown.tree.xpath("//tr[th='REMARKS']/td[2]/text()")
    assert [HOSTILE] == compared.tree.xpath("//tr[starts-with(th, 'REMARKS')]//ins/text()")
    assert ["changed"] == compared.tree.xpath("//tr[starts-with(th, 'VER')]/td[2]/text()")
    for seen in (page, shown, compared):
        assert "<script>alert" not in seen.text
    assert b"<LocalServiceRequest" in (await visitor.open(f"/portal/orders/{order_id}/document/file")).text.encode()


async def test_a_person_keeps_searches_for_itself(street: Street, house: House, document: Document) -> None:
    """A search is kept under a name and forgotten again; nobody else sees it, nor forgets it."""
    await ordered(street, document(PON="KEPTSEARCH1"))
    visitor, colleague = await house.visitor("clec"), await house.visitor("clec-supervisor")
    found = await visitor.open("/portal/orders?pon=KEPTSEARCH1&partner=&state=")

    kept = await visitor.send(found, "/searches", name=HOSTILE)
    (action,) = {form.action for form in kept.tree.forms if "forget" in (form.action or "")}
    forged = (await colleague.open("/portal/orders")).tree.xpath("//input[@name='form_token']/@value")[0]
    await colleague.post(action, [("form_token", forged)])
    again = await visitor.open("/portal/orders")
    elsewhere = await colleague.open("/portal/orders")
    gone = await visitor.send(again, action)

    assert "/portal/orders?pon=KEPTSEARCH1" == kept.address
    assert ["KEPTSEARCH1"] == pons_on(kept)
    assert ["/portal/orders?pon=KEPTSEARCH1"] == again.tree.xpath(f"//a[text()='{HOSTILE}']/@href")
    assert "Your searches (0)" in elsewhere.words
    assert "Your searches (0)" in gone.words
    assert 422 == (await visitor.send(found, "/searches", name="")).status


async def test_notices_are_read_and_acknowledged_one_by_one_or_all(
    street: Street, house: House, document: Document
) -> None:
    """What is acknowledged on a page is so in the API; another's notice is unknown."""
    ids = [await ordered(street, document(PON=f"MAILEDTO{n}")) for n in range(2)]
    for order_id in ids:
        await confirm(street, order_id)
    (one, two) = [(await street.clec.json("GET", f"/v1/orders/{order_id}/notices"))["notices"][-1] for order_id in ids]
    visitor = await house.visitor("clec")

    read = await visitor.open(f"/portal/mailbox/{one['id']}")
    taken = await visitor.send(read, "/acknowledge")
    unread = await visitor.open("/portal/mailbox")
    done = await visitor.send(unread, "/portal/mailbox/acknowledge")
    everything = await visitor.open("/portal/mailbox?show=all&format=csv")
    states = [await street.clec.json("GET", f"/v1/notices/{notice['id']}") for notice in (one, two)]

    assert "FIRM ORDER CONFIRMATION" in read.words
    assert "The notice is acknowledged." in taken.words
    assert f"/portal/mailbox/{one['id']}" not in unread.text
    assert f"/portal/mailbox/{two['id']}" in unread.text
    assert "are acknowledged" in done.words
    assert all(state["acknowledged_at"] for state in states)
    assert {one["id"], two["id"]} <= {row[-1] for row in csv.reader(io.StringIO(everything.text))}
    assert 404 == (await (await house.other()).open(f"/portal/mailbox/{one['id']}")).status


async def test_the_dashboard_counts_and_names_what_is_owed(street: Street, house: House, document: Document) -> None:
    """A CLEC sees its orders by state and the clocks that the ILEC owes it, and nothing of another."""
    # It is the newest only if the clock has moved since the orders of other tests.
    await street.operations.json("POST", "/v1/operations/clock", json={"seconds": 1})
    await ordered(street, document(PON="ONDASHBOARD"))
    seen = await (await house.visitor("clec")).open("/portal/dashboard")
    others = await (await house.other()).open("/portal/dashboard")

    assert "What the ILEC owes you" in seen.words
    assert "ONDASHBOARD" in seen.words
    assert seen.tree.xpath("//a[@href='/portal/orders?state=ACCEPTED']")
    assert "ONDASHBOARD" not in others.text
