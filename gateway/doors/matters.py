"""The door to matters: duties between the parties that follow from what operators entered, with their clocks."""

from datetime import datetime

from aiohttp import web
from pydantic import Field

from gateway.doors.models import ClockView, Shape
from gateway.doors.parameters import at_most
from gateway.doors.reading import whole_number
from gateway.doors.representation import answer
from gateway.doors.roles import READERS
from gateway.doors.routes import Answer, Parameter, Principal, Route
from gateway.record.port import OrderQuery, Record
from gateway.record.rows import Family, OpenClock, Order
from gateway.services.desk import Desk


class MatterView(Shape):
    """One matter. Its history and clocks stand under `url`, as those of an order do."""

    id: str
    url: str
    kind: str = Field(description="What it is, as the agreement calls it: mte-access, lnp-trouble, ….")
    name: str
    section: str
    about: str = Field(
        description="Key of the entry that opened it: a building, a switch; empty for the partner itself."
    )
    state: str = Field(description="OPEN, SETTLED or WITHDRAWN.")
    opened_at: datetime
    clocks: list[ClockView]

    @classmethod
    def of(cls, order: Order, clocks: list[ClockView], name: str, section: str) -> "MatterView":
        """Show the matter that stands on record as `order`."""
        return cls(
            id=order.id,
            url=f"/v1/orders/{order.id}",
            kind=order.product,
            name=name,
            section=section,
            about=order.facts["about"],
            state=order.state,
            opened_at=order.received_at,
            clocks=clocks,
        )


class MatterPage(Shape):
    """A page of matters; `next` is the address of the following page."""

    matters: list[MatterView]
    next: str | None


class MattersDoor:
    """Handlers and routes."""

    def __init__(self, record: Record, desk: Desk) -> None:
        self._record = record
        self._desk = desk

    async def list_matters(self, request: web.Request, principal: Principal) -> web.Response:
        """List matters by page, with their clocks."""
        limit = whole_number(request, "limit", default=50, least=1, most=500)
        query = OrderQuery(
            partner_id=principal.partner_id,
            state=request.query.get("state"),
            family=Family.MATTER,
            after=request.query.get("after"),
            limit=limit + 1,
        )
        found = await self._record.orders(query)
        page = [await self._shown(order) for order in found[:limit]]
        following = str(request.rel_url.update_query(after=page[-1].id)) if len(found) > limit else None
        return answer(request, MatterPage(matters=page, next=following))

    async def _shown(self, order: Order) -> MatterView:
        def clock(one: OpenClock) -> ClockView:
            return ClockView.of(one, self._desk.arithmetic_of(one, order))

        term = self._desk.agreement_of(order).matters.get(order.product)
        clocks = [clock(one) for one in await self._record.clocks(order.id)]
        name, section = (term.name, term.section) if term else (order.product, "")
        return MatterView.of(order, clocks, name, section)

    def routes(self) -> tuple[Route, ...]:
        """Give what this door offers."""
        return (
            Route(
                "GET",
                "/v1/matters",
                "listMatters",
                "Duties that follow from what operators entered, with their clocks",
                self.list_matters,
                READERS,
                (Answer(200, "A page of them.", MatterPage),),
                (),
                None,
                (
                    Parameter("state", "query", "Only matters in this state."),
                    Parameter("after", "query", "Id of the last matter of the page before."),
                    at_most(500),
                ),
            ),
        )
