"""What one commit writes: the changes of all its commands, folded so that each row is written once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from gateway.record.holds import MUST_CHANGE
from gateway.record.port import Changes, Needs
from gateway.record.rows import (
    Credential,
    DecisionTaken,
    Event,
    Notice,
    OpenClock,
    Order,
    Partner,
    Submission,
    WorkItem,
)
from gateway.record.shapes import Values

Row = TypeVar("Row", OpenClock, WorkItem)


@dataclass(slots=True)
class Mark:
    """A small statement that needs nothing decided (`marks.py` has its SQL), written with a commit like any command."""

    name: str
    rows: list[Values]
    must: bool = False
    """Whether every row must be changed, lest the commit be refused."""
    count: int = 0
    """How many rows it changed; known once it is committed."""

    @property
    def needs(self) -> Needs:
        """Nothing: the statement itself has the guard."""
        return Needs()


@dataclass(slots=True)
class Pending:
    """Rows to write. A row made in this commit and changed in it again is inserted as it ends."""

    partners: list[Partner] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    new_orders: dict[str, Order] = field(default_factory=dict)
    orders: dict[str, tuple[Order, int]] = field(default_factory=dict)
    """The order as it ends, with the revision that the database has now."""
    submissions: list[Submission] = field(default_factory=list)
    decisions: list[DecisionTaken] = field(default_factory=list)
    new_clocks: dict[str, OpenClock] = field(default_factory=dict)
    clocks: dict[str, OpenClock] = field(default_factory=dict)
    new_work: dict[str, WorkItem] = field(default_factory=dict)
    work: dict[str, WorkItem] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    beside: list[object] = field(default_factory=list)

    def add(self, changes: Changes, before: Mapping[str, Order]) -> None:
        """Fold in the changes of one more command; `before` has the orders as they stood ahead of it."""
        self.partners += changes.partners
        self.credentials += changes.credentials
        self.submissions += changes.submissions
        self.decisions += changes.decisions
        self.events += changes.events
        self.notices += changes.notices
        self.beside += changes.beside
        for order in changes.new_orders:
            self.new_orders[order.id] = order
        for order in changes.orders:
            self._add_order(order, before)
        _fold(changes.new_clocks, changes.clocks, self.new_clocks, self.clocks)
        _fold(changes.new_work, changes.work, self.new_work, self.work)
        if changes.acknowledged_notices:
            self.marks.append(Mark("acknowledged", [(at, notice) for notice, at in changes.acknowledged_notices]))
        for name, values in changes.guarded:
            self._add_guarded(name, values)

    def _add_guarded(self, name: str, values: Values) -> None:
        """Gather the rows of one statement; one that must find its row stands alone, so that it can be counted."""
        must = name in MUST_CHANGE
        known = None if must else next((mark for mark in self.marks if mark.name == name), None)
        if known is None:
            self.marks.append(Mark(name, [values], must))
        else:
            known.rows.append(values)

    def _add_order(self, order: Order, before: Mapping[str, Order]) -> None:
        if order.id in self.new_orders:
            self.new_orders[order.id] = order
        elif order.id in self.orders:
            self.orders[order.id] = (order, self.orders[order.id][1])
        else:
            self.orders[order.id] = (order, before[order.id].revision)

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return any(getattr(self, name) for name in self.__slots__)


def _fold(
    new: Iterable[Row], changed: Iterable[Row], pending_new: dict[str, Row], pending_changed: dict[str, Row]
) -> None:
    for row in new:
        pending_new[row.id] = row
    for row in changed:
        target = pending_new if row.id in pending_new else pending_changed
        target[row.id] = row
