"""What a partner does with its webhook: set, rotate, remove, send again. Each act stands in the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.clock import Clock
from gateway.record.audit import Act
from gateway.record.port import Changes, Record
from gateway.record.webhooks import (
    DeliveryState,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookProgress,
    WebhookRecord,
)
from gateway.services.audit import AuditLog
from gateway.services.keys import Write
from gateway.services.refusals import NotFound
from gateway.services.webhook_delivery import queued

SECRETS_OVERLAP = timedelta(hours=24)
"""How long messages are signed with the secret before, too, after a rotation."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a partner's webhook stands."""

    endpoint: WebhookEndpoint
    progress: WebhookProgress
    waiting: int
    parked: int

    @property
    def disabled(self) -> bool:
        """Whether nothing is sent until the partner sets it again."""
        return self.progress.disabled_revision == self.endpoint.revision


def generations(endpoint: WebhookEndpoint, now: datetime) -> Sequence[int]:
    """Give the generations of secrets that a message is signed with at `now`, the newest first."""
    rotated = endpoint.rotated_at
    if rotated is not None and now - rotated < SECRETS_OVERLAP:
        return endpoint.generation, endpoint.generation - 1
    return (endpoint.generation,)


class WebhookEndpoints:
    """Sets, shows and removes the webhooks of partners."""

    def __init__(self, record: Record, clock: Clock, audit: AuditLog) -> None:
        self._record = record
        self._webhooks: WebhookRecord = record.webhooks
        self._clock = clock
        self._audit = audit

    async def standing(self, partner_id: str) -> Standing:
        """Give where a partner's webhook stands.

        Raises:
            NotFound: it has none.
        """
        endpoint = await self._there(partner_id)
        progress = await self._webhooks.progress(partner_id)
        return Standing(
            endpoint,
            progress or WebhookProgress(partner_id, endpoint.from_cursor),
            await self._webhooks.count(partner_id, DeliveryState.WAITING),
            await self._webhooks.count(partner_id, DeliveryState.PARKED),
        )

    async def put(self, actor: str, partner_id: str, url: str) -> WebhookEndpoint:
        """Set the address. A new webhook begins with the next notice; one that was given up goes on where it stood."""
        before = await self._webhooks.endpoint(partner_id)
        now = self._clock.of(partner_id).now()
        if before is None or not before.url:
            endpoint = WebhookEndpoint(
                id=partner_id,
                url=url,
                generation=before.generation + 1 if before else 1,
                rotated_at=None,
                revision=before.revision + 1 if before else 1,
                from_cursor=await self._webhooks.last_cursor(partner_id),
                updated_at=now,
            )
        else:
            endpoint = replace(before, url=url, revision=before.revision + 1, updated_at=now)
        await self._write(actor, "webhook.put", endpoint, url=url)
        return endpoint

    async def rotate(self, actor: str, partner_id: str) -> WebhookEndpoint:
        """Begin a new secret; messages are signed with both for a day.

        Raises:
            NotFound: the partner has no webhook.
        """
        before, now = await self._there(partner_id), self._clock.of(partner_id).now()
        endpoint = replace(before, generation=before.generation + 1, rotated_at=now, updated_at=now)
        await self._write(actor, "webhook.rotate", endpoint)
        return endpoint

    async def remove(self, actor: str, partner_id: str) -> None:
        """Send nothing any more; the notices stay in the mailbox.

        Raises:
            NotFound: the partner has no webhook.
        """
        before = await self._there(partner_id)
        gone = replace(before, url="", revision=before.revision + 1, updated_at=self._clock.of(partner_id).now())
        waiting = await self._all(partner_id, DeliveryState.WAITING)
        let_go = [replace(delivery, state=DeliveryState.PARKED) for delivery in waiting]
        await self._write(actor, "webhook.remove", gone, let_go)

    async def replay(self, actor: str, partner_id: str, after: int, until: int, limit: int) -> int:
        """Have the notices with a cursor above `after` up to `until` sent again, at most `limit`; give how many.

        Notices that are not queued yet are left out: they are sent for the first time by themselves.

        Raises:
            NotFound: the partner has no webhook.
        """
        endpoint = await self._there(partner_id)
        progress = await self._webhooks.progress(partner_id)
        queued_until = max(progress.cursor if progress else 0, endpoint.from_cursor)
        now = self._clock.of(partner_id).now()
        found = await self._record.notices(partner_id, after, limit)
        again = queued(partner_id, [notice for notice in found if notice.cursor <= min(until, queued_until)], now)
        act = Act(actor, "webhook.replay", partner_id, {"after": after, "until": until, "queued": len(again)})
        await self._audit.carry_out(act, Write(Changes(beside=list(again))))
        return len(again)

    async def resume(self, actor: str, partner_id: str, limit: int) -> int:
        """Have what was parked sent again, at most `limit`, the oldest first; give how many.

        Raises:
            NotFound: the partner has no webhook.
        """
        await self._there(partner_id)
        now = self._clock.of(partner_id).now()
        parked = await self._webhooks.deliveries(partner_id, DeliveryState.PARKED, 0, limit)
        again = [
            replace(one, state=DeliveryState.WAITING, attempts=0, first_at=None, next_at=now, done_at=None)
            for one in parked
        ]
        act = Act(actor, "webhook.resume", partner_id, {"queued": len(again)})
        await self._audit.carry_out(act, Write(Changes(beside=list(again))))
        return len(again)

    async def deliveries(
        self, partner_id: str, state: DeliveryState | None, after: int, limit: int
    ) -> Sequence[WebhookDelivery]:
        """Give a page of deliveries, by the cursor of their notices."""
        return await self._webhooks.deliveries(partner_id, state, after, limit)

    async def attempts(self, partner_id: str, notice_id: str) -> Sequence[WebhookAttempt]:
        """Give every attempt to deliver one of the partner's notices.

        Raises:
            NotFound: it has no such notice.
        """
        notice = await self._record.notice(notice_id)
        if notice is None or notice.partner_id != partner_id:
            raise NotFound(f"notice {notice_id}")
        return await self._webhooks.attempts(notice_id)

    async def _there(self, partner_id: str) -> WebhookEndpoint:
        endpoint = await self._webhooks.endpoint(partner_id)
        if endpoint is None or not endpoint.url:
            raise NotFound("a webhook")
        return endpoint

    async def _all(self, partner_id: str, state: DeliveryState) -> list[WebhookDelivery]:
        found: list[WebhookDelivery] = []
        while page := await self._webhooks.deliveries(partner_id, state, found[-1].cursor if found else 0, _AT_ONCE):
            found += page
        return found

    async def _write(
        self,
        actor: str,
        action: str,
        endpoint: WebhookEndpoint,
        deliveries: Sequence[WebhookDelivery] = (),
        **told: str,
    ) -> None:
        act = Act(actor, action, endpoint.id, {"generation": endpoint.generation, **told})
        await self._audit.carry_out(act, Write(Changes(beside=[endpoint, *deliveries])))
