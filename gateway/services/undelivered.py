"""Which notices have not reached their partners, over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from gateway.record.operations import OperationsReads
from gateway.record.port import Record
from gateway.record.webhooks import DeliveryState
from gateway.services.refusals import NotFound
from gateway.services.webhook_endpoints import Standing, WebhookEndpoints

_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """How a partner's notices stand.

    Attributes:
        unacknowledged: notices in its mailbox that it has not acknowledged.
        oldest_at: when the oldest of them was issued.
        webhook: where its webhook stands; None where it has none and fetches its notices.
    """

    partner_id: str
    unacknowledged: int
    oldest_at: datetime | None
    webhook: Standing | None

    @property
    def parked(self) -> int:
        """How many deliveries were given up."""
        return self.webhook.parked if self.webhook else 0


class UndeliveredNotices:
    """Looks at the mailboxes and webhooks of all partners. It reads and changes nothing."""

    def __init__(self, record: Record, reads: OperationsReads, endpoints: WebhookEndpoints) -> None:
        self._record = record
        self._reads = reads
        self._endpoints = endpoints

    async def all(self) -> Sequence[Undelivered]:
        """Give the partners with notices that wait, those with parked deliveries first, then by the oldest notice."""
        waiting = {one.partner_id: one for one in await self._reads.unacknowledged()}
        parked = await self._record.webhooks.counts(DeliveryState.PARKED)
        found = []
        for partner_id in {**waiting, **parked}:
            mailbox = waiting.get(partner_id)
            count, oldest_at = (mailbox.count, mailbox.oldest_at) if mailbox else (0, None)
            found.append(Undelivered(partner_id, count, oldest_at, await self._webhook(partner_id)))
        return sorted(found, key=lambda one: (-one.parked, one.oldest_at or _LAST, one.partner_id))

    async def parked(self) -> int:
        """Count the deliveries that were given up."""
        return sum((await self._record.webhooks.counts(DeliveryState.PARKED)).values())

    async def _webhook(self, partner_id: str) -> Standing | None:
        try:
            return await self._endpoints.standing(partner_id)
        except NotFound:
            return None
