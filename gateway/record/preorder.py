"""What pre-order leaves behind: a row for each query, each view of a customer record, and each authorization for one.

`preorder_log` is what PO-1 of Exhibit B is reckoned from: `measure` is the exhibit's query type, `at` when the whole
question was read, `micros` how long the answer took, and only `outcome` found and not-found were answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import sqlalchemy as sa

from gateway.record.tables import metadata
from gateway.record.types import Instant


@dataclass(frozen=True, slots=True)
class QueryEntry:
    """One pre-order query; append-only."""

    id: str
    at: datetime
    partner_id: str
    query: str
    measure: int | None
    """Number of the query type in PO-1, None where it has none."""
    outcome: str
    """`found`, `not-found`, `refused`, `silent` (the ILEC's system did not answer) or `error`."""
    micros: int
    source: str
    """Who answered: `territory`, `ilec`, `kept` or `record`; empty where nobody did."""
    age_seconds: int
    """How old the answer was."""


@dataclass(frozen=True, slots=True)
class Authorization:
    """An end user's authorization to see its record, as a CLEC asserted it; append-only."""

    id: str
    partner_id: str
    wtn: str
    authnm: str
    dated: date
    until: date | None
    recorded_at: datetime
    recorded_by: str
    """Id of the credential."""


@dataclass(frozen=True, slots=True)
class CustomerView:
    """One look at a customer's record: who, when, under which authorization; append-only."""

    id: str
    at: datetime
    partner_id: str
    credential_id: str
    wtn: str
    authorization_id: str
    found: bool


@dataclass(frozen=True, slots=True)
class Recheck:
    """An order that was taken while the reference data were silent, and is to be looked at again."""

    id: str
    """Id of the order."""
    ver: str
    """The version that was not checked."""
    tries: int
    next_at: datetime | None
    """When it is tried again; None once it was done."""


preorder_log = sa.Table(
    "preorder_log",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("measure", sa.Integer),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("micros", sa.BigInteger, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("age_seconds", sa.Integer, nullable=False),
    sa.Index(None, "at"),
)
authorizations = sa.Table(
    "authorizations",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("wtn", sa.Text, nullable=False),
    sa.Column("authnm", sa.Text, nullable=False),
    sa.Column("dated", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
    sa.Index(None, "partner_id", "wtn"),
)
customer_views = sa.Table(
    "customer_views",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("credential_id", sa.Text, nullable=False),
    sa.Column("wtn", sa.Text, nullable=False),
    sa.Column("authorization_id", sa.Text, nullable=False),
    sa.Column("found", sa.Boolean, nullable=False),
    sa.Index(None, "wtn"),
)


rechecks = sa.Table(
    "rechecks",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("ver", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_at", Instant),
)
_WAITING = rechecks.c.next_at.is_not(None)
sa.Index("ix_rechecks_next_at", rechecks.c.next_at, postgresql_where=_WAITING, sqlite_where=_WAITING)


class Reads(Protocol):
    """What the readers need of the record."""

    async def read(self, build: Any, statement: sa.Select[Any]) -> list[Any]:
        """Give the rows of a statement, each made by `build`."""


class PreOrderReads:
    """Reads what pre-order left behind."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def queries(self, first: datetime, before: datetime) -> Sequence[QueryEntry]:
        """Give the queries from one instant until just before another, oldest first."""
        within = sa.select(preorder_log).where(preorder_log.c.at >= first, preorder_log.c.at < before)
        return await self._record.read(QueryEntry, within.order_by(preorder_log.c.at, preorder_log.c.id))

    async def authorizations(self, partner_id: str, wtn: str) -> Sequence[Authorization]:
        """Give a partner's authorizations for a number, newest first."""
        mine = sa.select(authorizations).where(authorizations.c.partner_id == partner_id, authorizations.c.wtn == wtn)
        return await self._record.read(Authorization, mine.order_by(authorizations.c.id.desc()))

    async def due_rechecks(self, now: datetime, limit: int) -> Sequence[Recheck]:
        """Give the orders that are to be looked at again by now."""
        due = sa.select(rechecks).where(rechecks.c.next_at <= now).order_by(rechecks.c.next_at).limit(limit)
        return await self._record.read(Recheck, due)

    async def views(self, wtn: str) -> Sequence[CustomerView]:
        """Give every look at the record of a number, oldest first."""
        looks = sa.select(customer_views).where(customer_views.c.wtn == wtn)
        return await self._record.read(CustomerView, looks.order_by(customer_views.c.at, customer_views.c.id))
