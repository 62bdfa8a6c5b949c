"""A CLEC's first page: its open orders by state, unread notices, clocks that run out, what the ILEC owes."""

from gateway.portal.pages import Asked, Page, Shown
from gateway.portal.services import Services
from gateway.record.port import OrderQuery

_NEWEST = 10


class Dashboard:
    """Where a CLEC stands."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show it."""
        partner = asked.principal.partner
        orders = await self._services.record.orders(OrderQuery(partner, limit=_NEWEST))
        unread = await self._services.trade.mailbox.page(partner, 0, _NEWEST, unacknowledged=True)
        return Shown("clec/dashboard.html", {"orders": orders, "unread": unread})

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("listOrders", "readMailbox", "readClocks")
        return (Page("GET", "/portal/dashboard", "dashboard", self.show, like, "Dashboard", roles=None),)
