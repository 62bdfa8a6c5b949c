"""The order in which a commit writes, and its rows as tuples for the driver."""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.record.pending import Pending
from gateway.record.shapes import Projection, Row, Shape, Shapes, Values


@dataclass(frozen=True, slots=True)
class Inserts:
    """Rows to insert into one table; `replaces` overwrites a row with the same id."""

    into: Projection
    rows: list[Values]
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Updates:
    """Rows to change: each has the new values, the id, and in a guarded table the revision it must have now."""

    of: Projection
    rows: list[Values]
    guard: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is written first, what is changed, and last the rows that the database numbers.

    The numbered ones come last since on PostgreSQL they are written under a lock that other processes wait for.
    """

    first: list[Inserts]
    updates: list[Updates]
    last: list[Inserts]


def plan(shapes: Shapes, pending: Pending) -> Plan:
    """Lay out the statements of one commit; parents before children."""
    first = [
        _inserts(shapes.partners, {partner.id: partner for partner in pending.partners}.values(), replaces=True),
        _inserts(shapes.credentials, {key.id: key for key in pending.credentials}.values(), replaces=True),
        _inserts(shapes.orders, pending.new_orders.values()),
        _inserts(shapes.submissions, pending.submissions),
        _inserts(shapes.decisions, pending.decisions),
        _inserts(shapes.clocks, pending.new_clocks.values()),
    ]
    orders = shapes.orders.update
    updates = [
        Updates(orders, [(*orders.values(order), base) for order, base in pending.orders.values()], guard="revision"),
        _updates(shapes.clocks, pending.clocks.values()),
        _updates(shapes.outbox, pending.work.values()),
    ]
    last = [
        _inserts(shapes.events, pending.events),
        _inserts(shapes.notices, pending.notices),
        _inserts(shapes.outbox, pending.new_work.values()),
    ]
    return Plan(
        [inserts for inserts in first if inserts.rows],
        [changes for changes in updates if changes.rows],
        [inserts for inserts in last if inserts.rows],
    )


def _inserts(shape: Shape[Row], rows: Iterable[Row], *, replaces: bool = False) -> Inserts:
    return Inserts(shape.insert, [shape.insert.values(row) for row in rows], replaces)


def _updates(shape: Shape[Row], rows: Iterable[Row]) -> Updates:
    return Updates(shape.update, [shape.update.values(row) for row in rows])
