"""The relay in all the ways that record and Redis can fail it."""

import asyncio
from datetime import timedelta

import pytest

from gateway.clock import ManualClock
from gateway.queue.lease import Lease
from gateway.queue.relay import Relay
from gateway.queue.streams import QueueUnavailable
from gateway.queue.sweep import Sweep
from gateway.queue.terms import QueueTerms
from gateway.queue.wakeup import Wakeup
from gateway.record.port import RecordUnavailable
from tests.unit.gateway.queue.fakes import FRIDAY, MemoryOutbox, MemoryStreams, work


class Office:
    """A relay over a record and a Redis in memory."""

    def __init__(self, *rows: int, terms: QueueTerms | None = None) -> None:
        terms = terms or QueueTerms()
        self.outbox = MemoryOutbox(*map(work, rows))
        self.streams = MemoryStreams()
        self.clock = ManualClock(FRIDAY)
        self.wakeup = Wakeup(self.clock)
        self.sweep = Sweep(self.outbox, self.streams, self.clock, self.wakeup, terms)
        lease = Lease(self.outbox, self.clock, "relay", "gateway-1", terms.lease)
        self.relay = Relay(self.outbox, self.streams, self.sweep, lease, self.clock, self.wakeup, terms)

    async def catch_up(self) -> None:
        """Let a tick go by, and the relay do all that there is to do then."""
        self.clock.advance(timedelta(seconds=1))
        while await self.relay.step():
            pass


async def _until(holds: object, office: Office) -> None:
    """Let the relay's task run, and the time pass, until something holds."""
    assert callable(holds)
    for _ in range(1000):
        if holds():
            return
        office.clock.advance(timedelta(milliseconds=100))
        await asyncio.sleep(0)
    pytest.fail("it never came about")


async def test_rows_are_sent_oldest_first_and_marked() -> None:
    """What stands in the outbox stands in the stream afterwards, in the same order."""
    office = Office(1, 2, 3)

    assert 3 == await office.relay.step()

    assert ["wrk_1", "wrk_2", "wrk_3"] == office.streams.events()
    assert {"wrk_1": "sent", "wrk_2": "sent", "wrk_3": "sent"} == office.outbox.states()


async def test_a_batch_that_redis_refuses_stays_pending() -> None:
    """No row is marked on anything but Redis's reply."""
    office = Office(1)
    office.streams.down = {"add"}

    with pytest.raises(QueueUnavailable):
        await office.relay.step()
    assert {"wrk_1": "pending"} == office.outbox.states()


async def test_a_batch_that_the_record_could_not_mark_is_sent_again_under_the_same_ids() -> None:
    """At least once: a crash between Redis's reply and the mark makes a second entry, never a missing one."""
    office = Office(1)
    office.outbox.down = {"mark_sent"}
    with pytest.raises(RecordUnavailable):
        await office.relay.step()
    office.outbox.down = set()

    await office.relay.step()

    assert ["wrk_1", "wrk_1"] == office.streams.events()
    assert {"wrk_1": "sent"} == office.outbox.states()


async def test_a_loss_is_looked_for_again_when_the_look_failed() -> None:
    """That the groups stand again does not hide that entries are missing, even after a failure in between."""
    office = Office(1, 2)
    await office.relay.step()
    office.streams.lose()
    office.outbox.down = {"sent_work"}
    with pytest.raises(RecordUnavailable):
        await office.relay.step()
    office.outbox.down = set()

    await office.relay.step()

    assert ["wrk_1", "wrk_2"] == office.streams.events()


async def test_a_new_run_of_redis_is_checked_before_anything_newer_is_sent() -> None:
    """A restart that lost the first version of an order does not let the second one overtake it."""
    office = Office(1)
    await office.relay.step()
    office.streams.entries.clear()
    office.streams.run_id = "run-2"
    office.outbox.rows["wrk_2"] = work(2)

    await office.relay.step()

    assert ["wrk_1", "wrk_2"] == office.streams.events()


async def test_later_items_of_an_order_follow_a_lost_one_again() -> None:
    """If only the first of two is lost both are sent again, so that the last word is again the last."""
    office = Office(1, 2)
    await office.relay.step()
    del office.streams.entries["1-0"]

    await office.catch_up()

    assert ["wrk_2", "wrk_1", "wrk_2"] == office.streams.events()


