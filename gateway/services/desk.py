"""What every service works with: agreements, life cycles, identifiers, and what operators have entered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gateway.ids import Ids
from gateway.lifecycle.machine import Machine
from gateway.lifecycle.process import machine_of
from gateway.record.rows import Family, OpenClock, Order, Partner
from gateway.services.refusals import NoAgreement
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.clocks import deadline
from validators.agreement.terms import Agreement
from validators.registers.entry import EMPTY, Dossier


def _nothing_entered(partner_id: str) -> Dossier:
    del partner_id
    return EMPTY


async def _nothing_to_read() -> None:
    """There are no registers."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Agreements by id, life cycles by message family, identifiers, and the dossier of a partner by its id.

    `look_again` has the registers read anew after a commit that may have entered something into them.
    """

    agreements: Mapping[str, Agreement]
    machines: Mapping[Family, Machine]
    ids: Ids
    dossier_of: Callable[[str], Dossier] = _nothing_entered
    look_again: Callable[[], Awaitable[None]] = _nothing_to_read
    _processes: dict[tuple[str, str], Machine] = field(default_factory=dict, repr=False, compare=False)
    """Machines of the life cycles that stand in agreements, made at their first use."""

    def agreement_with(self, partner: Partner) -> Agreement:
        """Give the agreement that governs a partner.

        Raises:
            NoAgreement: none of that id is loaded.
        """
        agreement = self.agreements.get(partner.agreement_id)
        if agreement is None:
            raise NoAgreement(partner.id, partner.agreement_id)
        return agreement

    def calendar_for(self, partner: Partner | None) -> BusinessCalendar:
        """Give the calendar that days are told by to a partner; to who belongs to none, that of the first agreement.

        Raises:
            NoAgreement: the partner's is not loaded, or none is at all.
        """
        if partner is not None:
            return self.agreement_with(partner).calendar
        for agreement in self.agreements.values():
            return agreement.calendar
        raise NoAgreement("", "")

    def agreement_of(self, order: Order) -> Agreement:
        """Give the agreement under which an order was taken.

        Raises:
            NoAgreement: it is not loaded any more.
        """
        agreement = self.agreements.get(order.agreement_id)
        if agreement is None:
            raise NoAgreement(order.partner_id, order.agreement_id)
        return agreement

    def machine_of(self, order: Order) -> Machine:
        """Give the life cycle that an order goes through; that of collocation stands in its agreement."""
        if order.family is not Family.COLLOCATION:
            return self.machines[order.family]
        terms = self.agreement_of(order).collocation
        if terms is None:
            raise NoAgreement(order.partner_id, order.agreement_id)
        process = terms.process_of(order.facts["kind"])
        key = (order.agreement_id, process.id)
        if key not in self._processes:
            self._processes[key] = machine_of(process)
        return self._processes[key]

    def arithmetic_of(self, clock: OpenClock, order: Order) -> str | None:
        """Give how a clock's end follows from its start, in words.

        It is reckoned anew, since the words would be the larger part of the record; None where the agreement changed
        since, so that they would not lead to the end that is recorded.
        """
        agreement = self.agreements.get(order.agreement_id)
        term = agreement.clocks.get(clock.clock) if agreement else None
        if agreement is None or term is None:
            return None
        product, wire_center = agreement.product(order.product), order.facts.get("wire_center")
        instants = {name: datetime.fromisoformat(at) for name, at in order.facts.get("instants", {}).items()}
        again = deadline(
            term,
            clock.starts_at,
            agreement,
            product,
            wire_center=wire_center,
            others={**instants, "receipt": order.received_at, "application": order.application_at or order.received_at},
        )
        return again.arithmetic if again.due_at == clock.due_at else None
