"""The order in which a commit writes, and its rows as tuples for the driver."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gateway.record.pending import Pending
from gateway.record.shapes import Columns, Projection, Row, Shape, Shapes


@dataclass(frozen=True, slots=True)
class Inserts:
    """Rows to insert into one table, column by column; `replaces` overwrites a row with the same id."""

    into: Projection
    columns: Columns
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Updates:
    """Rows to change, column by column: new values, id, and in a guarded table the revision it must have now."""

    of: Projection
    columns: Columns
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
        *_beside(shapes, pending.beside),
    ]
    updates = [
        _orders(shapes, pending),
        _updates(shapes.clocks, pending.clocks.values()),
        _updates(shapes.outbox, pending.work.values()),
    ]
    last = [
        _inserts(shapes.events, pending.events),
        _inserts(shapes.notices, pending.notices),
        _inserts(shapes.outbox, pending.new_work.values()),
    ]
    return Plan(
        [inserts for inserts in first if inserts.columns],
        [changes for changes in updates if changes.columns],
        [inserts for inserts in last if inserts.columns],
    )


def _beside(shapes: Shapes, rows: list[Any]) -> Iterator[Inserts]:
    for row_type, (shape, replaces) in shapes.beside.items() if rows else ():
        some: list[Any] = [row for row in rows if type(row) is row_type]
        yield _inserts(shape, {row.id: row for row in some}.values() if replaces else some, replaces=replaces)


def _orders(shapes: Shapes, pending: Pending) -> Updates:
    changed = pending.orders.values()
    columns = shapes.orders.update.values(order for order, _ in changed)
    return Updates(shapes.orders.update, [*columns, tuple(base for _, base in changed)] if columns else [], "revision")


def _inserts(shape: Shape[Row], rows: Iterable[Row], *, replaces: bool = False) -> Inserts:
    return Inserts(shape.insert, shape.insert.values(rows), replaces)


def _updates(shape: Shape[Row], rows: Iterable[Row]) -> Updates:
    return Updates(shape.update, shape.update.values(rows))
