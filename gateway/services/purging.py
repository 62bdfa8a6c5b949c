"""The commands of a purge: the rows of closed orders rewritten, and rows that are purged by their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.retention import Purge
from gateway.record.rows import Event, Order

Statement = tuple[str, tuple[object, ...]]


class Moved(Exception):  # noqa: N818 - it says what is so
    """Raised when an order has changed since it was read; it is read again."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One order as it will be, with all statements."""

    order: Order
    purge: Purge
    event: Event
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class PurgeOrders:
    """Purges some orders in one commit, all of them or none."""

    planned: Sequence[Planned]
    at: datetime

    @property
    def needs(self) -> Needs:
        """The orders, with their open clocks and unsettled work."""
        return Needs(order_ids=frozenset(one.order.id for one in self.planned))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give what is to be written.

        Raises:
            Moved: one of the orders is not what it was any more.
        """
        changes = Changes()
        for one in self.planned:
            order = on_record.order(one.order.id)
            runs = any(clock.next_at for clock in on_record.open_clocks(one.order.id))
            changed = order is None or order.revision != one.order.revision - 1
            if changed or runs or on_record.unsettled_work(one.order.id):
                raise Moved(one.order.id)
            changes.orders.append(one.order)
            changes.beside.append(one.purge)
            changes.events.append(one.event)
            changes.guarded += one.statements
        changes.guarded += [("purge-done", (self.at, one.purge.id)) for one in self.planned]
        return None, changes


@dataclass(frozen=True, slots=True)
class PurgeRows:
    """Purges rows by their age."""

    rows: Sequence[object]
    statements: Sequence[Statement]
    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give what is to be written."""
        del on_record
        return None, Changes(beside=[*self.rows], guarded=[*self.statements])
