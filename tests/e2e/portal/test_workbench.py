"""The ILEC's workbench: an order from its queue to its completion by forms, and what these forms do not allow."""

from collections.abc import Callable, Iterator

import pytest

from tests.rig.applications import COMPLETE
from tests.rig.people import LOGINS, SECOND_REPRESENTATIVE
from tests.rig.route_table import portal_pages
from tests.rig.street import XML, Street
from tests.rig.visitor import House, Seen, Visitor
from validators.messages.compose import compose
from validators.schema import Schemas

Document = Callable[..., bytes]
OWN = [page for page in portal_pages() if page.path.startswith("/portal/workbench") and page.method == "GET"]
CLECS = [login for role, login in LOGINS.items() if role.of_partner]


async def ordered(street: Street, body: bytes) -> str:
    """Order as the CLEC, and give the order's id."""
    answer = await street.clec("POST", "/v1/lsr", data=body, headers=XML)
    assert 202 == answer.status, answer
    return answer.headers["Location"].rpartition("/")[2]


async def notices(street: Street, order_id: str) -> list[str]:
    """Give the kinds of notice that the CLEC got about an order."""
    found = (await street.clec.json("GET", f"/v1/orders/{order_id}/notices"))["notices"]
    return [notice["kind"] for notice in found]


def offered(page: Seen) -> list[str]:
    """Give the decisions that a page offers."""
    return [link.get("href").rpartition("=")[2] for link in page.tree.xpath("//ul[@class='choices']//a")]


async def opened(visitor: Visitor, order_id: str, decision: str) -> Seen:
    """Open the form of a decision."""
    page = await visitor.open(f"/portal/workbench/orders/{order_id}?decide={decision}")
    assert 200 == page.status, page.text
    return page


async def decided(visitor: Visitor, order_id: str, decision: str, **filled: object) -> Seen:
    """Fill in a decision's form and send it."""
    page = await opened(visitor, order_id, decision)
    return await visitor.send(page, f"/decisions/{decision}", button="act=send", **filled)


async def test_a_representative_works_an_order_from_its_queue_to_its_billing(
    street: Street, house: House, document: Document
) -> None:
    """Found in its queue, claimed, confirmed as proposed, completed, billed; the CLEC has each notice."""
    order_id, rep = await ordered(street, document()), await house.visitor("representative")
    queue = await rep.open("/portal/workbench/queues/lsr-new?format=csv")
    pon = (await street.clec.json("GET", f"/v1/orders/{order_id}"))["pon"]

    claimed = await rep.send(await opened(rep, order_id, ""), "/claim")
    confirmed = await decided(rep, order_id, "confirm", order_number="N1234567")
    completed = await decided(rep, order_id, "complete", completed_on="2026-03-09")
    billed = await decided(rep, order_id, "bill", billed_on="2026-03-10")

    assert f"\r\n{pon}," in queue.text
    assert f"You work on {pon} now." in claimed.words
    assert [200, 200, 200] == [page.status for page in (confirmed, completed, billed)]
    assert f"Bill: {pon} is Billed now. The notice is in the CLEC's mailbox." in billed.words
    assert ["foc", "soc", "bcn"] == await notices(street, order_id)
    assert ["milestone", "service-lost"] == offered(billed)


async def test_what_the_state_forbids_is_not_offered_and_is_refused(
    street: Street, house: House, document: Document
) -> None:
    """An order without its FOC can be neither completed nor put in jeopardy: by no form, and not by an address."""
    order_id, rep = await ordered(street, document()), await house.visitor("representative")
    page = await opened(rep, order_id, "complete")
    (token,) = page.tree.xpath("//form[@action='/portal/sign-out']//input[@name='form_token']/@value")

    forced = await rep.post(
        f"/portal/workbench/orders/{order_id}/decisions/complete",
        [("form_token", token), ("key", "k1"), ("completed_on", "2026-03-09"), ("remarks", "typed already")],
    )

    assert {"complete", "bill", "jeopardy"}.isdisjoint(offered(page))
    assert {"confirm", "reject", "facilities-unavailable", "cancel"} <= set(offered(page))
    assert 409 == forced.status
    assert "The FOC is still owed. The order is ACCEPTED" in forced.words
    assert "section 9.2.4.4.1" in forced.words
    assert ["typed already"] == forced.tree.xpath("//textarea[@name='remarks']/text()")
    assert [] == await notices(street, order_id)


