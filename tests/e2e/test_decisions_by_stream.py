"""A back end that speaks Redis: work read off its stream, decisions put on theirs, on the running gateway."""

import json
from collections.abc import Callable
from typing import Any

from gateway.queue.envelope import DECISION, FIELD
from gateway.queue.names import DECISIONS, work_stream
from gateway.record.rows import Family
from tests.rig.embedded_redis import EmbeddedRedis
from tests.rig.gateway_server import GatewayServer
from tests.rig.street import XML, Street
from tests.rig.waiting import until

Document = Callable[..., bytes]
_ENVIRONMENT = "dev"


def _event(order_id: str, number: str, **data: object) -> dict[str, str]:
    event = {"specversion": "1.0", "id": number, "source": "urn:backend", "type": DECISION, "subject": order_id}
    return {FIELD: json.dumps({**event, "data": data})}


async def _told(street: Street, url: str) -> list[str]:
    return [notice["kind"] for notice in (await street.clec.json("GET", f"{url}/notices"))["notices"]]


async def test_decisions_on_the_stream_are_carried_out_once_and_in_order(
    street: Street, gateway: GatewayServer, document: Document
) -> None:
    """Confirmed and completed by stream, a repetition changes nothing, and what can never be is a dead letter."""
    url = (await street.clec("POST", "/v1/lsr", data=document(), headers=XML)).headers["Location"]
    order_id = url.rpartition("/")[2]
    redis: Any = EmbeddedRedis(gateway).client()  # its types leave open what an entry holds
    stream, dead = f"{_ENVIRONMENT}:{DECISIONS}", f"{_ENVIRONMENT}:dead"
    confirm = _event(order_id, f"{order_id}-1", decision="confirm", due_date="2026-03-09")
    try:
        letters = await redis.xlen(dead)
        for entry in (
            confirm,
            confirm,
            _event(order_id, f"{order_id}-2", decision="reject", findings=[{"section": "1", "text": "x", "code": "B"}]),
            {FIELD: "no event at all"},
            _event(order_id, f"{order_id}-3", decision="complete", completed_on="2026-03-09"),
        ):
            await redis.xadd(stream, entry)

        async def completed() -> bool:
            return bool((await street.clec.json("GET", url))["state"] == "COMPLETED")

        await until("the order is completed by the stream", completed)

        async def emptied() -> bool:
            return int(await redis.xlen(stream)) == 0

        await until("the stream is empty", emptied)
        assert ["foc", "soc"] == await _told(street, url)
        assert 2 == await redis.xlen(dead) - letters
    finally:
        await redis.aclose()


async def test_work_is_on_the_stream_with_its_document(
    street: Street, gateway: GatewayServer, document: Document
) -> None:
    """Each accepted order is an entry of the work stream, a CloudEvent that carries the document itself."""
    body = document()
    url = (await street.clec("POST", "/v1/lsr", data=body, headers=XML)).headers["Location"]
    redis: Any = EmbeddedRedis(gateway).client()  # its types leave open what an entry holds

    async def found() -> bool:
        entries = await redis.xrange(f"{_ENVIRONMENT}:{work_stream(Family.LSR)}")
        events = [json.loads(fields[FIELD]) for _, fields in entries]
        return any(e["subject"] == url.rpartition("/")[2] and e["data"]["document"].encode() == body for e in events)

    try:
        await until("the work is on its stream", found)
    finally:
        await redis.aclose()
