"""Webhooks on record: where a partner wants its notices sent, how far that went, and every attempt.

The partner's wishes and the deliverer's progress are rows of their own, so that neither overwrites the other's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.tables import metadata, notices
from gateway.record.types import Choice, Instant


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where a partner wants its notices sent; one a partner."""

    id: str
    """The partner's id."""
    url: str
    """Empty once it was removed."""
    generation: int
    """Of its secret; rises with each rotation."""
    rotated_at: datetime | None
    revision: int
    """Rises with each change by the partner; a disabled endpoint is enabled again by one."""
    from_cursor: int
    """Notices up to this cursor are not sent by themselves."""
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookProgress:
    """How far the deliverer got with one endpoint."""

    id: str
    """The partner's id."""
    cursor: int
    """Notices up to here are queued."""
    failures: int = 0
    """Failures of the endpoint in a row."""
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    disabled_revision: int | None = None
    """The revision of the endpoint that was given up."""
    reason: str = ""


class DeliveryState(StrEnum):
    """Where the delivery of one notice stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"
    """Given up after its time; it is sent again only by a replay."""


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """The delivery of one notice to its partner's endpoint."""

    id: str
    """The notice's id, which is also the id of the message on every attempt."""
    partner_id: str
    order_id: str
    """The order whose notices are sent one after the other; the notice's own id where it names no order."""
    cursor: int
    state: DeliveryState
    attempts: int
    first_at: datetime | None
    next_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebhookAttempt:
    """One attempt to deliver a notice."""

    id: str
    notice_id: str
    partner_id: str
    at: datetime
    url: str
    status: int | None
    error: str | None
    milliseconds: int


