"""One run: load on a house, faults at random moments, quiet, and then the invariants."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.record import tables
from gateway.record.rows import WorkState
from tests.faults.back_end import BackEnd
from tests.faults.clecs import Clec, Mailbox
from tests.faults.gateway_client import GatewayClient
from tests.faults.house import ENVIRONMENT, Fault, House, Setting
from tests.faults.invariants import Violation, violations
from tests.faults.promises import Promises
from tests.faults.snapshot import Snapshot, read
from tests.faults.virtual_time import VirtualTime
from tests.rig.gateway_server import KEYS
from tests.rig.waiting import until

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
        clecs = [Clec(f"P{name:02d}", clients["clec"], time, promises, random) for name in range(_CLECS)]
        async with _tasks(mailbox.follow(), back_end.run()):
            orders = [clec.order() for clec in clecs]
            async with _tasks(time.run(_WORKING_STEP), *orders):
                faults = await _hurt(house, setting, random, time)
            async with _tasks(time.run(_QUIET_STEP)):
                quiet_after = await until("all work is settled", lambda: _settled(house.database), _QUIET_PATIENCE)
            await time.pass_by(_AFTERWARDS, _AFTERWARDS_STEP)
        await mailbox.empty()
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


@asynccontextmanager
async def _tasks(*parties: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Keep `parties` at work inside, and stop them at the end. If one of them fails, that is raised.

    A party that is cancelled may lose an answer, as a peer that dies would; it loses nothing that it has noted.
    """
    tasks = [asyncio.create_task(party) for party in parties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for failure in ended:
        if isinstance(failure, Exception):
            raise failure


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


async def _settled(database: str) -> bool:
    unsettled = sa.select(sa.func.count()).where(tables.outbox.c.state != WorkState.SETTLED)
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:
            return (await connection.execute(unsettled)).scalar_one() == 0
    except (SQLAlchemyError, OSError):
        return False
    finally:
        await engine.dispose()


def folder_of(setting: Setting, parent: Path) -> Path:
    """Make and give the folder of a run."""
    folder = parent / f"{setting.store}-{setting.redis}-{setting.fsync}-{setting.seed}"
    folder.mkdir()
    return folder
