"""A CLEC's first page: its orders by state, unread notices, clocks that run out, what is owed, what is announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from gateway.ids import Ids
from gateway.portal.orders.clocks import name_of
from gateway.portal.pages import Asked, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.port import OrderQuery
from gateway.record.portal import DueClock
from gateway.services.clock_looks import WHILE_PAUSED
from validators.registers.entry import Entry

_NEWEST: Final = 10
_NEXT: Final = 8
_SOON: Final = timedelta(hours=24)
_DEBTORS: Final = ("ILEC", "CLEC", "both")
"""Who owes, by the words of the agreements' clocks, and in the order of the page."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What one side owes.

    Attributes:
        overdue: how many clocks have run out.
        soon: how many more run out within a day.
        clocks: those that run out first, each with what is due; whether it stands still.
    """

    debtor: str
    overdue: int
    soon: int
    clocks: Sequence[tuple[DueClock, str, bool]]


class Dashboard:
    """Where a CLEC stands."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def show(self, asked: Asked) -> Shown:
        """Show it."""
        partner, services = asked.principal.partner, self._services
        orders = await services.record.orders(OrderQuery(partner, limit=_NEWEST, newest_first=True))
        owed = [await self._owed(partner, debtor) for debtor in _DEBTORS]
        context = {
            "counts": await services.reads.order_counts(partner),
            "unread": await services.reads.unread_notices(partner),
            "owed": [one for one in owed if one.clocks or one.debtor in _DEBTORS[:2]],
            "orders": [(order, Ids.made_at(order.id)) for order in orders],
            "announced": [_announced(entry) for entry, _ in await services.offices.files.announced_to(partner)],
        }
        rows = [
            (one.debtor, clock.pon, name, clock.due_at, clock.section) for one in owed for clock, name, _ in one.clocks
        ]
        listing = Listing("owed-next", ("Owed by", "PON", "What is due", "Due", "Section"), rows)
        return Shown("clec/dashboard.html", context, listing=listing)

    async def _owed(self, partner: str, debtor: str) -> Owed:
        reads, now = self._services.reads, self._services.clock.of(partner).now()
        overdue, soon = await reads.due_counts(partner, debtor, now, now + _SOON)
        clocks = await reads.due_clocks(partner, debtor, _NEXT)
        agreements = self._services.desk.agreements
        shown = [
            (clock, name_of(agreements.get(clock.agreement_id), clock.clock), clock.next_at == WHILE_PAUSED)
            for clock in clocks
        ]
        return Owed(debtor, overdue, soon, shown)

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        like = ("listOrders", "readMailbox", "readClocks", "listAnnouncements")
        return (Page("GET", "/portal/dashboard", "dashboard", self.show, like, "Dashboard"),)


def _announced(entry: Entry[Any]) -> Mapping[str, object]:
    """Give what a CLEC reads of an announcement on its first page."""
    told = entry.data.model_dump(mode="json", exclude_none=True)
    words = [str(value) for value in told.values() if isinstance(value, str | int) and not isinstance(value, bool)]
    return {
        "about": entry.register,
        "key": entry.key,
        "section": entry.section,
        "first": entry.valid_from,
        "last": entry.valid_until,
        "words": ", ".join(words),
    }
