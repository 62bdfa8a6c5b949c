"""What waits for the ILEC: how much of each kind, what runs out next, and each queue order by order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.rendering import spell
from gateway.portal.services import Services
from gateway.portal.workbench.clock_names import clock_name
from gateway.portal.workbench.queues import BY_TABLE, Queue, queues_of
from gateway.portal.workbench.roles import ILEC
from gateway.record.order_claims import OrderClaim
from gateway.record.rows import Family, OpenClock, Order
from gateway.record.waiting import WaitingQuery
from validators.registers.by_hand import BY_HAND

_A_PAGE: Final = 50
_A_FILE: Final = 10_000
_COUNTED: Final = 500
_NEAR: Final = timedelta(days=2)
_NEAREST: Final = 25
_ILEC: Final = "ILEC"
_LIKE: Final = ("listOrders", "readOrder", "readClocks")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting order as its row shows it.

    Attributes:
        marks: what it is beside its state: supplement, left to a person, by hand, held.
        clock: what is due next: the ILEC's own duty, else anybody's.
    """

    order: Order
    marks: tuple[str, ...]
    clock: OpenClock | None
    claim: OrderClaim | None


class QueuePages:
    """Shows the queues."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @cached_property
    def _queues(self) -> Mapping[str, Queue]:
        return queues_of(self._services.desk.agreements.values())

    async def overview(self, asked: Asked) -> Shown:
        """Show what waits, by kind, and what is due next."""
        services, now = self._services, self._services.clock.now()
        kinds = [(queue.family, queue.states[0]) for queue in self._queues.values() if queue.trait is None]
        counts = await services.waiting.counts(kinds, _COUNTED + 1)
        near = await services.waiting.owed_by(_ILEC, now + _NEAR, _NEAREST)
        mine = await services.claims.of_person(asked.principal.credential_id)
        by_id = await self._orders([clock.order_id for clock in near] + [claim.order_id for claim in mine])
        counted = [(queue, _count(queue, counts)) for queue in self._queues.values()]
        context: Context = {
            "kinds": _by_kind(counted),
            "requests": [(queue, count) for queue, count in counted if queue.family is Family.COLLOCATION and count],
            "most": _COUNTED,
            "near": [(clock, by_id[clock.order_id]) for clock in near if clock.order_id in by_id],
            "name_of": self._name_of,
            "mine": [(claim, by_id[claim.order_id]) for claim in mine if claim.order_id in by_id],
        }
        rows = [(queue.title, count) for queue, count in counted]
        return Shown("workbench/overview.html", context, listing=Listing("queues", ("Queue", "Waiting"), rows))

    async def queue(self, asked: Asked) -> Shown:
        """Show one queue, the oldest order first."""
        queue = self._queues.get(asked.part("queue"))
        if queue is None:
            raise Problem(Kind.NOT_FOUND, f"there is no queue {asked.part('queue')[:40]!r}")
        page = await self._services.waiting.page(
            WaitingQuery(
                queue.family,
                queue.states,
                queue.trait,
                asked.query("partner") or None,
                asked.query("product") or None,
                asked.query("after") or None,
                _A_FILE if asked.wants_csv else _A_PAGE,
            )
        )
        waiting = await self._rows(page.orders)
        now = self._services.clock.now()
        context: Context = {
            "queue": queue,
            "waiting": waiting,
            "name_of": self._name_of,
            "age": {one.order.id: spell(max(now - one.order.received_at, timedelta())) for one in waiting},
            "following": self._following(asked, page.after),
            "partners": await self._services.record.partners(),
            "products": self._products(queue),
        }
        return Shown("workbench/queue.html", context, listing=_listing(queue, waiting, now))

    async def _rows(self, orders: Sequence[Order]) -> list[Waiting]:
        services, ids = self._services, [order.id for order in orders]
        claims = await services.claims.of(ids)
        clocks: dict[str, OpenClock] = {}
        for clock in await services.waiting.open_clocks(ids):
            known = clocks.get(clock.order_id)
            if known is None or (clock.owed_by == _ILEC != known.owed_by):
                clocks[clock.order_id] = clock
        deferred = await services.waiting.deferred([order.submission_id for order in orders])
        return [
            Waiting(order, self._marks(order, deferred), clocks.get(order.id), claims.get(order.id)) for order in orders
        ]

    def _marks(self, order: Order, deferred: frozenset[str]) -> tuple[str, ...]:
        by_hand = any(True for _ in self._services.registers.dossier(order.partner_id).entries(BY_HAND, order.id))
        marks = {
            "supplement": bool(order.facts.get("replaced")),
            "left to a person": order.submission_id in deferred,
            "by hand": by_hand,
            "stopped by a credit hold": bool(order.facts.get("held")),
            "expedite": bool(order.facts.get("expedite")),
        }
        return tuple(name for name, holds in marks.items() if holds)

    def _name_of(self, clock: OpenClock, order: Order) -> str:
        return clock_name(self._services.desk, clock, order)

    async def _orders(self, ids: Sequence[str]) -> Mapping[str, Order]:
        return {order.id: order for order in await self._services.waiting.orders(ids)}

    def _products(self, queue: Queue) -> list[str]:
        agreements = self._services.desk.agreements.values()
        if queue.family is Family.COLLOCATION:
            return sorted({kind for one in agreements if one.collocation for kind in one.collocation.kinds})
        return sorted({product for one in agreements for product in one.products})

    @staticmethod
    def _following(asked: Asked, after: str | None) -> str:
        return "" if after is None else asked.request.rel_url.update_query(after=after).query_string

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", "/portal/workbench", "work", self.overview, _LIKE, "Queues", "Workbench", ILEC),
            Page("GET", "/portal/workbench/queues/{queue}", "workQueue", self.queue, _LIKE, roles=ILEC),
        )


def _count(queue: Queue, counts: Mapping[tuple[Family, str], int]) -> int | None:
    """Give how many wait; None where nobody counts, since that would read them all."""
    return None if queue.trait is not None else counts.get((queue.family, queue.states[0]), 0)


def _by_kind(
    counted: Sequence[tuple[Queue, int | None]],
) -> Mapping[str, Sequence[tuple[Queue, int | None]]]:
    """Give the queues of the families that share their kinds, side by side."""
    kinds: dict[str, list[tuple[Queue, int | None]]] = {}
    for queue, count in counted:
        if queue.family in BY_TABLE:
            kinds.setdefault(queue.kind, []).append((queue, count))
    return kinds


def _listing(queue: Queue, waiting: Sequence[Waiting], now: datetime) -> Listing:
    columns = ("PON", "VER", "CLEC", "Product", "State", "Marks", "Received", "Age in hours")
    clocks = ("Next clock", "Owed by", "Due", "Claimed by")
    rows = [
        (
            *(one.order.pon, one.order.ver, one.order.partner_id, one.order.product, one.order.state),
            *(", ".join(one.marks), one.order.received_at),
            int((now - one.order.received_at) / timedelta(hours=1)),
            *((one.clock.clock, one.clock.owed_by, one.clock.due_at) if one.clock else (None, None, None)),
            one.claim.login if one.claim else None,
        )
        for one in waiting
    ]
    return Listing(queue.id, (*columns, *clocks), rows)
