"""The list of orders and the page of one, for a CLEC its own and for the ILEC all."""

from gateway.doors.problems import Kind, Problem
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.port import OrderQuery
from gateway.record.rows import Order

_A_PAGE = 50
_A_FILE = 10_000


class OrderPages:
    """Orders, searched and looked at."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, asked: Asked) -> Shown:
        """Show a page of orders."""
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        query = OrderQuery(asked.principal.partner_id, after=asked.query("after") or None, limit=limit + 1)
        found = await self._services.record.orders(query)
        orders = found[:limit]
        following = f"after={orders[-1].id}" if len(found) > limit else ""
        rows = [(order.pon, order.ver, order.product, order.state, order.received_at) for order in orders]
        listing = Listing("orders", ("PON", "VER", "Product", "State", "Received"), rows)
        return Shown("orders/list.html", {"orders": orders, "following": following}, listing=listing)

    async def show(self, asked: Asked) -> Shown:
        """Show one order."""
        order = await self._own(asked)
        record = self._services.record
        context = {
            "order": order,
            "notices": await record.order_notices(order.id),
            "clocks": await record.clocks(order.id),
        }
        return Shown("orders/order.html", context, zone=self._services.desk.agreement_of(order).calendar.zone.key)

    async def _own(self, asked: Asked) -> Order:
        order = await self._services.record.order(asked.part("id"))
        if order is None or not asked.principal.sees(order.partner_id):
            raise Problem(Kind.NOT_FOUND, "there is no such order, or it is not yours")
        return order

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        return (
            Page("GET", "/portal/orders", "orders", self.list, ("listOrders",), "Orders"),
            Page("GET", "/portal/orders/{id}", "order", self.show, ("readOrder", "readClocks", "readOrderNotices")),
        )
