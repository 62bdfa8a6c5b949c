"""Notices as plain text, one by one, and the isolation of a loss notice, over HTTP."""

import json
from collections.abc import Callable

from tests.rig.court import PORT
from tests.rig.street import XML, Street

Document = Callable[..., bytes]
TEXT = {"Accept": "text/plain"}


async def rejected(street: Street, document: Document) -> str:
    """Have a message rejected, and give the id of its notice."""
    answer = await street.clec("POST", "/v1/lsr", data=document(DDD="02-20-2026"), headers=XML)
    order = answer.headers["Location"]
    notices = await street.clec.json("GET", f"{order}/notices")
    notice: str = notices["notices"][0]["id"]
    return notice


async def test_a_notice_is_read_as_text(street: Street, document: Document) -> None:
    """One notice, an order's and a page of the mailbox come as text where that is asked for, with the section."""
    notice = await rejected(street, document)
    one = await street.clec("GET", f"/v1/notices/{notice}", headers=TEXT)
    shown = await street.clec.json("GET", f"/v1/notices/{notice}")
    page = await street.clec("GET", "/v1/notices?limit=500", headers=TEXT)
    of_order = await street.clec("GET", f"/v1/orders/{shown['order']}/notices", headers=TEXT)

    assert {"text/plain"} == {answer.media for answer in (one, page, of_order)}
    assert one.body.startswith(b"REJECT - section 9.2.4.4")
    assert one.body in page.body
    assert page.body.startswith(b"Cursor: ")
    assert one.body in of_order.body


async def test_a_single_notice_is_its_partners_alone(street: Street, document: Document) -> None:
    """XML is the default, as of every notice; to another CLEC it does not exist."""
    notice = await rejected(street, document)

    mine = await street.clec("GET", f"/v1/notices/{notice}")
    theirs = await street.other("GET", f"/v1/notices/{notice}", headers=TEXT)

    assert ("application/xml", b"<Notice ") == (mine.media, mine.body[:8])
    assert (404, False) == (theirs.status, notice.encode() in theirs.body.replace(b"notice " + notice.encode(), b""))


async def test_a_loss_is_read_by_the_loser_and_by_nobody_else(street: Street, document: Document) -> None:
    """The other carrier finds a loss notice without order; the order's own notices and history tell nothing of it."""
    taken = await street.clec("POST", "/v1/lsr", data=document(PORT, ONSP="8B8B", DDD="03-31-2026"), headers=XML)
    order = taken.headers["Location"].rpartition("/")[2]
    url = f"/v1/backend/orders/{order}/decisions"
    await street.backend.json("POST", url, json={"decision": "confirm", "due_date": "2026-03-31"})
    await street.backend.json("POST", url, json={"decision": "complete", "completed_on": "2026-03-31"})

    theirs = await street.other.json("GET", "/v1/notices?limit=500")
    as_xml = await street.other("GET", "/v1/notices?limit=500")
    mine = await street.clec.json("GET", f"/v1/orders/{order}/notices")
    history = await street.clec.json("GET", f"/v1/orders/{order}/history")

    losses = [notice for notice in theirs["notices"] if notice["kind"] == "loss"]
    assert [(None, None)] == [(notice["order"], notice["ver"]) for notice in losses]
    assert order not in json.dumps(theirs)
    assert order.encode() not in as_xml.body
    assert ["foc", "soc"] == [notice["kind"] for notice in mine["notices"]]
    assert "lost" not in json.dumps(history)
