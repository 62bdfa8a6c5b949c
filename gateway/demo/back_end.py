"""A scripted back end: reads the work stream by its consumer group, as a real one would, and answers by a script."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import aiohttp
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from gateway.clock import Clock
from gateway.sandbox.script import Answer, Script

_GROUP: Final = "backend"
_CONSUMER: Final = "scripted"
_BLOCK_MILLISECONDS: Final = 1000
_GROUP_IS_COMING_SECONDS: Final = 0.05

Report = Callable[[Mapping[str, Any]], None]
"""Takes what the back end says it does: `took` an order, `answered` it, or was `refused`."""


@dataclass(frozen=True, slots=True)
class Work:
    """One work item: an entry of the stream, and what it says."""

    entry_id: str
    order_id: str
    pon: str
    ver: str
    received_at: datetime

    @classmethod
    def of(cls, entry_id: str, fields: Mapping[str, str]) -> "Work":
        """Read an entry: its one field `event` holds a CloudEvent as JSON."""
        data = json.loads(fields["event"])["data"]
        received_at = datetime.fromisoformat(data["received_at"])
        return cls(entry_id, data["order_id"], data["pon"], data["ver"], received_at)


@dataclass(frozen=True, slots=True)
class Streams:
    """The two streams of one environment that a back end knows."""

    work: str
    decisions: str

    @classmethod
    def of(cls, environment: str) -> "Streams":
        """Give those of `environment`."""
        return cls(f"{environment}:work:lsr", f"{environment}:decisions")


class BackEnd:
    """Answers each order at the times of the script, told by `clock`.

    An item is acknowledged with its first answer and not before: until then nothing but the stream holds it.

    Args:
        redis: connection with decoded responses.
        http: session at the gateway's address, with a key of role `backend`.
        streams: the streams of the gateway's environment.
        script: what to answer.
        clock: the contract's time.
        report: hears of each step.
    """

    def __init__(
        self,
        redis: Redis,
        http: aiohttp.ClientSession,
        streams: Streams,
        script: Script,
        clock: Clock,
        report: Report,
    ) -> None:
        self._redis = redis
        self._http = http
        self._streams = streams
        self._script = script
        self._clock = clock
        self._report = report

    async def run(self) -> None:
        """Take work until cancelled."""
        async with asyncio.TaskGroup() as orders:
            while True:
                for entry_id, fields in await self._read():
                    orders.create_task(self._work_off(Work.of(entry_id, fields)))

    async def _read(self) -> list[tuple[str, dict[str, str]]]:
        try:
            read: Any = await self._redis.xreadgroup(
                _GROUP, _CONSUMER, {self._streams.work: ">"}, block=_BLOCK_MILLISECONDS
            )
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            # The gateway makes the group when it first reaches Redis.
            await asyncio.sleep(_GROUP_IS_COMING_SECONDS)
            return []
        return list(read[0][1]) if read else []

    async def _work_off(self, work: Work) -> None:
        answers = self._script.answers_to(work.pon, work.ver)
        times = [work.received_at + answer.after.length for answer in answers]
        about = {"order": work.order_id, "pon": work.pon, "ver": work.ver}
        self._report({"did": "took", **about, "answers_at": [at.isoformat() for at in times]})
        for number, (at, answer) in enumerate(zip(times, answers, strict=True)):
            await self._clock.wait_until(at)
            decision = {**answer.decision, "ver": work.ver}
            refusal = await self._send(work, number, answer, decision)
            told = {"did": "answered", **about, "by": answer.by, "decision": decision}
            self._report(told if refusal is None else {**told, "did": "refused", "why": refusal})

    async def _send(self, work: Work, number: int, answer: Answer, decision: Mapping[str, Any]) -> str | None:
        """Send one decision and give why it was refused, as far as that is told on this way."""
        decision_id = f"{work.order_id}-{work.ver}-{number}"
        if answer.by == "redis":
            await self._put_on_stream(work, decision_id, decision)
            return None
        path = f"/v1/backend/orders/{work.order_id}/decisions"
        async with self._http.post(path, json=decision, headers={"Idempotency-Key": decision_id}) as reply:
            refusal = None if reply.status == 200 else f"{reply.status}: {await reply.text()}"
        await self._redis.xack(self._streams.work, _GROUP, work.entry_id)
        return refusal

    async def _put_on_stream(self, work: Work, decision_id: str, decision: Mapping[str, Any]) -> None:
        event = {
            "specversion": "1.0",
            "id": decision_id,
            "source": "/scripted-back-end",
            "type": "org.oss-gateway.decision.v1",
            "subject": work.order_id,
            "time": self._clock.now().isoformat(),
            "data": decision,
        }
        async with self._redis.pipeline(transaction=True) as step:
            step.xadd(self._streams.decisions, {"event": json.dumps(event)})
            step.xack(self._streams.work, _GROUP, work.entry_id)
            await step.execute()
