"""One run: load on a house, faults at random moments, quiet, and then the invariants."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from time import monotonic

from tests.faults.back_end import BackEnd
from tests.faults.clecs import Clec, Mailbox
from tests.faults.gateway_client import GatewayClient
from tests.faults.house import ENVIRONMENT, Fault, House, Setting
from tests.faults.invariants import Violation, violations
from tests.faults.parties import at_work
from tests.faults.promises import Promises
from tests.faults.snapshot import Snapshot, read
from tests.faults.virtual_time import VirtualTime
from tests.faults.work_standing import all_recorded, all_settled
from tests.rig.gateway_server import KEYS
from tests.rig.waiting import at_most

_CLECS = 12
_BETWEEN_FAULTS = (0.2, 1.2)
_DEAD_FOR = (0.0, 0.6)
_WORKING_STEP = timedelta(hours=3)
_QUIET_STEP = timedelta(seconds=20)
_QUIET_PATIENCE = 90.0
_AFTERWARDS = timedelta(days=75)
"""Long enough for every clock to run out that still runs."""
_AFTERWARDS_STEP = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one run."""

    setting: Setting
    faults: Counter[Fault]
    acknowledged: int
    deliveries: int
    decisions: int
    notices: int
    clocks_run_out: int
    quiet_after: float
    """Seconds from the last repair until no work was left unsettled."""
    seconds: float
    violations: Sequence[Violation]
    record: Snapshot


async def run(setting: Setting, house: House) -> Outcome:
    """Carry out one run in `house`, which is opened and closed here."""
    started = monotonic()
    promises = Promises()
    random = Random(setting.seed)  # noqa: S311 - a schedule that can be repeated, no secret
    async with AsyncExitStack() as stack:
        clients = {role: await stack.enter_async_context(GatewayClient(house.gateway.url, KEYS[role])) for role in KEYS}
        time = VirtualTime(clients["operations"])
        await house.open(time.now)
        stack.callback(house.close)
        mailbox = Mailbox(clients["clec"], promises)
        back_end = BackEnd(house.redis.client, ENVIRONMENT, clients["backend"], promises)
        clecs = [Clec(f"P{name:02d}", clients["clec"], time.today, promises, random) for name in range(_CLECS)]
        async with at_work(mailbox.follow(), back_end.run()):
            orders = [clec.order() for clec in clecs]
            async with at_work(time.run(_WORKING_STEP), *orders):
                faults = await _hurt(house, setting, random, time)
            async with at_work(time.run(_QUIET_STEP)):
                quiet_after = await at_most(partial(all_settled, house.database), _QUIET_PATIENCE)
                await back_end.repeat_decisions()
                await at_most(partial(all_recorded, house.database, promises.streamed), _QUIET_PATIENCE)
            await time.pass_by(_AFTERWARDS, _AFTERWARDS_STEP)
        await mailbox.empty()
        await back_end.note_dead_letters()
    record = await read(house.database, time.now)
    return Outcome(
        setting=setting,
        faults=faults,
        acknowledged=len(promises.acknowledged_orders()),
        deliveries=sum(promises.deliveries.values()),
        decisions=len(record.decisions),
        notices=len(record.notices),
        clocks_run_out=sum(clock["breached_at"] is not None for clock in record.clocks),
        quiet_after=quiet_after,
        seconds=monotonic() - started,
        violations=violations(promises, record),
        record=record,
    )


async def _hurt(house: House, setting: Setting, random: Random, time: VirtualTime) -> Counter[Fault]:
    """Let one fault after the other happen, and heal each."""
    happened: Counter[Fault] = Counter()
    for _ in range(setting.faults):
        await asyncio.sleep(random.uniform(*_BETWEEN_FAULTS))
        fault = random.choice(setting.choices)
        await house.hurt(fault)
        happened[fault] += 1
        await asyncio.sleep(random.uniform(*_DEAD_FOR))
        await house.heal(lambda: time.now)
    return happened
