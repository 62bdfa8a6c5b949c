"""What stands in the record after a run, read straight from its tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.record import tables


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of the tables that the invariants speak of, and the gateway's time when they were read."""

    now: datetime
    orders: Mapping[str, Mapping[str, Any]]
    """By order id."""
    submissions: Sequence[Mapping[str, Any]]
    events: Mapping[str, Sequence[Mapping[str, Any]]]
    """By order id, in the order of their writing."""
    notices: Sequence[Mapping[str, Any]]
    clocks: Sequence[Mapping[str, Any]]
    outbox: Sequence[Mapping[str, Any]]
    decisions: Sequence[Mapping[str, Any]]


async def read(database: str, now: datetime) -> Snapshot:
    """Read everything from the database at the SQLAlchemy URL `database`."""
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:

            async def rows(table: sa.Table) -> list[dict[str, Any]]:
                query = sa.select(table).order_by(table.c.seq) if "seq" in table.c else sa.select(table)
                return [dict(row) for row in (await connection.execute(query)).mappings()]

            events = defaultdict(list)
            for event in await rows(tables.events):
                events[event["order_id"]].append(event)
            return Snapshot(
                now=now,
                orders={order["id"]: order for order in await rows(tables.orders)},
                submissions=await rows(tables.submissions),
                events=events,
                notices=await rows(tables.notices),
                clocks=await rows(tables.clocks),
                outbox=await rows(tables.outbox),
                decisions=await rows(tables.decisions),
            )
    finally:
        await engine.dispose()