async def test_the_due_date_of_a_foc_is_checked_before_it_is_sent(
    street: Street, house: House, document: Document
) -> None:
    """A Saturday is sent only by who is sure of it; a day before the application date never, and it says why."""
    order_id, rep = await ordered(street, document()), await house.visitor("representative")

    form = await opened(rep, order_id, "confirm")
    looked = await rep.send(form, "/decisions/confirm", button="act=check", due_date="2026-03-14")
    hasty = await rep.send(form, "/decisions/confirm", button="act=send", due_date="2026-03-14")
    early = await rep.send(form, "/decisions/confirm", button="act=send", due_date="2026-02-20", sure_of="2026-02-20")
    assert [] == await notices(street, order_id)
    sure = await rep.send(hasty, "/decisions/confirm", button="act=send", sure_of="2026-03-14")

    assert (200, 422, 422, 200) == (looked.status, hasty.status, early.status, sure.status)
    assert "2026-03-14 is no business day: Saturday" in looked.words
    assert "business days after the application date" in hasty.words
    assert early.tree.xpath("//input[@id='due_date']/@aria-invalid") == ["true"]
    assert "due_date 2026-02-20 lies before the application date" in early.words
    assert ["foc"] == await notices(street, order_id)


async def test_a_double_click_decides_once(street: Street, house: House, document: Document) -> None:
    """The same form twice sends one notice; its key with other content is refused."""
    order_id, rep = await ordered(street, document()), await house.visitor("representative")
    form = await opened(rep, order_id, "facility-answer")

    first = await rep.send(form, "/decisions/facility-answer", button="act=send", order_number="N1")
    again = await rep.send(form, "/decisions/facility-answer", button="act=send", order_number="N1")
    other = await rep.send(form, "/decisions/facility-answer", button="act=send", order_number="N2")

    assert (200, 200, 422) == (first.status, again.status, other.status)
    history = await street.clec.json("GET", f"/v1/orders/{order_id}/history")
    assert 1 == [event["type"] for event in history["events"]].count("order.facilities-answered")


async def test_two_people_do_not_work_on_the_same_order(street: Street, house: House, document: Document) -> None:
    """Who has claimed it is named to the other, who gets no form and whose decision does nothing, until it is free."""
    order_id = await ordered(street, document())
    rep, other = await house.visitor("representative"), await house.visitor(SECOND_REPRESENTATIVE)
    form = await opened(other, order_id, "cancel")
    await rep.send(await opened(rep, order_id, ""), "/claim")

    seen = await opened(other, order_id, "cancel")
    refused = await other.send(form, "/decisions/cancel", button="act=send", reason="Twice")
    await rep.send(await opened(rep, order_id, ""), "/release")
    done = await decided(other, order_id, "cancel", reason="Twice")

    assert "representative works on this order until" in seen.words
    assert [] == seen.tree.xpath("//form[contains(@action, '/decisions/')]")
    assert (409, 200) == (refused.status, done.status)
    assert ["cancelled"] == await notices(street, order_id)


async def test_a_claim_comes_live_to_colleagues_and_to_no_clec(
    street: Street, house: House, document: Document
) -> None:
    """Who looks at the order sees at once who took it and that it is free again; a CLEC hears of what happens alone."""
    rep, other = await house.visitor("representative"), await house.visitor(SECOND_REPRESENTATIVE)
    clec = await house.visitor("clec")

    async with other.listening() as heard, clec.listening() as told:
        order_id = await ordered(street, document())
        of_order = [await heard.next(), await told.next()]
        claimed = await rep.send(await opened(rep, order_id, ""), "/claim")
        of_claim, seen = await heard.next(), await opened(other, order_id, "")
        await rep.send(claimed, "/release")
        of_release, free = await heard.next(), await opened(other, order_id, "")
        new = await ordered(street, document())
        of_new = await told.next()

    live = f"//*[@id='claimed'][@data-live='{order_id}']"
    assert [[order_id]] * 4 == [*of_order, of_claim, of_release]
    assert [new] == of_new
    assert "representative works on this order" in seen.tree.xpath(f"string({live})")
    assert "Nobody." in free.tree.xpath(f"string({live})")