def _key() -> sa.Column[str]:
    return sa.Column("id", sa.Text, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


webhook_endpoints = sa.Table(
    "webhook_endpoints",
    metadata,
    _key(),
    _text("url"),
    _whole("generation"),
    sa.Column("rotated_at", Instant),
    _whole("revision"),
    _whole("from_cursor"),
    sa.Column("updated_at", Instant, nullable=False),
)

webhook_progress = sa.Table(
    "webhook_progress",
    metadata,
    _key(),
    _whole("cursor"),
    _whole("failures"),
    sa.Column("failing_since", Instant),
    sa.Column("retry_at", Instant),
    sa.Column("disabled_revision", sa.BigInteger),
    _text("reason"),
)

webhook_deliveries = sa.Table(
    "webhook_deliveries",
    metadata,
    _key(),
    _text("partner_id"),
    _text("order_id"),
    _whole("cursor"),
    sa.Column("state", Choice(DeliveryState), nullable=False),
    _whole("attempts"),
    sa.Column("first_at", Instant),
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("done_at", Instant),
    sa.Index(None, "partner_id", "cursor"),
)
# Delivered ones, which in time are nearly all, do not stand in it.
_WAITS = webhook_deliveries.c.state == sa.literal_column("'waiting'")
sa.Index(
    "ix_webhook_deliveries_waiting",
    webhook_deliveries.c.partner_id,
    webhook_deliveries.c.order_id,
    webhook_deliveries.c.cursor,
    postgresql_where=_WAITS,
    sqlite_where=_WAITS,
)
_IS_PARKED = webhook_deliveries.c.state == sa.literal_column("'parked'")
sa.Index(
    "ix_webhook_deliveries_parked",
    webhook_deliveries.c.partner_id,
    webhook_deliveries.c.cursor,
    postgresql_where=_IS_PARKED,
    sqlite_where=_IS_PARKED,
)

webhook_attempts = sa.Table(
    "webhook_attempts",
    metadata,
    _key(),
    _text("notice_id"),
    _text("partner_id"),
    sa.Column("at", Instant, nullable=False),
    _text("url"),
    sa.Column("status", sa.BigInteger),
    sa.Column("error", sa.Text),
    _whole("milliseconds"),
    sa.Index(None, "notice_id"),
)


class WebhookRecord:
    """Reads what stands about webhooks."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def endpoint(self, partner_id: str) -> WebhookEndpoint | None:
        """Give a partner's endpoint; None if it never had one."""
        of_partner = sa.select(webhook_endpoints).where(webhook_endpoints.c.id == partner_id)
        found: list[WebhookEndpoint] = await self._record.read(WebhookEndpoint, of_partner)
        return found[0] if found else None

    async def endpoints(self) -> Sequence[WebhookEndpoint]:
        """Give every endpoint that was not removed."""
        there = sa.select(webhook_endpoints).where(webhook_endpoints.c.url != "")
        return await self._record.read(WebhookEndpoint, there.order_by(webhook_endpoints.c.id))

    async def progress(self, partner_id: str) -> WebhookProgress | None:
        """Give how far an endpoint got; None before its first notice was queued."""
        of_partner = sa.select(webhook_progress).where(webhook_progress.c.id == partner_id)
        found: list[WebhookProgress] = await self._record.read(WebhookProgress, of_partner)
        return found[0] if found else None

    async def last_cursor(self, partner_id: str) -> int:
        """Give the cursor of a partner's newest notice, 0 without any."""
        newest = sa.select(sa.func.coalesce(sa.func.max(notices.c.cursor), 0))
        (cursor,) = await self._record.read(int, newest.where(notices.c.partner_id == partner_id))
        return int(cursor)

    async def due(self, partner_id: str, now: datetime, limit: int) -> Sequence[WebhookDelivery]:
        """Give what may be sent now, by cursor: of each order only its first notice that waits."""
        mine, earlier = webhook_deliveries, webhook_deliveries.alias("earlier")
        is_behind = sa.exists().where(
            earlier.c.partner_id == mine.c.partner_id,
            earlier.c.order_id == mine.c.order_id,
            earlier.c.state == sa.literal_column("'waiting'"),
            earlier.c.cursor < mine.c.cursor,
        )
        heads = sa.select(mine).where(mine.c.partner_id == partner_id, _WAITS, mine.c.next_at <= now, ~is_behind)
        return await self._record.read(WebhookDelivery, heads.order_by(mine.c.cursor).limit(limit))

    async def deliveries(
        self, partner_id: str, state: DeliveryState | None, after: int, limit: int
    ) -> Sequence[WebhookDelivery]:
        """Give a page of a partner's deliveries, by the cursor of their notices."""
        mine = webhook_deliveries
        page = sa.select(mine).where(mine.c.partner_id == partner_id, mine.c.cursor > after)
        if state is not None:
            page = page.where(mine.c.state == sa.literal_column(f"'{state}'"))
        return await self._record.read(WebhookDelivery, page.order_by(mine.c.cursor).limit(limit))

    async def delivery(self, notice_id: str) -> WebhookDelivery | None:
        """Give the delivery of one notice."""
        of_notice = sa.select(webhook_deliveries).where(webhook_deliveries.c.id == notice_id)
        found: list[WebhookDelivery] = await self._record.read(WebhookDelivery, of_notice)
        return found[0] if found else None

    async def attempts(self, notice_id: str) -> Sequence[WebhookAttempt]:
        """Give every attempt to deliver a notice, oldest first."""
        of_notice = sa.select(webhook_attempts).where(webhook_attempts.c.notice_id == notice_id)
        return await self._record.read(WebhookAttempt, of_notice.order_by(webhook_attempts.c.at, webhook_attempts.c.id))

    async def counts(self, state: DeliveryState) -> dict[str, int]:
        """Count the deliveries in a state by partner; those without any are left out."""
        mine = webhook_deliveries
        counted = sa.select(mine.c.partner_id, sa.func.count()).where(mine.c.state == sa.literal_column(f"'{state}'"))
        return dict(await self._record.read(_counted, counted.group_by(mine.c.partner_id)))

    async def count(self, partner_id: str, state: DeliveryState) -> int:
        """Count a partner's deliveries in a state."""
        mine = webhook_deliveries
        counted = sa.select(sa.func.count()).select_from(mine).where(mine.c.partner_id == partner_id)
        (number,) = await self._record.read(int, counted.where(mine.c.state == sa.literal_column(f"'{state}'")))
        return int(number)


def _counted(partner_id: str, count: int) -> tuple[str, int]:
    return partner_id, count