async def test_items_of_other_orders_are_not_sent_again() -> None:
    """What is still in the stream and has nothing to do with a lost item is left alone."""
    office = Office(1)
    office.outbox.rows["wrk_2"] = work(2, order="ord_2")
    await office.relay.step()
    del office.streams.entries["1-0"]

    await office.catch_up()

    assert ["wrk_2", "wrk_1"] == office.streams.events()


async def test_a_settled_row_survives_a_redis_that_fails_right_then() -> None:
    """The record settles first: what stays in the stream is acknowledged and hurts nobody."""
    office = Office(1)
    await office.relay.step()
    office.streams.acknowledged = {"1-0"}
    office.streams.down = {"acknowledge"}
    office.clock.advance(timedelta(seconds=1))

    with pytest.raises(QueueUnavailable):
        await office.relay.step()
    office.streams.down = set()
    await office.catch_up()

    assert {"wrk_1": "settled"} == office.outbox.states()
    assert ["wrk_1"] == office.streams.events()


async def test_a_dead_letter_that_redis_could_not_take_is_dead_in_the_record() -> None:
    """`dead list` reads the record, so nothing is forgotten by a failure in between."""
    office = Office(1)
    await office.relay.step()
    office.streams.deliver("1-0", 5, timedelta(minutes=5))
    office.streams.down = {"acknowledge"}
    office.clock.advance(timedelta(seconds=1))

    with pytest.raises(QueueUnavailable):
        await office.relay.step()

    assert {"wrk_1": "dead"} == office.outbox.states()


@pytest.mark.parametrize(("times", "idle"), [(4, timedelta(hours=1)), (5, timedelta(seconds=299))])
async def test_an_item_that_is_still_worked_on_is_no_dead_letter(times: int, idle: timedelta) -> None:
    """Neither before the last attempt nor while the last attempt has time is an item given up."""
    office = Office(1)
    await office.relay.step()
    office.streams.deliver("1-0", times, idle)

    await office.catch_up()

    assert ({"wrk_1": "sent"}, []) == (office.outbox.states(), office.streams.dead)


async def test_more_rows_than_a_page_are_all_looked_at() -> None:
    """After a loss every sent row is looked at, however many pages they fill."""
    office = Office(*range(1, 8), terms=QueueTerms(page=3))
    await office.relay.step()
    office.streams.lose()

    await office.catch_up()

    assert [f"wrk_{number}" for number in range(1, 8)] == office.streams.events()


@pytest.mark.parametrize("fault", ["generation", "add"])
async def test_the_relay_goes_on_by_itself_when_redis_is_back(fault: str) -> None:
    """While Redis is down it pauses; nobody has to call anything."""
    office = Office(1)
    office.streams.down = {fault}
    running = asyncio.create_task(office.relay.run())
    for _ in range(20):
        office.clock.advance(timedelta(seconds=2))
        await asyncio.sleep(0)
    assert [] == office.streams.events()
    office.streams.down = set()

    await _until(office.streams.events, office)
    running.cancel()


async def test_a_fault_that_nobody_foresaw_does_not_end_the_relay() -> None:
    """It is logged and tried again: orders do not lie while intake goes on."""
    office = Office(1)
    office.outbox.rows["wrk_1"] = "not a row"  # type: ignore[assignment]  # the point of this test
    running = asyncio.create_task(office.relay.run())
    for _ in range(5):
        office.clock.advance(timedelta(seconds=2))
        await asyncio.sleep(0)
    office.outbox.rows["wrk_1"] = work(1)

    await _until(office.streams.events, office)
    assert not running.done()
    running.cancel()


async def test_a_ring_wakes_the_relay_at_once() -> None:
    """After a commit the work goes out without waiting for the tick."""
    office = Office()
    running = asyncio.create_task(office.relay.run())
    for _ in range(20):
        await asyncio.sleep(0)
    office.outbox.rows["wrk_1"] = work(1)
    office.wakeup.ring()

    for _ in range(20):
        await asyncio.sleep(0)
    running.cancel()

    assert ["wrk_1"] == office.streams.events()


async def test_a_relay_that_stops_gives_up_its_turn() -> None:
    """The next process need not wait until the turn has run out."""
    office = Office()
    running = asyncio.create_task(office.relay.run())
    for _ in range(20):
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await office.outbox.lease("relay", "gateway-2", FRIDAY, FRIDAY + timedelta(seconds=5))
