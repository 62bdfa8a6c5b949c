"""What clocks are called by the agreement."""

from gateway.portal.rendering import label
from gateway.record.rows import OpenClock, Order
from gateway.services.desk import Desk


def clock_name(desk: Desk, clock: OpenClock, order: Order) -> str:
    """Give a clock's name; its id where the agreement has no such clock any more."""
    term = desk.agreement_of(order).clocks.get(clock.clock)
    return term.name if term else label(clock.clock)
