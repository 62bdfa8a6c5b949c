"""Which person works on which order: one row an order, so that no two work on the same one at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from gateway.record.holds import Statements
from gateway.record.tables import metadata
from gateway.record.types import Instant


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """That somebody works on an order, up to an instant."""

    order_id: str
    person_id: str
    login: str
    """Of the person, as it was when the order was claimed."""
    until: datetime


order_claims = sa.Table(
    "order_claims",
    metadata,
    sa.Column("order_id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("login", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Index(None, "person_id"),
    sa.Index(None, "until"),
)

CLAIM_MARKS: Mapping[str, str] = MappingProxyType(
    {
        # A claim runs up to its end and not at it, so that two people never share an instant.
        "order-claim": (
            "INSERT INTO order_claims (order_id, person_id, login, until) VALUES (?1, ?2, ?3, ?5) "
            "ON CONFLICT (order_id) DO UPDATE SET person_id = excluded.person_id, login = excluded.login, "
            "until = excluded.until WHERE order_claims.person_id = excluded.person_id OR order_claims.until <= ?4"
        ),
        "order-release": "DELETE FROM order_claims WHERE order_id = ?1 AND person_id = ?2",
        "order-claims-forgotten": "DELETE FROM order_claims WHERE until <= ?1",
    }
)
"""The guarded statements on claims. `?1` stands for the first value."""


class OrderClaimBook:
    """Takes, releases and looks up claims. All methods may raise `RecordUnavailable`."""

    def __init__(self, record: Statements) -> None:
        self._record = record

    async def take(self, claim: OrderClaim, now: datetime) -> bool:
        """Claim an order, or claim it for longer; False while another person has it."""
        row = (claim.order_id, claim.person_id, claim.login, now, claim.until)
        return await self._record.mark("order-claim", [row]) == 1

    async def release(self, order_id: str, person_id: str) -> bool:
        """Let go of an order; False if the person did not have it."""
        return await self._record.mark("order-release", [(order_id, person_id)]) == 1

    async def forget(self, now: datetime) -> int:
        """Delete the claims that have ended, and give how many there were."""
        return await self._record.mark("order-claims-forgotten", [(now,)])

    async def of(self, order_ids: Collection[str], now: datetime) -> Sequence[OrderClaim]:
        """Give the claims on some orders that hold at an instant."""
        return await self._held(now, order_claims.c.order_id.in_(order_ids))

    async def all(self, now: datetime) -> Sequence[OrderClaim]:
        """Give every claim that holds at an instant."""
        return await self._held(now, sa.true())

    async def of_person(self, person_id: str, now: datetime) -> Sequence[OrderClaim]:
        """Give a person's claims that hold at an instant, by the order's age."""
        return await self._held(now, order_claims.c.person_id == person_id)

    async def _held(self, now: datetime, condition: sa.ColumnElement[bool]) -> list[Any]:
        held = sa.select(order_claims).where(condition, order_claims.c.until > now)
        return await self._record.read(OrderClaim, held.order_by(order_claims.c.order_id))
