"""Work claimed over HTTP: the same stream and group as the readers of Redis, settled in the record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.queue.assembly import Queue, open_queue
from gateway.queue.relay import Relay
from gateway.queue.streams import QueueUnavailable
from gateway.queue.terms import QueueTerms
from gateway.record.rows import Family
from tests.contract.queue.backend import WORK, BackEnd


async def _claim(queue: Queue, limit: int = 10) -> list[str]:
    return [event["id"] for event in await queue.claims.claim(Family.LSR, "desk", limit)]


async def test_claimed_work_is_the_cloud_event_of_the_stream(queue: Queue, relay: Relay, orders: Any) -> None:
    """A claim gives what a reader of Redis would see, oldest first and no more than was asked for."""
    await orders.take("P1", "P2", "P3")
    await relay.step()

    events = await queue.claims.claim(Family.LSR, "desk", 2)

    assert ["wrk_P1", "wrk_P2"] == [event["id"] for event in events]
    assert "ord_P1" == events[0]["data"]["order_id"]


async def test_a_claimed_item_is_nobody_elses_until_it_is_stale(
    queue: Queue, relay: Relay, orders: Any, server: Any, terms: QueueTerms
) -> None:
    """Within its time a claim is not handed out again."""
    await orders.take("P1")
    await relay.step()
    patient = open_queue(queue.outbox, server.url, "test", queue.clock, replace(terms, stale_after=timedelta(hours=1)))

    assert ["wrk_P1"] == await _claim(patient)
    assert [] == await _claim(patient)
    assert ["wrk_P1"] == await _claim(queue)
    await patient.close()


async def test_an_acknowledged_claim_is_settled(queue: Queue, relay: Relay, orders: Any, redis: Redis) -> None:
    """The record has it settled and the stream no longer has it; saying so twice changes nothing."""
    await orders.take("P1")
    await relay.step()
    await _claim(queue)

    assert await queue.claims.acknowledge("wrk_P1")
    assert await queue.claims.acknowledge("wrk_P1")
    assert set() == await orders.unsettled()
    assert 0 == await redis.xlen(WORK)


async def test_an_unknown_claim_is_not_acknowledged(queue: Queue) -> None:
    """There is nothing to settle under an id that the record does not have."""
    assert not await queue.claims.acknowledge("wrk_none")


async def test_a_claim_that_redis_lost_can_be_acknowledged(
    queue: Queue, relay: Relay, orders: Any, redis: Redis, catch_up: Any
) -> None:
    """The claimer's word counts, whatever became of the entry; what was not claimed comes again."""
    await orders.take("P1", "P2")
    await relay.step()
    await _claim(queue, 1)
    await redis.flushall()

    assert await queue.claims.acknowledge("wrk_P1")
    await catch_up()
    assert ["wrk_P2"] == await _claim(queue)


async def test_a_claim_can_be_acknowledged_while_redis_is_down(
    queue: Queue, relay: Relay, orders: Any, server: Any
) -> None:
    """Settling needs the record alone; claiming says that the queue is unavailable."""
    await orders.take("P1")
    await relay.step()
    await _claim(queue)
    await server.stop()

    assert await queue.claims.acknowledge("wrk_P1")
    assert set() == await orders.unsettled()
    with pytest.raises(QueueUnavailable):
        await _claim(queue)


async def test_settled_work_is_not_handed_out(queue: Queue, relay: Relay, orders: Any, redis: Redis) -> None:
    """What a decision has settled meanwhile is skipped and cleared, though its entry was still in the stream."""
    await orders.take("P1", "P2")
    await relay.step()
    await queue.outbox.settle(["wrk_P1"], queue.clock.now())

    assert ["wrk_P2"] == await _claim(queue)
    assert 1 == await redis.xlen(WORK)


async def test_work_left_by_a_reader_of_redis_can_be_claimed(
    queue: Queue, relay: Relay, orders: Any, redis: Redis
) -> None:
    """Both kinds of back end work on one queue: what one left too long the other gets."""
    await orders.take("P1")
    await relay.step()
    await BackEnd(redis).take()

    assert ["wrk_P1"] == await _claim(queue)
