"""Which decisions the workbench offers about an order, whatever its family, and their forms."""

from gateway.doors.problems import Kind, Problem
from gateway.portal.services import Services
from gateway.portal.workbench.decision_forms import DecisionForm, order_form
from gateway.portal.workbench.step_forms import step_form
from gateway.record.places import Place
from gateway.record.rows import Family, Order
from gateway.services.offers import Offer, offers_of
from gateway.services.step_offers import step_offers_of


class OfferedDecisions:
    """Asks the life cycles."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def of(self, order: Order) -> tuple[Offer, ...]:
        """Give what can be decided about an order now; about a matter nothing is."""
        desk, now = self._services.desk, self._services.clock.of(order.partner_id).now()
        if order.family is Family.MATTER:
            return ()
        if order.family is not Family.COLLOCATION:
            return offers_of(desk, order, now)
        clocks = await self._services.waiting.open_clocks([order.id])
        return step_offers_of(desk, order, clocks, await self._places(order), now)

    async def _places(self, order: Order) -> list[Place]:
        """Give the places that decide about a request: those at its Premises, and those of its CLEC anywhere."""
        places, premises = self._services.record.places, order.facts.get("premises")
        there = await places.at(premises) if premises else ()
        return list({place.id: place for place in (*there, *await places.of(order.partner_id))}.values())

    def form(self, order: Order, decision: str, offer: Offer | None = None) -> DecisionForm:
        """Give the form of a decision, with what the offer allows.

        Raises:
            Problem: there is no such decision about an order of this family (404).
        """
        agreement = self._services.desk.agreement_of(order)
        form = None
        if order.family is Family.COLLOCATION:
            form = step_form(decision, order, agreement, offer)
        elif order.family is not Family.MATTER:
            form = order_form(decision, order, agreement, offer)
        if form is None:
            raise Problem(Kind.NOT_FOUND, f"there is no decision {decision[:40]!r} about this order")
        return form
