"""The way of one order through the real doors, in XML and in JSON."""

import json
from collections.abc import Callable

from lxml import etree

from tests.rig.street import JSON, XML, Street

Document = Callable[..., bytes]


async def test_an_order_goes_all_the_way(street: Street, document: Document) -> None:
    """Submitted, claimed, settled, confirmed, completed, billed; each notice is in the mailbox and acknowledged."""
    accepted = await street.clec("POST", "/v1/lsr", data=document(), headers=XML)
    assert (202, "application/xml", '"1"') == (accepted.status, accepted.media, accepted.headers["ETag"])
    url = accepted.headers["Location"]
    assert url == etree.fromstring(accepted.body).findtext(".//{*}ORDER_URL")

    order = await street.clec.json("GET", url)
    work_id = None
    while work_id is None:
        claims = (await street.backend.json("POST", "/v1/backend/claims", json={"consumer": "w1"}))["claims"]
        work_id = next((claim["id"] for claim in claims if claim["event"]["subject"] == order["id"]), None)
    assert "settled" == (await street.backend.json("POST", f"/v1/backend/claims/{work_id}/ack"))["state"]

    for body, state in (
        ({"decision": "confirm", "due_date": "2026-03-09"}, "CONFIRMED"),
        ({"decision": "complete", "completed_on": "2026-03-09"}, "COMPLETED"),
        ({"decision": "bill", "billed_on": "2026-03-10"}, "BILLED"),
    ):
        done = await street.backend.json("POST", f"/v1/backend/orders/{order['id']}/decisions", json=body)
        assert state == done["state"]

    notices = (await street.clec.json("GET", f"{url}/notices"))["notices"]
    assert ["foc", "soc", "bcn"] == [notice["kind"] for notice in notices]
    assert all(notice["section"] for notice in notices)
    for notice in notices:
        first = await street.clec.json("POST", f"/v1/notices/{notice['id']}/ack")
        assert first == await street.clec.json("POST", f"/v1/notices/{notice['id']}/ack")
    history = await street.clec.json("GET", f"{url}/history")
    assert "order.received" == history["events"][0]["type"]


