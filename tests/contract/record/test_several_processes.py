"""What holds when several processes share the record, on both databases."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from gateway.record.port import Changes, OnRecord
from gateway.record.rows import Notice
from gateway.record.sql import SqlRecord


async def test_a_due_clock_fires_once(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """Of two clock keepers that find the same twenty clocks due at the same time each clock is fired by one."""
    one, other = open_records(), open_records()
    now = samples.received + timedelta(hours=73)
    names = [f"c{number}" for number in range(20)]
    await one.commit(samples.place("P1", new_clocks=[samples.clock("P1", name) for name in names]))
    await other.commit(samples.write())  # both have their connections, so that they meet

    def fire(clock_id: str) -> Any:
        def decide(on_record: OnRecord) -> tuple[bool, Changes]:
            clock = on_record.clock(clock_id)
            assert clock is not None
            if clock.next_at is None or clock.next_at > now:
                return False, Changes()
            fired = replace(clock, next_at=None, breached_at=now)
            return True, Changes(clocks=[fired], events=[samples.event("P1", clock.clock)])

        return samples.do(decide, clock_ids=[clock_id])

    due = [clock_id for clock_id, _ in await one.due_clock_ids(now, 100)]
    fired = await asyncio.gather(*(record.commit(fire(clock_id)) for clock_id in due for record in (one, other)))

    assert sorted(fired) == [False] * 20 + [True] * 20
    assert sorted(event.type for event in await one.events("ord_P1")) == sorted(names)
    assert await other.due_clock_ids(now, 100) == []


async def test_a_reader_of_the_mailbox_misses_nothing(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """While two processes write notices a CLEC that reads on from its last cursor sees every one, once, in order."""
    one, other, reader = open_records(), open_records(), open_records()
    await one.commit(samples.place("P1"))
    writing = asyncio.gather(_write_notices(one, samples, "a"), _write_notices(other, samples, "b"))
    seen: list[Notice] = []

    while not writing.done():
        seen += await reader.notices("clec", seen[-1].cursor if seen else 0, 7)
    seen += await reader.notices("clec", seen[-1].cursor if seen else 0, 1000)

    await writing
    everything = await reader.notices("clec", 0, 1000)
    assert len(everything) == 2 * 60
    assert seen == everything


async def _write_notices(record: SqlRecord, samples: Any, name: str) -> None:
    for number in range(30):
        await asyncio.gather(
            record.commit(samples.write(notices=[samples.notice("P1", f"{name}{number}x")])),
            record.commit(samples.write(notices=[samples.notice("P1", f"{name}{number}y")])),
        )


async def test_a_lease_is_held_by_one_until_it_runs_out(open_records: Callable[[], SqlRecord], samples: Any) -> None:
    """The holder renews its lease; another gets it from the instant on at which it has run out."""
    one, other = open_records(), open_records()
    start = samples.received

    def minute(number: int) -> Any:
        return start + timedelta(minutes=number)

    async def take(record: SqlRecord, holder: str, now: int, until: int) -> bool:
        return await record.lease("clock keeper", holder, minute(now), minute(until))

    assert await take(one, "one", 0, 2)
    assert not await take(other, "other", 1, 3)
    assert await take(one, "one", 1, 4)
    assert not await take(other, "other", 3, 5)
    assert await take(other, "other", 4, 6)
    assert not await take(one, "one", 5, 7)
    assert await one.lease("relay", "one", start, minute(1))


async def test_a_lease_asked_for_by_many_at_once_goes_to_one(
    open_records: Callable[[], SqlRecord], samples: Any
) -> None:
    """Of processes that start together one becomes the keeper."""
    records: Sequence[SqlRecord] = [open_records() for _ in range(4)]
    until = samples.received + timedelta(minutes=1)

    taken = await asyncio.gather(
        *(record.lease("relay", f"holder {number}", samples.received, until) for number, record in enumerate(records))
    )

    assert taken.count(True) == 1
