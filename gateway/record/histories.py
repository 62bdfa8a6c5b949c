"""Reads whole histories of orders out of the event log: as many as a month has, a page at a time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.record.engine import AWAY, in_transactions
from gateway.record.gathered import GATHERED, Gathered, PastEvent
from gateway.record.port import RecordUnavailable
from gateway.record.rows import Family
from gateway.record.tables import MEASURED, events, orders

_PAGE = 500
_CLOSED = ("COMPLETED", "BILLED", "CANCELLED")
_TOLD_LATER = sa.type_coerce(events.c.data, sa.JSON)["decision"]["completed_on"].as_string()
"""The day of completion stands in the decision, and the event may be entered days after it."""


@dataclass(frozen=True, slots=True)
class History:
    """One order: what never changes about it, and what happened to it, oldest first."""

    order_id: str
    partner_id: str
    agreement_id: str
    family: Family
    pon: str
    number: str
    events: tuple[PastEvent, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose histories are read, and up to when.

    Attributes:
        first_day, last_day: the local dates of the period.
        since, until: its first instant, and the first one after it.
        entered_until: what was entered from then on is as if it were not there.
        types: the events that are read.
        partner_id: of one partner only.
        from_id, before_id: of the orders whose ids lie between these, the first included; empty: no bound.
    """

    first_day: date
    last_day: date
    since: datetime
    until: datetime
    entered_until: datetime
    types: tuple[str, ...]
    partner_id: str | None = None
    from_id: str = ""
    before_id: str = ""


async def histories(engine: AsyncEngine, wanted: Wanted) -> AsyncIterator[History]:
    """Give, by id of the order, the history of each order that has anything to do with the period.

    Those are the orders received, answered or completed in it, and those that were pending at its end. No more than a
    page of them is in memory at any time, and all are of one moment of the record.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    gathered = GATHERED[engine.dialect.name]
    try:
        async with in_transactions(engine).connect() as connection:
            statement = _histories(wanted, gathered)
            rows = await connection.stream(statement, execution_options={"yield_per": _PAGE})
            async for page in rows.partitions(_PAGE):
                for order_id, partner_id, agreement_id, family, pon, number, told in page:
                    yield History(order_id, partner_id, agreement_id, family, pon, number, gathered.read(told))
    except AWAY as away:
        raise RecordUnavailable(f"the database cannot be reached: {away}") from away


async def shares(engine: AsyncEngine, wanted: Wanted, count: int, least: int) -> list[Wanted]:
    """Part what is wanted into `count` shares of as many orders each, by id; none if they had fewer than `least`.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    concerned = _concerned(wanted).subquery()
    tiles = sa.select(concerned.c.id, sa.func.ntile(count).over(order_by=concerned.c.id).label("tile")).subquery()
    found = sa.select(sa.func.min(tiles.c.id), sa.func.count()).group_by(tiles.c.tile).order_by(tiles.c.tile)
    try:
        async with in_transactions(engine).connect() as connection:
            rows = (await connection.execute(found)).fetchall()
    except AWAY as away:
        raise RecordUnavailable(f"the database cannot be reached: {away}") from away
    if any(orders_in_tile < least for _, orders_in_tile in rows) or len(rows) < count:
        return []
    firsts = ["", *(first for first, _ in rows[1:])]
    return [
        replace(wanted, from_id=first, before_id=before)
        for first, before in zip(firsts, [*firsts[1:], ""], strict=True)
    ]


async def first_order_at(engine: AsyncEngine) -> datetime | None:
    """Give when the first order was received; None without orders.

    Raises:
        RecordUnavailable: the database cannot be reached.
    """
    try:
        async with engine.connect() as connection:
            first = (await connection.execute(sa.select(sa.func.min(orders.c.id)))).scalar_one()
    except AWAY as away:
        raise RecordUnavailable(f"the database cannot be reached: {away}") from away
    return None if first is None else datetime.fromtimestamp(int(first.split("_")[1], 16) / 1000, UTC)


def _concerned(wanted: Wanted) -> sa.Select[Any]:
    within = partial(_within, wanted)
    created = sa.select(orders.c.id).where(
        orders.c.id >= _first_id(wanted.since), orders.c.id < _first_id(wanted.until), within(orders.c.id)
    )
    told = sa.or_(
        events.c.at < wanted.until,
        sa.and_(
            events.c.type == "order.completed",
            wanted.first_day.isoformat() <= _TOLD_LATER,
            wanted.last_day.isoformat() >= _TOLD_LATER,
        ),
    )
    answered = sa.select(events.c.order_id).where(
        MEASURED, events.c.at >= wanted.since, events.c.at < wanted.entered_until, told, within(events.c.order_id)
    )
    confirmed = (
        orders.c.original_due_date.is_not(None),
        orders.c.original_due_date <= wanted.last_day,
        orders.c.id < _first_id(wanted.until),
        within(orders.c.id),
    )
    open_now = sa.select(orders.c.id).where(*confirmed, orders.c.state.not_in(_CLOSED))
    closed_later = sa.select(events.c.order_id).where(MEASURED, events.c.at >= wanted.until, within(events.c.order_id))
    pending = sa.select(orders.c.id).where(*confirmed, orders.c.id.in_(closed_later))
    concerned = sa.union(created, answered, open_now, pending).subquery()
    statement = sa.select(concerned.c.id)
    if wanted.partner_id is not None:
        own = sa.select(orders.c.id).where(orders.c.partner_id == wanted.partner_id)
        statement = statement.where(concerned.c.id.in_(own))
    return statement.order_by(concerned.c.id)


def _within(wanted: Wanted, order_id: sa.Column[str]) -> sa.ColumnElement[bool]:
    """Say that an id lies within the bounds, where there are any."""
    bounds = [order_id >= wanted.from_id] if wanted.from_id else []
    if wanted.before_id:
        bounds.append(order_id < wanted.before_id)
    return sa.and_(sa.true(), *bounds)


def _first_id(instant: datetime) -> str:
    """Give what sorts before the id of every order that was made at `instant` or later (`gateway.ids`)."""
    return f"ord_{int(instant.timestamp() * 1000):012x}"


def _histories(wanted: Wanted, gathered: Gathered) -> sa.Select[Any]:
    """Give a row an order: what never changes about it, and its events as one text."""
    concerned = _concerned(wanted).subquery()
    own = (events.c.order_id == concerned.c.id, events.c.type.in_(wanted.types), events.c.at < wanted.entered_until)
    told = gathered.select(sa.and_(*own), concerned).scalar_subquery()
    columns = (orders.c[name] for name in ("id", "partner_id", "agreement_id", "family", "pon", "number"))
    return (
        sa.select(*columns, told)
        .select_from(concerned.join(orders, orders.c.id == concerned.c.id))
        .order_by(concerned.c.id)
    )
