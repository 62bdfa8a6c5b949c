"""What the record keeps of deliveries: notices queued, attempts noted, endpoints given up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from gateway.notices.content import webhook_given_up
from gateway.record.port import Changes, Needs, OnRecord
from gateway.record.rows import Notice
from gateway.record.webhooks import (
    DeliveryState,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookProgress,
)
from gateway.services.desk import Desk
from gateway.services.order_entry import OrderEntry


@dataclass(frozen=True, slots=True)
class WebhookTerms:
    """The patience of webhooks."""

    window: timedelta = timedelta(hours=72)
    """How long a notice is tried, and how long an endpoint may fail, before it is given up."""
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(hours=1)

    def wait(self, failures: int, random: Random) -> timedelta:
        """Give the wait after so many failures in a row (from 1): doubling up to the longest, with jitter of a half."""
        step = min(self.first_wait * (1 << min(failures - 1, 32)), self.longest_wait)
        return step * random.uniform(0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one attempt to deliver a notice."""

    attempt: WebhookAttempt
    delivered: bool
    of_message: bool
    """Whether the receiver refused this notice, while the endpoint itself works."""
    gone: bool
    """Whether the receiver wants no more."""


def queued(partner_id: str, notices: Iterable[Notice], now: datetime) -> list[WebhookDelivery]:
    """Give the rows that queue `notices` of a partner, to be sent from `now` on.

    One that another carrier's order brought stands for itself: nothing leads from its delivery to that order.
    """
    return [
        WebhookDelivery(
            id=notice.id,
            partner_id=partner_id,
            order_id=notice.data.get("order_id", notice.id),
            cursor=notice.cursor,
            state=DeliveryState.WAITING,
            attempts=0,
            first_at=None,
            next_at=now,
        )
        for notice in notices
    ]


@dataclass(frozen=True, slots=True)
class NoteAttempt:
    """Notes an attempt, and what follows from it for the notice and its endpoint."""

    desk: Desk
    terms: WebhookTerms
    endpoint: WebhookEndpoint
    progress: WebhookProgress
    delivery: WebhookDelivery
    tried: Tried
    wait: timedelta
    """Before the next attempt, should there be one."""

    @property
    def needs(self) -> Needs:
        """The order and the notice, if the partner must be told that its endpoint is given up."""
        if not self._gives_up_endpoint:
            return Needs()
        return Needs(order_ids=frozenset({self.delivery.order_id}), notice_ids=frozenset({self.delivery.id}))

    def decide(self, on_record: OnRecord) -> tuple[WebhookProgress, Changes]:
        """Give the endpoint's progress and what is to be written."""
        progress, delivery = self._progress(), self._delivery()
        changes = Changes(beside=[self.tried.attempt, delivery])
        if self._gives_up_endpoint:
            changes = self._told(on_record)
            changes.beside += [self.tried.attempt, delivery]
        if progress != self.progress:
            changes.beside.append(progress)
        return progress, changes

    @property
    def _at(self) -> datetime:
        return self.tried.attempt.at

    @property
    def _gives_up_endpoint(self) -> bool:
        if self.tried.delivered or self.tried.of_message:
            return False
        return self.tried.gone or self._at - (self.progress.failing_since or self._at) >= self.terms.window

    def _progress(self) -> WebhookProgress:
        before = self.progress
        if self.tried.delivered or self.tried.of_message:
            return replace(before, failures=0, failing_since=None, retry_at=None)
        failed = replace(before, failures=before.failures + 1, failing_since=before.failing_since or self._at)
        if self._gives_up_endpoint:
            reason = self.tried.attempt.error or "it failed"
            return replace(failed, retry_at=None, disabled_revision=self.endpoint.revision, reason=reason)
        return replace(failed, retry_at=self._at + self.wait)

    def _delivery(self) -> WebhookDelivery:
        before = self.delivery
        tried = replace(before, attempts=before.attempts + 1, first_at=before.first_at or self._at)
        if self.tried.delivered:
            return replace(tried, state=DeliveryState.DELIVERED, done_at=self._at)
        too_long = self._at - (before.first_at or self._at) >= self.terms.window
        if too_long or self._gives_up_endpoint:
            return replace(tried, state=DeliveryState.PARKED, done_at=self._at)
        return replace(tried, next_at=self._at + self.wait) if self.tried.of_message else tried

    def _told(self, on_record: OnRecord) -> Changes:
        order, notice = on_record.order(self.delivery.order_id), on_record.notice(self.delivery.id)
        if order is None or notice is None:
            return Changes()
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self._at)
        entry.send(webhook_given_up(notice.id, self.tried.attempt.error or "it failed", notice.section))
        return entry.changes()
