"""What a million stored orders with their open clocks change: intake, and the firing of a thousand clocks."""

from dataclasses import dataclass
from statistics import median

import aiohttp

from benchmarks.clocks import Firing, fire_a_thousand
from benchmarks.contestants import Contestant, Field, Store
from benchmarks.intake import Course
from benchmarks.stored import multiply
from gateway.record.engine import open_engine
from tests.rig.documents import new_loops, today

_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class FullRecord:
    """One store with `orders` on record, beside an empty one."""

    store: Store
    orders: int
    intake_ratio: float
    """Orders a second on the full record, as a share of those on an empty one; median of the repetitions."""
    firing: Firing


async def full_record(field: Field, course: Course, store: Store, orders: int, repetitions: int) -> FullRecord:
    """Measure intake on a full and on an empty record in turns, then fire a thousand clocks of the full one."""
    database = await field.database(store)
    first = await field.gateway(store, 1, database, fresh=True)
    try:
        await _take_one(first)
    finally:
        first.stop()
    await _fill(database, orders)
    empty = await field.gateway(store, 1)
    full = await field.gateway(store, 1, database)
    try:
        ratios = [await _ratio(course, empty, full) for _ in range(repetitions)]
    finally:
        full.stop()
        empty.stop()
    return FullRecord(store, orders, median(ratios), await fire_a_thousand(database))


async def _ratio(course: Course, empty: Contestant, full: Contestant) -> float:
    without = await course.measure(empty, _CONNECTIONS)
    return (await course.measure(full, _CONNECTIONS)).per_second / without.per_second


async def _take_one(gateway: Contestant) -> None:
    """Have the order taken that the others are copies of."""
    headers = {"Authorization": f"Bearer {gateway.key}", "Content-Type": "application/xml"}
    url = f"http://127.0.0.1:{gateway.ports[0]}/v1/lsr"
    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await session.post(url, data=new_loops("FIRST", today()))
        if answer.status != 202:
            raise AssertionError(f"the first order was answered {answer.status}: {await answer.text()}")


async def _fill(database: str, orders: int) -> None:
    engine = open_engine(database)
    try:
        async with engine.connect() as connection:
            await multiply(connection, orders)
    finally:
        await engine.dispose()
