"""The CLEC's mailbox: notices by cursor, each acknowledged by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.clock import Clock
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.rows import Notice
from gateway.services.refusals import NotFound


@dataclass(frozen=True, slots=True)
class AcknowledgeNotice:
    """Notes that a CLEC has taken a notice; a second time changes nothing."""

    partner_id: str
    notice_id: str
    at: datetime

    @property
    def needs(self) -> Needs:
        """The notice."""
        return Needs(notice_ids=frozenset({self.notice_id}))

    def decide(self, on_record: OnRecord) -> tuple[datetime, Changes]:
        """Give when the notice was first acknowledged.

        Raises:
            NotFound: there is no such notice in this partner's mailbox.
        """
        notice = on_record.notice(self.notice_id)
        if notice is None or notice.partner_id != self.partner_id:
            raise NotFound(f"notice {self.notice_id}")
        if notice.acknowledged_at is not None:
            return notice.acknowledged_at, Changes()
        return self.at, Changes(acknowledged_notices=[(notice.id, self.at)])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the mailbox. `cursor` is where the next one starts; `more` says whether notices wait there now."""

    notices: Sequence[Notice]
    cursor: int
    more: bool


class Mailbox:
    """Reads and acknowledges notices."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._clock = clock

    async def page(self, partner_id: str, after: int, limit: int, *, unacknowledged: bool = False) -> Page:
        """Give up to `limit` notices of a partner with a cursor above `after`, oldest first."""
        found = await self._record.notices(partner_id, after, limit + 1, unacknowledged=unacknowledged)
        notices = found[:limit]
        return Page(notices, notices[-1].cursor if notices else after, len(found) > limit)

    async def notice(self, partner_id: str, notice_id: str) -> Notice:
        """Give one notice of a partner.

        Raises:
            NotFound: it has no such notice.
        """
        notice = await self._record.notice(notice_id)
        if notice is None or notice.partner_id != partner_id:
            raise NotFound(f"notice {notice_id}")
        return notice

    async def acknowledge(self, partner_id: str, notice_id: str) -> datetime:
        """Note that the partner has the notice and give when it first said so.

        Raises:
            NotFound: it has no such notice.
        """
        return await self._record.commit(AcknowledgeNotice(partner_id, notice_id, self._clock.of(partner_id).now()))
