"""Trading partners."""

from datetime import datetime

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.port import Changes, Record
from gateway.record.rows import Partner, Role
from gateway.services.audit import AuditLog
from gateway.services.keys import Keys, Write
from gateway.services.refusals import AlreadyExists


class Partners:
    """Adds partners, on behalf of one actor whose name stands in the audit log."""

    def __init__(self, record: Record, clock: Clock, ids: Ids, actor: str = "gateway") -> None:
        self._record = record
        self._clock = clock
        self.audit = AuditLog(record, clock)
        self.keys = Keys(record, clock, ids, self.audit)
        self.actor = actor

    async def add(self, partner_id: str, name: str, agreement_id: str, *, ccna: list[str], cc: list[str]) -> Partner:
        """Add a partner.

        Raises:
            AlreadyExists: a partner of that id stands in the record.
        """
        if await self._record.partner(partner_id) is not None:
            raise AlreadyExists(f"partner {partner_id}")
        codes = {"ccna": ccna, "cc": cc}
        partner = Partner(partner_id, name, agreement_id, codes, self._clock.now())
        act = Act(self.actor, "partner.add", partner_id, {"name": name, "agreement": agreement_id, **codes})
        await self.audit.carry_out(act, Write(Changes(partners=[partner])))
        return partner

    async def issue_key(
        self,
        role: Role,
        partner_id: str | None,
        label: str,
        *,
        key: str | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        """Issue a bearer key and give it: it is shown this once; see `Keys.issue`."""
        issued = await self.keys.issue(self.actor, role, partner_id, label, key=key, expires_at=expires_at)
        return issued.key