async def test_a_reject_has_its_grounds_in_rows(street: Street, house: House, document: Document) -> None:
    """A row more loses nothing; a ground without its text is told at its field; then each is in the notice."""
    order_id, rep = await ordered(street, document()), await house.visitor("representative")
    form = await opened(rep, order_id, "reject")
    ground = {"findings.0.code": "E311", "findings.0.text": "ECCKT is needed", "findings.0.cure": "Give it"}

    more = await rep.send(form, "/decisions/reject", button="more=findings", **ground)
    wrong = await rep.send(more, "/decisions/reject", button="act=send", **{"findings.1.code": "E205"})
    good = await rep.send(
        wrong, "/decisions/reject", button="act=send", **{"findings.1.text": "TOS", "findings.1.section": "9.2"}
    )

    assert ["ECCKT is needed", None] == [more.tree.xpath(f"//*[@name='findings.{row}.text']")[0].text for row in (0, 1)]
    assert 422 == wrong.status
    assert {"findings.1.text", "findings.1.section"} == set(wrong.tree.xpath("//*[@aria-invalid='true']/@name"))
    assert 200 == good.status, good.words
    (notice,) = (await street.clec.json("GET", f"/v1/orders/{order_id}/notices"))["notices"]
    assert ["E311", "E205"] == [finding["code"] for finding in notice["content"]["findings"]]


async def test_what_a_clec_writes_is_text_on_the_page_of_work(street: Street, house: House, document: Document) -> None:
    """Markup in REMARKS is shown as it was written, and makes no element."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    order_id = await ordered(street, document(REMARKS=evil))

    page = await opened(await house.visitor("representative"), order_id, "reject")

    assert evil in page.words
    assert [] == page.tree.xpath("//main//script | //img | //*[@onerror]")


@pytest.mark.parametrize("login", CLECS)
async def test_the_workbench_is_closed_to_clecs(street: Street, house: House, document: Document, login: str) -> None:
    """Every page of the room answers a CLEC's people with 403, that of its own order too."""
    order_id, visitor = await ordered(street, document()), await house.visitor(login)

    for page in OWN:
        address = page.path.replace("{id}", order_id).replace("{queue}", "lsr-new").replace("{premises}", "BOISIDMA")
        assert 403 == (await visitor.open(address)).status, address


def test_every_page_of_the_room_is_walked() -> None:
    """The pages that CLECs are refused are those that the room has."""
    assert {"work", "workQueue", "workOrder"} <= {page.name for page in OWN}


async def test_a_collocation_application_goes_through_a_deficiency_to_its_quotation(
    street: Street, house: House, schemas: Schemas, pons: Iterator[str]
) -> None:
    """The representative's items stand in the notice by their letters; once cured, it is found feasible and quoted."""
    pon, rep = next(pons), await house.visitor("representative")

    async def sent(ver: str) -> str:
        head = {"COLLO.PON": pon, "COLLO.VER": ver, "COLLO.MSG": "APPLICATION", "COLLO.KIND": "CAGED"}
        lines = "\n".join(f"{name}={text}" for name, text in {**COMPLETE["caged"], **head}.items())
        answer = await street.clec("POST", "/v1/collocation", data=compose(lines, schemas=schemas), headers=XML)
        assert 202 == answer.status, answer
        return answer.headers["Location"].rpartition("/")[2]

    order_id = await sent("00")
    item = {"items.0.item": "c", "items.0.text": "Feed 2 has no amperes", "items.0.cure": "Give them"}
    deficient = await decided(rep, order_id, "deficient", **item)
    assert order_id == await sent("01")
    feasible = await decided(rep, order_id, "feasible")
    form = await rep.send(
        await opened(rep, order_id, "quote"),
        "/decisions/quote",
        button="more=elements",
        **{"elements.0.code": "8.1.2.1", "elements.0.quantity": "24"},
    )
    element = {"elements.1.code": "8.1.8.1.2.1", "elements.1.quantity": "1"}
    quoted = await rep.send(form, "/decisions/quote", button="act=send", **element)

    assert [200, 200, 200] == [page.status for page in (deficient, feasible, quoted)], deficient.words
    assert "feasible" not in offered(feasible)
    assert "payment-received" in offered(quoted)
    told = (await street.clec.json("GET", f"/v1/orders/{order_id}/notices"))["notices"]
    assert ["deficiency", "complete", "feasibility", "quotation"] == [notice["kind"] for notice in told]
    assert ["Item c: Feed 2 has no amperes"] == [finding["text"] for finding in told[0]["content"]["findings"]]
