"""The list of requests about collocation and the page of one: where it stands, what is due, and what may follow."""

from collections.abc import Sequence

from gateway.doors.problems import Kind, Problem
from gateway.portal.collocation.words import FACTS, QUEUES, STARTS
from gateway.portal.entry.work import Work
from gateway.portal.pages import Asked, Context, Listing, Page, Shown
from gateway.portal.services import Services
from gateway.record.port import OrderQuery
from gateway.record.portal import Draft
from gateway.record.rows import ClockState, Family, Order
from gateway.services.drafts import Author, Drafts
from gateway.services.premises_list import PremisesList
from gateway.services.ready_table import ready_table
from gateway.services.request_outlook import Outlooks
from validators.agreement.terms import Agreement

_A_PAGE = 50
_A_FILE = 10_000
_COLUMNS = ("PON", "VER", "Kind", "Premises", "State", "Ready date", "Received")


class RequestPages:
    """Requests about collocation, and what is asked for as collocation is: a CLEC's own, for the ILEC all."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._outlooks = Outlooks(services.record, services.desk, services.clock)
        self._drafts = Drafts(services.record, services.reads, services.desk.ids, services.machine)
        self._full = PremisesList(services.record, services.registers, services.clock)

    async def list(self, asked: Asked) -> Shown:
        """Show a page of requests, and which Premises are full."""
        limit = _A_FILE if asked.wants_csv else _A_PAGE
        after = asked.query("after") or None
        whose, hidden = asked.principal.partner_id, asked.principal.hidden_product
        query = OrderQuery(whose, family=Family.COLLOCATION, after=after, limit=limit + 1, hidden_product=hidden)
        found = await self._services.record.orders(query)
        orders = found[:limit]
        context = {
            "orders": orders,
            "kinds": {order.id: self._kind(order) for order in orders},
            "following": f"after={orders[-1].id}" if len(found) > limit else "",
            "full": await self._full.now(),
            "drafts": await self._own_drafts(asked),
        }
        rows = [(o.pon, o.ver, o.product, o.facts.get("premises"), o.state, o.due_date, o.received_at) for o in orders]
        return Shown("collocation/list.html", context, listing=Listing("collocation", _COLUMNS, rows))

    async def show(self, asked: Asked) -> Shown:
        """Show one request."""
        order = await own_request(self._services, asked)
        record, desk = self._services.record, self._services.desk
        clocks = await record.clocks(order.id)
        outlook = await self._outlooks.of(order, [clock for clock in clocks if clock.state is ClockState.OPEN])
        agreement = desk.agreement_of(order)
        context: Context = {
            "order": order,
            "kind": self._kind(order),
            "outlook": outlook,
            "queue": QUEUES.get(outlook.standing.place.queue, "") if outlook.standing else "",
            "ready": ready_table(outlook.entry, agreement, clocks),
            "facts": FACTS,
            "starts": STARTS,
            "clocks": [
                (clock, agreement.clocks.get(clock.clock), desk.arithmetic_of(clock, order)) for clock in clocks
            ],
            "notices": await record.order_notices(order.id),
            "may_send": asked.principal.role.of_partner,
        }
        return Shown("collocation/request.html", context, zone=_zone(agreement, order))

    async def _own_drafts(self, asked: Asked) -> Sequence[Draft]:
        """Give the applications that who asks is writing; people of the ILEC write none."""
        if asked.principal.partner_id is None:
            return ()
        author = Author(asked.principal.credential_id, asked.principal.partner_id)
        drafts = await self._drafts.all(author)
        return [draft for draft in drafts if Work.from_json(draft.fields).family is Family.COLLOCATION]

    def _kind(self, order: Order) -> str:
        terms = self._services.desk.agreement_of(order).collocation
        kind = terms.kinds.get(order.product) if terms else None
        return kind.name if kind else order.product

    def pages(self) -> tuple[Page, ...]:
        """Give what this room offers."""
        one = ("readOrder", "readClocks", "readOrderNotices")
        return (
            Page("GET", "/portal/collocation", "collocation", self.list, ("listOrders",), "Collocation"),
            Page("GET", "/portal/collocation/{id}", "collocationRequest", self.show, one),
        )


async def own_request(services: Services, asked: Asked) -> Order:
    """Give the request that the address names.

    Raises:
        Problem: there is none, it is no such request, or it is not the asker's (404 all alike).
    """
    order = await services.record.order(asked.part("id"))
    if order is None or order.family is not Family.COLLOCATION or not asked.principal.may_read(order):
        raise Problem(Kind.NOT_FOUND, "there is no such request, or it is not yours")
    return order


def _zone(agreement: Agreement, order: Order) -> str:
    return agreement.wire_center_zone(order.facts.get("wire_center")).key
