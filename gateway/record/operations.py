"""What operators look at over all partners together: clocks and dead work with their orders, waiting notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.record import queries
from gateway.record.audit import Reads
from gateway.record.rows import OpenClock, WorkItem, WorkState
from gateway.record.tables import notices, orders, outbox


@dataclass(frozen=True, slots=True)
class NearClock:
    """A clock that runs out soon or has run out, with the order that it is of."""

    clock: OpenClock
    pon: str
    product: str
    agreement_id: str


@dataclass(frozen=True, slots=True)
class DeadWork:
    """Work that was given up, with the order that it is of."""

    work: WorkItem
    pon: str
    product: str


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """Notices of a partner that it has not acknowledged."""

    partner_id: str
    count: int
    oldest_at: datetime


class OperationsReads:
    """Reads for operators. All methods may raise `RecordUnavailable`."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def near_clocks(
        self,
        until: datetime,
        limit: int,
        after: tuple[datetime, str] | None = None,
        *,
        hidden_product: str | None = None,
    ) -> Sequence[NearClock]:
        """Give open clocks due by `until`, overdue ones included, earliest first, after one by its due time and id.

        Those of the orders of `hidden_product` are left out.
        """
        near = queries.near_clocks(until, limit, after, hidden_product=hidden_product).subquery()
        of_order = orders.c.pon, orders.c.product, orders.c.agreement_id
        with_order = sa.select(near, *of_order).join(orders, orders.c.id == near.c.order_id)
        found: list[NearClock] = await self._record.read(_near, with_order.order_by(near.c.due_at, near.c.id))
        return found

    async def dead_work(self, after: int, limit: int) -> Sequence[DeadWork]:
        """Give work that was given up, oldest first, after a number (`WorkItem.seq`)."""
        page = queries.work_in(WorkState.DEAD).where(outbox.c.seq > after).limit(limit).subquery()
        with_order = sa.select(page, orders.c.pon, orders.c.product).join(orders, orders.c.id == page.c.order_id)
        found: list[DeadWork] = await self._record.read(_dead, with_order.order_by(page.c.seq))
        return found

    async def unacknowledged(self) -> Sequence[Unacknowledged]:
        """Give how many notices each partner has not acknowledged, by partner; those without any are left out."""
        columns = notices.c
        counted: tuple[Any, ...] = (columns.partner_id, sa.func.count(), sa.func.min(columns.issued_at))
        waiting = sa.select(*counted).where(columns.acknowledged_at.is_(None)).group_by(columns.partner_id)
        found: list[Unacknowledged] = await self._record.read(Unacknowledged, waiting.order_by(columns.partner_id))
        return found


def _near(*values: Any) -> NearClock:
    *clock, pon, product, agreement_id = values
    return NearClock(OpenClock(*clock), pon, product, agreement_id)


def _dead(*values: Any) -> DeadWork:
    *work, pon, product = values
    return DeadWork(WorkItem(*work), pon, product)
