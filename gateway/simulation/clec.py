"""A simulated CLEC: orders from a seed, over HTTP, with supplements, cancellations, repeats and mistakes among them.

It reads its notices and answers those that ask for something: a quotation with the acceptance, a deficiency with
the cure.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from gateway.simulation.mix import Request, Requests

Tell = Callable[["Tally"], None]
_LOOK_EVERY = 0.5


class TargetFailed(Exception):  # noqa: N818 - it says what is so
    """Raised when the gateway does not answer or does not know the key."""


@dataclass(slots=True)
class Tally:
    """What was sent and how it was answered."""

    orders: int = 0
    sent: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    """By HTTP status and outcome or kind of problem, as `202 accepted`."""
    notices: Counter[str] = field(default_factory=Counter)


class SimulatedClec:
    """One CLEC's ordering system."""

    def __init__(
        self, http: aiohttp.ClientSession, requests: Requests, now: Callable[[], datetime], tell: Tell
    ) -> None:
        """Take a session at the gateway's address with the CLEC's key, and who hears of each answer."""
        self._http = http
        self._requests = requests
        self._now = now
        self._tell = tell
        self._families: dict[str, str] = {}
        """Family of each order that a notice was about."""
        self._answered: set[tuple[str, str]] = set()
        """Order and kind of each notice that was answered: once is enough, or two parties could go on for ever."""
        self.tally = Tally()

    async def order(self, pons: list[str], at_once: int) -> None:
        """Order under each PON, at most `at_once` at the same time, each order with what follows on it.

        Raises:
            TargetFailed: the gateway does not answer or does not know the key; what was sent stands in the tally.
        """
        waiting = list(reversed(pons))

        async def work() -> None:
            while waiting:
                await self._one(waiting.pop())

        async with asyncio.TaskGroup() as workers:
            for _ in range(min(at_once, len(pons))):
                workers.create_task(work())

    async def take_notices(self, after: int = 0) -> int:
        """Read, acknowledge and answer the notices after a cursor, and give the cursor that was reached."""
        more = True
        while more:
            _, page = await self._call("GET", f"/v1/notices?after={after}&limit=200")
            for notice in page["notices"]:
                self.tally.notices[notice["kind"]] += 1
                if notice["acknowledged_at"] is None:
                    await self._answer(notice)
                    await self._call("POST", f"/v1/notices/{notice['id']}/ack")
            after, more = page["cursor"], page["more"]
        return after

    async def follow(self, idle_seconds: float) -> None:
        """Take notices until none has come for `idle_seconds`."""
        after, idle = await self.take_notices(), 0.0
        while idle < idle_seconds:
            await asyncio.sleep(_LOOK_EVERY)
            reached = await self.take_notices(after)
            idle, after = (0.0 if reached > after else idle + _LOOK_EVERY), reached

    async def _answer(self, notice: dict[str, Any]) -> None:
        order_id = notice["order"]
        if order_id is None or notice["ver"] is None or (order_id, notice["kind"]) in self._answered:
            return
        if order_id not in self._families:
            _, order = await self._call("GET", f"/v1/orders/{order_id}")
            self._families[order_id] = order["family"]
        reply = self._requests.reply(notice, self._families[order_id])
        if reply is not None:
            self._answered.add((order_id, notice["kind"]))
            await self._send(reply)

    async def _one(self, pon: str) -> None:
        kind, request = self._requests.first(pon, self._now())
        again, later = self._requests.sent_again(), self._requests.later(kind, pon, self._now())
        self.tally.orders += 1
        taken = await self._send(request)
        if again:
            await self._send(request)
        if taken and later is not None:
            await self._send(later)

    async def _send(self, request: Request) -> bool:
        status, answer = await self._call("POST", f"/v1/{request.family}", request.body)
        self.tally.sent += 1
        told = answer.get("outcome") or str(answer.get("type", "")).rpartition(":")[2]
        self.tally.answers[f"{status} {told}".strip()] += 1
        self._tell(self.tally)
        return status == 202

    async def _call(self, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/xml"} if body is not None else {}
        try:
            async with self._http.request(method, path, data=body, headers=headers) as reply:
                answer: dict[str, Any] = json.loads(await reply.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise TargetFailed(f"{method} {path}: {str(error) or type(error).__name__}") from None
        if reply.status in (401, 403):
            raise TargetFailed(f"{method} {path}: {reply.status} {answer.get('detail', '')}")
        return reply.status, answer


def pons(prefix: str, run: str, count: int) -> list[str]:
    """Give PONs that no other run has: the prefix, the run, a number."""
    return [f"{prefix}{run}{number:05d}" for number in range(count)]
