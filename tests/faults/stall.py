"""Kill -9 of Redis with `everysec` while its fsync is held up: Redis loses what it acknowledged, the gateway must not.

While an fsync is under way, Redis answers from memory and puts off its write, so a kill in that moment loses entries
for which the relay has Redis's word. No back end reads meanwhile. Then Redis and the back end come back, nobody gives a
command, and every acknowledged order has to reach the back end. Real time, no clock by hand.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from random import Random
from time import monotonic

from gateway.clock import SystemClock
from tests.faults.back_end import BackEnd
from tests.faults.clecs import Clec
from tests.faults.gateway_client import GatewayClient
from tests.faults.held_fsync import HeldFsync
from tests.faults.house import ENVIRONMENT, House
from tests.faults.invariants import (
    Violation,
    acknowledged_is_recorded_once,
    acknowledged_reaches_the_back_end,
    no_surprises,
    same_bytes_same_answer,
    violations,
    work_is_settled,
)
from tests.faults.parties import at_work
from tests.faults.promises import Promises
from tests.faults.snapshot import read
from tests.faults.work_standing import all_settled, outbox_counts
from tests.rig.documents import today
from tests.rig.gateway_server import KEYS
from tests.rig.waiting import at_most, until

_CLECS = 12
_INTO_THE_HOLD = (0.2, 1.2)
_PATIENCE = 60.0
_CHECKED = (
    acknowledged_is_recorded_once,
    no_surprises,
    same_bytes_same_answer,
    acknowledged_reaches_the_back_end,
    work_is_settled,
)


@dataclass(frozen=True, slots=True)
class Stalled:
    """What came of one kill."""

    acknowledged: int
    sent_again: int
    """Work items that went to Redis more than once, as it had lost them."""
    quiet_after: float
    """Seconds until every order was with the back end."""


async def stall(
    house: House, held: HeldFsync, runs: int, seed: int, tell: Callable[[Stalled], None]
) -> list[Violation]:
    """Kill Redis `runs` times in `house` while its fsync is held up, and give the promises that were broken."""
    promises = Promises()
    random = Random(seed)  # noqa: S311 - a schedule that can be repeated, no secret
    async with AsyncExitStack() as stack:
        clients = {role: await stack.enter_async_context(GatewayClient(house.gateway.url, KEYS[role])) for role in KEYS}
        await house.open(None)
        stack.callback(house.close)
        back_end = BackEnd(house.redis.client, ENVIRONMENT, clients["backend"], promises)
        for number in range(runs):
            clecs = [
                Clec(f"S{number:03d}C{name:02d}", clients["clec"], today, promises, random) for name in range(_CLECS)
            ]
            tell(await _one(house, held, clecs, back_end, promises, random))
    record = await read(house.database, SystemClock().now())
    return violations(promises, record, _CHECKED)


async def _one(
    house: House, held: HeldFsync, clecs: list[Clec], back_end: BackEnd, promises: Promises, random: Random
) -> Stalled:
    acknowledged_before, sent_again_before = len(promises.answers), await _sent_again(house)
    async with at_work(*(clec.order() for clec in clecs)):
        held.switch_on()
        await until("an fsync is held up", held.holds)
        await asyncio.sleep(random.uniform(*_INTO_THE_HOLD))
        house.redis.kill()
        held.switch_off()
    await house.redis.start()
    started = monotonic()
    async with at_work(back_end.run()):
        await at_most(partial(all_settled, house.database), _PATIENCE)
    sent_again = await _sent_again(house) - sent_again_before
    return Stalled(len(promises.answers) - acknowledged_before, sent_again, monotonic() - started)


async def _sent_again(house: House) -> int:
    counts = await outbox_counts(house.database)
    return 0 if counts is None else counts.sends - counts.items
