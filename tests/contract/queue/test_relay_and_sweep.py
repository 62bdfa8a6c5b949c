"""Work on its way from the record to the back end, on a real server and both databases."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisDown

from gateway.clock import ManualClock
from gateway.queue.assembly import Queue
from gateway.queue.relay import Relay
from gateway.queue.streams import QueueUnavailable
from tests.contract.queue.backend import GROUP, WORK, BackEnd
from tests.rig.waiting import ended, until

CatchUp = Callable[[], Awaitable[None]]


async def test_an_order_reaches_the_back_end_as_a_cloud_event(relay: Relay, orders: Any, redis: Redis) -> None:
    """The work item on the stream carries the order's facts and its document, under the id of its row."""
    (work_id,) = await orders.take("P1")

    await relay.step()

    (event,) = await BackEnd(redis).take()
    assert (work_id, "1.0", "ord_P1") == (event["id"], event["specversion"], event["subject"])
    assert event["type"] == "org.oss-gateway.lsr.received.v1"
    assert event["data"]["document"].startswith("<LocalServiceRequest")


async def test_work_about_one_order_arrives_in_its_order(relay: Relay, orders: Any, redis: Redis) -> None:
    """A supplement comes after what it supplements, and its sequence is higher."""
    await orders.take("P1", "P2")
    await orders.supplement("P1")

    await relay.step()

    events = [event for event in await BackEnd(redis).take() if event["subject"] == "ord_P1"]
    assert ["wrk_P1", "wrk_P1_sup"] == [event["id"] for event in events]
    assert events[0]["sequence"] < events[1]["sequence"]


async def test_xack_settles_and_the_gateway_clears_the_stream(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis
) -> None:
    """What the group acknowledged is settled in the record and taken out of the stream; what it only read is not."""
    await orders.take("P1", "P2")
    await relay.step()
    back_end = BackEnd(redis)
    first, _second = await back_end.take()
    await back_end.acknowledge(first)

    await catch_up()

    assert {"wrk_P2"} == await orders.unsettled()
    assert 1 == await redis.xlen(WORK)


async def test_nothing_is_settled_before_it_is_delivered(relay: Relay, orders: Any, clock: ManualClock) -> None:
    """An entry that nobody has read is neither settled nor sent twice."""
    await orders.take("P1")
    await relay.step()
    clock.advance(timedelta(hours=1))

    assert 0 == await relay.step()
    assert {"wrk_P1"} == await orders.unsettled()


async def test_after_flushall_everything_unsettled_comes_again(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis
) -> None:
    """Emptied, Redis is filled again without any command: read or unread, what was not acknowledged comes again."""
    await orders.take("P1", "P2", "P3")
    await relay.step()
    back_end = BackEnd(redis)
    (first,) = await back_end.take(1)
    await back_end.acknowledge(first)
    await catch_up()
    await back_end.take(1)

    await redis.flushall()
    await catch_up()

    assert ["wrk_P2", "wrk_P3"] == [event["id"] for event in await back_end.take()]


async def test_an_order_lost_by_flushall_comes_before_its_supplement(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis
) -> None:
    """What was lost is sent before anything newer, so the back end sees the versions in their order."""
    await orders.take("P1")
    await relay.step()
    await redis.flushall()
    await orders.supplement("P1")

    await catch_up()

    assert ["wrk_P1", "wrk_P1_sup"] == [event["id"] for event in await BackEnd(redis).take()]


async def test_a_restart_that_lost_entries_is_noticed(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis, kill: Callable[[], None]
) -> None:
    """Killed and back with fewer entries than it acknowledged, Redis gets them again at once and not by age."""
    await orders.take("P1", "P2")
    await relay.step()
    entries: Any = await redis.xrange(WORK)
    await redis.xdel(WORK, entries[1][0])
    kill()
    await until("the server is back", lambda: _answers(redis))

    await catch_up()

    assert ["wrk_P1", "wrk_P2"] == [event["id"] for event in await BackEnd(redis).take()]


async def test_an_entry_that_somebody_deleted_is_sent_again(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis
) -> None:
    """Gone without acknowledgement is lost: with the next sweep it is sent again under the same id."""
    await orders.take("P1")
    await relay.step()
    await redis.xtrim(WORK, maxlen=0, approximate=False)

    await catch_up()

    assert ["wrk_P1"] == [event["id"] for event in await BackEnd(redis).take()]


@pytest.mark.parametrize("start", ["0", "$"])
async def test_a_group_made_by_somebody_else_reads_from_the_beginning(
    relay: Relay, catch_up: CatchUp, orders: Any, redis: Redis, start: str
) -> None:
    """A group that is destroyed and made anew, even at the end of the stream, makes nothing look acknowledged."""
    await orders.take("P1", "P2")
    await relay.step()
    await redis.xgroup_destroy(WORK, GROUP)
    await redis.xgroup_create(WORK, GROUP, start)
    back_end = BackEnd(redis)
    await redis.xgroup_createconsumer(WORK, GROUP, "worker-1")

    await catch_up()

    assert {"wrk_P1", "wrk_P2"} == await orders.unsettled()
    assert ["wrk_P1", "wrk_P2"] == [event["id"] for event in await back_end.take()]


