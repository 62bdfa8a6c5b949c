"""A record in memory, as far as the commands about collocation see one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.record.places import Place
from gateway.record.port import Changes, NaturalKey, SubmissionKey
from gateway.record.registers import RegisterRow
from gateway.record.rows import ClockState, DecisionTaken, Event, Notice, OpenClock, Order, WorkItem
from gateway.services.registers import entry_of
from validators.registers.entry import Dossier


@dataclass(slots=True)
class Shelf:
    """A record in memory, as commands see it."""

    orders: dict[str, Order] = field(default_factory=dict)
    clocks: dict[str, OpenClock] = field(default_factory=dict)
    submissions: list[SubmissionKey] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    decisions: dict[str, DecisionTaken] = field(default_factory=dict)
    standing: dict[str, Place] = field(default_factory=dict)
    entered: dict[str, RegisterRow] = field(default_factory=dict)

    def order(self, order_id: str) -> Order | None:
        """Give an order."""
        return self.orders.get(order_id)

    def order_of(self, key: NaturalKey) -> Order | None:
        """Give the order with a natural key."""
        return next(
            (order for order in self.orders.values() if (order.partner_id, order.pon) == (key.partner_id, key.pon)),
            None,
        )

    def submissions_of(self, key: NaturalKey) -> Sequence[SubmissionKey]:
        """Give what was sent under a natural key."""
        order = self.order_of(key)
        return [sent for sent in self.submissions if order is not None and sent.order_id == order.id]

    def submission_by_idempotency_key(self, partner_id: str, key: str) -> SubmissionKey | None:
        """Nothing is sent with a key here."""
        del partner_id, key
        return None

    def open_clocks(self, order_id: str) -> Sequence[OpenClock]:
        """Give the open clocks of an order."""
        found = [c for c in self.clocks.values() if c.order_id == order_id and c.state is ClockState.OPEN]
        return sorted(found, key=lambda clock: clock.due_at)

    def clock(self, clock_id: str) -> OpenClock | None:
        """Give a clock."""
        return self.clocks.get(clock_id)

    def notice(self, notice_id: str) -> Notice | None:
        """Give a notice."""
        return next((notice for notice in self.notices if notice.id == notice_id), None)

    def work(self, work_id: str) -> WorkItem | None:
        """There is no back end here."""
        del work_id
        return None

    def unsettled_work(self, order_id: str) -> Sequence[WorkItem]:
        """There is no back end here."""
        del order_id
        return ()

    def decision(self, decision_id: str) -> DecisionTaken | None:
        """Give a decision."""
        return self.decisions.get(decision_id)

    def places(self) -> Sequence[Place]:
        """Give every place at every Premises."""
        return list(self.standing.values())

    def dossier(self, partner_id: str) -> Dossier:
        """Give what stands in registers of a partner, or of all."""
        rows = [
            row for row in self.entered.values() if row.withdrawn_at is None and row.partner_id in (None, partner_id)
        ]
        return Dossier.of(*(entry for row in rows if (entry := entry_of(row)) is not None))

    def write(self, changes: Changes) -> None:
        """Take the changes of a command."""
        self.orders |= {order.id: order for order in (*changes.new_orders, *changes.orders)}
        self.clocks |= {clock.id: clock for clock in (*changes.new_clocks, *changes.clocks)}
        self.events += changes.events
        self.notices += changes.notices
        self.decisions |= {taken.id: taken for taken in changes.decisions}
        self.standing |= {place.id: place for place in changes.beside if isinstance(place, Place)}
        self.entered |= {row.id: row for row in changes.beside if isinstance(row, RegisterRow)}
        for sent in changes.submissions:
            self.submissions.append(
                SubmissionKey(
                    sent.id,
                    sent.order_id,
                    "",
                    sent.ver,
                    sent.digest,
                    sent.outcome,
                    sent.received_at,
                    sent.acknowledgement,
                )
            )
