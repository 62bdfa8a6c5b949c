"""What the queue needs of the record. `gateway.record.port.Record` offers more and fits as it stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from gateway.record.port import Command
from gateway.record.rows import SentWork, WorkItem

Result = TypeVar("Result")


class Outbox(Protocol):
    """The rows that wait for the back end; every method may raise `gateway.record.port.RecordUnavailable`."""

    async def pending_work(self, limit: int) -> Sequence[WorkItem]:
        """Give rows that wait to be sent, oldest first."""

    async def sent_work(self, after: int, limit: int, sent_before: datetime) -> Sequence[SentWork]:
        """Give unsettled rows that were sent before an instant, by `seq`, after the given one."""

    async def dead_work(self, limit: int) -> Sequence[WorkItem]:
        """Give rows that were given up, oldest first."""

    async def mark_sent(self, sent: Iterable[tuple[str, str]], at: datetime) -> None:
        """Note (work id, entry id) pairs as sent; what is settled stays settled."""

    async def settle(self, work_ids: Iterable[str], at: datetime) -> None:
        """Note that the back end has confirmed these."""

    async def mark_pending(self, work_ids: Iterable[str]) -> None:
        """Have unsettled rows sent again."""

    async def mark_dead(self, dead: Iterable[tuple[str, str]]) -> None:
        """Note (work id, reason) pairs as given up."""

    async def lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or renew a lease; False while another holds it."""

    async def commit(self, command: Command[Result]) -> Result:
        """Carry out one command durably."""