async def test_everything_about_an_order_is_there_in_xml_too(street: Street, document: Document) -> None:
    """Order, history, clocks, notices and the mailbox are well-formed XML by default, the document byte for byte."""
    body = document()
    url = (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"]
    order_id = url.rpartition("/")[2]
    await street.backend.json(
        "POST", f"/v1/backend/orders/{order_id}/decisions", json={"decision": "confirm", "due_date": "2026-03-09"}
    )

    for tail, root in (("", "OrderView"), ("/history", "History"), ("/clocks", "ClockList"), ("/notices", "Notices")):
        answer = await street.clec("GET", url + tail)
        assert (200, "application/xml") == (answer.status, answer.media)
        assert root == etree.QName(etree.fromstring(answer.body)).localname
    assert body == (await street.clec("GET", f"{url}/document")).body
    assert 404 == (await street.clec("GET", f"{url}/document?ver=09")).status
    mailbox = etree.fromstring((await street.clec("GET", "/v1/notices?limit=500")).body)
    assert mailbox.get("more") == "false"
    assert len(mailbox) > 0


async def test_an_order_that_did_not_change_is_not_sent_again(street: Street, document: Document) -> None:
    """If-None-Match with the ETag that the caller has is answered 304 without a body."""
    url = (await street.clec("POST", "/v1/lsr", data=document(), headers=XML)).headers["Location"]

    same = await street.clec("GET", url, headers={"If-None-Match": '"1"'})
    other = await street.clec("GET", url, headers={"If-None-Match": '"7"'})

    assert (304, b"", '"1"') == (same.status, same.body, same.headers["ETag"])
    assert 200 == other.status


async def test_a_supplement_may_demand_the_revision_it_was_made_for(street: Street, document: Document) -> None:
    """A stale If-Match is answered 412 with the present ETag; with that the supplement is taken."""
    body = document(PON="E2EIFMATCH")
    url = (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"]
    supplement = document(PON="E2EIFMATCH", VER="02", SUP="3", DDD="03-12-2026")

    stale = await street.clec("POST", "/v1/lsr", data=supplement, headers={**XML, "If-Match": '"9"'})
    good = await street.clec("POST", "/v1/lsr", data=supplement, headers={**XML, "If-Match": stale.headers["ETag"]})

    assert (412, '"1"') == (stale.status, stale.headers["ETag"])
    assert (202, url, '"2"') == (good.status, good.headers["Location"], good.headers["ETag"])


async def test_the_refusals_of_intake_as_problem_objects(street: Street, document: Document) -> None:
    """Duplicate, out of sequence, rejected and unreadable are told apart by type and status, with every finding."""
    first = document(PON="E2EREFUSED")
    await street.clec("POST", "/v1/lsr", data=first, headers=XML)
    cases = [
        (document(PON="E2EREFUSED", DDD="03-12-2026"), 409, "duplicate", ["E501"]),
        (document(PON="E2EREFUSED", VER="05", SUP="3"), 409, "out-of-sequence", ["E502"]),
        (document(VER="05"), 409, "out-of-sequence", ["E502"]),
        (document(DDD="02-20-2026", CCNA="XXX"), 422, "content-rejected", ["E701", "E607"]),
        (
            document().replace(b"<REQTYP>AB", b"<REQTYP>QQ").replace(b"<ZIP>83799", b"<ZIP>x"),
            422,
            "content-rejected",
            2,
        ),
        (b"<a>", 400, "malformed-message", ["E104"]),
    ]
    for body, status, kind, found in cases:
        answer = await street.clec("POST", "/v1/lsr", data=body, headers={**XML, **JSON})
        problem = json.loads(answer.body)
        assert (status, "application/problem+json", f"urn:oss-gateway:problem:{kind}") == (
            answer.status,
            answer.media,
            problem["type"],
        )
        codes = [error["code"] for error in problem["errors"]]
        assert found in (codes, len(codes)), problem
        assert all({"path", "rule", "section", "text", "cure"} <= error.keys() for error in problem["errors"])

        as_xml = await street.clec("POST", "/v1/lsr", data=body, headers=XML)
        assert (status, "application/problem+xml") == (as_xml.status, as_xml.media)
        assert len(codes) == len(etree.fromstring(as_xml.body).findall("{*}errors/{*}item"))


async def test_the_idempotency_key_of_a_message(street: Street, document: Document) -> None:
    """The same key and bytes get the same answer, other bytes 422, an impossible key 400."""
    body = document()
    keyed = {**XML, "Idempotency-Key": "e2e-1"}
    first, again = [await street.clec("POST", "/v1/lsr", data=body, headers=keyed) for _ in range(2)]
    other = await street.clec("POST", "/v1/lsr", data=document(), headers={**keyed, **JSON})
    empty = await street.clec("POST", "/v1/lsr", data=document(), headers={**XML, "Idempotency-Key": ""})

    assert (202, first.body) == (again.status, again.body)
    assert (422, "urn:oss-gateway:problem:idempotency-key-reused") == (other.status, json.loads(other.body)["type"])
    assert 400 == empty.status


async def test_the_refusals_of_a_decision(street: Street, document: Document) -> None:
    """No decision 400, unknown order 404, forbidden by the state 409, due date impossible 422, key reused 422."""
    url = (await street.clec("POST", "/v1/lsr", data=document(), headers=XML)).headers["Location"]
    address = f"/v1/backend{url.removeprefix('/v1')}/decisions"
    confirm = {"decision": "confirm", "due_date": "2026-03-09"}

    async def sent(body: object, address: str = address, **headers: str) -> int:
        return (await street.backend("POST", address, json=body, headers=headers)).status

    assert 400 == await sent({"decision": "complete"})
    assert 400 == await sent([])
    assert 400 == await sent({"decision": "\ud800"})
    assert 404 == await sent(confirm, "/v1/backend/orders/ord_none/decisions")
    assert 404 == await sent({"decision": "quote"}, "/v1/backend/orders/ord_none/decisions")
    assert 422 == await sent({**confirm, "due_date": "2026-03-01"})
    assert 200 == await sent(confirm, **{"Idempotency-Key": "d-1"})
    assert 200 == await sent(confirm, **{"Idempotency-Key": "d-1"})
    assert 422 == await sent({**confirm, "due_date": "2026-03-10"}, **{"Idempotency-Key": "d-1"})
    assert 400 == await sent(confirm, **{"Idempotency-Key": "k" * 201})
    assert 409 == await sent(confirm)


async def test_orders_come_in_pages(street: Street, document: Document) -> None:
    """`next` leads from page to page, keeps the other parameters, ends with the last order, and shows no other's."""
    for _ in range(3):
        await street.other("POST", "/v1/lsr", data=document(), headers=XML)
    address, seen = "/v1/orders?limit=1&state=ACCEPTED", []
    while address:
        page = await street.other.json("GET", address)
        seen += [order["id"] for order in page["orders"]]
        address = page["next"]
        assert address is None or "state=ACCEPTED" in address

    assert len(seen) == len(set(seen)) >= 3
    for order_id in seen:
        assert 404 == (await street.clec("GET", f"/v1/orders/{order_id}")).status


async def test_operations_move_the_clock_and_see_what_runs_out(street: Street, document: Document) -> None:
    """The clock is moved by hand past a deadline; the operators' list shows the breached clock, the CLEC its notice."""
    body = document("02-loop-new-conditioning", SCA="N", **{"D/TSENT": "03-02-2026-0930AM"})
    url = (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"]
    clocks = (await street.clec.json("GET", f"{url}/clocks"))["clocks"]
    assert {"ILEC"} == {clock["owed_by"] for clock in clocks}

    moved = await street.operations.json("POST", "/v1/operations/clock", json={"seconds": 3600})
    assert moved["fired"] >= 0
    near = (await street.operations.json("GET", "/v1/operations/clocks?hours=100&limit=1000"))["clocks"]
    assert {clock["id"] for clock in clocks} & {clock["id"] for clock in near}
    for wrong in ({"to": "2020-01-01T00:00:00Z"}, {"to": "2026-03-05T00:00:00"}, {"to": "9999-12-31T23:59:59-07:00"}):
        assert 400 == (await street.operations("POST", "/v1/operations/clock", json=wrong)).status


async def test_dead_letters_and_replay_answer(street: Street) -> None:
    """Operators may list dead letters, retry one that does not exist, and have unsettled work sent again."""
    assert [] == (await street.operations.json("GET", "/v1/operations/dead"))["dead"]
    assert 0 == (await street.operations.json("POST", "/v1/operations/dead/wrk_none/retry"))["sent_again"]
    assert (await street.operations.json("POST", "/v1/operations/replay"))["sent_again"] >= 0
