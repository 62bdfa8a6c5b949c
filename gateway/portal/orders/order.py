"""The page of one order: where it stands, what runs, what happened, under which clauses."""

from collections.abc import Sequence

from gateway.ids import Ids
from gateway.portal.orders.clocks import ShownClock, shown_clocks
from gateway.portal.orders.own import own_order
from gateway.portal.orders.timeline import timeline
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.port import OrderQuery
from gateway.record.rows import Family, Order
from validators.rules.case import CLOSED_STATES

_SUPPLEMENTED = frozenset({Family.LSR, Family.ASR})


class OrderPage:
    """One order."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show it."""
        record, desk = self._services.record, self._services.desk
        order = await own_order(record, asked)
        partner = await record.partner(order.partner_id)
        notices = await record.order_notices(order.id)
        happened = timeline(await record.events(order.id), notices)
        clocks = shown_clocks(desk, order, await record.clocks(order.id))
        context = {
            "order": order,
            "received": Ids.made_at(order.id),
            "partner_name": partner.name if partner else order.partner_id,
            "clocks": clocks,
            "owed": _owed(clocks),
            "happened": happened,
            "versions": await self._services.reads.versions(order),
            "related": await self._related(order),
            "may_change": order.family in _SUPPLEMENTED and order.state not in CLOSED_STATES,
        }
        columns = ("At", "What", "Section", "From", "To", "Facts")
        rows = [
            (
                one.at,
                one.title,
                one.section,
                *(one.moved or ("", "")),
                "; ".join(f"{name}: {value}" for name, value in one.facts),
            )
            for one in happened
        ]
        listing = Listing(f"history-{order.id}", columns, rows)
        zone = desk.calendar_for(partner).zone.key
        return Shown("orders/order.html", context, zone=zone, listing=listing)

    async def _related(self, order: Order) -> Sequence[Order]:
        """Give the orders that its RPON names, and those under its own PON in other families."""
        found: dict[str, Order] = {}
        for pon in filter(None, (order.facts.get("related"), order.pon)):
            query = OrderQuery(order.partner_id, pon=pon)
            found |= {other.id: other for other in await self._services.record.orders(query)}
        found.pop(order.id, None)
        return list(found.values())

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("readOrder", "readHistory", "readClocks", "readOrderNotices")
        return (Page("GET", "/portal/orders/{id}", "order", self.show, like),)


def _owed(clocks: Sequence[ShownClock]) -> dict[str, list[ShownClock]]:
    """Give what is still owed, by who owes it."""
    owed: dict[str, list[ShownClock]] = {}
    for clock in clocks:
        if clock.open:
            owed.setdefault(clock.clock.owed_by, []).append(clock)
    return owed
