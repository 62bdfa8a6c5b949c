import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import aiohttp
import pytest
from redis.asyncio import Redis

from gateway.clock import ManualClock
from gateway.demo.back_end import BackEnd, Streams
from gateway.sandbox.script import Script

_RECEIVED = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
_STREAMS = Streams.of("test")


class FakeRedis:
    """The work stream with its group and the decision stream, as far as a back end uses them."""

    def __init__(self) -> None:
        self.work: asyncio.Queue[tuple[str, dict[str, str]]] = asyncio.Queue()
        self.decisions: list[dict[str, str]] = []
        self.pending: set[str] = set()

    async def xreadgroup(self, group: str, consumer: str, streams: Mapping[str, str], block: int) -> list[Any]:
        """Wait for one new entry of the work stream, and hold it for the consumer."""
        assert ("backend", {_STREAMS.work: ">"}) == (group, streams)
        assert consumer
        assert block
        entry = await self.work.get()
        self.pending.add(entry[0])
        return [[_STREAMS.work, [entry]]]

    async def xack(self, stream: str, group: str, entry_id: str) -> None:
        """Acknowledge an entry."""
        assert (_STREAMS.work, "backend") == (stream, group)
        self.pending.discard(entry_id)

    @asynccontextmanager
    async def pipeline(self, *, transaction: bool) -> AsyncIterator["FakeStep"]:
        """Give a step that is taken as a whole."""
        assert transaction
        yield FakeStep(self)


class FakeStep:
    """A transaction: what it gathers is done when it is executed."""

    def __init__(self, redis: FakeRedis) -> None:
        self._redis = redis
        self._added: list[dict[str, str]] = []
        self._acknowledged: list[tuple[str, str, str]] = []

    def xadd(self, stream: str, fields: dict[str, str]) -> None:
        """Gather a decision."""
        assert _STREAMS.decisions == stream
        self._added.append(fields)

    def xack(self, *entry: str) -> None:
        """Gather an acknowledgement."""
        stream, group, entry_id = entry
        self._acknowledged.append((stream, group, entry_id))

    async def execute(self) -> None:
        """Do all of it."""
        self._redis.decisions += self._added
        for entry in self._acknowledged:
            await self._redis.xack(*entry)


class FakeReply:
    """An answer of the gateway with a status."""

    def __init__(self, status: int) -> None:
        self.status = status

    async def text(self) -> str:
        """Give its body."""
        return "the state forbids that"


class FakeGateway:
    """Takes decisions as the gateway does over HTTP, and answers each with one status."""

    def __init__(self, status: int) -> None:
        self.taken: list[tuple[str, Mapping[str, Any]]] = []
        self._status = status

    @asynccontextmanager
    async def post(self, path: str, *, json: Mapping[str, Any], headers: Mapping[str, str]) -> AsyncIterator[FakeReply]:
        """Take one decision."""
        assert headers["Idempotency-Key"]
        self.taken.append((path, json))
        yield FakeReply(self._status)


class House:
    """A back end with a script, a Redis, a gateway, and a clock that the test moves."""

    def __init__(self, script: Script, status: int = 200) -> None:
        self.redis = FakeRedis()
        self.gateway = FakeGateway(status)
        self.clock = ManualClock(_RECEIVED)
        self.said: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        http = cast("aiohttp.ClientSession", self.gateway)
        self.back_end = BackEnd(cast("Redis", self.redis), http, _STREAMS, script, self.clock, self.said.put_nowait)

    async def order(self, pon: str) -> None:
        """Put one order on the work stream."""
        data = {"order_id": f"ord_{pon}", "pon": pon, "ver": "01", "received_at": _RECEIVED.isoformat()}
        await self.redis.work.put((f"entry of {pon}", {"event": json.dumps({"data": data})}))


@asynccontextmanager
async def _at_work(rule: Mapping[str, Any], pon: str = "LOOP1", status: int = 200) -> AsyncIterator[House]:
    """Give a back end that works by one rule, with one order on its stream."""
    house = House(Script.model_validate({"rules": [rule]}), status)
    await house.order(pon)
    work = asyncio.create_task(house.back_end.run())
    try:
        yield house
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


def _rule(*ways: str) -> dict[str, Any]:
    answers = [
        {"after": {"hours": hours}, "by": way, "decision": {"decision": "confirm"}}
        for hours, way in enumerate(ways, start=1)
    ]
    return {"pon": "LOOP", "answers": answers}


async def test_answers_on_the_stream_at_its_time() -> None:
    """A decision comes when its time has come and not before, about the version that was taken."""
    async with _at_work(_rule("redis")) as house:
        taken = await house.said.get()
        before = len(house.redis.decisions)
        house.clock.advance(timedelta(hours=1))
        await house.said.get()
    (entry,) = house.redis.decisions
    event = json.loads(entry["event"])
    assert [(_RECEIVED + timedelta(hours=1)).isoformat()] == taken["answers_at"]
    assert 0 == before
    assert ("ord_LOOP1", {"decision": "confirm", "ver": "01"}) == (event["subject"], event["data"])


async def test_work_is_acknowledged_with_its_first_answer() -> None:
    """Until the first answer the stream holds the item, so that a back end that dies loses none."""
    async with _at_work(_rule("redis", "redis")) as house:
        await house.said.get()
        held = len(house.redis.pending)
        house.clock.advance(timedelta(hours=1))
        await house.said.get()
        assert (1, 0) == (held, len(house.redis.pending))


async def test_silent_rule_holds_the_work() -> None:
    """An order that no rule fits is taken and left without an answer."""
    async with _at_work(_rule("redis"), "PORT1") as house:
        assert [] == (await house.said.get())["answers_at"]
        assert 1 == len(house.redis.pending)


@pytest.mark.parametrize(("status", "did"), [(200, "answered"), (409, "refused")])
async def test_answers_over_http(status: int, did: str) -> None:
    """A decision over HTTP is posted to its order, and a refusal is reported with why."""
    async with _at_work(_rule("http"), status=status) as house:
        await house.said.get()
        house.clock.advance(timedelta(hours=1))
        said = await house.said.get()

    expected = [("/v1/backend/orders/ord_LOOP1/decisions", {"decision": "confirm", "ver": "01"})]
    assert expected == house.gateway.taken
    assert did == said["did"]
    assert ("409: the state forbids that" if status == 409 else None) == said.get("why")
