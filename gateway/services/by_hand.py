"""Orders that come by hand: an operator enters them, and hands their notices over (12.2.0.1.3, 12.2.1.1.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.record.audit import Act
from gateway.record.port import Record
from gateway.record.registers import RegisterQuery
from gateway.record.rows import Family, Notice
from gateway.services.audit import AuditLog
from gateway.services.intake import Intake
from gateway.services.mailbox import Mailbox
from gateway.services.refusals import NotFound
from gateway.services.registers import Registers
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from validators.registers.by_hand import BY_HAND, CameBy
from validators.registers.given import given_entry


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that came by hand, with the notices that nobody has handed over yet."""

    partner_id: str
    order_id: str
    pon: str
    came_by: str
    notices: Sequence[Notice]


class OrdersByHand:
    """Enters orders for partners, and keeps which of their notices are still to be handed over."""

    def __init__(self, record: Record, intake: Intake, mailbox: Mailbox, registers: Registers, audit: AuditLog) -> None:
        self._record = record
        self._intake = intake
        self._mailbox = mailbox
        self._registers = registers
        self._audit = audit

    async def enter(
        self, partner_id: str, family: Family, body: bytes, came_by: CameBy, by: str
    ) -> Taken | Duplicate | OutOfSequence:
        """Take an order as if its partner had sent it, and note that it came by hand; again, it changes nothing.

        Raises:
            Refused, RecordUnavailable: as `Intake.submit` does.
        """
        taken = await self._intake.submit(partner_id, family, body, idempotency_key=None, if_match=None)
        if not isinstance(taken, Taken):
            return taken
        if not any(True for _ in self._registers.dossier(partner_id).entries(BY_HAND, taken.order_id)):
            told = {"pon": taken.acknowledgement.pon, "came_by": came_by}
            entry = {"partner": partner_id, "key": taken.order_id, "valid_from": self._registers.today, "data": told}
            await self._registers.enter([given_entry(BY_HAND, entry)], by)
        return taken

    async def waiting(self) -> list[Waiting]:
        """Give the orders of which notices are to be handed over, oldest first."""
        found: list[Waiting] = []
        after: str | None = None
        while page := await self._registers.page(RegisterQuery(BY_HAND.id, after=after)):
            for row in page:
                notices = [one for one in await self._record.order_notices(row.key) if one.acknowledged_at is None]
                if notices and row.partner_id is not None:
                    found.append(Waiting(row.partner_id, row.key, row.data["pon"], row.data["came_by"], notices))
            after = page[-1].id
        return found

    async def handed_over(self, notice_id: str, by: str) -> None:
        """Note that a notice was handed over.

        Raises:
            NotFound: it does not wait to be, or not any more.
        """
        notice = await self._record.notice(notice_id)
        if notice is None or notice.acknowledged_at is not None or not self._came_by_hand(notice):
            raise NotFound(f"notice {notice_id} that is to be handed over")
        await self._audit.note(Act(by, "notice.hand-over", notice_id, {"order": notice.order_id}))
        await self._mailbox.acknowledge(notice.partner_id, notice_id)

    def _came_by_hand(self, notice: Notice) -> bool:
        entries = self._registers.dossier(notice.partner_id).entries(BY_HAND, notice.order_id)
        return any(True for _ in entries)
