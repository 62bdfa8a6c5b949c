"""What it costs to fire a thousand clocks among a million open ones, on the record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from gateway.cli.serve import configure_log
from gateway.clock import ManualClock, SystemClock
from gateway.ids import Ids
from gateway.metrics import Metrics
from gateway.record import tables
from gateway.record.rows import ClockState
from gateway.record.sql import SqlRecord, open_record
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.settings import Settings
from validators.agreement.load import load_agreements
from validators.bundled import bundled_path

DUE = 1000
_LOOKS = 20


@dataclass(frozen=True, slots=True)
class Firing:
    """One measurement."""

    store: str
    open_clocks: int
    fired: int
    milliseconds: float
    """Until all that was due had fired, each recorded with its event and its notice."""
    idle_milliseconds: float
    """One look when nothing is due."""


async def fire_a_thousand(database: str) -> Firing:
    """Make `DUE` open clocks of the record at `database` due, fire them, and give what it took."""
    _quiet()
    record = open_record(database)
    try:
        now = SystemClock().now()
        keeper = _keeper(record, now)
        idle = median([await _timed(keeper, expected=0) for _ in range(_LOOKS)])
        open_clocks = await _make_due(record, now)
        took = fired = 0.0
        while fired < DUE:
            started = perf_counter()
            fired += await keeper.fire_due()
            took += perf_counter() - started
        return Firing(record.engine.dialect.name, open_clocks, int(fired), 1000 * took, 1000 * idle)
    finally:
        await record.close()


def _quiet() -> None:
    """Log as the benchmarked gateway does: warnings and worse."""
    configure_log(Settings(log_level="warning"))


def _keeper(record: SqlRecord, now: datetime) -> ClockKeeper:
    desk = Desk(load_agreements(bundled_path("config") / "agreements"), MACHINES, Ids())
    return ClockKeeper(record, desk, ManualClock(now), Metrics(), lambda: None)


async def _timed(keeper: ClockKeeper, expected: int) -> float:
    started = perf_counter()
    looked_at = await keeper.fire_due()
    assert looked_at == expected
    return perf_counter() - started


async def _make_due(record: SqlRecord, now: datetime) -> int:
    """Set `DUE` clocks to have run out a second ago, and give how many are open."""
    clocks = tables.clocks
    chosen = (
        sa.select(clocks.c.id).where(clocks.c.state == ClockState.OPEN, clocks.c.next_at > now).limit(DUE).subquery()
    )
    past = now - timedelta(seconds=1)
    async with record.engine.begin() as connection:
        total = await connection.execute(
            sa.select(sa.func.count()).where(clocks.c.state == ClockState.OPEN, clocks.c.next_at.is_not(None))
        )
        await connection.execute(
            sa.update(clocks).where(clocks.c.id.in_(sa.select(chosen.c.id))).values(next_at=past, due_at=past)
        )
        return int(total.scalar_one())
