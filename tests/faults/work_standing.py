"""How work and decisions stand, asked of the database beside the gateway."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.record import tables
from gateway.record.rows import WorkState

_COUNTS = sa.select(
    sa.func.count(),
    sa.func.count().filter(tables.outbox.c.state != WorkState.SETTLED),
    sa.func.coalesce(sa.func.sum(tables.outbox.c.sends), 0),
)


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """Work items, those not settled, and how often any was sent."""

    items: int
    unsettled: int
    sends: int


async def outbox_counts(database: str) -> OutboxCounts | None:
    """Give the counts, or None while the database does not answer."""
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:
            items, unsettled, sends = (await connection.execute(_COUNTS)).one()
            return OutboxCounts(items, unsettled, int(sends))
    except (SQLAlchemyError, OSError):
        return None
    finally:
        await engine.dispose()


async def all_recorded(database: str, decisions: Collection[str]) -> bool:
    """Whether the record has every one of these decisions."""
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:
            known = set(await connection.scalars(sa.select(tables.decisions.c.id)))
            return known.issuperset(decisions)
    except (SQLAlchemyError, OSError):
        return False
    finally:
        await engine.dispose()


async def all_settled(database: str) -> bool:
    """Whether the back end has confirmed everything."""
    counts = await outbox_counts(database)
    return counts is not None and counts.unsettled == 0
