"""Places at a Premises: who applied in what order, who waits for denied space, who holds an option or reservation.

One row a request. Commands that decide by them name the Premises (and the CLEC) in their needs; on PostgreSQL that
takes a lock on it until the commit is done, so that no two processes rank by what only one of them has seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

import sqlalchemy as sa

from gateway.record.rows import Json, Order
from gateway.record.tables import metadata
from gateway.record.types import Instant, JsonObject

WAITING: Final = "waiting"
HELD: Final = "held"
OFFERED: Final = "offered"
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one request at one Premises."""

    id: str
    """Id of the request."""
    partner_id: str
    premises: str
    state: str
    """The state of the Union whose agreement it is under."""
    kind: str
    queue: str
    """`application`, `denied`, `option`, `reservation` or `forecast`."""
    status: str
    """`waiting`, `offered` (space became free), `held` (the space is the CLEC's) or `left`."""
    rank_at: datetime
    """By which it stands in its queue; the earlier goes first."""
    received_at: datetime
    until: datetime | None = None
    """Until when it holds; None for no end."""
    facts: Json = field(default_factory=dict)

    def before(self, other: "Place") -> bool:
        """Say whether it goes before another: by rank, and of two ranks to the microsecond alike by the order's id."""
        return (self.rank_at, self.id) < (other.rank_at, other.id)

    def waits_in(self, queue: str, order: Order) -> bool:
        """Say whether it waits in a queue of the Premises of `order`, not yet told of any space."""
        return (self.queue, self.status, self.premises) == (queue, WAITING, order.facts.get("premises"))

    def is_request_at(self, order: Order) -> bool:
        """Say whether it asks for space at the Premises of `order`."""
        asks = self.queue in ("application", "denied", "reservation") and self.status != LEFT
        return asks and self.premises == order.facts.get("premises")


places = sa.Table(
    "premises_places",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("premises", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("queue", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("rank_at", Instant, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Column("facts", JsonObject, nullable=False),
    sa.Index(None, "premises"),
    sa.Index(None, "partner_id"),
)


class Reads(Protocol):
    """What the list needs of the record."""

    async def read(self, build: Any, statement: sa.Select[Any]) -> list[Any]:
        """Give the rows of a statement, each made by `build`."""


async def queue_at(record: Reads, premises: str, queue: str) -> Sequence[Place]:
    """Give those that stand in a queue of a Premises, first come first."""
    of_queue = sa.and_(places.c.premises == premises, places.c.queue == queue, places.c.status != LEFT)
    return await record.read(Place, sa.select(places).where(of_queue).order_by(places.c.rank_at, places.c.id))


async def full_premises(record: Reads) -> Sequence[tuple[str, str, int]]:
    """Give each Premises at which denied requests wait: its code, its state, how many of them (8.2.1.13)."""
    waiting = sa.and_(places.c.queue == "denied", places.c.status == WAITING)
    count = sa.func.count().label("waiting")
    grouped = (
        sa.select(places.c.premises, places.c.state, count).where(waiting).group_by(places.c.premises, places.c.state)
    )
    return await record.read(
        lambda premises, state, number: (premises, state, number), grouped.order_by(places.c.premises)
    )
