"""Clocks as pages show them: what is due, who owes it to whom, and how its end was reckoned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gateway.record.rows import ClockState, OpenClock, Order
from gateway.services.clock_looks import WHILE_PAUSED
from gateway.services.desk import Desk
from validators.agreement.terms import Agreement


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One clock with the words of its agreement.

    Attributes:
        name: what is due.
        owed_to: to whom; empty where the agreement has the clock no more.
        arithmetic: how the end follows from the start, None where the agreement has changed since.
    """

    clock: OpenClock
    name: str
    owed_to: str
    arithmetic: str | None

    @property
    def open(self) -> bool:
        """Whether it runs, or has run out and is still owed."""
        return self.clock.state is ClockState.OPEN

    @property
    def stands_still(self) -> bool:
        """Whether it waits for something before it goes on."""
        return self.open and self.clock.next_at == WHILE_PAUSED


def name_of(agreement: Agreement | None, clock_id: str) -> str:
    """Give what is due by a clock, as its agreement calls it; its id where the agreement has it no more."""
    term = agreement.clocks.get(clock_id) if agreement else None
    return f"{term.name[:1].upper()}{term.name[1:]}" if term else clock_id


def shown_clocks(desk: Desk, order: Order, clocks: Iterable[OpenClock]) -> Sequence[ShownClock]:
    """Give an order's clocks: those that run first, each by its end."""
    agreement = desk.agreements.get(order.agreement_id)
    found = []
    for clock in clocks:
        term = agreement.clocks.get(clock.clock) if agreement else None
        name, owed_to = name_of(agreement, clock.clock), term.owed_to if term else ""
        found.append(ShownClock(clock, name, owed_to, desk.arithmetic_of(clock, order)))
    return sorted(found, key=lambda one: (not one.open, one.clock.due_at, one.clock.id))
