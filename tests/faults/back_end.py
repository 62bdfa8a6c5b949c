"""A scripted back end: takes work from the stream, decides most of it, and stays silent about the rest."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from zlib import crc32

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from tests.faults.gateway_client import GatewayClient
from tests.faults.promises import Promises

_SOURCE = "/scripted-back-end"
_GROUP = "backend"
_CONSUMER = "scripted"
_PAUSE_SECONDS = 0.05
_BLOCK_MILLISECONDS = 100
_STALE_MILLISECONDS = 1000
_BATCH = 50

BY_STREAM = range(5)
BY_HTTP = range(5, 8)
COMPLETED = 5
"""Of ten orders five are confirmed over the stream and three over HTTP, one of them completed too; two hear nothing."""


class BackEnd:
    """Reads the work stream of one environment by its consumer group; does again whatever is handed to it again."""

    def __init__(self, redis: Callable[[], Redis], environment: str, client: GatewayClient, promises: Promises) -> None:
        self._connect = redis
        self._work = f"{environment}:work:lsr"
        self._decisions = f"{environment}:decisions"
        self._dead = f"{environment}:dead"
        self._streamed: dict[str, str] = {}
        self._client = client
        self._promises = promises

    async def run(self) -> None:
        """Work until cancelled, whatever becomes of Redis."""
        while True:
            redis = self._connect()
            try:
                await self._work_with(redis)
            except (RedisError, OSError):
                await asyncio.sleep(_PAUSE_SECONDS)
            finally:
                await redis.aclose()

    async def repeat_decisions(self) -> None:
        """Send every decision over the stream once more, as one must whose Redis may have lost some."""
        redis = self._connect()
        try:
            for decision in self._streamed.values():
                await redis.xadd(self._decisions, {"event": decision})
        finally:
            await redis.aclose()

    async def note_dead_letters(self) -> None:
        """Note what the gateway gave up: in these runs everything could be carried out."""
        redis = self._connect()
        try:
            letters: Any = await redis.xrange(self._dead)
            for _, letter in letters:
                self._promises.surprises.append(f"a dead letter: {letter}")
        finally:
            await redis.aclose()

    async def _work_with(self, redis: Redis) -> None:
        while True:
            try:
                entries = await self._entries(redis)
            except ResponseError as error:
                if "NOGROUP" not in str(error):
                    raise
                # Redis lost its data; the gateway makes the group again.
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            await asyncio.gather(*(self._take(redis, entry_id, fields) for entry_id, fields in entries))

    async def _entries(self, redis: Redis) -> list[tuple[str, dict[str, str]]]:
        """Give what was left behind by a try that broke off, else what is new."""
        stale: Any = await redis.xautoclaim(self._work, _GROUP, _CONSUMER, _STALE_MILLISECONDS, count=_BATCH)
        if stale[1]:
            return list(stale[1])
        read: Any = await redis.xreadgroup(
            _GROUP, _CONSUMER, {self._work: ">"}, count=_BATCH, block=_BLOCK_MILLISECONDS
        )
        return list(read[0][1]) if read else []

    async def _take(self, redis: Redis, entry_id: str, fields: dict[str, str]) -> None:
        if not fields:  # deleted while it was pending
            return
        event = json.loads(fields["event"])
        order = event["data"]
        self._promises.deliveries[order["order_id"]] += 1
        share = crc32(order["pon"].encode()) % 10
        if share in BY_STREAM:
            await self._confirm_over_stream(redis, entry_id, order)
            return
        if share in BY_HTTP:
            await self._decide(order, _confirmation(order))
        if share == COMPLETED:
            await self._decide(order, _completion(order))
        await redis.xack(self._work, _GROUP, entry_id)

    async def _confirm_over_stream(self, redis: Redis, entry_id: str, order: dict[str, Any]) -> None:
        """Put the decision on the stream and acknowledge the work in one step."""
        decision = {
            "specversion": "1.0",
            "id": f"confirm-{order['order_id']}",
            "source": _SOURCE,
            "type": "org.oss-gateway.decision.v1",
            "subject": order["order_id"],
            "data": _confirmation(order),
        }
        self._streamed[order["order_id"]] = json.dumps(decision)
        self._promises.streamed[f"{_SOURCE} {decision['id']}"] = order["order_id"]
        async with redis.pipeline(transaction=True) as pipe:
            pipe.xadd(self._decisions, {"event": self._streamed[order["order_id"]]})
            pipe.xack(self._work, _GROUP, entry_id)
            await pipe.execute()

    async def _decide(self, order: dict[str, Any], body: dict[str, str]) -> None:
        order_id = order["order_id"]
        key = f"{body['decision']}-{order_id}"
        reply = await self._client.until_answered(
            "POST", f"/v1/backend/orders/{order_id}/decisions", json=body, headers={"Idempotency-Key": key}
        )
        if reply.status == 200:
            self._promises.decisions[key].add((order_id, json.loads(reply.body)["notice"]))
        else:
            self._promises.surprises.append(f"decision {key} was answered {reply.status}: {reply.body[:300]!r}")


def _confirmation(order: dict[str, Any]) -> dict[str, str]:
    return {"decision": "confirm", "ver": order["ver"], "due_date": order["desired_due_date"]}


def _completion(order: dict[str, Any]) -> dict[str, str]:
    return {"decision": "complete", "ver": order["ver"], "completed_on": order["desired_due_date"]}
