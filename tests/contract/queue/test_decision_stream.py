"""The decision stream: each is carried out, or among the dead letters with its reason; none lost, none overtaken."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.clock import SystemClock
from gateway.queue.assembly import Queue, open_queue
from gateway.queue.decisions import DecisionReader, Handling
from gateway.record.port import RecordUnavailable
from tests.rig.waiting import ended, until

STREAM = "test:decisions"


class RefusedError(Exception):
    """What the fake service raises when the life cycle forbids a decision."""


class Service:
    """Carries decisions out by noting them; fails as it is told to."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str, str]] = []
        self.failures: list[Exception] = []

    async def take(self, order_id: str, body: Mapping[str, Any], decision_id: str) -> None:
        """Note it, or raise the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.done.append((order_id, body["decision"], decision_id))


@pytest.fixture
def service() -> Service:
    """Give the fake service."""
    return Service()


@pytest.fixture
async def quick(queue: Queue, server: Any) -> AsyncIterator[Queue]:
    """Give a queue that waits in real time, but only a little."""
    moment = timedelta(milliseconds=1)
    terms = replace(queue.terms, first_backoff=moment, tick=moment, decision_attempts=2)
    opened = open_queue(queue.outbox, server.url, "test", SystemClock(), terms)
    yield opened
    await opened.close()


@pytest.fixture
def reader(quick: Queue, service: Service) -> DecisionReader:
    """Give the reader of the one gateway process."""
    return quick.decision_reader("gateway-1", Handling(service.take, (RefusedError,)))


def _decision(number: int, order: str = "ord_P1", **changed: Any) -> dict[Any, Any]:
    event = {
        "specversion": "1.0",
        "id": f"d{number}",
        "source": "urn:ilec:desk",
        "type": "org.oss-gateway.decision.v1",
        "subject": order,
        "data": {"decision": "confirm", "due_date": "2026-12-04"},
        **changed,
    }
    return {"event": json.dumps(event)}


async def _letters(redis: Redis) -> list[dict[str, str]]:
    found: Any = await redis.xrange("test:dead")
    return [fields for _, fields in found]


async def test_a_decision_is_carried_out_and_leaves_the_stream(
    reader: DecisionReader, service: Service, redis: Redis
) -> None:
    """Source and id name it for the record; once it is carried out the entry is gone."""
    await redis.xadd(STREAM, _decision(1))

    await reader.step(None)
    await reader.step(None)

    assert [("ord_P1", "confirm", "urn:ilec:desk d1")] == service.done
    assert 0 == await redis.xlen(STREAM)


async def test_a_decision_read_before_a_crash_is_carried_out_by_the_next_process(
    reader: DecisionReader, service: Service, queue: Queue, redis: Redis
) -> None:
    """What one process read and did not acknowledge is the first thing the next one does."""
    await queue.streams.make_groups(["decisions"])
    await redis.xadd(STREAM, _decision(1))
    await redis.xreadgroup("gateway", "decisions", {STREAM: ">"})
    await redis.xadd(STREAM, _decision(2))

    await reader.step(None)
    await reader.step(None)

    assert ["urn:ilec:desk d1", "urn:ilec:desk d2"] == [done[2] for done in service.done]


async def test_decisions_about_one_order_are_carried_out_in_their_order(
    reader: DecisionReader, service: Service, redis: Redis
) -> None:
    """A failure that passes does not let the next decision about the order overtake."""
    service.failures = [ValueError("a passing failure")]
    for number in (1, 2, 3):
        await redis.xadd(STREAM, _decision(number))

    await reader.step(None)

    assert ["d1", "d2", "d3"] == [done[2].split()[1] for done in service.done]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"event": "no JSON"}, "unreadable: event: Invalid JSON"),
        ({"other": "field"}, "unreadable: event: Invalid JSON"),
        (_decision(1, specversion="0.3"), "unreadable: specversion: "),
        (_decision(1, type="org.example.other"), "unreadable: type: "),
        (_decision(1, subject=""), "unreadable: subject: "),
    ],
)
async def test_an_unreadable_decision_is_a_dead_letter(
    reader: DecisionReader, service: Service, redis: Redis, entry: dict[Any, Any], reason: str
) -> None:
    """It is kept as it came, with what is wrong, and those behind it go on."""
    await redis.xadd(STREAM, entry)
    await redis.xadd(STREAM, _decision(2))

    await reader.step(None)

    (letter,) = await _letters(redis)
    assert letter["reason"].startswith(reason)
    assert (entry.get("event", ""), "decisions") == (letter["event"], letter["stream"])
    assert ["urn:ilec:desk d2"] == [done[2] for done in service.done]
    assert 0 == await redis.xlen(STREAM)


async def test_a_refused_decision_is_a_dead_letter_at_once(
    reader: DecisionReader, service: Service, redis: Redis
) -> None:
    """What the life cycle forbids is not tried again."""
    service.failures = [RefusedError("the order is cancelled")]
    await redis.xadd(STREAM, _decision(1))

    await reader.step(None)

    (letter,) = await _letters(redis)
    assert ("refused: RefusedError('the order is cancelled')", "1") == (letter["reason"], letter["deliveries"])
    assert [] == service.done


async def test_a_decision_that_keeps_failing_is_a_dead_letter_after_its_attempts(
    reader: DecisionReader, service: Service, redis: Redis
) -> None:
    """A failure that nobody foresaw is tried again, but not for ever."""
    service.failures = [ValueError("first"), ValueError("second")]
    await redis.xadd(STREAM, _decision(1))

    await reader.step(None)

    (letter,) = await _letters(redis)
    assert ("failed: ValueError('second')", "2") == (letter["reason"], letter["deliveries"])


async def test_a_record_that_is_down_loses_no_decision(reader: DecisionReader, service: Service, redis: Redis) -> None:
    """The decision stays on the stream and is carried out when the record is back; others are not held up."""
    service.failures = [RecordUnavailable("down")]
    await redis.xadd(STREAM, _decision(1, "ord_P1"))
    await redis.xadd(STREAM, _decision(2, "ord_P2"))
    running = asyncio.create_task(reader.run())

    async def both() -> bool:
        return {"ord_P1", "ord_P2"} == {done[0] for done in service.done}

    await until("both are carried out", both)
    await ended(running)

    assert [] == await _letters(redis)
    assert ["ord_P2", "ord_P1"] == [done[0] for done in service.done]


async def test_after_flushall_decisions_are_read_again(reader: DecisionReader, service: Service, redis: Redis) -> None:
    """The gateway makes its group anew, at the beginning of the stream."""
    running = asyncio.create_task(reader.run())
    await redis.flushall()
    await redis.xadd(STREAM, _decision(1))

    async def one() -> bool:
        return len(service.done) == 1

    await until("it is carried out", one)
    await ended(running)


async def test_only_the_holder_of_the_lease_reads_decisions(
    reader: DecisionReader, quick: Queue, service: Service, redis: Redis
) -> None:
    """Two gateway processes do not carry out decisions about one order side by side."""
    await reader.step(None)
    other = Service()
    standby = quick.decision_reader("gateway-2", Handling(other.take, ()))
    await redis.xadd(STREAM, _decision(1))

    await standby.step(None)
    await reader.step(None)

    assert ([], 1) == (other.done, len(service.done))
