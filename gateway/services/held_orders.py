"""What a credit hold does to orders that are open when it takes effect: those without a FOC stand still (5.4.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gateway.lifecycle.vocabulary import State, Trigger
from gateway.notices.content import processing_stopped
from gateway.record.port import Changes, Needs, OnRecord, OrderQuery, Record
from gateway.record.rows import Order, Partner
from gateway.services.desk import Desk
from gateway.services.order_entry import OrderEntry
from validators.agreement.terms import Agreement
from validators.registers.credit import HOLDS, credit_dates, hold_on
from validators.registers.entry import Dossier

AWAITING_FOC: Final = (State.ACCEPTED, State.NEGOTIATING, State.PENDING_FACILITIES)
_SECTION: Final = "5.4.2"
_DISCONNECT: Final = "D"


def may_be_held(order: Order) -> bool:
    """Say whether a hold stops an order: it waits for its first FOC, and disconnects nothing."""
    confirmed = order.facts["standing"].get("foc_ver") is not None
    return order.state in AWAITING_FOC and not confirmed and order.activity != _DISCONNECT


def held_now(order: Order, agreement: Agreement, dossier: Dossier, at: datetime) -> bool:
    """Say whether a hold stops an order at an instant."""
    if agreement.credit is None or dossier.empty or not may_be_held(order):
        return False
    return hold_on(dossier, agreement.credit, agreement.calendar, agreement.calendar.local_date(at)) is not None


@dataclass(frozen=True, slots=True)
class HoldOrder:
    """Stops an order, or lets it go on; it is asked again inside the commit whether it still stands so."""

    desk: Desk
    order_id: str
    held: bool
    now: datetime

    @property
    def needs(self) -> Needs:
        """The order."""
        return Needs(order_ids=frozenset({self.order_id}))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give what is to be written; nothing where the order stands so already, or a hold does not touch it."""
        order = on_record.order(self.order_id)
        if order is None or bool(order.facts.get("held")) is self.held or (self.held and not may_be_held(order)):
            return None, Changes()
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self.now)
        entry.set(facts={"held": self.held})
        entry.reach(Trigger.HELD if self.held else Trigger.RELEASED, _SECTION, {})
        if order.state in AWAITING_FOC:
            entry.send(processing_stopped(_SECTION, stopped=self.held))
        return None, entry.changes()


class HeldOrders:
    """Holds and releases the open orders of partners as their credit holds take effect and end."""

    def __init__(self, record: Record, desk: Desk) -> None:
        self._record = record
        self._desk = desk
        self._held: dict[str, bool] = {}

    async def keep(self, partner: Partner, now: datetime) -> datetime | None:
        """Bring a partner's open orders in step with its holds, and give when the next of these takes effect.

        Raises:
            NoAgreement: the partner's agreement is not loaded.
            RecordUnavailable: not all of it was written.
        """
        agreement = self._desk.agreement_with(partner)
        dossier, terms, calendar = self._desk.dossier_of(partner.id), agreement.credit, agreement.calendar
        if terms is None:
            return None
        held = hold_on(dossier, terms, calendar, calendar.local_date(now)) is not None
        if held is not self._held.get(partner.id):
            for state in AWAITING_FOC:
                await self._bring_in_step(partner, state, now, held=held)
            self._held[partner.id] = held
        days = (credit_dates(entry.data, terms, calendar).stops for entry in dossier.entries(HOLDS))
        starts = (calendar.start_of(day) for day in days if day is not None)
        return min((start for start in starts if start > now), default=None)

    async def _bring_in_step(self, partner: Partner, state: State, now: datetime, *, held: bool) -> None:
        after: str | None = None
        while page := await self._record.orders(OrderQuery(partner.id, state=state, after=after)):
            for order in page:
                if bool(order.facts.get("held")) is not held:
                    await self._record.commit(HoldOrder(self._desk, order.id, held, now))
            after = page[-1].id