async def test_orders_wait_while_redis_is_down_and_go_when_it_is_back(
    queue: Queue, orders: Any, redis: Redis, clock: ManualClock, kill: Callable[[], None]
) -> None:
    """The relay waits out an outage by itself; intake commits as if nothing were wrong."""
    running = asyncio.create_task(queue.relay("gateway-1").run())
    kill()
    await orders.take("P1")
    queue.wakeup.ring()

    async def delivered() -> bool:
        clock.advance(timedelta(seconds=2))
        return await _answers(redis) and bool(await redis.xlen(WORK))

    await until("the order is on the stream", delivered)
    await ended(running)

    assert ["wrk_P1"] == [event["id"] for event in await BackEnd(redis).take()]


async def test_a_step_without_redis_says_so(relay: Relay, orders: Any, server: Any) -> None:
    """An outage is one clear error, and the row stays pending."""
    await orders.take("P1")
    await server.stop()

    with pytest.raises(QueueUnavailable):
        await relay.step()
    assert {"wrk_P1"} == await orders.unsettled()


async def test_only_the_holder_of_the_lease_relays(queue: Queue, orders: Any, clock: ManualClock) -> None:
    """A second gateway process stands by, and takes over when the first has not renewed its turn."""
    first, second = queue.relay("gateway-1"), queue.relay("gateway-2")
    await first.step()
    await orders.take("P1")

    assert 0 == await second.step()
    clock.advance(timedelta(seconds=6))
    assert 1 == await second.step()


async def test_what_is_delivered_too_often_is_a_dead_letter(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis
) -> None:
    """After the agreed attempts without acknowledgement the item goes to the dead letters, with its reason."""
    await orders.take("P1")
    await relay.step()
    back_end = BackEnd(redis)
    await back_end.take()
    await back_end.take_stale()

    await catch_up()

    letters: Any = await redis.xrange("test:dead")
    ((_, letter),) = letters
    assert ("work:lsr", "2", "wrk_P1") == (letter["stream"], letter["deliveries"], json.loads(letter["event"])["id"])
    (row,) = await queue.outbox.dead_work(10)
    assert ("wrk_P1", "delivered 2 times without acknowledgement") == (row.id, row.reason)
    assert 0 == await redis.xlen(WORK)


async def test_a_dead_letter_can_be_sent_again(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis
) -> None:
    """Retried, it comes to the back end under the same id, with its attempts counted anew."""
    await orders.take("P1", "P2")
    await relay.step()
    await queue.outbox.mark_dead([("wrk_P1", "by hand")])

    assert 1 == await queue.sweep.retry_dead(["wrk_P1", "wrk_P2", "wrk_unknown"])
    await catch_up()

    assert ["wrk_P1", "wrk_P2", "wrk_P1"] == [event["id"] for event in await BackEnd(redis).take()]


async def test_a_bad_deploy_does_not_drain_the_queue(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis, clock: ManualClock
) -> None:
    """Beyond the limit of dead letters items stay in the stream; they may go when the window has passed."""
    await orders.take("P1", "P2", "P3")
    await relay.step()
    back_end = BackEnd(redis)
    await back_end.take()
    await back_end.take_stale()
    await catch_up()

    assert 2 == len(await queue.outbox.dead_work(10))
    assert 1 == await redis.xlen(WORK)
    clock.advance(timedelta(hours=1))
    await catch_up()
    assert 3 == len(await queue.outbox.dead_work(10))


async def test_replay_sends_everything_unsettled_again(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis
) -> None:
    """On demand, entries are sent again though they are still there; what is settled is not."""
    await orders.take("P1", "P2")
    await relay.step()
    await queue.outbox.settle(["wrk_P1"], queue.clock.now())

    assert 1 == await queue.sweep.replay()
    await catch_up()

    assert ["wrk_P1", "wrk_P2", "wrk_P2"] == [event["id"] for event in await BackEnd(redis).take()]


async def test_what_a_decision_settled_leaves_the_stream(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis
) -> None:
    """Settled in the record and acknowledged by its reader, an entry is cleared; one that a reader holds is not."""
    await orders.take("P1", "P2", "P3", "P4")
    await relay.step()
    back_end = BackEnd(redis)
    events = await back_end.take(3)
    await queue.outbox.settle(["wrk_P1", "wrk_P2", "wrk_P3"], queue.clock.now())
    await back_end.acknowledge(events[0], events[2])

    await catch_up()
    assert [events[1]["entry"], events[2]["entry"]] == [entry for entry, _ in await _entries(redis)][:2]

    await back_end.acknowledge(events[1])
    await catch_up()
    assert ["wrk_P4"] == [json.loads(fields["event"])["id"] for _, fields in await _entries(redis)]
    assert ["wrk_P4"] == [event["id"] for event in await back_end.take()]


async def test_tidying_takes_nothing_that_is_still_to_be_settled(
    relay: Relay, catch_up: CatchUp, orders: Any, queue: Queue, redis: Redis
) -> None:
    """An unread or unsettled entry stays, however much around it is done; nothing comes twice by tidying."""
    await orders.take("P1", "P2", "P3")
    await relay.step()
    back_end = BackEnd(redis)
    await back_end.take(2)
    await queue.outbox.settle(["wrk_P2", "wrk_P3"], queue.clock.now())

    for _ in range(3):
        await catch_up()

    assert ["wrk_P1", "wrk_P2"] == [event["id"] for event in await BackEnd(redis, "worker-2").take_stale()]
    assert ["wrk_P3"] == [event["id"] for event in await back_end.take()]


async def _entries(redis: Redis) -> list[tuple[str, dict[str, str]]]:
    found: Any = await redis.xrange(WORK)
    return list(found)


async def _answers(redis: Redis) -> bool:
    try:
        return bool(await redis.ping())
    except RedisDown:
        return False
