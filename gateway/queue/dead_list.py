"""What people see of dead work."""

import json
from dataclasses import dataclass
from datetime import datetime

from gateway.queue.outbox import Outbox
from gateway.record.rows import Json


@dataclass(frozen=True, slots=True)
class DeadWork:
    """One work item that was given up."""

    id: str
    order_id: str
    partner_id: str
    pon: str
    stream: str
    reason: str
    created_at: datetime

    def as_json(self) -> Json:
        """Give it for machines."""
        return {
            "id": self.id,
            "order": self.order_id,
            "partner": self.partner_id,
            "pon": self.pon,
            "stream": self.stream,
            "reason": self.reason,
            "created_at": self.created_at.isoformat(),
        }

    def as_line(self) -> str:
        """Give it for people."""
        when = self.created_at.isoformat(timespec="seconds")
        return f"{self.id}  {when}  {self.stream}  {self.partner_id} PON {self.pon}  {self.reason}"


async def dead_work(outbox: Outbox, limit: int) -> list[DeadWork]:
    """Give up to `limit` dead work items, the oldest first.

    Raises:
        RecordUnavailable: the record cannot be reached.
    """
    return [
        DeadWork(
            id=row.id,
            order_id=row.order_id,
            partner_id=row.partner_id,
            pon=str(json.loads(row.envelope).get("data", {}).get("pon", "")),
            stream=row.stream,
            reason=row.reason or "",
            created_at=row.created_at,
        )
        for row in await outbox.dead_work(limit)
    ]
