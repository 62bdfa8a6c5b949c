"""Which decisions the workbench offers about an order, whatever its family, and their forms."""

from gateway.clock import Clock
from gateway.doors.problems import Kind, Problem
from gateway.portal.workbench.decision_forms import DecisionForm, order_form
from gateway.record.rows import Family, Order
from gateway.services.desk import Desk
from gateway.services.offers import Offer, offers_of

_BY_TABLE = frozenset({Family.LSR, Family.ASR})


class OfferedDecisions:
    """Asks the life cycles."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def of(self, order: Order) -> tuple[Offer, ...]:
        """Give what can be decided about an order now."""
        now = self._clock.of(order.partner_id).now()
        return offers_of(self._desk, order, now) if order.family in _BY_TABLE else ()

    def form(self, order: Order, decision: str, offer: Offer | None = None) -> DecisionForm:
        """Give the form of a decision, with what the offer allows.

        Raises:
            Problem: there is no such decision about an order of this family (404).
        """
        form = None
        if order.family in _BY_TABLE:
            form = order_form(decision, order, self._desk.agreement_of(order), offer)
        if form is None:
            raise Problem(Kind.NOT_FOUND, f"there is no decision {decision[:40]!r} about this order")
        return form
