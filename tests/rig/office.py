"""The services in one process, on a SQLite file and a clock that is moved by hand: no server, no socket, no queue."""

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gateway.clock import ManualClock
from gateway.ids import Ids
from gateway.metrics import Metrics
from gateway.record.engine import open_engine
from gateway.record.rows import ClockState, Event, Family, Json, Notice, OpenClock, Order
from gateway.record.schema import upgrade_schema
from gateway.record.sql import SqlRecord, open_record
from gateway.services.clock_keeper import ClockKeeper
from gateway.services.decisions import Decisions
from gateway.services.desk import Desk
from gateway.services.held_orders import HeldOrders
from gateway.services.intake import Intake
from gateway.services.machines import MACHINES
from gateway.services.mailbox import Mailbox
from gateway.services.matters import Matters
from gateway.services.partners import Partners
from gateway.services.register_keeper import RegisterKeeper
from gateway.services.registers import Registers, register_named
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from gateway.services.time_travel import TimeTravel
from tests.rig.court import LOOP, MONDAY, sample
from validators.judge import Judge
from validators.messages.compose import compose
from validators.registers.given import given_entry
from validators.schema import Schemas

PARTNER, OTHER_PARTNER = "sawtooth", "bitterroot"
PON = "SLT26A000001"
"""The PON of the sample loop and of its supplements."""
PAST_DATE = {"DDD": "02-20-2026"}
"""A desired due date before any sample was sent, which intake rejects by 9.2.4.4."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything between the doors and the record."""

    record: SqlRecord
    desk: Desk
    judge: Judge
    schemas: Schemas
    clock: ManualClock
    metrics: Metrics
    intake: Intake
    decisions: Decisions
    keeper: ClockKeeper
    travel: TimeTravel
    mailbox: Mailbox
    partners: Partners
    registers: Registers
    followers: RegisterKeeper
    rung: list[str]
    """One entry for each time that the queue was told of new work."""

    def document(self, name: str = LOOP, sets: Mapping[str, str] | None = None) -> bytes:
        """Give a sample order as XML with fields set, all of them of the LSR form: `{"VER": "02"}`."""
        return compose(
            sample(name), {f"LSR.{field}": value for field, value in (sets or {}).items()}, schemas=self.schemas
        )

    async def submit(
        self, body: bytes, *, partner: str = PARTNER, key: str | None = None, if_match: int | None = None
    ) -> Taken | Duplicate | OutOfSequence:
        """Hand a document in."""
        return await self.intake.submit(partner, Family.LSR, body, idempotency_key=key, if_match=if_match)

    async def order_loop(self, sets: Mapping[str, str] | None = None) -> str:
        """Order the sample loop and give the order's id."""
        taken = await self.submit(self.document(LOOP, sets))
        assert isinstance(taken, Taken)
        return taken.order_id

    async def decide(self, order_id: str, decision: str, *, key: str | None = None, **body: Any) -> Json:
        """Send a decision as the back end does."""
        return await self.decisions.take(order_id, {"decision": decision, **body}, key)

    async def enter(
        self,
        register: str,
        valid_from: str,
        *,
        partner: str | None = PARTNER,
        key: str = "",
        until: str | None = None,
        **data: Any,
    ) -> str:
        """Enter what an operator enters and give the entry's id."""
        body = {"partner": partner, "key": key, "valid_from": valid_from, "valid_until": until, "data": data}
        (row,) = await self.registers.enter([given_entry(register_named(register), body)], "a test")
        await self.followers.keep_up()
        return row.id

    async def order(self, order_id: str) -> Order:
        """Give an order that exists."""
        found = await self.record.order(order_id)
        assert found is not None
        return found

    async def history(self, order_id: str) -> list[Event]:
        """Give what happened to an order."""
        return list(await self.record.events(order_id))

    async def happened(self, order_id: str) -> list[str]:
        """Give the types of what happened to an order."""
        return [event.type for event in await self.record.events(order_id)]

    async def notices(self, order_id: str) -> list[Notice]:
        """Give an order's notices."""
        return list(await self.record.order_notices(order_id))

    async def told(self, order_id: str) -> list[str]:
        """Give the kinds of an order's notices."""
        return [notice.kind for notice in await self.record.order_notices(order_id)]

    async def clock_of(self, order_id: str, term: str) -> OpenClock:
        """Give an order's clock by its term: the one that runs, else the one that stopped last."""
        found = [clock for clock in await self.record.clocks(order_id) if clock.clock == term]
        return max(found, key=lambda clock: (clock.state is ClockState.OPEN, clock.due_at))


async def empty_database(file: Path) -> Path:
    """Give a SQLite file with empty tables, to be copied for each test: that is faster than migrating each."""
    engine = open_engine(f"sqlite:///{file}")
    await upgrade_schema(engine)
    await engine.dispose()
    return file


@asynccontextmanager
async def open_office(
    database: str, judge: Judge, schemas: Schemas, *, start: datetime = MONDAY, clock: ManualClock | None = None
) -> AsyncIterator[Office]:
    """Open the services on a database with tables, as one gateway process does."""
    record = open_record(database)
    clock = clock or ManualClock(start)
    ids = Ids()
    registers = Registers(record, clock, ids)
    await registers.refresh()
    desk = Desk(judge.agreements, MACHINES, ids, registers.dossier)
    metrics, rung = Metrics(), list[str]()
    wake = lambda: rung.append("work")  # noqa: E731 - a bell that only counts
    keeper = ClockKeeper(record, desk, clock, metrics, wake)
    followers = RegisterKeeper(record, registers, clock, (Matters(record, desk, registers), HeldOrders(record, desk)))
    try:
        yield Office(
            record=record,
            desk=desk,
            judge=judge,
            schemas=schemas,
            clock=clock,
            metrics=metrics,
            intake=Intake(record, desk, judge, clock, wake),
            decisions=Decisions(record, desk, judge, clock, metrics, wake),
            keeper=keeper,
            travel=TimeTravel(clock, record, keeper, followers),
            mailbox=Mailbox(record, clock),
            partners=Partners(record, clock, desk.ids),
            registers=registers,
            followers=followers,
            rung=rung,
        )
    finally:
        await record.close()


async def add_partners(office: Office) -> None:
    """Add the partner whose codes the samples carry, and another one with the same codes."""
    for partner in (PARTNER, OTHER_PARTNER):
        await office.partners.add(partner, f"{partner} telecom", "template", ccna=["ZQF"], cc=["9Z7A"])


def copy_database(template: Path, folder: Path) -> str:
    """Give the URL of a copy of `template` in `folder`."""
    return f"sqlite:///{shutil.copy(template, folder / 'record.sqlite')}"
