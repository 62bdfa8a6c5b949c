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

    def stands_in(self, queue: str, premises: str) -> bool:
        """Say whether it stands in a queue of a Premises, told of space or not."""
        return (self.queue, self.premises) == (queue, premises) and self.status != LEFT

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


@dataclass(frozen=True, slots=True)
class FullPremises:
    """A Premises at which requests were denied for lack of space and still wait."""

    premises: str
    state: str
    waiting: int
    """How many requests stand in its Space Denial Queue."""
    since: datetime
    """When the first of them was received."""


class PlacesRecord:
    """Reads the places."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def of(self, partner_id: str) -> Sequence[Place]:
        """Give the places of a CLEC's requests, wherever they are."""
        return await self._record.read(Place, sa.select(places).where(places.c.partner_id == partner_id))

    async def at(self, premises: str) -> Sequence[Place]:
        """Give the places at a Premises, whose they may be; those that were left too."""
        return await self._record.read(Place, sa.select(places).where(places.c.premises == premises))

    async def full(self) -> Sequence[FullPremises]:
        """Give each Premises at which denied requests wait, by its code (8.2.1.13)."""
        waiting = sa.and_(places.c.queue == "denied", places.c.status != LEFT)
        count, since = sa.func.count(), sa.func.min(places.c.received_at)
        grouped = sa.select(places.c.premises, places.c.state, count, since).where(waiting)
        by_code = grouped.group_by(places.c.premises, places.c.state).order_by(places.c.premises, places.c.state)
        return await self._record.read(FullPremises, by_code)
