"""Orders that wait for the ILEC, found by family and state without reading those that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.registers import register_entries
from gateway.record.rows import ClockState, Family, OpenClock, Order
from gateway.record.tables import AWAITED, clocks, orders, submissions

_WINDOW: Final = 1000
"""How many waiting orders are looked at for one page, whatever is asked of them."""
_DEFERRED: Final[sa.ColumnElement[str]] = sa.literal_column("'deferred'")
_BY_HAND: Final = "orders-by-hand"


class Trait(StrEnum):
    """What a waiting order may be beside its state."""

    SUPPLEMENT = "supplement"
    """A later version, which replaced one."""
    DEFERRED = "deferred"
    """The judge left something to a person."""
    ANSWERED = "answered"
    """The records have said something of its facilities."""
    BY_HAND = "by-hand"
    """An operator entered it for its CLEC."""


@dataclass(frozen=True, slots=True)
class WaitingQuery:
    """A page of the orders of a family that stand in some states, the oldest first."""

    family: Family
    states: tuple[str, ...]
    trait: Trait | None = None
    partner_id: str | None = None
    product: str | None = None
    after: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Some orders; `after` is where the next page begins, None where there is none."""

    orders: Sequence[Order]
    after: str | None


class WaitingReads:
    """Reads the queues. Every statement looks at a bounded number of rows of an index."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def page(self, query: WaitingQuery) -> WaitingPage:
        """Give a page. It may hold few orders, or none, and yet be followed by one: it looks at a bounded number."""
        ids = _window(query.family, query.states, query.after, _WINDOW)
        looked_at: list[str] = await self._record.read(str, ids)
        if not looked_at:
            return WaitingPage((), None)
        found = await self._fitting(query, looked_at)
        if len(found) > query.limit:
            return WaitingPage(found[: query.limit], found[query.limit - 1].id)
        return WaitingPage(found, looked_at[-1] if len(looked_at) == _WINDOW else None)

    async def _fitting(self, query: WaitingQuery, ids: Sequence[str]) -> list[Order]:
        if query.trait is None and query.partner_id is None and query.product is None:
            ids = ids[: query.limit + 1]
        fitting = sa.select(orders).where(orders.c.id.in_(ids))
        for column, value in ((orders.c.partner_id, query.partner_id), (orders.c.product, query.product)):
            if value is not None:
                fitting = fitting.where(column == value)
        if query.trait is not None:
            fitting = fitting.where(_has(query.trait))
        return await self._record.read(Order, fitting.order_by(orders.c.id).limit(query.limit + 1))

    async def counts(self, kinds: Sequence[tuple[Family, str]], most: int) -> dict[tuple[Family, str], int]:
        """Count the orders of a family in a state, each up to `most`; those of which there are none are left out."""
        counted = [
            sa.select(
                sa.literal(family.value).label("family"), sa.literal(state).label("state"), sa.func.count().label("n")
            ).select_from(_window(family, (state,), None, most).subquery())
            for family, state in kinds
        ]
        if not counted:
            return {}
        found: list[tuple[Any, ...]] = await self._record.read(_row, sa.select(sa.union_all(*counted).subquery()))
        return {(Family(family), state): count for family, state, count in found if count}

    async def orders(self, ids: Sequence[str]) -> Sequence[Order]:
        """Give orders by their ids, the oldest first."""
        found: list[Order] = await self._record.read(
            Order, sa.select(orders).where(orders.c.id.in_(ids)).order_by(orders.c.id)
        )
        return found

    async def open_clocks(self, order_ids: Sequence[str]) -> Sequence[OpenClock]:
        """Give the open clocks of some orders, by due time."""
        running = sa.select(clocks).where(clocks.c.order_id.in_(order_ids), clocks.c.state == ClockState.OPEN)
        found: list[OpenClock] = await self._record.read(OpenClock, running.order_by(clocks.c.due_at, clocks.c.id))
        return found

    async def owed_by(self, party: str, until: datetime, limit: int) -> Sequence[OpenClock]:
        """Give what a party owes up to an instant: first what ran out latest, then what runs out next."""
        owed = sa.select(clocks).where(clocks.c.owed_by == party, clocks.c.due_at <= until)
        ran_out = owed.where(clocks.c.next_at.is_(None), clocks.c.state == sa.literal_column("'open'"))
        still = owed.where(clocks.c.next_at <= until, clocks.c.state == ClockState.OPEN)
        late: list[OpenClock] = await self._record.read(
            OpenClock, ran_out.order_by(clocks.c.due_at.desc()).limit(limit)
        )
        near: list[OpenClock] = await self._record.read(OpenClock, still.order_by(clocks.c.next_at).limit(limit))
        return sorted((*late, *near), key=lambda clock: (clock.due_at, clock.id))

    async def deferred(self, submission_ids: Sequence[str]) -> frozenset[str]:
        """Give those of some messages of which the judge left something to a person."""
        some = sa.select(submissions.c.id).where(submissions.c.id.in_(submission_ids))
        return frozenset(await self._record.read(str, some.where(submissions.c.outcome == _DEFERRED)))


def _window(family: Family, states: Sequence[str], after: str | None, limit: int) -> sa.Select[Any]:
    """Select ids of a family's orders in some states, oldest first; each state is read by itself from the index."""

    def one(state: str) -> sa.Select[Any]:
        ids = sa.select(orders.c.id).where(orders.c.family == family, orders.c.state == state, AWAITED)
        return (ids if after is None else ids.where(orders.c.id > after)).order_by(orders.c.id).limit(limit)

    if len(states) == 1:
        return one(states[0])
    each = sa.union_all(*(sa.select(one(state).subquery()) for state in states)).subquery()
    return sa.select(each.c.id).order_by(each.c.id).limit(limit)


_FACTS: Final = {Trait.SUPPLEMENT: "replaced", Trait.ANSWERED: "facilities"}
"""The fact that makes an order what it is."""


def _has(trait: Trait) -> sa.ColumnElement[bool]:
    if trait in _FACTS:
        fact: sa.ColumnElement[str | None] = sa.type_coerce(orders.c.facts, sa.JSON)[_FACTS[trait]].as_string()
        return fact.is_not(None)
    if trait is Trait.DEFERRED:
        judged = sa.select(submissions.c.id).where(
            submissions.c.id == orders.c.submission_id, submissions.c.outcome == _DEFERRED
        )
        return judged.exists()
    entered = sa.select(register_entries.c.key).where(
        register_entries.c.register == _BY_HAND, register_entries.c.withdrawn_at.is_(None)
    )
    return orders.c.id.in_(entered)


def _row(*values: Any) -> tuple[Any, ...]:
    return values
