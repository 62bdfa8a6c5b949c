"""The shapes of webhooks."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from gateway.doors.models import Shape, WholeNumber
from gateway.record.webhooks import WebhookAttempt, WebhookDelivery
from gateway.services.webhook_endpoints import Standing


class WebhookRequest(Shape):
    """Where notices are to be sent."""

    url: str = Field(
        max_length=2000,
        description="https://…, on a public address.",
        json_schema_extra={"pattern": "^https://[!-~]+$"},
    )


class WebhookView(Shape):
    """Where a partner's webhook stands."""

    url: str
    state: Literal["active", "failing", "disabled"]
    reason: str = Field(description="Why it was given up; empty while it is not.")
    waiting: int = Field(description="Notices that are still to be delivered.")
    parked: int = Field(description="Notices that were given up; a replay sends them again.")
    failing_since: datetime | None
    retry_at: datetime | None
    cursor: int = Field(description="Notices up to this cursor of the mailbox are queued.")
    public_key: str = Field(description="Checks the `v1a` signatures (Ed25519).")

    @classmethod
    def of(cls, standing: Standing, public_key: str) -> "WebhookView":
        """Show where it stands."""
        progress = standing.progress
        failing = "failing" if progress.failures else "active"
        return cls(
            url=standing.endpoint.url,
            state="disabled" if standing.disabled else failing,
            reason=progress.reason if standing.disabled else "",
            waiting=standing.waiting,
            parked=standing.parked,
            failing_since=progress.failing_since,
            retry_at=progress.retry_at,
            cursor=max(progress.cursor, standing.endpoint.from_cursor),
            public_key=public_key,
        )


class WebhookSecret(Shape):
    """What the receiver checks signatures with."""

    url: str
    secret: str = Field(description="Checks the `v1` signatures (HMAC-SHA256); shown by this answer only.")
    public_key: str = Field(description="Checks the `v1a` signatures (Ed25519).")


class PingResult(Shape):
    """What came of a test message."""

    delivered: bool
    status: int | None
    error: str | None
    milliseconds: int


class ReplayRequest(Shape):
    """Which notices to send again, by their cursors in the mailbox."""

    after: WholeNumber = Field(0, ge=0, le=2**62)
    until: WholeNumber = Field(2**62, ge=0, le=2**62)


class ReplayQueued(Shape):
    """How many notices are sent again; ask again with a higher `after` if there were a thousand."""

    queued: int


class DeliveryView(Shape):
    """Where the delivery of one notice stands."""

    notice: str
    order: str | None = Field(description="Your order that it is about; none where another carrier's order brought it.")
    cursor: int
    state: Literal["waiting", "delivered", "parked"]
    attempts: int
    next_at: datetime | None = Field(description="Not before; None once it is delivered or parked.")
    done_at: datetime | None

    @classmethod
    def of(cls, delivery: WebhookDelivery) -> "DeliveryView":
        """Show a delivery."""
        return cls(
            notice=delivery.id,
            order=None if delivery.order_id == delivery.id else delivery.order_id,
            cursor=delivery.cursor,
            state=delivery.state.value,
            attempts=delivery.attempts,
            next_at=None if delivery.done_at else delivery.next_at,
            done_at=delivery.done_at,
        )


class DeliveryPage(Shape):
    """Deliveries, by the cursor of their notices."""

    deliveries: list[DeliveryView]


class AttemptView(Shape):
    """One attempt to deliver a notice."""

    at: datetime
    url: str
    status: int | None
    error: str | None
    milliseconds: int

    @classmethod
    def of(cls, attempt: WebhookAttempt) -> "AttemptView":
        """Show an attempt."""
        return cls(
            at=attempt.at,
            url=attempt.url,
            status=attempt.status,
            error=attempt.error,
            milliseconds=attempt.milliseconds,
        )


class AttemptList(Shape):
    """Every attempt to deliver a notice, oldest first."""

    notice: str
    attempts: list[AttemptView]
